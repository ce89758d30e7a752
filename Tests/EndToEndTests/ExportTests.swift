import Foundation
import TestSupport
import Testing

/// Exports of the embedded Partner Center and of a served one, in every format.
struct ExportTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(arguments, in: folder.path)
    }

    private func importRows(_ rows: ClosedRange<Int>) throws {
        _ = try folder.write(ManifestText.rows(rows), to: "customers.csv")
        #expect(try run("import", "customers.csv").exitCode == 0)
    }

    /// The cells of a file as Purser reads it, by column.
    private func cells(_ file: String) throws -> [[String: String]] {
        let lines = try run("read", file).output.split(separator: "\n").map { line in
            try JSONDecoder().decode([String].self, from: Data(line.utf8))
        }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)).filter { !$0.value.isEmpty } }
    }

    @Test func theFormatsHoldTheSameDataAndImportedAgainSendNothing() throws {
        try importRows(1...40)
        for format in ["csv", "xml", "xlsx", "jsonl"] {
            let export = try run("export", "--to", "all.\(format)")
            #expect(export.exitCode == 0, "\(export.errors)")
            #expect(export.errors == "40 customers written to all.\(format)\n")
            let again = try run("import", "all.\(format)", "--checkpoint", "again", "--reports", "again-\(format)")
            // JSON Lines are for programs: no manifest, so that nothing of them is sent either.
            #expect(again.exitCode == (format == "jsonl" ? 65 : 0), "\(again.errors)")
        }
        let csv = try cells("all.csv").map { $0.filter { $0.key != "commerceId" && $0.key != "relationshipToPartner" } }
        #expect(csv.count == 40)
        #expect(csv.allSatisfy { $0["customerId"]?.count == 36 && $0["city"] == "Seattle" })
        #expect(try cells("all.xml") == csv)
        #expect(try cells("all.xlsx") == cells("all.csv"))
        let lines = try folder.read("all.jsonl").split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }
        #expect(lines.map { $0?["id"] as? String } == csv.map { $0["customerId"] })
        let company = lines.map { ($0?["companyProfile"] as? [String: Any])?["companyName"] as? String }
        #expect(company == csv.map { $0["companyName"] })
        // The service that was imported into has none but the first forty.
        #expect(try run("export", "--to", "count.csv", "--details", "off").errors.hasPrefix("40 customers"))
        for format in ["csv", "xml", "xlsx"] {
            let results = try Results.table(try folder.read("again-\(format)/all.\(format).results.csv"))
            #expect(results.count == 40)
            #expect(results.allSatisfy { $0["status"] == "unchanged" })
        }
    }

    @Test(.enabled(if: DiskTests.SmallDisk.canMount, "mounting a file system is not allowed here"))
    func aDiskThatFillsUpUnderAWorkbookIsToldAndNoCustomerIsLeftOut() throws {
        try importRows(1...400)
        let disk = try DiskTests.SmallDisk(folder("disk"), size: "200k")
        var failures = 0
        for size in stride(from: 400, through: 4_000, by: 150) {
            disk.remount("size=\(size)k")
            let export = try run("export", "--to", "disk/all.xlsx")
            if export.exitCode == 0 { break }
            failures += 1
            #expect(export.exitCode == 73 && export.errorLines.count == 1, "\(export.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder("disk/all.xlsx")))
        }
        // The workbook itself needs room, too.
        #expect(failures > 2)
        #expect(try cells("disk/all.xlsx").count == 400)
    }

    @Test func aFilterIsTheServicesOwn() throws {
        try importRows(1...12)
        let byDomain = try run("export", "--to", "some.csv", "--filter-domain", "BRIGHTWATER1")
        #expect(byDomain.errors.hasPrefix("4 customers"))
        let byName = try run("export", "--to", "some.csv", "--filter-name", "brightwater farms 12")
        #expect(byName.errors.hasPrefix("1 customer written"))
        #expect(try run("export", "--to", "some.csv", "--filter-name", "\"{}\\").errors.hasPrefix("0 customers"))
        #expect(try run("export", "--to", "some.csv", "--filter-name", "a", "--filter-domain", "b").exitCode == 64)
        #expect(try run("export", "--to", "some.csv", "--filter-name", "").exitCode == 64)
        #expect(try run("export", "--to", "some.docx").exitCode == 64)
    }

    @Test func withoutDetailsThereIsWhatTheListHas() throws {
        try importRows(1...3)
        #expect(try run("export", "--to", "some.csv", "--details", "off").exitCode == 0)
        for row in try cells("some.csv") {
            #expect(Set(row.keys) == ["customerId", "companyName", "domain", "relationshipToPartner"])
        }
        #expect(try run("import", "some.csv", "--checkpoint", "again", "--reports", "again-off").exitCode == 0)
    }

    @Test func anExportThatIsKilledThreeTimesIsWhole() throws {
        let site = try ImportSite(rows: 2100)
        #expect(try site.run().exitCode == 0)
        let command = ["export", "--to", "all.csv", "--endpoint", site.endpoint, "--requests-per-minute", "0"]
        let token = ["PURSER_TOKEN": "emulator"]
        for kill in 1...3 {
            let export = try PurserProcess(command, in: site.folder.path, environment: token)
            // A page of 500 customers takes more than a million bytes: what is beyond it belongs to the next one.
            waitUntil { site.folder.size(of: "all.csv.part") >= kill * 1_200_000 }
            #expect(!FileManager.default.fileExists(atPath: site.folder("all.csv")))
            export.signal(SIGKILL)
            #expect(export.wait().exitCode == SIGKILL)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: site.folder("all.csv.part"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let last = try PurserProcess.run(command, in: site.folder.path, environment: token)
        #expect(last.exitCode == 0, "\(last.errors)")
        #expect(last.errors.hasPrefix("2100 customers written to all.csv, "))
        let ids = try Results.table(try site.folder.read("all.csv")).compactMap { $0["customerId"] }
        let whole = try site.customers()
        #expect(whole.count == 2100)
        #expect(ids == whole)
        let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
        #expect(names.filter { $0.contains(".part") } == [])
    }

    @Test func twoExportsToOneFileDoNotMix() throws {
        let site = try ImportSite(rows: 1200)
        #expect(try site.run().exitCode == 0)
        let command = ["export", "--to", "all.csv", "--endpoint", site.endpoint, "--requests-per-minute", "0"]
        let token = ["PURSER_TOKEN": "emulator"]
        let first = try PurserProcess(command, in: site.folder.path, environment: token)
        waitUntil { site.folder.size(of: "all.csv.part") > 0 }
        let second = try PurserProcess.run(command, in: site.folder.path, environment: token)
        #expect(second.exitCode == 75, "\(second.errors)")
        #expect(second.errors.contains("another export to the same file is under way"))
        #expect(first.wait().exitCode == 0)
        #expect(try Results.table(try site.folder.read("all.csv")).count == 1200)
    }
}
