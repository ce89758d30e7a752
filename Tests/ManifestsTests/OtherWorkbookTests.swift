import TestSupport
import Testing

@testable import Manifests

struct OtherWorkbookTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let namespaces = ["office", "table", "text", "style"]
        .map { "xmlns:\($0)='urn:oasis:names:tc:opendocument:xmlns:\($0):1.0'" }.joined(separator: " ")

    /// Opens the rows of a sheet as an OpenDocument workbook.
    private func openODS(_ rows: String, mediaType: String = "application/vnd.oasis.opendocument.spreadsheet") throws
        -> any ManifestReader
    {
        let text =
            "<office:document-content \(Self.namespaces)><office:body><office:spreadsheet>"
            + "<table:table table:name='Data'>\(rows)</table:table></office:spreadsheet></office:body></office:document-content>"
        writeArchive([("mimetype", [UInt8](mediaType.utf8)), ("content.xml", [UInt8](text.utf8))], to: folder("a.ods"))
        return try Manifest.open(folder("a.ods"), .knowing)
    }

    private func cell(_ text: String, _ attributes: String = "") -> String {
        "<table:table-cell \(attributes)><text:p>\(text)</text:p></table:table-cell>"
    }

    private var header: String { "<table:table-row>\(cell("companyName"))\(cell("domain"))</table:table-row>" }

    @Test(arguments: [
        (
            "<table:table-cell office:value-type='float' office:value='4.2555501E10'><text:p>4E10</text:p></table:table-cell>",
            "42555501000"
        ),
        (
            "<table:table-cell office:value-type='float' office:value='1234'><text:p>01234</text:p></table:table-cell>",
            "01234"
        ),
        (
            "<table:table-cell office:value-type='float' office:value='475123456'><text:p>+32 475123456</text:p></table:table-cell>",
            "+32 475123456"
        ),
        (
            "<table:table-cell office:value-type='float' office:value='123'><text:p>BE0123</text:p></table:table-cell>",
            "BE0123"
        ),
        (
            "<table:table-cell office:value-type='float' office:value='1'><text:p>1E+00</text:p></table:table-cell>",
            "1"
        ),
        (
            "<table:table-cell office:value-type='float' office:value='12'><text:p>12,00 €</text:p></table:table-cell>",
            "12"
        ),
        (
            "<table:table-cell office:value-type='float' office:value='1234.5'><text:p>1.234,50</text:p></table:table-cell>",
            "1234.5"
        ),
        (
            "<table:table-cell office:value-type='percentage' office:value='0.07'><text:p>7 %</text:p></table:table-cell>",
            "7%"
        ),
        (
            "<table:table-cell office:value-type='date' office:date-value='2026-11-21'><text:p>21/11</text:p></table:table-cell>",
            "2026-11-21"
        ),
        (
            "<table:table-cell office:value-type='time' office:time-value='PT15H07M32S'><text:p>3 pm</text:p></table:table-cell>",
            "15:07:32"
        ),
        (
            "<table:table-cell office:value-type='boolean' office:boolean-value='true'><text:p>WAHR</text:p></table:table-cell>",
            "TRUE"
        ),
        (
            "<table:table-cell><text:p>a <text:span>b</text:span><text:s text:c='2'/>c</text:p><text:p>d<text:tab/>e</text:p></table:table-cell>",
            "a b  c\nd\te"
        ),
        (
            "<table:table-cell><office:annotation><text:p>no</text:p></office:annotation><text:p>yes</text:p></table:table-cell>",
            "yes"
        ),
    ])
    func aCellOfAnODSWorkbookIsTheTextThatAPersonTyped(cell: String, text: String) throws {
        let reader = try openODS(header + "<table:table-row>\(self.cell("x"))\(cell)</table:table-row>")
        #expect(try reader.next()?.texts == ["x", text])
    }

    @Test(arguments: [
        "<table:table-cell table:formula='of:=1+1'/>",
        "<table:table-cell table:formula='of:=1+1' office:value-type='float'/>",
        "<table:table-cell table:formula='of:=A1' office:value-type='string'/>",
    ])
    func aFormulaOfAnODSWorkbookWithoutAResultIsItsRowsFault(cell: String) throws {
        let reader = try openODS(header + "<table:table-row>\(self.cell("x"))\(cell)</table:table-row>")
        #expect(try reader.next()?.faults.map(\.rule) == ["workbook.formula"])
    }

    @Test(arguments: [
        "table:number-rows-repeated='0'", "table:number-rows-repeated='-1'", "table:number-rows-repeated='x'",
        "table:number-rows-repeated='99999999999999999999'",
    ])
    func aRowThatIsRepeatedNoNumberOfTimesIsRefused(attribute: String) throws {
        let error = #expect(throws: ManifestError.self) {
            try openODS(header + "<table:table-row \(attribute)>\(cell("a"))</table:table-row>").records()
        }
        #expect(error?.message.contains("no number of times") == true)
    }

    @Test func aRowOutsideOfEverySheetIsRefused() throws {
        let path = try folder.write(
            "<office:document \(Self.namespaces)><office:body><office:spreadsheet>\(header)"
                + "</office:spreadsheet></office:body></office:document>",
            to: "a.xml"
        )
        #expect(throws: ManifestError.self) { try Manifest.open(path, .knowing) }
    }

    @Test func repeatedRowsAndCellsOfAnODSWorkbookAreAllThere() throws {
        let rows =
            header + "<table:table-row table:number-rows-repeated='2'>\(cell("x", "table:number-columns-repeated='2'"))"
            + "<table:table-cell table:number-columns-repeated='16382'/></table:table-row>"
            + "<table:table-row table:number-rows-repeated='1048500'><table:table-cell/></table:table-row>"
            + "<table:table-row table:visibility='collapse'>\(cell("last"))</table:table-row>"
        let reader = try openODS(rows)
        #expect(
            try reader.records() == [
                Record(cells: ["x", "x"], row: 1, line: 2), Record(cells: ["x", "x"], row: 2, line: 3),
                Record(cells: ["last", ""], row: 3, line: 1_048_504),
            ]
        )
        #expect(reader.notices.contains { $0.message.contains("is hidden") })
    }

    @Test func aFlatODSDocumentIsRead() throws {
        let path = try folder.write(
            "<office:document \(Self.namespaces)><office:body><office:spreadsheet><table:table table:name='Data'>"
                + header + "<table:table-row>\(cell("a"))\(cell("b"))</table:table-row>"
                + "</table:table></office:spreadsheet></office:body></office:document>",
            to: "a.xml"
        )
        #expect(try Manifest.open(path, .knowing).records().map(\.texts) == [["a", "b"]])
    }

    @Test func anExcel2003WorkbookIsRead() throws {
        let path = try folder.write(
            """
            <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
            <ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
            <ss:Styles><ss:Style ss:ID="p"><ss:NumberFormat ss:Format="Percent"/></ss:Style>
            <ss:Style ss:ID="q" ss:Parent="p"/></ss:Styles>
            <ss:Worksheet ss:Name="Data"><ss:Table>
            <ss:Row><ss:Cell><ss:Data ss:Type="String">companyName</ss:Data></ss:Cell>
            <ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">domain</ss:Data></ss:Cell>
            <ss:Cell><ss:Data ss:Type="String">since</ss:Data></ss:Cell></ss:Row>
            <ss:Row ss:Index="5" ss:Hidden="1"><ss:Cell><ss:Data ss:Type="String">Con<html:B>toso</html:B></ss:Data>
            <ss:Comment><ss:Data>no</ss:Data></ss:Comment></ss:Cell>
            <ss:Cell ss:StyleID="q"><ss:Data ss:Type="Number">0.07</ss:Data></ss:Cell>
            <ss:Cell ss:Index="4"><ss:Data ss:Type="DateTime">2026-11-21T00:00:00.000</ss:Data></ss:Cell></ss:Row>
            <ss:Row><ss:Cell><ss:Data ss:Type="Boolean">1</ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Error">#REF!</ss:Data></ss:Cell></ss:Row>
            </ss:Table></ss:Worksheet></ss:Workbook>
            """,
            to: "a.xls"
        )
        let reader = try Manifest.open(path, .knowing)
        #expect(reader.header == ["companyName", "domain", "", "since"])
        let records = try reader.records()
        #expect(records.map(\.texts) == [["Contoso", "7%", "", "2026-11-21"], ["TRUE", "#REF!", "", ""]])
        #expect(records.map(\.line) == [5, 6])
        #expect(records[1].faults.map(\.rule) == ["workbook.errorValue"])
        #expect(reader.notices.contains { $0.message.contains("row 5 is hidden") })
    }

    /// An Excel 2003 workbook of some sheets' rows, below a header.
    private func openExcel2003(_ sheets: String..., end: String = "") throws -> any ManifestReader {
        func title(_ text: String) -> String { "<Cell><Data ss:Type='String'>\(text)</Data></Cell>" }
        let text = sheets.enumerated().map {
            "<Worksheet ss:Name='S\($0)'><Table><Row>\(title("companyName"))\(title("domain"))</Row>\($1)</Table></Worksheet>"
        }
        let namespace = "urn:schemas-microsoft-com:office:spreadsheet"
        let path = try folder.write(
            "<Workbook xmlns='\(namespace)' xmlns:ss='\(namespace)'><Styles><Style ss:ID='p'>"
                + "<NumberFormat ss:Format='&quot;+&quot;0'/></Style></Styles>\(text.joined())</Workbook>\(end)",
            to: "b.xml"
        )
        return try Manifest.open(path, .knowing)
    }

    @Test(arguments: [
        ("<Cell ss:StyleID='p'><Data ss:Type='Number'>42</Data></Cell>", "+42", []),
        ("<Cell ss:Formula='=1+1'/>", "", ["workbook.formula"]),
        ("<Cell ss:Formula='=1+1'><Data ss:Type='Number'></Data></Cell>", "", ["workbook.formula"]),
        ("<Cell ss:Formula='=A1'><Data ss:Type='String'></Data></Cell>", "", []),
    ])
    func aCellOfAnExcel2003WorkbookIsWhatItShows(cell: String, text: String, rules: [String]) throws {
        let record = try openExcel2003("<Row>\(cell)<Cell ss:Index='2'><Data>x</Data></Cell></Row>").next()
        #expect(record?.cells.first == text)
        #expect(record?.faults.filter { $0.column == 0 }.map(\.rule) == rules)
    }

    @Test func whatStandsBehindTheEndOfAnExcel2003WorkbookIsRefused() throws {
        let reader = try openExcel2003("<Row><Cell><Data>a</Data></Cell></Row>", end: "<x/>")
        #expect(throws: ManifestError.self) { try reader.records() }
    }

    @Test func anotherSheetOfAnExcel2003WorkbookWithAKnownHeaderIsTold() throws {
        let row = "<Row><Cell><Data>a</Data></Cell></Row>"
        let reader = try openExcel2003(row, row, "")
        #expect(try reader.records().count == 1)
        #expect(reader.notices.map(\.message).filter { $0.contains("not read") }.count == 1)
        #expect(reader.notices.last?.message.contains("\"S1\"") == true)
    }

    @Test(arguments: [
        ([("xl/workbook.bin", ""), ("[Content_Types].xml", "")], "xlsb"),
        ([("word/document.xml", ""), ("[Content_Types].xml", "")], "Word"),
        ([("ppt/presentation.xml", ""), ("[Content_Types].xml", "")], "PowerPoint"),
        ([("Index/Document.iwa", "")], "Numbers"),
        ([("index.xml", "<ls:document/>"), ("QuickLook/Thumbnail.jpg", "")], "Numbers"),
        ([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")], "not a spreadsheet"),
        ([("customers.csv", "a,b")], "without a workbook"),
        (
            [
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "?"),
                (
                    "META-INF/manifest.xml",
                    "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:encryption-data/></m:manifest>"
                ),
            ], "encrypted"
        ),
    ])
    func otherArchivesAreRefusedWithWhatToDo(parts: [(String, String)], words: String) throws {
        writeArchive(parts.map { ($0.0, [UInt8]($0.1.utf8)) }, to: folder("a.xlsx"))
        let error = #expect(throws: ManifestError.self) { try Manifest.open(folder("a.xlsx")) }
        #expect(error?.kind == .malformed)
        #expect(error?.message.contains(words) == true)
    }
}
