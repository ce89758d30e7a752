internal import Checkpoint
internal import Jobs
internal import Manifests
internal import Onboarding
internal import PartnerCenterClient
internal import Platform
internal import Reports

/// `purser import`: creates the customers that the manifests list.
struct ImportCommand: Command {
    private static let preflight = "preflight"

    static let specification = CommandSpecification(
        name: "import",
        summary: "Create the customers that the manifests list; run it again to go on where it stopped.",
        operands: "MANIFEST...",
        operandCount: 1...Int.max,
        discussion: """
            Running the same command again sends only the rows that have no final answer yet. Give --accept-repairs
            again, too: without it a row is what its cells say, and a customer that was created from repaired cells is
            a conflict, or its row invalid.

            Where a job file names an archive, its manifests are an inbox: those that are finished move to the archive with
            their reports, those that can't be imported to its folder set-aside with the reason, and those with open rows,
            or that are still being written, wait for the next run.

            \(ServiceOptions.health)
            Rows that were not sent are pending then, and the same command goes on with them.

            \(ServiceOptions.settling)

            exit codes: 0 every row is created or unchanged; 1 some rows need a person, see the report;
            64 usage; 65, 66 a manifest can't be read; 69 the service is down, run it again later; 73 an output can't be written;
            75 stopped or already running, run it again; 77 credentials refused; 78 not a checkpoint, or a job file
            that is wrong.
            """,
        options: [CommonOptions.job] + ServiceOptions.specification + [
            ServiceOptions.visibleWithin,
            ServiceOptions.consistencyToken,
            CommonOptions.checkpoint,
            CommonOptions.reports,
            Option("credentials", "FILE", "the one-time credentials, mode 0600", standard: "<reports>/credentials.csv"),
            Option(
                "seal-for",
                "FILE,...",
                "seal the passwords for these certificates (PEM), so that none is on disk as it is",
                isRepeatable: true
            ),
            CommonOptions.reportFormats,
            Option("deadline", "DURATION", "take no new row after it (90s, 45m, 2h), save, exit 75", standard: "none"),
            Option("retry-rejected", nil, "try again the rows that the service rejected in an earlier run"),
            Option("partial", nil, "send the rows before the fault of an XML manifest that is not well-formed"),
            Option("dry-run", nil, "everything but the sending; the checkpoint stays as it is"),
            Option(preflight, nil, "before a row is sent, ask the service about its domain, address and country"),
            RunRecord.option,
            Option("progress", "auto|always|never", "a progress line on standard error", standard: "auto"),
            CommonOptions.quiet,
        ] + RepairOptions.specification + CommonOptions.onboarding
    )

    let arguments: Arguments
    let tally: RunTally? = .ofImport()

    func run(_ console: Console) async throws -> ExitCode {
        let inbox = try ImportInbox(arguments)
        if let notice = arguments.idleNotice, inbox?.isIdle(arguments) ?? true {
            console.print(notice)
            return .success
        }
        // From here on a signal is an orderly stop, also while a large checkpoint is looked through.
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        defer { withExtendedLifetime(signals) {} }
        let settings = try importSettings(console)
        // A rehearsal that asks needs the service, as it only sends nothing that creates.
        let options = try ServiceOptions(
            arguments,
            isRehearsal: settings.isRehearsal && !arguments.flag(Self.preflight)
        )
        let progress = try arguments.choice("progress", ProgressLine.Mode.self) ?? .auto
        let deadline = try arguments.duration("deadline")
        let path = CommonOptions.checkpointPath(arguments)
        let rules = SubmissionRules(endpoint: options.identity, apiVersion: options.apiVersion)
        let checkpoint =
            settings.isRehearsal
            ? try await SQLiteCheckpoint.rehearsal(of: path, rules: rules)
            : try await SQLiteCheckpoint(path: path, rules: rules)
        return try await closing({ try await checkpoint.close() }) {
            let prepared = PreparedImport(
                options: options,
                checkpoint: checkpoint,
                stop: stop,
                progress: progress,
                deadline: deadline
            )
            guard let inbox else {
                return try tell(try await importManifests(prepared, settings, nil, console), settings, console)
            }
            return try await importInbox(prepared, settings, inbox, console)
        }
    }

    /// What a run needs, once it holds the checkpoint.
    private struct PreparedImport: Sendable {
        let options: ServiceOptions
        let checkpoint: SQLiteCheckpoint
        let stop: StopRequest
        let progress: ProgressLine.Mode
        let deadline: Duration?
    }

    /// Imports what waits in an inbox, and tells what became of all of it.
    private func importInbox(
        _ prepared: PreparedImport,
        _ settings: ImportJob.Settings,
        _ inbox: ImportInbox,
        _ console: Console
    ) async throws -> ExitCode {
        let intake = try await inbox.take()
        var settings = settings
        settings.manifests = intake.selection.ready
        settings.passesOverFaults = true
        var end = ImportJob.End(isWhole: true)
        if !settings.manifests.isEmpty {
            do {
                end = try await importManifests(prepared, settings, (inbox.archive, intake.filing), console)
            } catch {
                // What was put away before that would never be told again.
                end.error = error
            }
        }
        return try tell(end, settings, console, intake)
    }

    /// Imports manifests into the service, which is connected to meanwhile.
    private func importManifests(
        _ prepared: PreparedImport,
        _ settings: ImportJob.Settings,
        _ inbox: (archive: ManifestArchive, before: ManifestArchive.Filing)?,
        _ console: Console
    ) async throws -> ImportJob.End {
        let connection = try await prepared.options.connect(
            checkpoint: CommonOptions.checkpointPath(arguments),
            isRehearsal: settings.isRehearsal
        )
        return try await closing({ await connection.close() }) {
            let progress = ImportProgress()
            let job = ImportJob(
                settings: settings,
                run: connection.run(retriesRejected: arguments.flag("retry-rejected")),
                checkpoint: LoggedCheckpoint(prepared.checkpoint, logger: connection.logger),
                service: connection.client,
                preflight: arguments.flag(Self.preflight) ? connection.client : nil,
                archive: inbox?.archive,
                stop: prepared.stop,
                progress: progress
            )
            let client = connection.client
            let line = ProgressLine(prepared.progress, progress, console, service: { client.counts() }) {
                await RowCount(settings: settings.onboarding).count(settings.manifests)
            }
            return try await line.shown {
                try await prepared.stop.request(after: prepared.deadline) {
                    try await runCounted(job, inbox?.before ?? ManifestArchive.Filing(), console)
                }
            }
        }
    }

    /// Checks the values of options, wherever they come from.
    ///
    /// - Parameter arguments: the options.
    /// - Throws: `UsageError` that names the option whose value is nothing that it takes.
    static func check(_ arguments: Arguments) throws {
        _ = try ServiceOptions(arguments, isRehearsal: true)
        _ = try CommonOptions.reportFormats(arguments)
        _ = try arguments.choice("progress", ProgressLine.Mode.self)
        _ = try arguments.duration("deadline")
        _ = try RunRecord.path(arguments)
        var settings = try CommonOptions.onboardingSettings(arguments)
        try RepairOptions.apply(arguments, to: &settings, command: specification.name)
    }

    /// Runs the job, telling what concerns its manifests as a whole, and counts what it comes to.
    private func runCounted(
        _ job: ImportJob,
        _ before: ManifestArchive.Filing,
        _ console: Console
    ) async throws -> ImportJob.End {
        let end = try await job.run { path, notice in
            console.report("\(path):\(notice.line): \(notice.message)".onOneLine)
        } exitCode: { end in
            ExitCode(for: end, before).rawValue
        }
        tally?.add(end)
        return end
    }

    private func importSettings(_ console: Console) throws -> ImportJob.Settings {
        let reports = CommonOptions.reportsFolder(arguments)
        var settings = ImportJob.Settings(
            manifests: CommonOptions.manifests(arguments, console),
            reports: reports,
            credentials: arguments.value("credentials") ?? ReportPaths.credentials(in: reports),
            version: CommandLineTool.version
        )
        try checkCredentialsPath(settings)
        settings.onboarding = try CommonOptions.onboardingSettings(arguments)
        try RepairOptions.apply(arguments, to: &settings.onboarding, command: Self.specification.name)
        settings.onboarding.reading.isPartial = arguments.flag("partial")
        settings.sealer = try sealer()
        settings.formats = try CommonOptions.reportFormats(arguments)
        settings.maxInFlight = try ServiceOptions.maxInFlight(arguments)
        settings.isRehearsal = arguments.flag("dry-run")
        return settings
    }

    /// What seals the passwords, where certificates are given.
    private func sealer() throws -> (any CredentialSealer)? {
        guard let list = arguments.value("seal-for") else { return nil }
        let paths = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard !paths.contains("") else { throw UsageError("--seal-for takes a list of files, not '\(list)'") }
        do {
            return try CertificateSealer(paths)
        } catch {
            throw InputError(description: "\(error)", isConfiguration: !error.isMissing)
        }
    }

    /// Passwords must not go where another file of the run is going to be written.
    private func checkCredentialsPath(_ settings: ImportJob.Settings) throws(UsageError) {
        let checkpoint = CommonOptions.checkpointPath(arguments)
        let reports = ReportPaths.assign(to: settings.manifests, folder: settings.reports)
        let others =
            settings.manifests + CommonOptions.checkpointFiles(checkpoint) + [ReportPaths.summary(in: settings.reports)]
            + reports.flatMap { paths in [paths.corrections] + ReportFormat.allCases.map(paths.results) }
        let path = Folder.absolute(settings.credentials)
        guard !others.contains(where: { Folder.absolute($0) == path }) else {
            throw UsageError(
                "--credentials \(settings.credentials) is another file of this run; choose a place of its own"
            )
        }
    }
}
