internal import Platform

/// One manifest, one checkpoint and one local Partner Center, and runs that are killed until the rows are done.
///
/// All that it does blocks, on a thread of its own.
actor Round {
    /// What a round is to do.
    struct Plan: Hashable, Sendable {
        /// The path of `purser`.
        var program: String
        var environment: [String: String]
        var folder: String
        var seed: UInt64
        var rows: Int
        var kills: Int
        /// Whether rows are edited after they may have been sent, which takes minutes to settle.
        var isEdited: Bool
    }

    /// What came of it.
    struct Report: Hashable, Sendable {
        var kills = 0
        var rows = 0
        var findings = Findings()
    }

    private let executor = QueueExecutor("selftest.round")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let plan: Plan
    private let files: RoundFiles
    private let isCancelled: @Sendable () -> Bool
    private var generator: SeededGenerator
    private var scenario: FaultScenario
    private var manifest: TestManifest
    private var corrected: [TestManifest.Row] = []
    private var report = Report()

    /// Prepares a round; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - plan: what it is to do.
    ///   - isCancelled: whether it is to end early.
    init(_ plan: Plan, isCancelled: @escaping @Sendable () -> Bool) {
        self.plan = plan
        self.isCancelled = isCancelled
        files = RoundFiles(plan.folder)
        generator = SeededGenerator(seed: plan.seed)
        scenario = FaultScenario(isLenient: plan.isEdited, using: &generator)
        manifest = TestManifest(count: plan.rows, using: &generator)
    }

    /// Does it all.
    ///
    /// - Returns: what came of it.
    func run() -> Report {
        do {
            try files.make()
            try files.write(Array(scenario.text.utf8), to: files.scenario)
            try files.write(manifest.csv, to: files.manifest)
            let emulator = try EmulatorProcess(plan.program, environment: plan.environment, files: files)
            defer { emulator.kill() }
            try interruptRuns(emulator)
            try finish(emulator)
            try emulator.stop()
            if !isCancelled() { try audit() }
        } catch {
            if !isCancelled() { report.findings.others.append("\(plan.folder): \(error)") }
        }
        report.rows = manifest.rows.count
        return report
    }

    private func interruptRuns(_ emulator: EmulatorProcess) throws {
        while report.kills < plan.kills, !isCancelled() {
            // The corrected rows are a manifest of their own: beside the old ones they would be duplicates.
            let isOfCorrected = !corrected.isEmpty && Bool.random(using: &generator)
            let process = try startImport(isOfCorrected ? files.corrected : files.manifest, emulator)
            let killed = try interrupt(process, emulator, Interruption(using: &generator))
            guard let end = process.wait(.seconds(60)) else {
                process.send(.kill)
                throw RoundFailure("an import that was asked to stop does not")
            }
            try judge(end, wasKilled: killed)
            let isFinished = [.exited(0), .exited(1)].contains(end)
            if isFinished, !isOfCorrected, manifest.isWhole, try files.readSummary().open == 0 { return }
            try change()
        }
    }

    private func startImport(_ manifest: String, _ emulator: EmulatorProcess) throws -> ChildProcess {
        let options = [
            "--endpoint", "http://127.0.0.1:\(emulator.port)", "--requests-per-minute", "0", "--max-in-flight", "6",
            "--checkpoint", files.checkpoint, "--reports", files.reports, "--log-level", "error",
        ]
        return try ChildProcess(
            Program([plan.program, "import", manifest] + options, environment: plan.environment),
            output: files.output,
            errors: files.errors
        )
    }

    /// Does to a run what was drawn.
    ///
    /// - Returns: whether it was sent a SIGKILL.
    private func interrupt(
        _ process: ChildProcess,
        _ emulator: EmulatorProcess,
        _ interruption: Interruption
    ) throws -> Bool {
        switch interruption {
        case .kill(let delay):
            pause(process, delay)
            process.send(.kill)
            return true
        case .killInReports(let delay):
            pause(process, delay)
            process.send(.terminate)
            _ = process.wait(.seconds(40)) { files.isReporting(process.id) || isCancelled() }
            process.send(.kill)
            return true
        case .stop(let delay):
            pause(process, delay)
            process.send(.terminate)
        case .stopTwice(let delay, let pause):
            self.pause(process, delay)
            process.send(.terminate)
            self.pause(process, pause)
            process.send(.terminate)
        case .killService(let delay, let absence, let rest):
            pause(process, delay)
            guard emulator.isRunning else { throw RoundFailure("the emulator ended; see \(files.emulatorErrors)") }
            emulator.kill()
            report.kills += 1
            pause(process, absence)
            try emulator.restart()
            pause(process, rest)
            process.send(.kill)
            return true
        }
        return false
    }

    private func pause(_ process: ChildProcess, _ duration: Duration) {
        _ = process.wait(duration, unless: isCancelled)
    }

    /// Counts a kill, and finds ends that no run may have.
    private func judge(_ end: Program.End, wasKilled: Bool) throws {
        switch end {
        case .signalled(9) where wasKilled: report.kills += 1
        // The first milliseconds of a process belong to the system.
        case .signalled(15): break
        case .exited(0), .exited(1), .exited(69), .exited(75): break
        default: throw RoundFailure("an import ended with \(end); see \(files.errors)")
        }
    }

    /// What the team does between two runs.
    private func change() throws {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<25: manifest.sort(using: &generator)
        case 25..<50: manifest.extend(by: Int.random(in: 1...max(1, plan.rows / 4), using: &generator))
        case 50..<75 where plan.isEdited: manifest.edit(using: &generator)
        case 50..<75 where corrected.isEmpty: return try correct()
        default: return
        }
        try files.write(manifest.csv, to: files.manifest)
    }

    /// Fills in what is missing, in the corrections file that the last import left, if it left one.
    private func correct() throws {
        guard Folder.exists(files.corrections) else { return }
        var table = try RoundFiles.table(files.corrections)
        guard let name = table.header.firstIndex(of: "externalId"), let email = table.header.firstIndex(of: "email")
        else {
            throw RoundFailure("the corrections have other columns than the manifest: \(table.header)")
        }
        let rows = Dictionary(manifest.rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for index in table.records.indices where table.records[index][email].isEmpty {
            table.records[index][email] = "office@corrected.example.com"
        }
        corrected = table.records.compactMap { rows[$0[name]] }
        guard corrected.count == table.records.count else { throw RoundFailure("the corrections have rows of nobody") }
        try files.write(TestManifest.csv([table.header] + table.records), to: files.corrected)
    }

    /// Runs the imports until no row is open, and once more, when they must not send anything.
    private func finish(_ emulator: EmulatorProcess) throws {
        manifest.extend(by: .max)
        try files.write(manifest.csv, to: files.manifest)
        let manifests = [(files.manifest, manifest.rows.count), (files.corrected, corrected.count)].filter { $0.1 > 0 }
        for (path, rows) in manifests where !isCancelled() {
            var runs = 1
            while try runImport(path, rows, emulator).open > 0, !isCancelled() {
                guard runs < 20 else {
                    throw RoundFailure("\(runs) runs did not settle every row; see \(files.errors)")
                }
                runs += 1
            }
        }
        for (path, rows) in manifests where !isCancelled() {
            let attempts = try runImport(path, rows, emulator).attempts
            if attempts > 0 { throw RoundFailure("a run of rows that are all done sent \(attempts) requests") }
        }
    }

    private func runImport(_ path: String, _ rows: Int, _ emulator: EmulatorProcess) throws -> RoundFiles.Summary {
        let process = try startImport(path, emulator)
        let end = process.wait(.seconds(300), unless: isCancelled)
        if end == nil {
            process.send(.kill)
            _ = process.wait(.seconds(10))
        }
        guard !isCancelled() else { return RoundFiles.Summary() }
        guard let end, [.exited(0), .exited(1), .exited(69)].contains(end) else {
            throw RoundFailure("an import ended with \(end.map { "\($0)" } ?? "nothing in 300 s"); see \(files.errors)")
        }
        let summary = try files.readSummary()
        guard summary.rows == rows, summary.counts.values.reduce(0, +) == rows else {
            throw RoundFailure(
                "\(rows) rows were imported, but \(files.summary) has \(summary.rows): \(summary.counts)"
            )
        }
        return summary
    }

    private func audit() throws {
        let evidence = try Evidence(files, manifest: manifest.rows.map(\.name), corrected: corrected.map(\.name))
        let audit = Audit(
            manifest: manifest,
            corrected: corrected,
            needsEveryPassword: scenario.givesPasswordsAgain,
            evidence: evidence
        )
        report.findings.add(audit.findings())
    }
}
