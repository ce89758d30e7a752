import Foundation
import TestSupport
import Testing

/// A run that is killed, stopped or locked out, and the next one that goes on.
struct InterruptionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func startEmulator() throws -> (process: PurserProcess, endpoint: String) {
        let emulator = try PurserProcess(["emulator", "--store", folder("service.db")], in: folder.path)
        let line = emulator.firstLine()
        return (emulator, String(line.dropFirst("listening on ".count)))
    }

    private func start(_ arguments: [String]) throws -> PurserProcess {
        try PurserProcess(
            ["import", "customers.csv"] + arguments,
            in: folder.path,
            environment: ["PURSER_TOKEN": "emulator"]
        )
    }

    @Test(arguments: [1, 150, 600])
    func aKilledImportGoesOnWithNoCustomerTwiceAndNoPasswordLost(credentialsBeforeTheKill: Int) throws {
        let (emulator, endpoint) = try startEmulator()
        defer { emulator.signal(SIGKILL) }
        _ = try folder.write(ManifestText.rows(1...1500), to: "customers.csv")
        let options = ["--endpoint", endpoint, "--requests-per-minute", "0"]

        let killed = try start(options)
        folder.waitForLines(credentialsBeforeTheKill)
        killed.signal(SIGKILL)
        #expect(killed.wait().exitCode == SIGKILL)
        #expect(try start(options).wait().exitCode == 0)

        let results = try Results(of: "customers.csv", in: folder)
        #expect(results.count("created") + results.count("unchanged") == 1500)
        #expect(results.count("created") < 1500)
        let ids = results.rows.compactMap { $0["customerId"] }
        #expect(Set(ids).count == 1500)
        let credentials = try Results.table(try folder.read("reports/credentials.csv"))
        #expect(credentials.count == 1500)
        #expect(Set(credentials.compactMap { $0["customerId"] }) == Set(ids))
        let export = ["export", "--to", "export.csv", "--endpoint", endpoint, "--requests-per-minute", "0"]
        _ = try PurserProcess.run(export, in: folder.path, environment: ["PURSER_TOKEN": "emulator"])
        let held = try Results.table(try folder.read("export.csv")).compactMap { $0["customerId"] }
        #expect(held.count == 1500)
        #expect(Set(held) == Set(ids))
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func aSignalStopsARunThatSaysSoAndCanBeResumed(signal: Int32) throws {
        let (emulator, endpoint) = try startEmulator()
        defer { emulator.signal(SIGKILL) }
        _ = try folder.write(ManifestText.rows(1...2000), to: "customers.csv")
        let options = ["--endpoint", endpoint, "--requests-per-minute", "0"]

        let stopped = try start(options)
        folder.waitForLines(20)
        stopped.signal(signal)
        let result = stopped.wait()
        #expect(result.exitCode == 75)
        #expect(result.errorLines.count == 1)
        let left = try Results(of: "customers.csv", in: folder)
        #expect(left.rows.count == 2000)
        #expect(left.count("pending") > 0)
        #expect(left.count("created") + left.count("pending") + left.count("unknown") == 2000)

        #expect(try start(options).wait().exitCode == 0)
        #expect(try Results.table(try folder.read("reports/credentials.csv")).count == 2000)
    }

    @Test func aDeadlineStopsARunThatCanBeResumed() throws {
        let (emulator, endpoint) = try startEmulator()
        defer { emulator.signal(SIGKILL) }
        _ = try folder.write(ManifestText.rows(1...200), to: "customers.csv")
        let slow = ["--endpoint", endpoint, "--requests-per-minute", "600", "--deadline", "1s"]
        let result = try start(slow).wait()
        #expect(result.exitCode == 75)
        #expect(result.errors.contains("deadline"))
        #expect(try start(["--endpoint", endpoint, "--requests-per-minute", "0"]).wait().exitCode == 0)
    }

    @Test func aSecondRunOfTheSameCheckpointIsToldWhoHoldsIt() throws {
        let (emulator, endpoint) = try startEmulator()
        defer { emulator.signal(SIGKILL) }
        _ = try folder.write(ManifestText.rows(1...200), to: "customers.csv")
        let first = try start(["--endpoint", endpoint, "--requests-per-minute", "600"])
        folder.waitForLines(1)
        let second = try start(["--endpoint", endpoint]).wait()
        #expect(second.exitCode == 75)
        #expect(second.errors.contains("process "))
        first.signal(SIGTERM)
        _ = first.wait()
    }

    @Test func aRefusedTokenStopsTheRunBeforeItBurnsTheRows() throws {
        let (emulator, endpoint) = try startEmulator()
        defer { emulator.signal(SIGKILL) }
        _ = try folder.write(ManifestText.rows(1...100), to: "customers.csv")
        let result = try PurserProcess.run(
            ["import", "customers.csv", "--endpoint", endpoint],
            in: folder.path,
            environment: ["PURSER_TOKEN": "wrong-token-value"]
        )
        #expect(result.exitCode == 77)
        #expect(result.errorLines.count == 1)
        #expect(!result.errors.contains("wrong-token-value"))
        #expect(try Results(of: "customers.csv", in: folder).count("pending") == 100)
    }
}
