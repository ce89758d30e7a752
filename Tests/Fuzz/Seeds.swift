import CZip
import Foundation

/// Inputs to begin with.
enum Seeds {
    // MARK: - Texts

    static var csv: [[UInt8]] {
        let foreign = "companyName,domain\n中国,\"a\n\"\n"
        let encodings: [String.Encoding] = [.utf16LittleEndian, .utf16BigEndian, .utf16, .shiftJIS, .japaneseEUC]
        return [
            "a;b\n\"1\n2\";\"x \"\"y\"\" \\\"z\"\n\n,,\nTotal;;\n", "sep=|\r\ncompanyName|domain\r\n'a'|b\r\n",
            "Customers\n\ncompanyName,domain\n(text),(text)\nA,a.example,\nB\nTotal,2\n",
            "Firma\tOrt\n\"a\tb\n\"c\"d\te\0\n",
            "'a','b'\n'c''d','e\\'f'\n", "purser:status,companyName\n'=a,''+b\n", "\u{FEFF}email,companyName\r\ré,ü\r",
        ].map { Array($0.utf8) }
            + encodings.compactMap { foreign.data(using: $0).map(Array.init) }
            + [Array("companyName,Ort\nMüller,Köln\nGroß,Straße\n".data(using: .windowsCP1252) ?? Data())]
    }

    static var xml: [[UInt8]] {
        let customer = """
            <customer externalId="c1"><companyProfile><companyName>A &amp; B</companyName><domain>a.example</domain>
            <organizationRegistrationNumber>1</organizationRegistrationNumber></companyProfile>
            <billingProfile><email>a@a.example</email><culture>nl-BE</culture><language>nl</language><companyName>A &amp; B\
            </companyName><firstName><![CDATA[<x>]]></firstName><lastName/><defaultAddress><addressLine1>1</addressLine1>
            <city>Gent</city><state/><postalCode>09000</postalCode><country>BE</country><phoneNumber>+32</phoneNumber>\
            </defaultAddress></billingProfile><associatedPartnerId>7</associatedPartnerId></customer>
            """
        let plain = "<customers><!-- c --><?pi x?>\(customer)<customer externalId='&#233;'/><oops/>x</customers>"
        return [
            plain,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<customers xmlns=\"urn:purser:customers:1\">"
                + "\(customer)</customers>",
            "<p:customers xmlns:p='urn:purser:customers:1'><p:customer/></p:customers>",
            """
            <customers xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"><customer><companyProfile>
            <domain xsi:nil="true"/></companyProfile></customer></customers>
            """,
            "<!DOCTYPE customers [<!ENTITY x 'y'>]><customers>&x;</customers>",
        ].map { Array($0.utf8) }
            + [Array(plain.data(using: .utf16) ?? Data())]
    }

    // MARK: - Workbooks

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// The parts of an XLSX workbook; an input says the first six.
    static let xlsxParts: [(name: String, bytes: [UInt8])] = [
        (
            "xl/worksheets/sheet1.xml",
            """
            <worksheet xmlns="\(main)"><dimension ref="A1:C3"/><cols><col min="2" max="3" hidden="1"/></cols><sheetData>\
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>domain</t></is></c>\
            <c r="C1" t="str"><v>email</v></c><c><v>1</v></c></row>\
            <row r="2" hidden="1"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>46347.5</v></c>\
            <c r="C2" s="2"><f>A1</f><v>0.07</v></c><c t="b"><v>1</v></c></row>\
            <row><c t="e"><v>#N/A</v></c><c t="d"><v>2026-11-21T15:07:32</v></c><c s="3"><v>-1.5E3</v></c></row>\
            </sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>
            """
        ),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet xmlns=\"\(main)\"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
        ),
        (
            "xl/sharedStrings.xml",
            """
            <sst xmlns="\(main)" uniqueCount="2"><si><t>companyName</t></si><si><r><t xml:space="preserve">a </t></r>\
            <r><rPr><b/></rPr><t> b_x000D_</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si></sst>
            """
        ),
        (
            "xl/styles.xml",
            """
            <styleSheet xmlns="\(main)"><numFmts><numFmt numFmtId="170" formatCode="[$-409]yyyy\\-mm\\-dd\\ h:mm;@"/>\
            <numFmt numFmtId="171" formatCode="[&lt;=9999999]###\\-####;\\(000\\)\\ &quot;x&quot;0.00"/></numFmts>\
            <cellXfs><xf/><xf numFmtId="170"/><xf numFmtId="10"/><xf numFmtId="171"/></cellXfs></styleSheet>
            """
        ),
        (
            "xl/workbook.xml",
            """
            <workbook xmlns="\(main)" xmlns:r="\(office)"><workbookPr date1904="0"/><sheets>\
            <sheet name="Notes" sheetId="2" r:id="r2" state="hidden"/><sheet name="Data" sheetId="1" r:id="r1"/>\
            </sheets></workbook>
            """
        ),
        (
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships xmlns="\(package)"><Relationship Id="r1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>\
            <Relationship Id="r2" Type="\(office)/worksheet" Target="/xl/./worksheets/../worksheets/sheet2.xml"/>\
            <Relationship Id="s" Type="\(office)/sharedStrings" Target="sharedStrings.xml"/></Relationships>
            """
        ),
        (
            "_rels/.rels",
            """
            <Relationships xmlns="\(package)"><Relationship Id="w" Type="\(office)/officeDocument" Target="xl/workbook.xml"/>\
            </Relationships>
            """
        ),
    ].map { ($0.0, Array($0.1.utf8)) }

    private static let openDocument: String = {
        let namespaces = ["office", "table", "text", "style"]
            .map { "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\"" }.joined(separator: " ")
        return """
            <office:document \(namespaces)><office:automatic-styles><style:style style:name="ta1">\
            <style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body>\
            <office:spreadsheet><table:table table:name="Notes" table:style-name="ta1"/><table:table table:name="Data">\
            <table:table-column table:visibility="collapse" table:number-columns-repeated="2"/><table:table-row>\
            <table:table-cell office:value-type="string"><text:p>companyName</text:p></table:table-cell>\
            <table:table-cell><text:p>do<text:span>main</text:span></text:p></table:table-cell></table:table-row>\
            <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" \
            office:value-type="float" office:value="4.25E10"><text:p>4E10</text:p></table:table-cell></table:table-row>\
            <table:table-row table:visibility="filter"><table:table-cell office:value-type="time" \
            office:time-value="PT15H07M32S" table:number-rows-spanned="2"><office:annotation><text:p>n</text:p>\
            </office:annotation><text:p>a<text:s text:c="3"/><text:tab/>b</text:p></table:table-cell>\
            <table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2026-11-21"/>\
            <table:table-cell office:value-type="percentage" office:value="0.07"><text:p>7 %</text:p></table:table-cell>\
            <table:table-cell office:value-type="boolean" office:boolean-value="true" table:formula="x"/></table:table-row>\
            </table:table></office:spreadsheet></office:body></office:document>
            """
    }()

    private static let excel2003 = """
        <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
        <ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
        <ss:Styles><ss:Style ss:ID="p"><ss:NumberFormat ss:Format="Percent"/></ss:Style><ss:Style ss:ID="q" ss:Parent="p"/>
        </ss:Styles><ss:Worksheet ss:Name="Data"><ss:Table><ss:Column ss:Index="2" ss:Span="1" ss:Hidden="1"/>
        <ss:Row><ss:Cell><ss:Data ss:Type="String">companyName</ss:Data></ss:Cell>
        <ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">domain</ss:Data></ss:Cell>
        <ss:Cell><ss:Data ss:Type="String">since</ss:Data></ss:Cell></ss:Row><ss:Row ss:Span="1"/>
        <ss:Row ss:Index="5" ss:Hidden="1"><ss:Cell><ss:Data ss:Type="String">A<html:B>b</html:B></ss:Data>
        <ss:Comment><ss:Data>no</ss:Data></ss:Comment></ss:Cell><ss:Cell ss:StyleID="q" ss:MergeDown="1">
        <ss:Data ss:Type="Number">0.07</ss:Data></ss:Cell><ss:Cell ss:Index="4"><ss:Data ss:Type="DateTime">\
        2026-11-21T00:00:00.000</ss:Data></ss:Cell></ss:Row><ss:Row><ss:Cell ss:Formula="x"><ss:Data ss:Type="Boolean">1\
        </ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Error">#REF!</ss:Data></ss:Cell></ss:Row>
        </ss:Table></ss:Worksheet></ss:Workbook>
        """

    static var workbooks: [[UInt8]] {
        let parts = xlsxParts.prefix(6).map(\.bytes)
        let manifest = """
            <m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry/></m:manifest>
            """
        return [
            Array("x".utf8) + parts.joined(separator: [StoredArchive.separator]),
            // Each part alone, the others being as they should.
            Array("x".utf8) + parts[0],
            Array("x".utf8) + [StoredArchive.separator, StoredArchive.separator] + parts[2],
            Array("x".utf8) + [UInt8](repeating: StoredArchive.separator, count: 3) + parts[3],
            Array("o\(openDocument)".utf8) + [StoredArchive.separator] + Array(manifest.utf8),
            Array(openDocument.utf8), Array(excel2003.utf8),
        ]
    }

    // MARK: - Archives

    static var archives: [[UInt8]] {
        let openDocumentParts = [
            ("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8)),
            ("content.xml", Array(openDocument.utf8)),
        ]
        return [
            StoredArchive.bytes(xlsxParts), StoredArchive.bytes(openDocumentParts), packed(xlsxParts),
            packed(openDocumentParts), StoredArchive.bytes([]), StoredArchive.bytes([("xl/workbook.bin", [])]),
        ]
    }

    /// An archive whose parts are packed.
    private static func packed(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        let path = NSTemporaryDirectory() + UUID().uuidString
        defer { unlink(path) }
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, nil) else { return [] }
        for part in parts {
            // The library reads the bytes when it closes the archive, and then frees them.
            let copy = malloc(max(part.bytes.count, 1))
            copy?.copyMemory(from: part.bytes, byteCount: part.bytes.count)
            guard let source = zip_source_buffer(archive, copy, UInt64(part.bytes.count), 1) else { continue }
            zip_file_add(archive, part.name, source, ZIP_FL_ENC_UTF_8)
        }
        zip_close(archive)
        return Array(FileManager.default.contents(atPath: path) ?? Data())
    }
}
