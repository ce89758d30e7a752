internal import Checkpoint
internal import Jobs
internal import Onboarding
internal import Platform
internal import Reports
internal import Telemetry

/// `purser import`: creates the customers that the manifests list.
struct ImportCommand: Command {
    static let specification = CommandSpecification(
        name: "import",
        summary: "Create the customers that the manifests list; run it again to go on where it stopped.",
        operands: "MANIFEST...",
        operandCount: 1...Int.max,
        discussion: """
            A row is sent once: running the same command again sends only what has no final answer yet.
            Exit codes: 0 every row is created or unchanged; 1 some rows need a person, see the report;
            64 usage; 65 or 66 a manifest can't be read; 69 service down; 73 an output can't be written;
            75 stopped, run it again; 77 credentials refused; 78 not a checkpoint.
            """,
        options: CommonOptions.service + [
            CommonOptions.checkpoint,
            CommonOptions.reports,
            Option("credentials", "FILE", "the one-time admin credentials, mode 0600", standard: "<reports>/credentials.csv"),
            CommonOptions.reportFormats,
            Option("deadline", "DURATION", "take no new row after it (90s, 45m, 2h), save, exit 75", standard: "none"),
            Option("retry-rejected", nil, "try again the rows that the service rejected in an earlier run"),
            Option("dry-run", nil, "everything but the sending; the checkpoint stays as it is"),
            Option("progress", "auto|always|never", "a progress line on standard error", standard: "auto"),
        ] + CommonOptions.onboarding + CommonOptions.logging
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let settings = try importSettings()
        let progressMode = try arguments.choice("progress", ProgressLine.Mode.self) ?? .auto
        let serviceOptions = try ServiceOptions(arguments)
        let deadline = try arguments.duration("deadline")
        let logger = try CommonOptions.logger(arguments)
        let checkpoint = try await openCheckpoint(isRehearsal: settings.isRehearsal, endpoint: serviceOptions.identity)
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        let connection = try await serviceOptions.connect(
            checkpointPath: CommonOptions.checkpointPath(arguments),
            logger: logger
        )
        let progress = ImportProgress()
        let job = ImportJob(
            settings: settings,
            run: connection.run(retriesRejected: arguments.flag("retry-rejected")),
            checkpoint: checkpoint,
            service: connection.client,
            stop: stop,
            progress: progress
        )
        let line = ProgressLine(progressMode, progress: progress)
        let end = try await withDeadline(deadline, stop) { try await line.shown { try await job.run() } }
        try await checkpoint.close()
        await connection.close()
        withExtendedLifetime(signals) {}
        return tell(end, console)
    }
}
