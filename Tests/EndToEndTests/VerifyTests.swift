import Foundation
import TestSupport
import Testing

/// What was created, compared with what a service holds.
struct VerifyTests {
    @Test func whatWasCreatedIsPresentAndTheOthersAreNotOurs() throws {
        let site = try ImportSite(rows: 12)
        #expect(try site.run().exitCode == 0)
        _ = try site.folder.write(ManifestText.rows(101...105), to: "others.csv")
        #expect(try site.run(["--checkpoint", "others", "--reports", "o"], manifest: "others.csv").exitCode == 0)
        func verify(_ more: String...) throws -> PurserProcess.Result {
            let arguments = ["verify", "--endpoint", site.endpoint, "--requests-per-minute", "0"] + more
            return try PurserProcess.run(arguments, in: site.folder.path, environment: ["PURSER_TOKEN": "emulator"])
        }
        let result = try verify()
        #expect(result.exitCode == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors == "12 customers of the checkpoint: 12 present; see reports/verify.csv\n")
        let report = try Results.table(try site.folder.read("reports/verify.csv"))
        #expect(report.count == 12)
        #expect(report.allSatisfy { $0["status"] == "present" && $0["identity"]?.hasPrefix("crm-") == true })
        let all = try verify("--all", "--to", "all.csv")
        #expect(all.exitCode == 0)
        #expect(all.errors == "12 customers of the checkpoint: 12 present, 5 not ours; see all.csv\n")
        let others = try Results.table(try site.folder.read("all.csv")).filter { $0["status"] == "not ours" }
        #expect(others.compactMap { $0["domain"] }.sorted() == (101...105).map { "brightwater\($0).onmicrosoft.com" })
    }

    @Test func aServiceThatIsNotThereOrRefusesTheTokenIsToldByTheExitCode() throws {
        let site = try ImportSite(rows: 2)
        #expect(try site.run().exitCode == 0)
        func verify(_ token: String, _ checkpoint: String = "purser.checkpoint") throws -> PurserProcess.Result {
            let arguments = ["verify", "--endpoint", site.endpoint, "--checkpoint", checkpoint]
            return try PurserProcess.run(arguments, in: site.folder.path, environment: ["PURSER_TOKEN": token])
        }
        #expect(try verify("wrong").exitCode == 77)
        #expect(try verify("emulator", "none.checkpoint").exitCode == 66)
        #expect(!FileManager.default.fileExists(atPath: site.folder("reports/verify.csv")))
        let down = ["verify", "--endpoint", "http://127.0.0.1:1", "--attempts", "1"]
        let elsewhere = try PurserProcess.run(down, in: site.folder.path, environment: ["PURSER_TOKEN": "emulator"])
        // The checkpoint knows no customer of that service, so that it is not asked.
        #expect(elsewhere.exitCode == 0)
        #expect(elsewhere.errors.contains("the checkpoint has been used with \(site.endpoint)/v1"))
    }

    @Test func whatWasCreatedAMomentAgoIsNotMissingYet() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        #expect(try PurserProcess.run(["import", "customers.csv"], in: folder.path).exitCode == 0)
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: folder("purser.checkpoint.partner-center\(ending)"))
        }
        let result = try PurserProcess.run(["verify"], in: folder.path)
        #expect(result.exitCode == 0)
        #expect(result.errors == "3 customers of the checkpoint: 3 new; see reports/verify.csv\n")
    }
}
