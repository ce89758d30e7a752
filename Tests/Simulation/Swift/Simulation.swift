internal import Checkpoint
internal import FoundationEssentials
internal import HTTP
internal import Jobs
internal import PartnerCenterClient
internal import Platform
internal import Reports
internal import Telemetry

/// One seed: a service, manifests, and runs that are disturbed, then runs that are not, until all is done.
final class Simulation: @unchecked Sendable {
    /// How a run of the process ended.
    private enum RunEnd {
        case died
        case ended(exitCode: Int32)
    }

    /// What is set for one run.
    private struct RunPlan {
        var manifests: [(name: String, rows: [BookRow])]
        var text: [String: String] = [:]
        var maxInFlight = 8
        var attempts = 6
        var timeout = Duration.seconds(180)
        var requestsPerMinute = 0
        var groupWait = Duration.zero
        var retriesRejected = false
        var preflights = false
        /// When the run is asked to stop, and how.
        var stops: [(after: Int64, reason: StopRequest.Reason)] = []
        /// After how many jobs, or at which saving of a file, the process dies.
        var diesAtStep: Int?
        var diesAtSave: Int?
        var powerFails = false
    }

    private static let endpoint = "https://partner.example"
    private static let mostSteps = 400_000

    private let scheduler = Scheduler.shared
    private var generator: SeededGenerator
    private let disk: Disk
    private let service: SimulatedService
    private let observer: CheckpointObserver
    private let wire: Wire
    private var book: ManifestBook
    /// Writing takes time, and nothing but the first form is read.
    private let formats: Set<ReportFormat>
    private var manifestName = "customers.csv"
    private var lines: [ResultLine] = []
    /// The customers that an earlier run told to be created.
    private var toldCreated: Set<String> = []
    /// Rows that were done, by all that they say, with their customers.
    private var done: [BookRow: String] = [:]
    /// Customers whose password must be on file in the end.
    private var owed: Set<String> = []

    init(seed: UInt64, folder: String) throws {
        generator = SeededGenerator(seed: seed &* 0x2545_F491_4F6C_DD1D)
        scheduler.begin(seed: generator.next())
        disk = try Disk(folder)
        let nature = ServiceNature(using: &generator)
        service = SimulatedService(nature, seed: generator.next())
        observer = CheckpointObserver("\(disk.folder)/state.checkpoint")
        wire = Wire(service, observer, disk)
        book = ManifestBook(using: &generator)
        formats = seed.isMultiple(of: 10) ? Set(ReportFormat.allCases) : [.csv]
        Disk.current = disk
        scheduler.note("service: \(nature)")
    }

    /// Plays the seed.
    ///
    /// - Returns: the first promise that did not hold, if any.
    /// - Throws: what keeps the simulation itself from working.
    func play() throws -> BrokenPromise? {
        for _ in 0..<Int.random(in: 1...6, using: &generator) where scheduler.broken == nil {
            try run(disturbedPlan())
            scheduler.pass(
                Int64.random(in: 0...([1, 200, 4000].randomElement(using: &generator) ?? 1), using: &generator)
                    * 1_000_000_000
            )
            try edit()
        }
        try finish()
        observer.close()
        Disk.current = nil
        try disk.sweep()
        return scheduler.broken
    }

    private func finish() throws {
        service.nature = service.nature.calmed
        scheduler.note("from here on nothing is disturbed")
        // What was under way and out of sight has come to light.
        scheduler.pass(300_000_000_000)
        book.restore()
        var runs = 0
        var code: Int32 = 75
        while scheduler.broken == nil, code > 1 || runs < 2 {
            guard runs < 5 else { return Promises.undisturbedRunsEndWell(code) }
            runs += 1
            if case .ended(let exitCode) = try run(RunPlan(manifests: [(manifestName, book.present)])) {
                code = exitCode
            }
        }
        guard scheduler.broken == nil else { return }
        Promises.nothingIsLeftOpenInTheEnd(lines, book.present, wire)
        Promises.noCustomerIsCreatedTwice(service, wire)
        let created = try observer.created(inLatestRun: false)
        let open = try observer.openKeys()
        Promises.noCustomerIsLostSightOf(service, wire, known: Set(created), open: open, rows: book.present)
        Promises.everyPasswordIsOnFileExactlyOnce(
            service,
            onFile: try passwordsOnFile(),
            created: created,
            withNote: try observer.withoutPassword(),
            owed: owed
        )
    }

    // MARK: - What is drawn

    private func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < probability }

    private func disturbedPlan() -> RunPlan {
        var plan = RunPlan(manifests: [(manifestName, book.present)])
        if chance(0.2) {
            let middle = Int.random(in: 0...book.present.count, using: &generator)
            plan.manifests = [
                ("north.csv", Array(book.present[..<middle])), ("south.csv", Array(book.present[middle...])),
            ].filter { !$0.1.isEmpty }
        }
        plan.maxInFlight = Int.random(in: 1...16, using: &generator)
        plan.attempts = Int.random(in: 1...6, using: &generator)
        plan.timeout = .seconds([20, 60, 180].randomElement(using: &generator) ?? 60)
        plan.requestsPerMinute = [0, 0, 60, 500].randomElement(using: &generator) ?? 0
        plan.groupWait = chance(0.3) ? .milliseconds(5) : .zero
        plan.retriesRejected = chance(0.2)
        plan.preflights = chance(0.1)
        if chance(0.3) {
            let first = Int64.random(in: 0...20_000, using: &generator) * 1_000_000
            plan.stops = [(first, chance(0.5) ? .deadline : .signal("SIGTERM"))]
            if chance(0.4) {
                let second = first + Int64.random(in: 0...10_000, using: &generator) * 1_000_000
                plan.stops.append((second, .signal("SIGINT")))
            }
        }
        if chance(0.6) {
            let order = Int.random(in: 1...([30, 300, 3000].randomElement(using: &generator) ?? 1), using: &generator)
            if chance(0.7) { plan.diesAtStep = order } else { plan.diesAtSave = 1 + order % 60 }
            plan.powerFails = chance(0.5)
        }
        return plan
    }

    /// What the manifests' author does between two runs.
    private func edit() throws {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: book.shuffle(using: &generator)
        case 1: book.extend(by: Int.random(in: 1...10, using: &generator), using: &generator)
        case 2: manifestName = "customers-\(Int.random(in: 0..<3, using: &generator)).csv"
        case 3, 4: book.change(using: &generator)
        case 5, 6: try correct()
        default: break
        }
    }

    /// Corrects what the corrections file holds, and imports just that.
    private func correct() throws {
        let path = "\(disk.folder)/reports/\(manifestName).corrections.csv"
        let records = try ReportFiles.records(path)
        guard let header = records.first, let company = header.firstIndex(of: "companyName") else { return }
        var rows: [BookRow] = []
        var text = header.joined(separator: ",") + "\n"
        for record in records.dropFirst() {
            book.correct(record[company], record[record.count - 2], using: &generator)
            guard let row = book.row(of: record[company]) else { continue }
            rows.append(row)
            text += "\(row.line),\(record[record.count - 2]),what was wrong\n"
        }
        guard !rows.isEmpty, chance(0.7) else { return }
        var plan = disturbedPlan()
        plan.manifests = [("corrected.csv", rows)]
        plan.text["corrected.csv"] = text
        try run(plan)
    }

    // MARK: - A run

    @discardableResult
    private func run(_ plan: RunPlan) throws -> RunEnd {
        scheduler.beginLife()
        disk.beginLife()
        try prepare(plan)
        try wire.beginLife()
        wire.maximumInFlight = plan.maxInFlight
        scheduler.note(
            "run \(plan.manifests.map { "\($0.name): \($0.rows.count) rows" }), \(plan.maxInFlight) in flight, "
                + "\(plan.attempts) attempts, dies at \(plan.diesAtStep ?? 0)/\(plan.diesAtSave ?? 0), stops \(plan.stops)"
        )
        let process = SimulatedProcess()
        let random = SeededGenerator(seed: generator.next())
        let stop = StopRequest()
        for (after, reason) in plan.stops {
            scheduler.at(scheduler.now + after, life: scheduler.life) { [scheduler] in
                scheduler.note("stop: \(reason)")
                stop.request(reason)
            }
        }
        disk.beforeSave = { [unowned self] in if disk.saves == plan.diesAtSave { die(plan) } }
        Task { await self.work(plan, process, random, stop) }
        var told = 0
        scheduler.run(limit: Self.mostSteps) {
            let created = process.progress.snapshot.created
            if created != told {
                told = created
                checkTold(told)
            }
            if scheduler.steps == plan.diesAtStep { die(plan) }
        } until: {
            process.end != nil
        }
        disk.beforeSave = nil
        observer.close()
        guard scheduler.broken == nil else { return .died }
        if scheduler.isDead {
            try bury()
            return .died
        }
        wire.wholeLives.insert(scheduler.life)
        return try judge(plan, process)
    }

    /// The import as the command does it.
    private func work(
        _ plan: RunPlan,
        _ process: SimulatedProcess,
        _ random: SeededGenerator,
        _ stop: StopRequest
    ) async {
        do {
            let checkpoint = try await SQLiteCheckpoint(
                path: "\(disk.folder)/state.checkpoint",
                rules: SubmissionRules(endpoint: Self.endpoint, apiVersion: "v1"),
                groupWait: plan.groupWait,
                clock: SimulatedClock()
            )
            let client = client(plan, random)
            let job = job(plan, process, checkpoint, client, random, stop)
            let end = try await job.run(notice: { _, _ in }, exitCode: { Self.exitCode($0) })
            observer.close()
            try await checkpoint.close()
            process.end = .success(end)
        } catch {
            process.end = .failure(error)
        }
    }

    private func client(_ plan: RunPlan, _ random: SeededGenerator) -> PartnerCenterClient {
        var settings = PartnerCenterClient.Settings(
            endpoint: Self.endpoint,
            apiVersion: "v1",
            correlationId: RandomSource(random).uuid(),
            version: "simulation"
        )
        settings.timeout = plan.timeout
        settings.attempts = plan.attempts
        settings.maximumInFlight = plan.maxInFlight
        settings.requestsPerMinute = plan.requestsPerMinute
        let logger = Logger(level: .error, sink: MemoryLogSink(), clock: { SimulatedClock.civil })
        var ports = PartnerCenterClient.Ports(transport: wire, tokens: wire, logger: logger)
        ports.clock = SimulatedClock()
        ports.wallClock = { SimulatedClock.civil }
        ports.random = random
        return PartnerCenterClient(settings, ports)
    }

    private func job(
        _ plan: RunPlan,
        _ process: SimulatedProcess,
        _ checkpoint: SQLiteCheckpoint,
        _ client: PartnerCenterClient,
        _ random: SeededGenerator,
        _ stop: StopRequest
    ) -> ImportJob {
        var settings = ImportJob.Settings(
            manifests: plan.manifests.map { "\(disk.folder)/\($0.name)" },
            reports: "\(disk.folder)/reports",
            credentials: "\(disk.folder)/reports/credentials.csv",
            version: "simulation"
        )
        settings.maxInFlight = plan.maxInFlight
        settings.formats = formats
        return ImportJob(
            settings: settings,
            run: Checkpoint.Run(
                id: RandomSource(random).uuid(),
                startedAt: SimulatedClock.civil,
                endpoint: Self.endpoint,
                apiVersion: "v1",
                retriesRejected: plan.retriesRejected
            ),
            checkpoint: checkpoint,
            service: client,
            preflight: plan.preflights ? client : nil,
            stop: stop,
            progress: process.progress,
            clock: SimulatedClock(),
            now: { SimulatedClock.civil }
        )
    }

    private static func exitCode(_ end: ImportJob.End) -> Int32 {
        if let error = end.error as? ServiceError {
            return [.unavailable: 69, .unauthorized: 77, .closed: 75][error.kind] ?? 73
        }
        if end.error != nil { return 70 }
        if end.stopReason != nil { return 75 }
        return end.counts.allSatisfy { $0.key.isSettledWell || $0.value == 0 } ? 0 : 1
    }

    private func prepare(_ plan: RunPlan) throws {
        for (name, rows) in plan.manifests {
            let text = plan.text[name] ?? ([BookRow.header] + rows.map(\.line)).joined(separator: "\n") + "\n"
            try FileManager.default.createDirectory(atPath: disk.folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: "\(disk.folder)/\(name)"))
        }
    }

    // MARK: - What is looked at

    private func die(_ plan: RunPlan) {
        guard !scheduler.isDead else { return }
        scheduler.note("the process dies after \(scheduler.steps) steps and \(disk.saves) savings")
        do {
            try disk.freeze(powerFails: plan.powerFails, using: &generator)
        } catch {
            scheduler.fail("the simulation can copy its files", "\(error)")
        }
        scheduler.die()
    }

    /// Puts what survived in place, and notes which passwords are on it.
    private func bury() throws {
        wire.loseUnderWay()
        try disk.restart()
        let copy = "\(disk.folder)/../inspected"
        for ending in ["", "-wal", "-shm"] where Folder.exists(copy + ending) { try Folder.remove(copy + ending) }
        for ending in ["", "-wal"] where Folder.exists("\(disk.folder)/state.checkpoint\(ending)") {
            try FileManager.default.copyItem(atPath: "\(disk.folder)/state.checkpoint\(ending)", toPath: copy + ending)
        }
        let survivor = CheckpointObserver(copy)
        defer { survivor.close() }
        owed.formUnion(try survivor.withPendingPassword())
        owed.formUnion(try passwordsOnFile().map { $0[0] })
    }

    private func passwordsOnFile() throws -> [[String]] {
        try ReportFiles.records("\(disk.folder)/reports/credentials.csv").dropFirst().filter { $0.count == 4 }
    }

    private func checkTold(_ told: Int) {
        guard !scheduler.isDead else { return }
        do {
            Promises.createdIsToldOnlyOnceOutcomeAndPasswordAreOnDisk(
                told: told,
                created: try observer.created(inLatestRun: true),
                given: wire.passwordsGiven,
                life: scheduler.life,
                onFile: Set(try passwordsOnFile().map { $0[0] }),
                isSaved: disk.isSaved("\(disk.folder)/reports/credentials.csv")
            )
        } catch {
            scheduler.fail("the simulation can read the files", "\(error)")
        }
    }

    private func judge(_ plan: RunPlan, _ process: SimulatedProcess) throws -> RunEnd {
        switch process.end {
        case .success(let end):
            if let error = end.error, !(error is ServiceError) { Promises.noRunEndsByAnErrorThatNobodyCaused(error) }
            let code = Self.exitCode(end)
            scheduler.note("the run ends with \(code): \(counts(end)); \(end.error.map { "\($0)" } ?? "no error")")
            try judge(plan, end)
            return .ended(exitCode: code)
        case .failure(let error):
            Promises.noRunEndsByAnErrorThatNobodyCaused(error)
            return .died
        case nil: return .died
        }
    }

    private func counts(_ end: ImportJob.End) -> String {
        RowStatus.allCases.compactMap { status in end.counts[status].map { "\($0) \(status)" } }.joined(separator: ", ")
    }

    private func judge(_ plan: RunPlan, _ end: ImportJob.End) throws {
        lines = []
        for (name, rows) in plan.manifests {
            let path = "\(disk.folder)/reports/\(name).results.csv"
            // A run that was stopped may not have come to the manifest.
            guard end.isWhole || end.files.contains(path) else { continue }
            let results = try ReportFiles.results(path)
            Promises.everyRowHasExactlyOneStatus(
                results,
                rows: rows,
                counts: plan.manifests.count == 1 ? end.counts.values.reduce(0, +) : results.count,
                isWhole: end.isWhole
            )
            for (line, row) in zip(results, rows) {
                scheduler.note("\(line.status): \(row.line): \(line.customerId) \(line.key.prefix(8)) \(line.message)")
                judge(line, row, plan)
            }
            lines += results
        }
        for id in wire.passwordsGiven.filter({ $0.value.contains(scheduler.life) }).keys { owed.insert(id) }
    }

    private func judge(_ line: ResultLine, _ row: BookRow, _ plan: RunPlan) {
        if line.status == "created" {
            Promises.noCustomerIsToldToBeCreatedTwice(line, toldCreated)
            toldCreated.insert(line.customerId)
        }
        if row.customerId.isEmpty, ["created", "unchanged"].contains(line.status) {
            Promises.everyCreatedRowHasTheServicesIdentifier(line, service)
        }
        if let customerId = done[row] { Promises.whatIsDoneStaysDone(line, as: customerId) }
        if ["created", "unchanged"].contains(line.status), row.customerId.isEmpty { done[row] = line.customerId }
        if !plan.preflights { Promises.onlyAFlawedRowIsInvalid(line, row) }
    }
}

/// What the simulated process shows to the outside.
final class SimulatedProcess: @unchecked Sendable {
    let progress = ImportProgress()
    var end: Result<ImportJob.End, any Error>?
}
