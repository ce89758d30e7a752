internal import Checkpoint
internal import Reports

/// The reports of a run's manifests, written from the checkpoint alone.
struct RunReports: Sendable {
    let checkpoint: any CheckpointReading
    /// The manifests, in the run's order.
    let manifests: [RowSource.OpenedManifest]
    /// Where the reports go.
    let folder: String
    let formats: Set<ReportFormat>

    /// Counts the rows of each manifest.
    func counts() async throws -> [Summary.ManifestCounts] {
        var result: [Summary.ManifestCounts] = []
        for manifest in manifests {
            let counts = try await checkpoint.counts(of: manifest.id)
            let rows = counts.values.reduce(0, +)
            result.append(Summary.ManifestCounts(path: manifest.path, rows: rows, counts: counts))
        }
        return result
    }

    /// Writes the results and the corrections of each manifest.
    ///
    /// - Parameter context: what is said of the run.
    /// - Returns: the paths of the files that were written, for each manifest.
    /// - Throws: `ReportError` where one can't be written, `CheckpointError` where the rows can't be read.
    func writeResults(_ context: ReportContext) async throws -> [[String]] {
        let writer = ReportWriter()
        var files: [[String]] = []
        for (manifest, paths) in zip(manifests, ReportPaths.assign(to: manifests.map(\.path), folder: folder)) {
            let written = try await writer.write(
                header: manifest.header,
                to: paths,
                formats: formats,
                context: context
            ) { [checkpoint] after, limit in
                try await checkpoint.rows(of: manifest.id, after: after, limit: limit)
            }
            files.append(written)
        }
        return files
    }

    /// Writes the run's summary.
    func writeSummary(_ summary: Summary) async throws {
        try await ReportWriter().write(summary, to: ReportPaths.summary(in: folder))
    }
}
