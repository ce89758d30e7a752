import Foundation
import TestSupport
import Testing

/// Two runs at a time, as a cron job that takes longer than its interval makes them.
struct ConcurrentRunTests {
    @Test func ofTwoRunsOnOneCheckpointOneIsToldAtOnceWhoHoldsIt() throws {
        let site = try ImportSite(rows: 400)
        let runs = try [site.start(), site.start()]
        let results = runs.map { $0.wait() }
        #expect(results.map(\.exitCode).sorted() == [0, 75], "\(results.map(\.errors))")
        let refused = try #require(results.first { $0.exitCode == 75 })
        #expect(refused.errors.contains("another run holds the checkpoint"))
        try site.expectNothingLost(rows: 400)
        #expect(try site.run().exitCode == 0)
    }

    @Test func aKilledHolderFreesTheCheckpoint() throws {
        let site = try ImportSite(rows: 200)
        let holder = try site.start(["--max-in-flight", "1"])
        site.folder.waitForLines(3)
        let refused = try site.run()
        #expect(refused.exitCode == 75)
        #expect(refused.errors.contains("process "))
        #expect(refused.errorLines.count == 1)
        holder.signal(SIGKILL)
        _ = holder.wait()
        #expect(try site.run().exitCode == 0)
        try site.expectNothingLost(rows: 200)
    }

    /// Each finds the other's customers by their domains; they share the keys, so the service gives both the same
    /// answer.
    @Test func twoRunsOnTwoCheckpointsCreateNoCustomerTwice() throws {
        let site = try ImportSite(rows: 300)
        let folders = ["north", "south"]
        let runs = try folders.map { try site.start(["--checkpoint", "\($0).checkpoint", "--reports", $0]) }
        for run in runs { #expect(run.wait().exitCode == 0) }
        for folder in folders { try site.expectNothingLost(rows: 300, reports: folder) }
    }

    @Test func aRehearsalWorksBesideARun() throws {
        let site = try ImportSite(rows: 200)
        let run = try site.start(["--max-in-flight", "1"])
        site.folder.waitForLines(3)
        let rehearsal = try site.run(["--dry-run", "--reports", "rehearsal"])
        #expect(rehearsal.exitCode == 0, "\(rehearsal.errors)")
        run.signal(SIGTERM)
        // A fast machine has finished it by now.
        #expect([0, 75].contains(run.wait().exitCode))
    }
}
