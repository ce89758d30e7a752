import Foundation
import TestSupport
import Testing

/// Manifests that people filled in with other programs, imported and corrected.
@Suite(.enabled(if: SpreadsheetPrograms.areInstalled, Comment(rawValue: SpreadsheetPrograms.advice)), .serialized)
struct WorkbookImportTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(arguments, in: folder.path)
    }

    /// A header, a good row, nothing, a row whose country is wrong, and a good row.
    private static let table = [
        ManifestText.header, ManifestText.row(1), "", ManifestText.row(2).replacing(",US,", with: ",USA,"),
        ManifestText.row(3),
    ].map { $0.split(separator: ",").map(String.init) }

    /// Makes `filled.xlsx`, which is the template with the table in it.
    private func fillTemplate() throws {
        #expect(try run("template", "--format", "xlsx", "--to", "template.xlsx").exitCode == 0)
        let rows = Self.table.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(Self.table[0], $0)) }
        try JSONEncoder().encode(rows).write(to: URL(filePath: folder("rows.json")))
        let arguments = ["fill", "template.xlsx", "rows.json", "filled.xlsx"]
        try SpreadsheetPrograms.runPython(SampleTable.script, arguments, in: folder)
    }

    /// Makes `wide.xlsx`, which LibreOffice can save as Excel 2003 XML.
    private func writeTable() throws {
        try JSONEncoder().encode(Self.table).write(to: URL(filePath: folder("table.json")))
        try SpreadsheetPrograms.runPython(SampleTable.script, ["write", "table.json"], in: folder)
    }

    @Test(arguments: [nil, "ods", "fods", "xml:MS Excel 2003 XML"])
    func aWorkbookIsImportedAndItsCorrectionsSendJustTheRowsAtFault(format: String?) throws {
        let isExcel2003 = format?.hasPrefix("xml") == true
        if isExcel2003 { try writeTable() } else { try fillTemplate() }
        let name = format == nil ? "filled.xlsx" : "saved"
        if let format {
            let source = isExcel2003 ? "wide.xlsx" : "filled.xlsx"
            try SpreadsheetPrograms.convert(source, to: format, as: name, in: folder)
        }
        let result = try run("import", name)
        #expect(result.exitCode == 1, "\(result.errors)")
        let results = try Results(of: name, in: folder)
        #expect(results.rows.map { $0["status"] } == ["created", "invalid", "created"])
        #expect(results.rows.map { $0["row"] } == ["1", "2", "3"])
        #expect(results.rows.map { $0["line"] } == ["2", "4", "5"])
        #expect(results.rows[1]["field"] == "country")

        let corrections = try folder.read("reports/\(name).corrections.csv")
        _ = try folder.write(corrections.replacing(",USA,", with: ",US,"), to: "corrected.csv")
        let corrected = try run("import", "corrected.csv")
        #expect(corrected.exitCode == 0, "\(corrected.errors)")
        let sent = try Results(of: "corrected.csv", in: folder)
        #expect(sent.rows.map { $0["status"] } == ["created"])
        #expect(sent.summary.attempts == 1)
    }

    @Test func theWorkbookTemplateHasItsListsAndOpensInLibreOffice() throws {
        #expect(try run("template", "--format", "xlsx", "--to", "template.xlsx").exitCode == 0)
        let lists = try SpreadsheetPrograms.runPython(SampleTable.script, ["lists", "template.xlsx"], in: folder)
            .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(
            lists.map { Array($0.prefix(3)) }.sorted { $0[0] < $1[0] } == [
                ["country", "list", "2"], ["culture", "list", "2"], ["language", "list", "2"],
            ]
        )
        let least = ["country": 240, "culture": 400, "language": 100]
        for list in lists { #expect(try #require(Int(list[3])) >= least[list[0], default: .max], "\(list)") }

        try SpreadsheetPrograms.convert("template.xlsx", to: "csv", as: "opened.csv", in: folder)
        let columns = try run("template").output.trimmingCharacters(in: .newlines)
        #expect(try folder.read("opened.csv").split(whereSeparator: \.isNewline).map(String.init) == [columns])
    }
}
