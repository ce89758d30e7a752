internal import Checkpoint
internal import Jobs

/// `purser report`: writes the reports again, from the checkpoint alone.
struct ReportCommand: Command {
    static let specification = CommandSpecification(
        name: "report",
        summary: "Write the reports of the last import again, from the checkpoint alone.",
        discussion: """
            Neither the manifests nor the service are needed, and an import may be under way. Passwords are not in the
            checkpoint: the credentials file is never written again.
            """,
        options: [
            CommonOptions.job, CommonOptions.checkpoint, CommonOptions.reports, CommonOptions.reportFormats,
        ]
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let formats = try CommonOptions.reportFormats(arguments)
        let folder = CommonOptions.reportsFolder(arguments)
        let checkpoint = try await CommonOptions.checkpointReader(arguments)
        return try await closing({ await checkpoint.close() }) {
            let job = ReportJob(
                checkpoint: checkpoint,
                folder: folder,
                formats: formats,
                version: CommandLineTool.version
            )
            let summary = try await job.run()
            guard !summary.manifests.isEmpty else {
                console.print("the last run read no manifest; nothing to report")
                return .success
            }
            for file in summary.files { console.print(file) }
            return .success
        }
    }
}
