import Foundation
import TestSupport
import Testing

/// A manifest that a team works on between runs, or in the middle of one.
struct ChangedManifestTests {
    /// The status of each row by its external id, and why.
    private func report(_ site: ImportSite, _ manifest: String) throws -> [[String: String]] {
        try Results(of: manifest, in: site.folder).rows
    }

    private func attempts(_ site: ImportSite, _ manifest: String = "customers.csv") throws -> Int {
        try Results(of: manifest, in: site.folder).summary.attempts
    }

    @Test func onlyNewAndCorrectedRowsAreSentEachTimeAndEveryRowSaysWhy() throws {
        let site = try ImportSite(rows: 8)
        let good = ManifestText.rows(1...8)
        let faulty = ManifestText.row(9).replacing("Seattle,WA,98101", with: "Seattle,WA,")
        let copy = ManifestText.row(1).replacing("crm-1,", with: "crm-1b,")
        let first = good + faulty + "\n" + copy + "\n"
        _ = try site.folder.write(first, to: "customers.csv")
        #expect(try site.run().exitCode == 1)
        #expect(try attempts(site) == 8)
        var rows = try report(site, "customers.csv")
        #expect(rows.map { $0["status"] ?? "" } == Array(repeating: "created", count: 8) + ["invalid", "duplicate"])
        #expect(rows[8]["field"] == "postalCode" && rows[8]["message"]?.isEmpty == false)
        #expect(rows[9]["message"]?.contains("line 2") == true, "\(rows[9])")

        // Corrected: just the row that needed it is sent.
        var corrections = try site.folder.read("reports/customers.csv.corrections.csv")
        #expect(try Results.table(corrections).map { $0["externalId"] } == ["crm-9", "crm-1b"])
        corrections = corrections.replacing("Seattle,WA,,", with: "Seattle,WA,98101,")
        _ = try site.folder.write(corrections, to: "fixed.csv")
        #expect(try site.run(manifest: "fixed.csv").exitCode == 0)
        #expect(try attempts(site, "fixed.csv") == 1)
        #expect(try report(site, "fixed.csv").map { $0["status"] } == ["created", "unchanged"])

        // Extended, and the row set right in the manifest too: only the new rows are sent.
        let whole = ManifestText.rows(1...12)
        _ = try site.folder.write(whole, to: "customers.csv")
        #expect(try site.run().exitCode == 0)
        #expect(try attempts(site) == 3)
        rows = try report(site, "customers.csv")
        #expect(rows.prefix(9).allSatisfy { $0["status"] == "unchanged" })
        #expect(rows.suffix(3).allSatisfy { $0["status"] == "created" })
        let ids = Dictionary(uniqueKeysWithValues: rows.map { ($0["domain"] ?? "", $0["customerId"] ?? "") })

        // Sorted: nothing is sent, and every row has its customer still.
        _ = try site.folder.write(ManifestText.rows((1...12).reversed()), to: "customers.csv")
        #expect(try site.run().exitCode == 0)
        #expect(try attempts(site) == 0)
        rows = try report(site, "customers.csv")
        #expect(rows.first?["domain"] == "brightwater12.onmicrosoft.com")
        #expect(rows.allSatisfy { $0["status"] == "unchanged" && ids[$0["domain"] ?? ""] == $0["customerId"] })

        // Changed after it was created: nothing is sent, and the report says what differs.
        _ = try site.folder.write(whole.replacing("4 Mill Road", with: "4 Mill Lane"), to: "customers.csv")
        #expect(try site.run().exitCode == 1)
        #expect(try attempts(site) == 0)
        rows = try report(site, "customers.csv")
        #expect(rows.map { $0["status"] }.count { $0 == "conflict" } == 1)
        #expect(rows[3]["field"] == "addressLine1" && rows[3]["message"]?.contains("4 Mill Lane") == true, "\(rows[3])")
        #expect(try site.customers().count == 12)
        #expect(try site.credentials().count == 12)
    }

    @Test func aManifestThatIsRemovedOrReplacedMeanwhileIsReadToItsEnd() throws {
        let site = try ImportSite(rows: 300)
        let run = try site.start()
        site.folder.waitForLines(10)
        try FileManager.default.removeItem(atPath: site.folder("customers.csv"))
        _ = try site.folder.write("another file\n", to: "customers.csv")
        #expect(run.wait().exitCode == 0)
        try site.expectNothingLost(rows: 300)
    }

    /// More than is read ahead, so that the change is under the reader's hands.
    @Test func aManifestThatIsOverwrittenMeanwhileSendsNoRowThatNobodyWrote() throws {
        let site = try ImportSite(rows: 1)
        let notes = String(repeating: "x", count: 1000)
        func manifest(_ count: Int) -> String {
            "\(ManifestText.header),notes\n" + (1...count).map { "\(ManifestText.row($0)),\(notes)\n" }.joined()
        }
        _ = try site.folder.write(manifest(1500), to: "customers.csv")
        let run = try site.start(["--max-in-flight", "2"])
        site.folder.waitForLines(10)
        let file = try FileHandle(forUpdating: URL(filePath: site.folder("customers.csv")))
        try file.truncate(atOffset: 1_300_000)
        try file.close()
        let result = run.wait()
        #expect(result.exitCode == 65)
        #expect(result.errors.contains("customers.csv: the file was changed while it was read"), "\(result.errors)")
        let done = try Results(of: "customers.csv", in: site.folder)
        #expect(done.count("created") > 10)
        #expect(done.count("created") + done.count("pending") == done.rows.count)
        _ = try site.folder.write(manifest(1200), to: "customers.csv")
        #expect(try site.run(["--max-in-flight", "64"]).exitCode == 0)
        try site.expectNothingLost(rows: 1200)
    }

    @Test func aManifestThatIsMissingIsToldBeforeAnythingIsSent() throws {
        let site = try ImportSite(rows: 3)
        let result = try site.run(manifest: "elsewhere.csv")
        #expect(result.exitCode == 66)
        #expect(result.errors == "purser: elsewhere.csv: can't open: No such file or directory\n")
        #expect(try site.customers().isEmpty)
    }
}
