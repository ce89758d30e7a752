import Foundation
import TestSupport
import Testing

/// The workbook of results, imported again as it is and corrected.
struct ResultsWorkbookTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let bad = ManifestText.row(3).replacing(",US,", with: ",XX,").replacing("office@", with: "office")
        let torn = ManifestText.row(4).replacing("Brightwater Farms 4", with: "\"Brightwater\" Farms 4")
        _ = try folder.write(ManifestText.rows(1...2) + bad + "\n" + torn + "\n", to: "customers.csv")
    }

    private func run(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(arguments, in: folder.path)
    }

    @Test func importedAgainAsItIsItChangesNothing() throws {
        #expect(try run("import", "customers.csv", "--report-formats", "csv,xlsx").exitCode == 1)
        let first = try Results(of: "customers.csv", in: folder)
        #expect(first.rows.map { $0["status"] } == ["created", "created", "invalid", "invalid"])
        _ = try FileManager.default.copyItem(
            atPath: folder("reports/customers.csv.results.xlsx"),
            toPath: folder("again.xlsx")
        )
        let result = try run("import", "again.xlsx", "--report-formats", "csv,xlsx")
        #expect(result.exitCode == 1)
        #expect(result.errors.isEmpty, "\(result.errors)")
        let again = try Results(of: "again.xlsx", in: folder)
        #expect(again.rows.map { $0["status"] } == ["unchanged", "unchanged", "invalid", "invalid"])
        #expect(again.summary.attempts == 0)
        let header = try run("read", "reports/again.xlsx.results.xlsx", "--limit", "1").output
        #expect(header.components(separatedBy: "purser:status").count == 2)
    }
}
