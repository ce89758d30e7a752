internal import FoundationEssentials
internal import Platform

/// Kills Purser at work, again and again, and checks from the service's side that nothing was doubled or lost.
package struct SelfTest: Sendable {
    /// How much is done.
    package struct Settings: Hashable, Sendable {
        /// The path of the `purser` that is tested.
        package var program: String
        /// The folder to work in; made if missing.
        package var folder: String
        /// How many processes are killed.
        package var kills: Int
        /// What the choices are made from.
        package var seed: UInt64
        /// How many rows each manifest has.
        package var rows: Int

        package init(program: String, folder: String, kills: Int, seed: UInt64, rows: Int) {
            self.program = program
            self.folder = folder
            self.kills = kills
            self.seed = seed
            self.rows = rows
        }
    }

    /// What came of it.
    package struct Outcome: Hashable, Sendable {
        /// `200 kills, 3900 rows: 0 duplicates, 0 lost rows, 0 lost passwords`.
        package let line: String
        /// What is wrong, a sentence each; none where every promise was kept.
        package let findings: [String]
    }

    /// How many kills a manifest gets: with more, most would find all its rows done.
    private static let killsPerRound = 8
    /// How many rounds run at once: they wait more than they work.
    private static let width = 3
    /// In one round of so many, rows are edited after they may have been sent.
    private static let editedRounds = 9

    private let settings: Settings
    private let isCancelled: @Sendable () -> Bool

    /// Prepares it.
    ///
    /// - Parameters:
    ///   - settings: how much is done.
    ///   - isCancelled: whether to end early; the processes that were started are then ended first.
    package init(_ settings: Settings, isCancelled: @escaping @Sendable () -> Bool) {
        self.settings = settings
        self.isCancelled = isCancelled
    }

    /// Runs rounds until enough was killed.
    ///
    /// - Parameter progress: told of the kills so far, after each round.
    /// - Returns: what came of it.
    package func run(progress: @Sendable (Int) -> Void) async -> Outcome {
        var total = Round.Report()
        var next = 0
        while total.kills < settings.kills, total.findings.all.isEmpty, !isCancelled() {
            let missing = settings.kills - total.kills
            let count = (missing + Self.killsPerRound - 1) / Self.killsPerRound
            let plans = (0..<count).map { plan(next + $0, kills: min(Self.killsPerRound, missing), of: count) }
            next += count
            for await report in reports(of: plans) {
                total.kills += report.kills
                total.rows += report.rows
                total.findings.add(report.findings)
                progress(total.kills)
            }
        }
        let findings = total.findings
        let line =
            "\(total.kills) kills, \(total.rows) rows: \(findings.duplicates.count) duplicates, "
            + "\(findings.lostRows.count) lost rows, \(findings.lostPasswords.count) lost passwords"
        return Outcome(line: line, findings: findings.all)
    }

    private func plan(_ number: Int, kills: Int, of count: Int) -> Round.Plan {
        var environment = ProcessInfo.processInfo.environment
        environment["PURSER_TOKEN"] = "emulator"
        return Round.Plan(
            program: settings.program,
            environment: environment,
            folder: Folder.join(settings.folder, "round-\(number + 1)"),
            seed: settings.seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15,
            rows: settings.rows,
            kills: kills,
            isEdited: number % Self.editedRounds == Self.editedRounds - 1
        )
    }

    /// Runs rounds, a few at a time.
    private func reports(of plans: [Round.Plan]) -> AsyncStream<Round.Report> {
        let (stream, continuation) = AsyncStream.makeStream(of: Round.Report.self)
        let isCancelled = isCancelled
        Task {
            await withTaskGroup(of: Round.Report.self) { group in
                var waiting = plans[...]
                for plan in waiting.prefix(Self.width) {
                    group.addTask { await Round(plan, isCancelled: isCancelled).run() }
                }
                waiting = waiting.dropFirst(Self.width)
                for await report in group {
                    continuation.yield(report)
                    if let plan = waiting.popFirst() {
                        group.addTask { await Round(plan, isCancelled: isCancelled).run() }
                    }
                }
            }
            continuation.finish()
        }
        return stream
    }
}
