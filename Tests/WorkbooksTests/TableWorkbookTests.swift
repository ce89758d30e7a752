import Foundation
import Manifests
import TestSupport
import Testing

@testable import Workbooks

struct TableWorkbookTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ rows: [[String]]) throws {
        let workbook = try TableWorkbook(folder("table.xlsx"), sheet: "Customers", header: ["a", "b"])
        for row in rows { workbook.append(row) }
        try workbook.finish()
    }

    private func read() throws -> [[String]] {
        let reader = try Manifest.open(folder("table.xlsx"))
        var rows = [reader.header]
        while let record = try reader.next() { rows.append(Array(record.cells)) }
        return rows
    }

    @Test(arguments: [
        "007", "=1+1", " lead and trail ", "two\r\nlines\ttab", "_x0041_ _x005F_", "a\u{1}b\u{1F}", "a\u{0}b",
        "<b>&\"'", "한국 😀 e\u{301}", "TRUE", "1e5", "http://a.example",
    ])
    func anyTextIsReadAgainAsItWas(text: String) throws {
        try write([["crm-1", text], [text, ""]])
        let rows = try read()
        #expect(rows.count == 3 && rows[0] == ["a", "b"])
        #expect(rows[1] == ["crm-1", text] && rows[2] == [text, ""])
        #expect(rows[1][1].unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test func whatNoCellCanHoldIsShownOrCut() throws {
        try write([["\u{FFFF}", String(repeating: "é", count: 40_000)]])
        let row = try read()[1]
        #expect(row[0] == "\u{FFFD}")
        #expect(row[1].utf16.count == SheetText.limit && row[1].hasSuffix("é…"))
    }

    @Test func itIsThereOnlyWhenItIsWhole() throws {
        _ = try folder.write("earlier", to: "table.xlsx")
        do {
            let workbook = try TableWorkbook(folder("table.xlsx"), sheet: "Customers", header: ["a"])
            workbook.append(["1"])
        }
        #expect(try folder.read("table.xlsx") == "earlier")
        try write([["1", "2"]])
        #expect(try read() == [["a", "b"], ["1", "2"]])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["table.xlsx"])
    }
}
