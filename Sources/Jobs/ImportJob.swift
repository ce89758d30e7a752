package import Checkpoint
package import Manifests
package import Onboarding
package import PartnerCenterClient
package import Platform
package import Reports

/// Creates the customers that manifests list: the one place that knows the whole journey of a row.
package struct ImportJob: Sendable {
    /// What to import, and how.
    package struct Settings: Sendable {
        /// The manifests' paths, in the order they are read.
        package var manifests: [String]
        /// How rows are mapped and checked.
        package var onboarding = OnboardingSettings()
        /// Where the reports go.
        package var reports: String
        /// Where the one-time credentials go.
        package var credentials: String
        /// Seals the credentials before they are put on disk; nil where they are kept as they are.
        package var sealer: (any CredentialSealer)?
        package var formats: Set<ReportFormat> = [.csv]
        /// Whether a manifest that can't be read stops nobody but itself.
        package var passesOverFaults = false
        /// Most requests under way at once.
        package var maxInFlight = 8
        /// Whether everything is done but the sending.
        package var isRehearsal = false
        /// How long requests under way may take to finish after a stop was asked for.
        package var drainLimit = Duration.seconds(30)
        /// The program's version, for the summary.
        package var version: String

        package init(manifests: [String], reports: String, credentials: String, version: String) {
            self.manifests = manifests
            self.reports = reports
            self.credentials = credentials
            self.version = version
        }
    }

    /// What an import came to.
    package struct End: Sendable {
        /// Whether every manifest was read to its end.
        package var isWhole = false
        /// The rows that were read, by status.
        package var counts: [RowStatus: Int] = [:]
        /// What was counted on the way.
        package var work = RunWork()
        /// What kept it from finishing: `ManifestError`, `CheckpointError`, `ReportError` or `ServiceError`.
        package var error: (any Error)?
        /// What asked it to stop, where rows were left that another run must go on with.
        package var stopReason: StopRequest.Reason?
        /// What became of earlier runs' requests that no row's result tells of.
        package var withoutRow: [SettledRequest] = []
        /// The reports' paths.
        package var files: [String] = []
        /// What it came to for each manifest, in their order.
        package var manifests: [ManifestEnd] = []
        /// What the archive has put away in this run, before the import included; nil where there is none, or an error
        /// kept the manifests where they are.
        package var filing: ManifestArchive.Filing?

        /// Makes the end of an import that has read nothing.
        package init(isWhole: Bool = false) { self.isWhole = isWhole }
    }

    let settings: Settings
    let run: Run
    let checkpoint: any CheckpointStore
    let service: any CustomerService
    let preflight: (any PreflightService)?
    let archive: ManifestArchive?
    let stop: StopRequest
    let progress: ImportProgress
    let clock: any Clock<Duration>
    let now: @Sendable () -> Timestamp

    /// Makes an import.
    ///
    /// - Parameters:
    ///   - settings: what to import, and how.
    ///   - run: what is known of the run at its start.
    ///   - checkpoint: where every step is recorded; held by this run.
    ///   - service: where the customers are created.
    ///   - preflight: asked about rows before they are sent; nil where it is not to be.
    ///   - archive: where manifests go that are done with; nil where they stay.
    ///   - stop: asks the run to stop.
    ///   - progress: where the run counts what it has done.
    ///   - clock: measures the time to drain.
    ///   - now: tells civil time.
    package init(
        settings: Settings,
        run: Run,
        checkpoint: any CheckpointStore,
        service: any CustomerService,
        preflight: (any PreflightService)? = nil,
        archive: ManifestArchive? = nil,
        stop: StopRequest,
        progress: ImportProgress = ImportProgress(),
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.settings = settings
        self.run = run
        self.checkpoint = checkpoint
        self.service = service
        self.preflight = preflight
        self.archive = archive
        self.stop = stop
        self.progress = progress
        self.clock = clock
        self.now = now
    }

    /// Runs the import: first what can be wrong before anything is sent, then the rows, then the reports.
    ///
    /// - Parameters:
    ///   - notice: told of what concerns a manifest as a whole.
    ///   - exitCode: the process's exit code for an end, for the summary and the checkpoint.
    /// - Returns: what it came to.
    /// - Throws: `ManifestError` where a manifest can't be opened and may not be passed over, `ReportError` and
    ///   `CheckpointError` where nothing can be written: nothing was sent then.
    package func run(
        notice: @Sendable (String, ManifestNotice) -> Void,
        exitCode: @Sendable (End) -> Int32
    ) async throws -> End {
        let intake = ManifestIntake(paths: settings.manifests, settings: settings.onboarding)
        let source = RowSource(
            intake: intake,
            checkpoint: checkpoint,
            preflight: questions,
            passesOverFaults: settings.passesOverFaults
        )
        for (path, each) in try await source.check() { notice(path, each) }
        try await ReportWriter().prepare(settings.reports)
        let credentials = settings.isRehearsal ? nil : CredentialsFile(settings.credentials)
        let settled = try await settlePendingCredentials(credentials)
        try await checkpoint.begin(run)
        if !settled.isEmpty { try await checkpoint.forgetCredentials(of: settled) }
        var end = End()
        let window = window(source, credentials)
        // Next to the requests: a row that is sent then changes threads only for the disk.
        let rows = await withTaskExecutorPreference(service.executor) { await window.run(notice: notice) }
        end.isWhole = rows.isWhole
        end.withoutRow = rows.withoutRow
        end.error = rows.error ?? service.failure ?? silence
        do { try await credentials?.putBack() } catch { end.error = end.error ?? error }
        return await finish(end, source, exitCode)
    }

    private var questions: Preflight? {
        preflight.map {
            Preflight($0, maxInFlight: settings.maxInFlight, isStrict: settings.onboarding.isStrict)
        }
    }

    /// What is wrong where not one request got an answer: no row is to blame for that.
    private var silence: ServiceError? {
        let counts = progress.snapshot
        guard stop.reason == nil, counts.attempts > 0, counts.answered == 0 else { return nil }
        let message = "\(run.endpoint): none of the \(counts.attempts) requests got a yes or a no; run it again later"
        return ServiceError(.unavailable, message: message)
    }

    private func window(_ source: RowSource, _ credentials: CredentialsFile?) -> ImportWindow {
        ImportWindow(
            source: source,
            runner: SubmissionRunner(
                checkpoint: checkpoint,
                service: service,
                recorder: SubmissionRecorder(checkpoint, credentials),
                sealer: settings.sealer
            ),
            service: service,
            stop: stop,
            progress: progress,
            // The service's gate bounds what is sent; the rest of the window waits for backoff or for the disk.
            width: settings.maxInFlight * 4,
            mode: settings.isRehearsal ? .rehearse : .send,
            drainLimit: settings.drainLimit,
            clock: clock
        )
    }

    /// Opens the credentials file, and puts there first what an earlier run put in the checkpoint and may not have put
    /// on file.
    ///
    /// - Returns: the customers whose credentials are on file now, for the checkpoint to forget.
    private func settlePendingCredentials(_ file: CredentialsFile?) async throws -> [String] {
        guard let file else { return [] }
        let pending = try await checkpoint.pendingCredentials()
        let missing = try await file.missing(from: pending)
        try await file.append(try missing.map { try settings.sealer?.seal($0) ?? $0 })
        return pending.map(\.customerId)
    }
}

extension CustomerService {
    /// Why the service is not asked any more, where that is not because the run was stopped.
    fileprivate var failure: ServiceError? { closure().flatMap { $0.kind == .closed ? nil : $0 } }
}
