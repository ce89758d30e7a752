internal import FoundationEssentials
internal import Jobs
internal import Platform
internal import SelfTest

/// `purser selftest`: kills Purser at work and checks that nothing was doubled or lost.
struct SelfTestCommand: Command {
    static let specification = CommandSpecification(
        name: "selftest",
        summary: "Kill imports into a local Partner Center, resume them, and check that nothing is doubled or lost.",
        discussion: """
            Each manifest is imported into a local Partner Center that loses answers, cuts them, fails and throttles.
            Imports, and now and then the service, are killed at random moments and started again, with the manifest
            sorted, extended, edited or corrected in between, until every row is done. Then the service's own records are
            compared with the reports: one customer for each identity, every row with its answer and its customer's id,
            every one-time password on file once. Nothing leaves this machine, and no file of yours is touched.

            The same seed makes the same choices; the moments are real time. Where a promise is broken it says which,
            keeps the folder, and ends with exit code 1. A kill is not a power failure: it tests the order of the
            writes, not whether the disk keeps them.
            """,
        options: [
            Option("kills", "N", "how many processes are killed", standard: "\(standardKills)"),
            Option("seed", "S", "what the choices are made from", standard: "any"),
            Option("rows", "R", "how many rows each manifest has; one is made for every 8 kills", standard: "150"),
            Option(
                "folder",
                "DIR",
                "where it works, and whose disk it uses",
                standard: "the folder for temporary files"
            ),
        ]
    )

    private static let standardKills = 8

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let kills = try arguments.integer("kills", in: 1...1_000_000) ?? Self.standardKills
        let rows = try arguments.integer("rows", in: 1...1_000_000) ?? 150
        let seed = try arguments.integer("seed", in: 0...Int.max) ?? Int.random(in: 0...999_999)
        let parent = arguments.value("folder") ?? FileManager.default.temporaryDirectory.path
        let folder = Folder.join(Folder.absolute(parent), "purser-selftest-\(UUID().uuidString.lowercased().prefix(8))")
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        defer { withExtendedLifetime(signals) {} }
        let settings = SelfTest.Settings(
            // The running program itself, also where it was started along PATH.
            program: Folder.absolute("/proc/self/exe"),
            folder: folder,
            kills: kills,
            seed: UInt64(seed),
            rows: rows
        )
        try Folder.make(folder)
        let isShown = StandardStream.error.isTerminal
        let outcome = await SelfTest(settings) { stop.reason != nil }.run { done in
            if isShown { console.overwrite("\(done) of \(kills) processes killed") }
        }
        if isShown { console.overwrite("") }
        if let reason = stop.reason {
            try FileManager.default.removeItem(atPath: folder)
            console.report("purser: stopped, since \(reason); what it started was ended, and its folder removed")
            return .stopped
        }
        guard outcome.findings.isEmpty else {
            console.print(outcome.line)
            for finding in outcome.findings.prefix(50) { console.report("purser: \(finding)") }
            console.report("purser: a promise was broken, or the test could not be made; seed \(seed), see \(folder)")
            return .needsAttention
        }
        try FileManager.default.removeItem(atPath: folder)
        console.print(outcome.line)
        if arguments.value("kills") == nil { console.print("Purser keeps its promise on the disk of \(parent)") }
        return .success
    }
}
