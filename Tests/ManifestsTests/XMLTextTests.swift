import Foundation
import TestSupport
import Testing

@testable import Manifests

struct XMLTextTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ bytes: Data) throws -> String {
        let path = folder("customers.xml")
        try bytes.write(to: URL(fileURLWithPath: path))
        return path
    }

    private func records(_ bytes: Data, encoding: String? = nil) throws -> [Record] {
        var options = ManifestOptions()
        options.encoding = encoding
        return try Manifest.openVerified(try write(bytes), options).records()
    }

    @Test(arguments: ["\n", "\r\n", "\r"], [String.Encoding.utf8, .utf16, .utf32LittleEndian, .utf32BigEndian])
    func linesAreCountedWhateverEndsThem(lineEnd: String, encoding: String.Encoding) throws {
        // Enough of them that some stand across the ends of what is read at a time, in either half.
        let text =
            ["<customers>", " "] + Array(repeating: "", count: 200_000) + ["<customer/>", "<customer/></customers>"]
        let records = try records(#require(text.joined(separator: lineEnd).data(using: encoding)))
        #expect(records.map(\.line) == [200_003, 200_004])
    }

    @Test func lineEndsOfEveryKindAreOneLineFeedInACell() throws {
        let text =
            "<customers>\r<customer><companyProfile><companyName>a\rb\r\nc\n\rd</companyName></companyProfile></customer></customers>"
        let record = try #require(try records(Data(text.utf8)).first)
        #expect(record.cells.contains("a\nb\nc\n\nd"))
        #expect(record.line == 2)
    }

    @Test(arguments: ["windows-1252", "WINDOWS-1252", "cp1252"])
    func theEncodingThatIsSaidPrevailsOverTheDocuments(name: String) throws {
        let text = "<?xml version='1.0' encoding='UTF-8'?><customers><customer externalId='é€'/></customers>"
        let bytes = try #require(text.data(using: .windowsCP1252))
        #expect(throws: ManifestError.self) { try records(bytes) }
        #expect(try records(bytes, encoding: name).first?.cells.first == "é€")
    }

    @Test func theEncodingThatIsSaidPrevailsInAWorkbookOfXMLToo() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
            xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>
            <Row><Cell><Data ss:Type="String">companyName</Data></Cell></Row>
            <Row><Cell><Data ss:Type="String">Société</Data></Cell></Row></Table></Worksheet></Workbook>
            """
        var options = ManifestOptions.knowing
        options.encoding = "windows-1252"
        let reader = try Manifest.open(try write(#require(text.data(using: .windowsCP1252))), options)
        #expect(try reader.records().map(\.texts) == [["Société"]])
    }

    @Test func theEncodingThatIsSaidIsExplained() throws {
        var options = ManifestOptions()
        options.encoding = "latin1"
        let reader = try Manifest.open(try write(Data("<customers/>".utf8)), options)
        let trait = reader.traits.first { $0.name == "encoding" }
        #expect(trait == ManifestTrait("encoding", "windows-1252", reason: "it is said by --encoding"))
    }

    @Test func anEncodingThatNobodyKnowsIsRefused() throws {
        let error = #expect(throws: ManifestError.self) { try records(Data("<customers/>".utf8), encoding: "klingon") }
        #expect(error?.message.contains("'klingon' is not known") == true)
    }

    @Test(arguments: ["Shift_JIS", "UTF-16LE", "UTF-8"])
    func bytesThatAreNoneOfTheEncodingThatIsSaidAreRefused(name: String) throws {
        let bytes = Data("<customers><customer externalId='".utf8) + [0xFD, 0xFF, 0xD8] + Data("'/></customers>".utf8)
        let error = #expect(throws: ManifestError.self) { try records(bytes, encoding: name) }
        #expect(error?.kind == .malformed)
    }

    @Test func commentsBeforeTheRootAreReadUpToALimitThatIsSaid() throws {
        let root = "<customers><customer/></customers>"
        let comment = "<!--\(String(repeating: "x", count: 200_000))-->\n"
        #expect(try records(Data((comment + root).utf8)).count == 1)
        #expect(try records(Data((String(repeating: comment, count: 5) + root).utf8)).count == 1)
        let error = #expect(throws: ManifestError.self) {
            try records(Data((String(repeating: comment, count: 6) + root).utf8))
        }
        #expect(error?.message.contains("within the first 1048576 bytes") == true)
    }
}
