import Foundation
import TestSupport
import Testing

/// What `status`, `report` and `explain` tell of an import that has ended.
struct CheckpointCommandTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let bad = ManifestText.row(3).replacing(",US,", with: ",XX,")
        _ = try folder.write(ManifestText.rows([1, 2]) + bad + "\n", to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 1)
    }

    private func run(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(arguments, in: folder.path)
    }

    @Test func statusCountsTheRowsOfEachManifest() throws {
        let status = try run("status")
        #expect(status.exitCode == 0)
        #expect(status.output.contains("exit code 1"))
        #expect(
            status.output.contains(
                "rows  created  invalid  manifest\n   3        2        1  \(folder("customers.csv"))"
            )
        )
        let json = try run("status", "--format", "json").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let manifest = try #require((object["manifests"] as? [[String: Any]])?.first)
        #expect(manifest["rows"] as? Int == 3)
        #expect((manifest["counts"] as? [String: Int])?["created"] == 2)
        #expect(object["oldestOpenRow"] is NSNull)
    }

    @Test func statusNamesTheRowThatAnotherRunMustGoOnWith() throws {
        _ = try folder.write("t", to: "token")
        let service = ["--endpoint", "http://127.0.0.1:9", "--token-file", "token", "--checkpoint", "dead.checkpoint"]
        let import69 = try PurserProcess.run(["import", "customers.csv", "--attempts", "1"] + service, in: folder.path)
        #expect(import69.exitCode == 69)
        let status = try run("status", "--checkpoint", "dead.checkpoint").output
        #expect(status.contains("oldest open row: \(folder("customers.csv")):2: row 1 is "))
    }

    @Test func reportWritesTheSameBytesAgain() throws {
        let names = ["customers.csv.results.csv", "customers.csv.corrections.csv"]
        let before = try names.map { try folder.read("reports/\($0)") }
        #expect(try run("report", "--reports", "again").exitCode == 0)
        #expect(try names.map { try folder.read("again/\($0)") } == before)
        let summary = try folder.read("again/summary.json")
        #expect(try run("report", "--reports", "again").output.contains("again/summary.json"))
        #expect(try folder.read("again/summary.json") == summary)
        #expect(summary.contains("\"attempts\" : 2"))
    }

    @Test(arguments: ["1", "crm-1", "CRM-1"])
    func explainTellsARowsLife(name: String) throws {
        let results = try Results(of: "customers.csv", in: folder).rows
        let row = try #require(results.first)
        let explained = try run("explain", name)
        #expect(explained.exitCode == 0)
        for (part, count) in [
            ("\(folder("customers.csv")):2: row 1: created", 2), (try #require(row["idempotencyKey"]), 3),
            (try #require(row["customerId"]), 2), ("HTTP 201, created", 2), ("POST http://embedded/v1/customers", 2),
        ] {
            #expect(explained.output.components(separatedBy: part).count >= count, "\(part)")
        }
        let byCustomer = try run("explain", try #require(row["customerId"]))
        #expect(byCustomer.output == explained.output)
    }

    @Test func explainTellsWhyARowWasNeverSent() throws {
        let explained = try run("explain", "3").output
        #expect(explained.contains("row 3: invalid"))
        #expect(explained.contains("none: the row never came so far"))
        #expect(explained.contains("country"))
    }

    @Test func explainTellsWhatWasSentOtherwiseThanRead() throws {
        let row = ManifestText.row(9).replacing(",US,", with: ",us,")
        _ = try folder.write(ManifestText.rows([]) + row + "\n", to: "more.csv")
        #expect(try run("import", "more.csv").exitCode == 0)
        let explained = try run("explain", "crm-9").output
        #expect(explained.contains("sent otherwise than read"))
        #expect(explained.contains("'us' is sent as 'US'"))
    }

    @Test(arguments: ["crm-3", "CRM-3"])
    func aRowThatCameNoFurtherIsFoundByItsExternalId(name: String) throws {
        let explained = try run("explain", name)
        #expect(explained.exitCode == 0)
        #expect(explained.output.contains("row 3: invalid"))
    }

    @Test func explainTellsWhatAConflictsCustomerWasCreatedFrom() throws {
        let row = ManifestText.row(1).replacing("Seattle", with: "Tacoma")
        _ = try folder.write(ManifestText.rows([]) + row + "\n", to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 1)
        let explained = try run("explain", "1").output
        #expect(
            explained.contains(
                "created from other values than are read now\n  city  was 'Seattle', and is now 'Tacoma'"
            )
        )
        #expect(explained.contains("request that created the customer"))
        #expect(!explained.contains("sent otherwise"))
    }

    @Test func whatIsNotThereIsSaid() throws {
        #expect(try run("explain", "nobody").exitCode == 1)
        let missing = try run("status", "--checkpoint", "none.checkpoint")
        #expect(missing.exitCode == 66)
        #expect(missing.errors.contains("none.checkpoint: there is no such checkpoint"))
        #expect(try run("explain", "1", "--manifest", "other.csv").exitCode == 64)
    }
}
