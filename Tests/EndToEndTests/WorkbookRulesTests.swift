import Foundation
import TestSupport
import Testing

/// What is no record of a table is told alike in CSV and in workbooks.
struct WorkbookRulesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let titled = [
        ["Customers of 2026"], [], ["companyName", "domain", "email", "city"],
        ["(text)", "(text)", "required", "optional"],
        ["A", "a.example", "a@a.example", "Köln"], ["Total", "", "", "1"],
    ]
    private static let unknown = [["Customers of 2026"], ["alpha", "beta"], ["1", "2"], ["3", "4"]]
    private static let inBetween = [
        ["companyName", "domain", "email"], ["Total", "", ""], ["A", "a.example", "a@a.example"],
    ]

    @Test(arguments: [titled, unknown, inBetween])
    func aWorkbookIsReadAndToldOfAsItsCSVIs(rows: [[String]]) throws {
        _ = try folder.write(rows.map { $0.joined(separator: ",") + "\n" }.joined(), to: "a")
        let csv = try PurserProcess.run(["read", "a"], in: folder.path)
        _ = try folder.write(Self.excel2003([("Sheet1", rows, "")]), to: "a")
        let workbook = try PurserProcess.run(["read", "a"], in: folder.path)
        #expect(csv.exitCode == 0)
        #expect(workbook.output == csv.output)
        #expect(workbook.errors == csv.errors)
    }

    @Test(arguments: ["SheetHidden", "SheetVeryHidden"])
    func aHiddenSheetOfAnExcel2003WorkbookIsReadOnlyWhereNoOtherFits(word: String) throws {
        let old = [["companyName", "domain"], ["Old", "old.example"]]
        let new = [["companyName", "domain"], ["New", "new.example"]]
        _ = try folder.write(Self.excel2003([("Old", old, word), ("New", new, "SheetVisible")]), to: "two.xml")
        let two = try PurserProcess.run(["read", "two.xml"], in: folder.path)
        #expect(two.output == "[\"companyName\",\"domain\"]\n[\"New\",\"new.example\"]\n")
        _ = try folder.write(Self.excel2003([("Old", old, word)]), to: "one.xml")
        let one = try PurserProcess.run(["read", "one.xml"], in: folder.path)
        #expect(one.output.contains("old.example"))
        #expect(one.errors.contains("the sheet \"Old\" is hidden"))
    }

    private static func excel2003(_ sheets: [(name: String, rows: [[String]], visible: String)]) -> String {
        let sheets = sheets.map { sheet in
            let rows = sheet.rows.map { row in
                "<Row>"
                    + row.map { $0.isEmpty ? "<Cell/>" : "<Cell><Data ss:Type='String'>\($0)</Data></Cell>" }.joined()
                    + "</Row>"
            }
            let options =
                "<WorksheetOptions xmlns='urn:schemas-microsoft-com:office:excel'><Visible>\(sheet.visible)</Visible></WorksheetOptions>"
            return "<Worksheet ss:Name='\(sheet.name)'><Table>\(rows.joined())</Table>\(options)</Worksheet>"
        }
        let namespace = "urn:schemas-microsoft-com:office:spreadsheet"
        return "<Workbook xmlns='\(namespace)' xmlns:ss='\(namespace)'>\(sheets.joined())</Workbook>"
    }
}
