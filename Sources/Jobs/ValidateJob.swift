package import Manifests
package import Onboarding
internal import Platform

/// Checks manifests with the rules that an import applies; nothing is sent or stored.
package actor ValidateJob {
    /// One thing found, with its place.
    package struct PlacedFinding: Sendable {
        /// The manifest's path, as it was given.
        package let path: String
        package let row: Int
        package let line: Int
        package let finding: Finding
    }

    /// What the whole check came to.
    package struct Summary: Hashable, Sendable {
        package var manifests = 0
        package var rows = 0
        package var rowsWithErrors = 0
        package var errors = 0
        package var warnings = 0
        /// How often each rule found something.
        package var findingsByRule: [String: Int] = [:]
    }

    private let executor = QueueExecutor("purser.validate")
    private let settings: OnboardingSettings
    private var summary = Summary()
    private var claims: [Int: Claim] = [:]

    /// Who claimed an identity or a domain first.
    ///
    /// It is kept by hash: two of a million rows share a 64-bit hash by accident with a chance of one in ten million.
    private struct Claim {
        let manifest: Int32
        let line: Int32
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a check.
    ///
    /// - Parameter settings: how columns are mapped and rows are checked.
    package init(settings: OnboardingSettings) {
        self.settings = settings
    }

    /// Checks manifests, one after another.
    ///
    /// - Parameters:
    ///   - paths: the manifests.
    ///   - notice: told of what concerns a file as a whole.
    ///   - found: told of each finding, in the manifests' order.
    /// - Returns: the counts.
    /// - Throws: `ManifestError` where a manifest can't be read.
    package func run(
        _ paths: [String],
        notice: @Sendable (String, ManifestNotice) -> Void,
        found: @Sendable (PlacedFinding) throws -> Void
    ) throws -> Summary {
        for path in paths {
            let reader = try Manifest.open(path, settings.manifestOptions)
            let preparer = try RowPreparer(reader, path: path, settings: settings)
            let told = reader.notices.count
            for each in reader.notices + preparer.notices { notice(path, each) }
            while let record = try reader.next() {
                try check(record, preparer, paths, found)
            }
            // What only the end of the file tells.
            for each in reader.notices.dropFirst(told) { notice(path, each) }
            summary.manifests += 1
        }
        return summary
    }

    private func check(
        _ record: Record,
        _ preparer: RowPreparer,
        _ paths: [String],
        _ found: (PlacedFinding) throws -> Void
    ) rethrows {
        let prepared = preparer.prepare(record)
        let findings = prepared.findings + duplicate(of: prepared, record, paths)
        summary.rows += 1
        if findings.contains(where: { $0.severity == .error }) { summary.rowsWithErrors += 1 }
        for finding in findings {
            if finding.severity == .error { summary.errors += 1 } else { summary.warnings += 1 }
            summary.findingsByRule[finding.rule, default: 0] += 1
            let path = paths[summary.manifests]
            try found(PlacedFinding(path: path, row: record.row, line: record.line, finding: finding))
        }
    }

    private func duplicate(of prepared: PreparedRow, _ record: Record, _ paths: [String]) -> [Finding] {
        guard let identity = prepared.identity else { return [] }
        let keys = [["name", identity.name], identity.domain.map { ["domain", $0] }]
        let hashes = keys.compactMap { $0?.hashValue }
        let earlier = hashes.lazy.compactMap { self.claims[$0] }.first
        let claim = Claim(manifest: Int32(summary.manifests), line: Int32(clamping: record.line))
        for hash in hashes where claims[hash] == nil { claims[hash] = claim }
        guard let earlier, prepared.verdict != .invalid else { return [] }
        let place = "\(paths[Int(earlier.manifest)]):\(earlier.line)"
        return [
            Finding(
                .error,
                rule: "identity.duplicate",
                column: "",
                value: identity.name,
                message: "the same customer stands at \(place) already; keep one of the two rows"
            )
        ]
    }
}
