import Foundation
import TestSupport
import Testing

/// One table, saved by every program in every format, is read as the same table.
@Suite(.enabled(if: SpreadsheetPrograms.areInstalled, Comment(rawValue: SpreadsheetPrograms.advice)), .serialized)
struct SameTableTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What `purser read` prints of a file, which it must read without a complaint.
    private func read(_ name: String, as format: String = "jsonl") throws -> [UInt8] {
        let result = try PurserProcess.run(["read", name, "--as", format], in: folder.path)
        #expect(result.exitCode == 0, "\(name): \(result.errors)")
        return Array(result.output.utf8)
    }

    /// Expects several files to be read alike, in both forms.
    private func expectAlike(_ names: [String], _ table: SampleTable) throws {
        _ = try folder.write(table.csv(), to: "expected.csv")
        let lines = try read("expected.csv")
        let csv = try read("expected.csv", as: "csv")
        #expect(lines == Array(table.jsonLines.utf8))
        for name in names {
            let read = try read(name)
            #expect(read == lines, "\(name) reads as \(String(decoding: read, as: UTF8.self))")
            #expect(try self.read(name, as: "csv") == csv, "\(name)")
        }
    }

    private func write(_ text: String, _ encoding: String.Encoding, mark: [UInt8] = [], to name: String) throws {
        let data = try #require(text.data(using: encoding))
        try (Data(mark) + data).write(to: URL(filePath: folder(name)))
    }

    private func write(_ table: SampleTable) throws {
        try JSONEncoder().encode(table.rows).write(to: URL(filePath: folder("table.json")))
        try SpreadsheetPrograms.runPython(SampleTable.script, ["write", "table.json"], in: folder)
    }

    @Test func aTableIsTheSameInEveryFormat() throws {
        let table = SampleTable.everyScript
        try write(table)
        try write(table.csv(), .utf8, mark: [0xEF, 0xBB, 0xBF], to: "marked.csv")
        try write(table.csv(), .utf16LittleEndian, mark: [0xFF, 0xFE], to: "utf16.csv")
        try write(table.csv(delimiter: "\t"), .utf16BigEndian, mark: [0xFE, 0xFF], to: "utf16be.txt")
        try write(table.csv(), .utf16LittleEndian, to: "unmarked.csv")
        try write(table.xml, .utf8, to: "purser.xml")
        try write(table.xml, .utf16LittleEndian, mark: [0xFF, 0xFE], to: "utf16.xml")
        try SpreadsheetPrograms.convert("openpyxl.xlsx", to: "xlsx", as: "libreoffice.xlsx", in: folder)
        try SpreadsheetPrograms.convert("openpyxl.xlsx", to: "ods", as: "libreoffice.ods", in: folder)
        try SpreadsheetPrograms.convert("openpyxl.xlsx", to: "fods", as: "libreoffice.fods", in: folder)
        try SpreadsheetPrograms.convert("wide.xlsx", to: "xml:MS Excel 2003 XML", as: "excel2003.xml", in: folder)
        let asUTF8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
        try SpreadsheetPrograms.convert("xlsxwriter.xlsx", to: asUTF8, as: "libreoffice.csv", in: folder)
        try expectAlike(
            [
                "marked.csv", "utf16.csv", "utf16be.txt", "unmarked.csv", "libreoffice.csv", "openpyxl.xlsx",
                "xlsxwriter.xlsx", "libreoffice.xlsx", "libreoffice.ods", "libreoffice.fods", "excel2003.xml",
                "purser.xml", "utf16.xml",
            ],
            table
        )
    }

    @Test func aTableOfLatinTextIsTheSameInWindows1252() throws {
        let table = SampleTable.latin
        try write(table)
        try write(table.csv(delimiter: ";"), .windowsCP1252, to: "windows1252.csv")
        let asWindows1252 = "csv:Text - txt - csv (StarCalc):59,34,1,1,,0,false,true"
        try SpreadsheetPrograms.convert("openpyxl.xlsx", to: asWindows1252, as: "libreoffice.csv", in: folder)
        try expectAlike(["windows1252.csv", "libreoffice.csv", "openpyxl.xlsx"], table)
    }
}
