package import Platform

/// A run as the checkpoint remembers it.
package struct RunSummary: Hashable, Sendable {
    package var run: Run
    /// Nil while it goes on, and where it was killed.
    package var endedAt: Timestamp?
    package var exitCode: Int32?
}

/// A manifest as the checkpoint remembers it.
package struct ManifestSummary: Hashable, Sendable {
    package var id: ManifestID
    /// Its absolute path.
    package var path: String
    /// Its column names as read.
    package var header: [String]
    /// Nil where no run has read it to its end since it was last begun.
    package var rowCount: Int?
}
