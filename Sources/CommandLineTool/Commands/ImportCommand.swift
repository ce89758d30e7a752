internal import Checkpoint
internal import Jobs
internal import Manifests
internal import Onboarding
internal import Platform
internal import Reports

/// `purser import`: creates the customers that the manifests list.
struct ImportCommand: Command {
    static let specification = CommandSpecification(
        name: "import",
        summary: "Create the customers that the manifests list; run it again to go on where it stopped.",
        operands: "MANIFEST...",
        operandCount: 1...Int.max,
        discussion: """
            Running the same command again sends only the rows that have no final answer yet. Give --accept-repairs
            again, too: without it a row is what its cells say, and a customer that was created from repaired cells is
            a conflict, or its row invalid.

            \(ServiceOptions.health)

            \(ServiceOptions.settling)
            Rows that were not sent are pending then, and the same command goes on with them.

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
            Option("preflight", nil, "before a row is sent, ask the service about its domain, address and country"),
            RunRecord.option,
            Option("progress", "auto|always|never", "a progress line on standard error", standard: "auto"),
        ] + RepairOptions.specification + CommonOptions.onboarding
    )

    let arguments: Arguments
    let tally: RunTally? = .ofImport()

    func run(_ console: Console) async throws -> ExitCode {
        if let notice = arguments.idleNotice {
            console.print(notice)
            return .success
        }
        // From here on a signal is an orderly stop, also while a large checkpoint is looked through.
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        defer { withExtendedLifetime(signals) {} }
        let settings = try importSettings(console)
        let asks = arguments.flag("preflight")
        // A rehearsal that asks needs the service, as it only sends nothing that creates.
        let options = try ServiceOptions(arguments, isRehearsal: settings.isRehearsal && !asks)
        let progressMode = try arguments.choice("progress", ProgressLine.Mode.self) ?? .auto
        let deadline = try arguments.duration("deadline")
        let path = CommonOptions.checkpointPath(arguments)
        let rules = SubmissionRules(endpoint: options.identity, apiVersion: options.apiVersion)
        let checkpoint =
            settings.isRehearsal
            ? try await SQLiteCheckpoint.rehearsal(of: path, rules: rules)
            : try await SQLiteCheckpoint(path: path, rules: rules)
        return try await closing({ try await checkpoint.close() }) {
            let connection = try await options.connect(checkpoint: path, isRehearsal: settings.isRehearsal)
            return try await closing({ await connection.close() }) {
                let progress = ImportProgress()
                let job = ImportJob(
                    settings: settings,
                    run: connection.run(retriesRejected: arguments.flag("retry-rejected")),
                    checkpoint: checkpoint,
                    service: connection.client,
                    preflight: asks ? connection.client : nil,
                    stop: stop,
                    progress: progress
                )
                let end = try await ProgressLine(progressMode, progress, console).shown {
                    try await stop.request(after: deadline) { try await run(job, console) }
                }
                return try tell(end, settings, console)
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
        var settings = try CommonOptions.onboardingSettings(arguments)
        try RepairOptions.apply(arguments, to: &settings, command: specification.name)
    }

    private func run(_ job: ImportJob, _ console: Console) async throws -> ImportJob.End {
        let end = try await job.run { path, notice in
            console.report("\(path):\(notice.line): \(notice.message)")
        } exitCode: { end in
            ExitCode(for: end).rawValue
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
        let endings = ["", "-wal", "-shm", ".lock", ".new", ".partner-center", ".partner-center-wal"]
        let reports = ReportPaths.assign(to: settings.manifests, folder: settings.reports)
        let others =
            settings.manifests + endings.map { checkpoint + $0 } + [ReportPaths.summary(in: settings.reports)]
            + reports.flatMap { paths in [paths.corrections] + ReportFormat.allCases.map(paths.results) }
        let path = Folder.absolute(settings.credentials)
        guard !others.contains(where: { Folder.absolute($0) == path }) else {
            throw UsageError(
                "--credentials \(settings.credentials) is another file of this run; choose a place of its own"
            )
        }
    }

    /// The one line that says how it ended, and where to look.
    ///
    /// An error is thrown, for it to be told once, whatever goes wrong when what it broke is closed.
    private func tell(_ end: ImportJob.End, _ settings: ImportJob.Settings, _ console: Console) throws -> ExitCode {
        if let text = end.text(reports: settings.reports) {
            console.print((arguments.job?.name).map { "\($0): \(text)" } ?? text)
        }
        for text in end.withoutRow.compactMap(\.text) { console.report(text) }
        if let error = end.error { throw error }
        if let reason = end.stopReason {
            console.report("purser: stopped, since \(reason); run the same command again to go on")
        }
        return ExitCode(for: end)
    }
}

extension ExitCode {
    /// The code for the end of an import.
    fileprivate init(for end: ImportJob.End) {
        if let error = end.error {
            self.init(for: error)
        } else if end.stopReason != nil {
            self = .stopped
        } else {
            let isGood = end.counts.allSatisfy { $0.key.isSettledWell || $0.key == .ready || $0.value == 0 }
            self = isGood ? .success : .needsAttention
        }
    }
}

extension ImportJob.End {
    /// `318 rows: 296 created, 20 invalid, 2 duplicate; see reports`; nil where an error says it all.
    fileprivate func text(reports: String) -> String? {
        let rows = counts.values.reduce(0, +)
        let parts = RowStatus.allCases.compactMap { status in
            counts[status].flatMap { $0 > 0 ? "\($0) \(status.rawValue)" : nil }
        }
        guard rows > 0 else { return error == nil && isWhole ? "no rows below the header; nothing to do" : nil }
        return "\(rows) \(rows == 1 ? "row" : "rows"): \(parts.joined(separator: ", ")); see \(reports)"
    }
}
