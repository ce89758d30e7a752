import Foundation
import TestSupport
import Testing

/// The promise that anyone can compute a row's key again (contract, section 5), kept to someone who uses Python.
struct KeyTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let samples = folder.appending(path: "../../samples/customers.csv").standardizedFileURL.path

    @Test func theSampleManifestsKeysCanBeComputedAgainInPython() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: Self.samples, toPath: folder("customers.csv"))
        #expect(try PurserProcess.run(["import", "customers.csv"], in: folder.path).exitCode == 1)
        let created = try Results(of: "customers.csv", in: folder).summary.counts["created"] ?? 0

        let python = Process()
        let output = Pipe()
        python.executableURL = URL(filePath: "/usr/bin/env")
        let script = Self.folder.appending(path: "recompute_keys.py").path
        let results = folder("reports/customers.csv.results.csv")
        python.arguments = ["python3", script, folder("customers.csv"), results, "http://embedded"]
        python.standardOutput = output
        try python.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        python.waitUntilExit()
        #expect(created >= 280)
        #expect(text == "\(created) compared, 0 different\n")
    }
}
