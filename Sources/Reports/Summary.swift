package import Checkpoint
internal import FoundationEssentials
internal import Platform

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

        /// The statuses that occur, with their counts.
        package var rowsByStatus: [RowStatus: Int] {
            Dictionary(
                uniqueKeysWithValues: counts.compactMap { name, count in
                    RowStatus(rawValue: name).flatMap { count > 0 ? ($0, count) : nil }
                }
            )
        }

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

    /// Sums up a run.
    ///
    /// - Parameters:
    ///   - run: what was known of it at its start.
    ///   - purserVersion: the program's version.
    ///   - end: how it ended, or what is known of that so far.
    ///   - manifests: what each manifest came to.
    ///   - files: the reports' paths.
    package init(
        of run: Run,
        purserVersion: String,
        end: RunEnd,
        manifests: [ManifestCounts],
        files: [String]
    ) {
        runId = run.id
        self.purserVersion = purserVersion
        startedAt = run.startedAt.description
        endedAt = end.time.description
        endpoint = run.endpoint
        self.manifests = manifests
        rows = manifests.reduce(0) { $0 + $1.rows }
        counts = manifests.reduce(into: ManifestCounts(path: "", rows: 0, counts: [:]).counts) { sums, manifest in
            sums.merge(manifest.counts, uniquingKeysWith: +)
        }
        attempts = end.work.attempts
        retries = end.work.retries
        throttledSeconds = Double(end.work.throttledMilliseconds) / 1000
        let seconds = Double(end.time.milliseconds - run.startedAt.milliseconds) / 1000
        // Three decimals are enough for a reader.
        rowsPerSecond = seconds > 0 ? (Double(rows) / seconds * 1000).rounded() / 1000 : 0
        exitCode = end.exitCode
        self.files = files
        stopReason = end.stopReason
    }

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
