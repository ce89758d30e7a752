import Foundation
import TestSupport
import Testing

/// Ways to stop a run, beyond those that `InterruptionTests` tries.
struct StoppingTests {
    /// Every answer is slow, so that requests are under way whenever a signal comes.
    private static let slowAnswers = """
        { "fault": "latency", "operation": "create", "when": "afterCommit", "delay": "1500ms" }
        """

    @Test func aStopLetsRequestsUnderWayEndAndSendsNoNewOne() throws {
        let site = try ImportSite(rows: 60, rules: Self.slowAnswers)
        let run = try site.start(["--max-in-flight", "5"])
        site.folder.waitForLines(5)
        run.signal(SIGTERM)
        let result = run.wait()
        #expect(result.exitCode == 75)
        #expect(result.errorLines.count == 1 && result.errors.contains("SIGTERM"), "\(result.errors)")
        let results = try Results(of: "customers.csv", in: site.folder)
        #expect(results.count("unknown") == 0)
        #expect(results.count("created") + results.count("pending") == 60)
        #expect(results.summary.exitCode == 75)
        #expect(try site.customers().count == results.count("created"))
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func aSecondSignalStopsAtOnceAndLosesNothing(second: Int32) throws {
        let site = try ImportSite(
            rows: 40,
            rules: """
                { "fault": "latency", "operation": "create", "when": "afterCommit", "delay": "20s", "after": 10, "count": 5 }
                """
        )
        let run = try site.start(["--max-in-flight", "5"])
        site.folder.waitForLines(6)
        // The five slow requests are under way by now.
        usleep(300_000)
        run.signal(SIGTERM)
        usleep(100_000)
        let start = Date()
        run.signal(second)
        let result = run.wait()
        #expect(result.exitCode == 75)
        #expect(Date().timeIntervalSince(start) < 5)
        #expect(try Results(of: "customers.csv", in: site.folder).count("unknown") > 0)
        #expect(try site.run().exitCode == 0)
        try site.expectNothingLost(rows: 40)
    }

    @Test func aSignalInTheFirstMillisecondsLosesNothingEither() throws {
        let site = try ImportSite(rows: 300)
        for delay in stride(from: 0, through: 60_000, by: 4000) {
            let run = try site.start()
            usleep(UInt32(delay))
            run.signal(SIGTERM)
            // Before its first instruction is run, a process ends as the system has it.
            #expect([75, 0, SIGTERM].contains(run.wait().exitCode))
        }
        #expect(try site.run().exitCode == 0)
        try site.expectNothingLost(rows: 300)
    }

    @Test func aRunThatOutlivesItsTerminalIgnoresItsEnd() throws {
        let site = try ImportSite(rows: 100)
        let run = try site.start(["--max-in-flight", "1"], shell: "trap '' HUP")
        site.folder.waitForLines(5)
        run.signal(SIGHUP)
        #expect(run.wait().exitCode == 0)
    }
}
