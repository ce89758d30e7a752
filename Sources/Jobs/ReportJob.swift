package import Checkpoint
package import Reports

/// Writes the reports of the run that began last again, from the checkpoint alone.
package struct ReportJob: Sendable {
    /// What was written.
    package struct Summary: Hashable, Sendable {
        /// The manifests' paths.
        package var manifests: [String] = []
        /// The reports' paths.
        package var files: [String] = []
    }

    private let checkpoint: CheckpointReader
    private let folder: String
    private let formats: Set<ReportFormat>
    private let version: String

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - checkpoint: where the rows are; a run may hold it.
    ///   - folder: where the reports go; made if missing.
    ///   - formats: the forms in which the results are written.
    ///   - version: the program's version, for the summary.
    package init(checkpoint: CheckpointReader, folder: String, formats: Set<ReportFormat>, version: String) {
        self.checkpoint = checkpoint
        self.folder = folder
        self.formats = formats
        self.version = version
    }

    /// Writes the reports.
    ///
    /// The summary is written, too, where the run has ended: what only the run itself could count is in it then.
    ///
    /// - Returns: what was written.
    /// - Throws: `ReportError` where one can't be written, `CheckpointError` where the rows can't be read.
    package func run() async throws -> Summary {
        let manifests = try await checkpoint.manifests().filter(\.isOfLatestRun)
        let reports = RunReports(
            checkpoint: checkpoint,
            manifests: manifests.map { RowSource.OpenedManifest(id: $0.id, path: $0.path, header: $0.header) },
            folder: folder,
            formats: formats
        )
        var summary = Summary(manifests: manifests.map(\.path))
        guard let run = try await checkpoint.latestRun() else { return summary }
        let activity = try await checkpoint.activity()
        let context = ReportContext(run: run.run, end: run.end, activity: activity, version: version)
        summary.files = try await reports.writeResults(context).flatMap { $0 }
        guard let end = run.end else { return summary }
        try await reports.writeSummary(
            Reports.Summary(
                of: run.run,
                purserVersion: version,
                end: end,
                manifests: try await reports.counts(),
                files: summary.files
            )
        )
        summary.files.append(ReportPaths.summary(in: folder))
        return summary
    }
}
