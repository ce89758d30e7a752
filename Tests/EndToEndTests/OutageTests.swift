import Foundation
import TestSupport
import Testing

/// A service that dies, or was never there: when the run ends, with which exit code, and how it goes on.
struct OutageTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func startEmulator(port: String = "0") throws -> (process: PurserProcess, endpoint: String) {
        let emulator = try PurserProcess(["emulator", "--store", "service.db", "--port", port], in: folder.path)
        return (emulator, String(emulator.firstLine().dropFirst("listening on ".count)))
    }

    private func start(_ endpoint: String, _ options: [String]) throws -> PurserProcess {
        let arguments = ["import", "customers.csv", "--endpoint", endpoint, "--requests-per-minute", "0"]
        return try PurserProcess(arguments + options, in: folder.path, environment: ["PURSER_TOKEN": "emulator"])
    }

    /// It is killed, so that no connection comes about, or hangs, so that no request is answered.
    @Test(arguments: [SIGKILL, SIGSTOP])
    func aServiceThatDiesInTheMiddleIs69AndTheNextRunGoesOn(signal: Int32) throws {
        _ = try folder.write(ManifestText.rows(1...1500), to: "customers.csv")
        var (emulator, endpoint) = try startEmulator()
        defer { emulator.signal(SIGKILL) }
        let run = try start(endpoint, ["--give-up-after", "2s", "--timeout", "1", "--max-in-flight", "4"])
        folder.waitForLines(50)
        emulator.signal(signal)
        let result = run.wait()
        #expect(result.exitCode == 69, "\(result.errors)")
        #expect(result.errors.contains("with no success in between"), "\(result.errors)")
        #expect(result.errors.contains("run the same command again later"))
        let left = try Results(of: "customers.csv", in: folder)
        #expect(left.summary.exitCode == 69)
        #expect(left.rows.count == 1500)
        #expect(left.count("created") >= 50 && left.count("pending") > 0)
        #expect(left.count("created") + left.count("pending") + left.count("unknown") == 1500)
        if signal == SIGSTOP { #expect(left.count("unknown") > 0) }

        if signal == SIGKILL {
            _ = emulator.wait()
            let port = endpoint.split(separator: ":").last.map(String.init) ?? "0"
            emulator = try startEmulator(port: port).process
        } else {
            emulator.signal(SIGCONT)
        }
        let next = try start(endpoint, []).wait()
        #expect(next.exitCode == 0, "\(next.errors)")
        let results = try Results(of: "customers.csv", in: folder)
        #expect(results.count("created") + results.count("unchanged") == 1500)
        let credentials = try Results.table(try folder.read("reports/credentials.csv"))
        #expect(credentials.count == 1500)
        #expect(Set(credentials.map { $0["customerId"] }) == Set(results.rows.map { $0["customerId"] }))
    }

    @Test func aServiceThatIsDownFromTheFirstRequestIs69AndLeavesEveryRowPending() throws {
        _ = try folder.write(ManifestText.rows(1...30), to: "customers.csv")
        let clock = ContinuousClock.now
        let result = try start("http://127.0.0.1:9", ["--give-up-after", "1s"]).wait()
        #expect(clock.duration(to: .now) < .seconds(60))
        #expect(result.exitCode == 69)
        #expect(result.errors.contains("127.0.0.1:9"))
        #expect(try Results(of: "customers.csv", in: folder).count("pending") == 30)
    }

    /// Two seconds in which nothing but 429 comes, and one without a success would end the run.
    @Test(.enabled(if: StandIn.hasPython, "python3 is missing, which the stand-in is written in"))
    func aServiceThatAsksToWaitIsNotDead() async throws {
        _ = try folder.write(ManifestText.rows(1...12), to: "customers.csv")
        let service = try StandIn(["--storm", "2", "--retry-after", "2"], in: folder)
        let results = try await service.importAll(["--give-up-after", "1s"], in: folder)
        #expect(results.summary.exitCode == 0)
        try service.expectOneCustomerPerRow(results, rows: 12, in: folder)
        #expect(try service.records().contains { $0.status == 429 })
    }
}
