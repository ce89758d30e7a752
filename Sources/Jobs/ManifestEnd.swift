package import Checkpoint
package import Manifests

/// What an import came to for one of its manifests.
package struct ManifestEnd: Sendable {
    /// The manifest's path, as it was given.
    package let path: String
    /// Its rows by status, as far as it was read.
    package var counts: [RowStatus: Int] = [:]
    /// Whether it was read to its end.
    package var isWhole = false
    /// Why it can't be read (any further).
    package var fault: ManifestError?
    /// The paths of its reports.
    package var reports: [String] = []

    package init(path: String) {
        self.path = path
    }

    /// Whether a further run would have nothing to do for it: every row has a final answer.
    package var isFinished: Bool { isWhole && fault == nil && !counts.contains { $0.key.isOpen && $0.value > 0 } }
}
