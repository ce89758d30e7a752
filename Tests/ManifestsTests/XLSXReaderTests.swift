import TestSupport
import Testing

@testable import Manifests

struct XLSXReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private let header = inlineRow("companyName", "domain")

    /// The text and the faults' rules of one cell below a title.
    private func read(_ cell: String, _ change: (inout HandmadeXLSX) -> Void = { _ in }) throws -> (
        text: String, rules: [String]
    ) {
        var workbook = HandmadeXLSX(header + "<row><c t='inlineStr'><is><t>x</t></is></c>\(cell)</row>")
        change(&workbook)
        let record = try #require(try workbook.open(in: folder).next())
        return (record.cells[1], record.faults.map(\.rule))
    }

    @Test func blankRowsBetweenOthersAreCounted() throws {
        let empty = "<row><c/></row>"
        let rows = inlineRow("Spring") + empty + header + empty + inlineRow("A", "a") + "<row r='9'/>" + inlineRow(" ")
        let reader = try HandmadeXLSX(rows + inlineRow("B", "b") + empty + empty).open(in: folder)
        #expect(try reader.records().map(\.line) == [5, 11])
        #expect(reader.blankRows == 6)
    }

    @Test func aTotalAtTheEndOfASheetIsNoRow() throws {
        let reader = try HandmadeXLSX(header + inlineRow("A", "a") + inlineRow("Total")).open(in: folder)
        let wide = inlineRow("companyName", "domain", "seats", "email") + inlineRow("A", "a", "4", "x")
        let total = "<row><c t='inlineStr'><is><t>Total</t></is></c><c r='C3'><v>4</v></c></row>"
        #expect(try reader.records().count == 2)
        #expect(try HandmadeXLSX(wide + total).open(in: folder).records().count == 1)
    }

    @Test(arguments: [
        ("<c><v>42555501234</v></c>", "42555501234"),
        ("<c><v>4.2555501E10</v></c>", "42555501000"),
        ("<c t='n'><v>0.10000000000000001</v></c>", "0.1"),
        ("<c><v>-1.5E-3</v></c>", "-0.0015"),
        ("<c><v>12345678901234567</v></c>", "12345678901234600"),
        ("<c><v>999999999999999.9</v></c>", "1000000000000000"),
        ("<c><v>5.0</v></c>", "5"),
        ("<c><v>-0</v></c>", "0"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c t='b'><v>0</v></c>", "FALSE"),
        ("<c t='str'><f>A1</f><v>a_x000D_b</v></c>", "a\rb"),
        ("<c t='d'><v>2026-11-21T00:00:00</v></c>", "2026-11-21"),
        ("<c t='d'><v>2026-11-21T15:07:32.000</v></c>", "2026-11-21T15:07:32"),
        (
            "<c t='inlineStr'><is><r><t>Con</t></r><r><rPr><b/></rPr><t>toso</t></r><rPh sb='0' eb='1'><t>kon</t></rPh></is></c>",
            "Contoso"
        ),
        ("<c t='inlineStr'><is><t> a </t></is></c>", "a"),
        ("<c t='inlineStr'><v>ISV_x000A_</v></c>", "ISV\n"),
        ("<c t='inlineStr'><is><t xml:space='preserve'> a </t></is></c>", " a "),
        ("<c t='inlineStr'><is><t><![CDATA[<a>]]>&amp;</t></is></c>", "<a>&"),
        ("<c t='inlineStr'><is><t>_xD83D__xDE00_ _x005F_x000D_ _x00_</t></is></c>", "😀 _x000D_ _x00_"),
    ])
    func aCellIsTheTextThatAPersonTyped(cell: String, text: String) throws {
        let read = try read(cell)
        #expect(read.text == text)
        #expect(read.rules.isEmpty)
    }

    @Test(arguments: [
        ("<c t='e'><v>#N/A</v></c>", "#N/A", "workbook.errorValue"),
        ("<c><f>A1</f></c>", "", "workbook.formula"),
        ("<c><v>12a</v></c>", "12a", "workbook.number"),
        ("<c t='s'><v>7</v></c>", "", "workbook.sharedText"),
        ("<c s='1'><v>99999999</v></c>", "99999999", "workbook.date"),
    ])
    func aCellWithoutAValueIsItsRowsFault(cell: String, text: String, rule: String) throws {
        let read = try read(cell) { $0.styles = "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>" }
        #expect(read.text == text)
        #expect(read.rules == [rule])
    }

    @Test(arguments: [
        (14, "", "46347", "2026-11-21"), (22, "", "46347.630231481482", "2026-11-21T15:07:32"),
        (21, "", "0.630231481481482", "15:07:32"), (46, "", "1.25", "30:00:00"), (14, "", "60", "1900-02-29"),
        (14, "", "59", "1900-02-28"), (14, "", "1", "1900-01-01"), (9, "", "0.07", "7%"), (10, "", "0.1234", "12.34%"),
        (2, "", "3.14159", "3.14159"), (170, "yyyy\\-mm\\-dd", "46347", "2026-11-21"),
        (170, "[$-409]d\" of \"mmmm;@", "46347", "2026-11-21"), (170, "0.00\" days\"", "5", "5"),
        (170, "[Red]#,##0", "1234", "1234"), (170, "00000", "1234", "01234"),
        (170, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "4255550123", "(425) 555-0123"),
        (170, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5550123", "555-0123"),
        (170, "General", "5.5", "5.5"), (170, "[h]:mm", "1.5", "36:00:00"),
    ])
    func aNumberShowsAsItsFormatSays(number: Int, code: String, value: String, text: String) throws {
        let read = try read("<c s='1'><v>\(value)</v></c>") {
            let escaped = code.replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
            $0.styles =
                "<numFmts><numFmt numFmtId='170' formatCode=\"\(escaped)\"/></numFmts>"
                + "<cellXfs><xf/><xf numFmtId='\(number)'/></cellXfs>"
        }
        #expect(read.text == text)
        #expect(read.rules.isEmpty)
    }

    @Test func datesCountFrom1904WhereTheWorkbookSaysSo() throws {
        let read = try read("<c s='0'><v>44885</v></c>") {
            $0.styles = "<cellXfs><xf numFmtId='14'/></cellXfs>"
            $0.workbookProperties = "<workbookPr date1904='1'/>"
        }
        #expect(read.text == "2026-11-21")
    }

    @Test func sharedTextsKeepTheirRunsAndLoseTheirPhonetics() throws {
        let read = try read("<c t='s'><v>1</v></c>") {
            $0.sharedStrings =
                "<si><t/></si><si><r><t xml:space='preserve'>a </t></r><r><t>b</t></r><rPh><t>no</t></rPh></si>"
        }
        #expect(read.text == "a b")
    }

    @Test(arguments: ["/xl/other/a.xml", "other/a.xml", "../xl/./other/a.xml", "other\\a.xml", "OTHER/A.xml"])
    func sheetsAreFoundByPathsOfEveryKind(target: String) throws {
        let read = try read("<c><v>1</v></c>") {
            $0.target = { _ in target }
            $0.sheetPart = { _ in "xl/other/a.xml" }
        }
        #expect(read.text == "1")
    }

    @Test func theStrictFormOfTheStandardIsRead() throws {
        let read = try read("<c><v>1</v></c>") {
            $0.namespace = "http://purl.oclc.org/ooxml/spreadsheetml/main"
            $0.relationshipNamespace = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        }
        #expect(read.text == "1")
    }

    @Test func rowsAndColumnsStandWhereTheirReferencesSay() throws {
        let rows = """
            <row r='3'><c r='B3' t='inlineStr'><is><t>companyName</t></is></c><c t='inlineStr'><is><t>domain</t></is></c></row>
            <row r='4'/><row r='7' hidden='1'><c r='C7'><v>1</v></c></row><row><c r='B8'><v>2</v></c><c r='D8'><v>9</v></c></row>
            """
        var workbook = HandmadeXLSX(rows)
        workbook.beforeRows = "<cols><col min='3' max='3' hidden='1'/></cols>"
        workbook.afterRows = "<mergeCells><mergeCell ref='B7:B8'/><mergeCell ref='A1:C1'/></mergeCells>"
        let reader = try workbook.open(in: folder)
        #expect(reader.header == ["", "companyName", "domain"])
        #expect(reader.headerLine == 3)
        #expect(
            try reader.records() == [
                Record(cells: ["", "", "1"], row: 1, line: 7), Record(cells: ["", "2", ""], row: 2, line: 8),
            ]
        )
        let told = reader.notices.map(\.message).joined(separator: "\n")
        for words in ["hidden columns are read too: C", "row 7 is hidden", "text in D8", "merged cells", "B7:B8"] {
            #expect(told.contains(words))
        }
        #expect(!told.contains("A1:C1"))
    }

    @Test func theFirstSheetWithAKnownHeaderIsRead() throws {
        var workbook = HandmadeXLSX("")
        workbook.sheets = [
            ("Notes", inlineRow("What this is")), ("Lists", header + inlineRow("hidden", "x")),
            ("Data", inlineRow("Customers of 2026") + header + inlineRow("One", "one.example")),
        ]
        workbook.states = ["Lists": "veryHidden"]
        let reader = try workbook.open(in: folder)
        #expect(reader.headerLine == 2)
        #expect(try reader.records().map(\.texts) == [["One", "one.example"]])
        #expect(reader.traits.contains { $0.name == "sheet" && $0.value == "\"Data\"" })
        #expect(reader.notices.first?.message.contains("above the header on line 2") == true)
    }

    @Test func aSheetIsReadByName() throws {
        var workbook = HandmadeXLSX("")
        workbook.sheets = [("One", header), ("Two", inlineRow("a", "b") + inlineRow("c", "d"))]
        var options = ManifestOptions.knowing
        options.sheet = "two"
        #expect(try workbook.open(in: folder, options).records().map(\.texts) == [["c", "d"]])
        options.sheet = "Three"
        let error = #expect(throws: ManifestError.self) { try workbook.open(in: folder, options) }
        #expect(error?.message == "the workbook has no sheet \"Three\"; it has \"One\", \"Two\"")
    }

    @Test func theHeaderRowCanBeNamed() throws {
        var options = ManifestOptions.knowing
        options.headerRow = 2
        let workbook = HandmadeXLSX(header + inlineRow("a", "b") + inlineRow("c", "d"))
        let reader = try workbook.open(in: folder, options)
        #expect(reader.header == ["a", "b"])
        #expect(try reader.records().map(\.line) == [3])
    }

    @Test func otherSheetsWithAKnownHeaderAreTold() throws {
        var workbook = HandmadeXLSX("")
        let row = inlineRow("a", "b")
        workbook.sheets = [
            ("Hidden", header + row), ("Jan", header + row), ("Feb", header + row), ("Empty", header),
            ("Lists", inlineRow("email") + row),
        ]
        workbook.states = ["Hidden": "hidden"]
        let reader = try workbook.open(in: folder)
        #expect(try reader.records().count == 1)
        #expect(
            reader.notices.map(\.message) == [
                "the hidden sheet \"Hidden\" has a header that is known too, and is not read; name it with --sheet to read it",
                "the sheet \"Feb\" has a header that is known too, and is not read; name it with --sheet to read it",
            ]
        )
        var options = ManifestOptions.knowing
        options.sheet = "Jan"
        let named = try workbook.open(in: folder, options)
        #expect(try named.records().count == 1)
        #expect(named.notices.isEmpty)
    }

    @Test func nothingIsReadFromALongSheetBehindOneThatHasOnlyAHeader() throws {
        var workbook = HandmadeXLSX("")
        let rows = (0..<200).map { inlineRow("\($0)", "x") }
        workbook.sheets = [("Customers", header), ("Lists", rows.joined())]
        #expect(try workbook.open(in: folder).records().isEmpty)
    }

    @Test func aDamagedSheetThatIsNotReadIsOnlyTold() throws {
        var workbook = HandmadeXLSX("")
        workbook.sheets = [("Jan", header + inlineRow("a", "b")), ("Feb", "<row></c>")]
        let reader = try workbook.open(in: folder)
        #expect(try reader.records().count == 1)
        #expect(reader.notices.first?.message.contains("another sheet of the workbook can't be read") == true)
    }

    @Test func textInAColumnWithoutATitleIsToldWhereverItStands() throws {
        let titles = inlineRow("companyName", "", "domain")
        let reader = try HandmadeXLSX(
            titles + inlineRow("a", "", "b") + inlineRow("a", "x", "b", "y") + inlineRow("a", "z", "b")
        )
        .open(in: folder)
        #expect(try reader.records().count == 3)
        let told = reader.notices.map(\.message)
        #expect(told.count == 2)
        #expect(told.first?.contains("text in B3") == true)
        #expect(told.last?.contains("text in D3") == true)
    }

    @Test(arguments: [
        "<c r='ZZZZZZZZZZ2'><v>1</v></c>", "<c r='2'><v>1</v></c>", "<c r='A2B'><v>1</v></c>", "<c r=''><v>1</v></c>",
        "<c r='B2'><v>1</v></c><c r='C9'><v>1</v></c>", "<c r='A1'><v>1</v></c>", "<c r='A99999999'><v>1</v></c>",
    ])
    func aReferenceThatIsNoneOfItsRowIsRefused(cells: String) throws {
        let error = #expect(throws: ManifestError.self) {
            try HandmadeXLSX(header + "<row>\(cells)</row>").open(in: folder).records()
        }
        #expect(error?.message.contains("a cell that is called") == true)
    }

    @Test(arguments: [
        "<row r='2'><c><v>1</v></c></row>", "<row r='1'/>", "<row r='99999999999999999999'/>", "<row r='x'/>",
    ])
    func aRowThatStandsNowhereIsRefused(row: String) throws {
        #expect(throws: ManifestError.self) {
            try HandmadeXLSX(header + "<row r='2'><c><v>1</v></c></row>\(row)").open(in: folder).records()
        }
    }

    @Test func aCellThatStandsThereTwiceIsItsRowsFault() throws {
        let row = "<row><c r='A2'><v>1</v></c><c r='B2'><v>2</v></c><c r='A2'><v>3</v></c></row>"
        let record = try HandmadeXLSX(header + row).open(in: folder).next()
        #expect(record?.faults.map(\.rule) == ["workbook.repeatedCell"])
    }

    @Test func cellsTellTheRowWhereItDoesNot() throws {
        let row = "<row><c r='A7'><v>1</v></c><c r='B7'><v>2</v></c></row>"
        #expect(try HandmadeXLSX(header + row).open(in: folder).records().map(\.line) == [7])
    }
}
