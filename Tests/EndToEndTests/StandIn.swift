import Foundation
import TestSupport
import Testing

/// A service of another make (`stand_in.py`), started for one test, and what it says of the requests it got.
final class StandIn {
    private let process = Process()
    private let input = Pipe()
    private let log: String
    private let isSecure: Bool
    let port: Int
    /// Where it also answers as a proxy.
    let proxyPort: Int
    /// What it can let befall a create.
    let faults: [String]

    private struct Ports: Decodable {
        let port: Int
        let proxy: Int
        let faults: [String]
    }

    /// A line of its log.
    struct Record: Decodable {
        let time: Double
        let event: String
        let n: Int?
        let path: String?
        let key: String?
        let cv: String?
        let correlation: String?
        let contract: String?
        let agent: String?
        let type: String?
        let isCreate: Bool?
        let domain: String?
        let status: Int?
        let outcome: String?
        let id: String?
        let password: String?
        let asksForToken: String?
        let consistency: String?
    }

    /// Starts one with a log in a folder.
    init(_ arguments: [String], in folder: TemporaryFolder) throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        log = folder("stand-in-\(UUID().uuidString).log")
        isSecure = arguments.contains("--tls")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", here.appending(path: "stand_in.py").path, "--log", log] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = input
        try process.run()
        let line = output.fileHandleForReading.availableData
        let ports = try #require(try? JSONDecoder().decode(Ports.self, from: line), "the stand-in did not start")
        (port, proxyPort, faults) = (ports.port, ports.proxy, ports.faults)
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    var url: String { "\(isSecure ? "https" : "http")://127.0.0.1:\(port)" }

    /// Everything it has noted so far, in order.
    func records() throws -> [Record] {
        try Self.records(of: String(contentsOfFile: log, encoding: .utf8))
    }

    /// A log as records.
    static func records(of log: String) throws -> [Record] {
        try log.split(separator: "\n").map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)) }
    }

    /// Where tests wait for `purser`: not on the threads that they all share, and few at once, or they are too slow.
    private static let waitingRoom: OperationQueue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 4
        return queue
    }()

    /// Runs `purser` against it.
    func purser(
        _ arguments: [String],
        at address: String? = nil,
        in folder: TemporaryFolder,
        environment: [String: String] = [:]
    ) async throws -> PurserProcess.Result {
        let arguments = arguments + ["--endpoint", address ?? url, "--requests-per-minute", "0"]
        let environment = environment.merging(["PURSER_TOKEN": "stand-in"]) { given, _ in given }
        let path = folder.path
        return try await withCheckedThrowingContinuation { continuation in
            Self.waitingRoom.addOperation {
                continuation.resume(
                    with: Result { try PurserProcess.run(arguments, in: path, environment: environment) }
                )
            }
        }
    }

    /// Imports `customers.csv`, again and again where rows are open, as cron does, up to a number of runs.
    func importAll(_ arguments: [String], in folder: TemporaryFolder, runs: Int = 1) async throws -> Results {
        let command = ["import", "customers.csv"] + arguments
        var result = try await purser(command, in: folder)
        for _ in 1..<runs {
            if result.exitCode == 0 { break }
            result = try await purser(command, in: folder)
        }
        let results = try Results(of: "customers.csv", in: folder)
        #expect(results.summary.exitCode == result.exitCode, "\(result.errors)")
        return results
    }
}

extension StandIn {
    /// Checks that every row has its one customer, and that reports and credentials say exactly what the service has.
    func expectOneCustomerPerRow(
        _ results: Results,
        rows: Int,
        in folder: TemporaryFolder,
        passwords: Bool = true
    ) throws {
        let committed = try records().filter { $0.event == "committed" }
        #expect(committed.count == rows)
        #expect(Set(committed.map(\.domain)).count == rows)
        #expect(results.rows.count == rows)
        #expect(results.count("created") + results.count("unchanged") == rows)
        let ids = committed.map { [$0.domain, $0.id] }
        #expect(Set(results.rows.map { [$0["domain"], $0["customerId"]] }) == Set(ids))
        guard passwords else { return }
        let kept = try Results.table(try folder.read("reports/credentials.csv"))
        #expect(kept.count == rows)
        let given = committed.map { [$0.id, $0.password] }
        #expect(Set(kept.map { [$0["customerId"], $0["password"]] }) == Set(given))
    }

    /// Checks the law of keys on everything that it was asked.
    func expectLawfulKeys() throws {
        #expect(try !creates().isEmpty)
        #expect(Self.breaches(of: try records()) == [])
    }

    /// Where requests break the law of keys: no other key while an outcome is open, none again after a definite
    /// refusal, and nothing at all for a customer that is known to exist.
    static func breaches(of records: [Record]) -> [String] {
        var ends: [Int: String] = [:]
        var asked: [String: [(n: Int, key: String)]] = [:]
        var breaches: [String] = []
        for record in records {
            guard let n = record.n else { continue }
            if record.event == "ended" { ends[n] = record.outcome }
            guard record.isCreate == true, let domain = record.domain, let key = record.key else { continue }
            let earlier = asked[domain, default: []]
            if let last = earlier.last {
                // One that has not ended is open as well: the client may have stopped waiting for it.
                let outcome = ends[last.n] ?? "open"
                if outcome == "open", key != last.key { breaches.append("\(n): another key than \(last.n)") }
                if outcome == "done" { breaches.append("\(n): after a success") }
            }
            let refused = earlier.filter { ends[$0.n] == "refused" }.map(\.key)
            if refused.contains(key) { breaches.append("\(n): a key that was refused") }
            asked[domain, default: []].append((n, key))
        }
        return breaches
    }

    /// The creates it got.
    func creates() throws -> [Record] { try records().filter { $0.event == "arrived" && $0.isCreate == true } }
}

extension StandIn {
    /// Whether its language is there.
    static let hasPython = hasProgram("python3")

    /// Whether a program is in the path.
    static func hasProgram(_ name: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
}
