package import Checkpoint
internal import FoundationEssentials
package import Platform

/// What a run came to: `summary.json`, for the operator and the operator's scripts.
package struct Summary: Codable, Hashable, Sendable {
    /// The run's identifier, which is its `MS-CorrelationId`.
    package let runId: String
    package let purserVersion: String
    /// RFC 3339 in UTC, as is `endedAt`.
    package let startedAt: String
    package let endedAt: String
    /// The service's base URL.
    package let endpoint: String
    package let manifests: [ManifestCounts]
    /// The rows read of all manifests.
    package let rows: Int
    /// The rows by status: every status is there, and their sum is `rows`.
    package let counts: [String: Int]
    /// The requests sent to create customers, repeats included.
    package let attempts: Int
    /// How many of them were repeats.
    package let retries: Int
    /// How long sending was held back because the service asked for it.
    package let throttledSeconds: Double
    /// Rows read per second of the whole run.
    package let rowsPerSecond: Double
    package let exitCode: Int32
    /// The reports' paths, as they were given.
    package let files: [String]
    /// Why the run stopped before its end; absent where it did not.
    package let stopReason: String?

    /// What a manifest came to.
    package struct ManifestCounts: Codable, Hashable, Sendable {
        package let path: String
        package let rows: Int
        /// The rows by status: every status is there.
        package let counts: [String: Int]

        /// Sums up a manifest.
        ///
        /// - Parameters:
        ///   - path: the manifest's path, as it was given.
        ///   - rows: how many rows were read.
        ///   - counts: how many have which status; one that is missing is 0.
        package init(path: String, rows: Int, counts: [RowStatus: Int]) {
            self.path = path
            self.rows = rows
            self.counts = Dictionary(uniqueKeysWithValues: RowStatus.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
        }
    }

    /// What was counted while a run worked.
    package struct Work: Hashable, Sendable {
        package var attempts: Int
        package var retries: Int
        package var throttled: Duration

        /// Takes the counts.
        ///
        /// - Parameters:
        ///   - attempts: the requests sent to create customers, repeats included.
        ///   - retries: how many of them were repeats.
        ///   - throttled: how long sending was held back because the service asked for it.
        package init(attempts: Int, retries: Int, throttled: Duration) {
            self.attempts = attempts
            self.retries = retries
            self.throttled = throttled
        }
    }

    /// Sums up a run.
    ///
    /// - Parameters:
    ///   - run: what was known of it at its start.
    ///   - purserVersion: the program's version.
    ///   - endedAt: the moment it ended.
    ///   - manifests: what each manifest came to.
    ///   - work: what was counted meanwhile.
    ///   - exitCode: the process's exit code to be.
    ///   - files: the reports' paths.
    ///   - stopReason: why the run stopped before its end, where it did.
    package init(
        of run: Run,
        purserVersion: String,
        endedAt: Timestamp,
        manifests: [ManifestCounts],
        work: Work,
        exitCode: Int32,
        files: [String],
        stopReason: String? = nil
    ) {
        runId = run.id
        self.purserVersion = purserVersion
        startedAt = run.startedAt.description
        self.endedAt = endedAt.description
        endpoint = run.endpoint
        self.manifests = manifests
        rows = manifests.reduce(0) { $0 + $1.rows }
        counts = manifests.reduce(into: ManifestCounts(path: "", rows: 0, counts: [:]).counts) { sums, manifest in
            sums.merge(manifest.counts, uniquingKeysWith: +)
        }
        attempts = work.attempts
        retries = work.retries
        throttledSeconds = Self.toMilliseconds(work.throttled / .seconds(1))
        let seconds = Double(endedAt.milliseconds - run.startedAt.milliseconds) / 1000
        rowsPerSecond = seconds > 0 ? Self.toMilliseconds(Double(rows) / seconds) : 0
        self.exitCode = exitCode
        self.files = files
        self.stopReason = stopReason
    }

    /// Three decimals are enough for a reader.
    private static func toMilliseconds(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }

    /// The summary as indented JSON, its members sorted by name, with a line break at the end.
    ///
    /// - Returns: the text.
    /// - Throws: what the encoder throws, which no value of this type makes it do.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}
