import Foundation
import TestSupport
import Testing

@testable import Manifests

struct XMLManifestTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let customer = """
        <customer externalId="crm-1">
          <companyProfile><domain>one.example</domain><companyName>One &amp; Co</companyName></companyProfile>
          <billingProfile>
            <culture>nl-BE</culture><email>a@one.example</email>
            <defaultAddress><city>Gent</city><postalCode>09000</postalCode></defaultAddress>
          </billingProfile>
        </customer>
        """

    private func open(_ text: String, encoding: String.Encoding = .utf8) throws -> any ManifestReader {
        try Manifest.open(write(text, encoding: encoding))
    }

    private func write(_ text: String, encoding: String.Encoding = .utf8) throws -> String {
        let path = folder("customers.xml")
        try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func cells(_ record: Record?) -> [String: String] {
        guard let record else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(XMLManifest.Name.columns, record.cells)).filter { !$1.isEmpty }
    }

    @Test(arguments: ["", " xmlns=\"urn:purser:customers:1\""])
    func aDocumentIsReadWithAndWithoutNamespace(attribute: String) throws {
        let reader = try open("<?xml version='1.0'?>\n<customers\(attribute)>\n\n\(Self.customer)</customers>")
        #expect(reader.header.first == "externalId")
        #expect(reader.header.count == 21)
        let record = try #require(try reader.next())
        #expect(
            cells(record) == [
                "externalId": "crm-1", "domain": "one.example", "companyName": "One & Co", "culture": "nl-BE",
                "email": "a@one.example", "city": "Gent", "postalCode": "09000",
            ]
        )
        #expect((record.line, record.row) == (4, 1))
        #expect(record.faults.isEmpty)
        #expect(try reader.next() == nil)
    }

    @Test func aPrefixedNamespaceIsTheNamespace() throws {
        let reader = try open(
            "<p:customers xmlns:p='urn:purser:customers:1'><p:customer><p:associatedPartnerId>7</p:associatedPartnerId>"
                + "</p:customer></p:customers>"
        )
        let record = try reader.next()
        #expect(cells(record) == ["associatedPartnerId": "7"])
        #expect(record?.faults == [])
    }

    /// The schema, too, has something against a second element; that it says another thing is what a person can mend.
    @Test(arguments: [("Gent", ["xml.conflict"]), ("Brugge", ["xml.schema"])])
    func anElementThatStandsTwiceIsToldOnce(city: String, rules: [String]) throws {
        let reader = try open(
            "<customers xmlns='urn:purser:customers:1'><customer><billingProfile><defaultAddress><city>Brugge</city>"
                + "<city>\(city)</city></defaultAddress></billingProfile></customer></customers>"
        )
        let record = try #require(try reader.next())
        #expect(record.faults.map(\.rule) == rules)
    }

    @Test func cdataCommentsInstructionsAndNilAreReadAsMeant() throws {
        let reader = try open(
            """
            <customers xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><!-- c --><?pi x?><customer>
            <companyProfile><companyName>A<![CDATA[ < ]]>B<!-- c -->C<?pi?>D</companyName>
            <domain xsi:nil="true"/></companyProfile></customer></customers>
            """
        )
        let record = try reader.next()
        #expect(cells(record) == ["companyName": "A < BCD"])
        #expect(record?.faults == [])
    }

    @Test(arguments: [
        ("utf-16", String.Encoding.utf16), ("utf-16", .utf16LittleEndian), ("utf-16", .utf16BigEndian),
        ("utf-32", .utf32), ("utf-32", .utf32LittleEndian), ("utf-32", .utf32BigEndian), ("iso-8859-1", .isoLatin1),
        ("windows-1252", .windowsCP1252), ("utf-8", .utf8),
    ])
    func anyEncodingIsRead(name: String, encoding: String.Encoding) throws {
        let filler = String(repeating: "<customer/>", count: 20_000)
        let text =
            "<?xml version=\"1.0\" encoding=\"\(name)\"?><customers>\(filler)<customer externalId=\"é\">"
            + "<companyProfile><companyName>Société</companyName></companyProfile></customer></customers>"
        let records = try open(text, encoding: encoding).records()
        #expect(records.count == 20_001)
        #expect(cells(records.last) == ["externalId": "é", "companyName": "Société"])
        #expect(records.allSatisfy { $0.faults.isEmpty })
    }

    @Test(arguments: [
        ("<customer><companyProfile><citty>x</citty></companyProfile></customer>", "citty"),
        ("<customer><city>x</city></customer>", "city"),
        ("<customer extrnalId='1'/>", "extrnalId"),
        ("<customer>stray</customer>", "customer"),
        ("<customer><companyProfile><domain>a</domain><domain>b</domain></companyProfile></customer>", "domain"),
        ("<custmer><companyProfile/></custmer>", "custmer"),
        ("<customers/>", "customers"),
        ("stray", "text between"),
        ("<customer><companyProfile><domain>a<b/></domain></companyProfile></customer>", "domain"),
        (
            "<customer><companyProfile><companyName>A</companyName></companyProfile>"
                + "<billingProfile><companyName>B</companyName></billingProfile></customer>", "companyName is 'A'"
        ),
    ])
    func aCustomerThatBreaksTheSchemaIsAtFaultAndTheOthersGoOn(wrong: String, what: String) throws {
        let bad = "<customer><companyProfile><nonsense/></companyProfile></customer>"
        for attribute in ["", " xmlns=\"urn:purser:customers:1\""] {
            let text = "<customers\(attribute)>\n<customer/>\n\(wrong)\n<customer/>\n\(bad)\n<customer/></customers>"
            let records = try open(text).records()
            #expect(records.map(\.faults.isEmpty) == [true, false, true, false, true])
            #expect(records.count == 5 && records[1].faults.contains { $0.message.contains(what) })
            if wrong != "stray" { #expect(records.map(\.line) == [2, 3, 4, 5, 6]) }
        }
    }

    @Test func anUnknownAttributeOfTheRootIsToldAndNoMore() throws {
        let reader = try open("<customers version='1'><customer/></customers>")
        #expect(reader.notices.count == 1)
        #expect(try reader.next()?.faults == [])
    }

    @Test(arguments: [
        ("<customers>\n<customer></customers>", 2, "mismatch"),
        ("<customers>\n<customer>\n<a b=c/></customer></customers>", 3, "AttValue"),
        ("<customers>\n<customer/>", 2, "ends before </customers>"),
        ("<customers>\n\n&unknown;</customers>", 3, "unknown"),
        ("<customers><p:customer/></customers>", 1, "prefix"),
        ("<!DOCTYPE customers>\n<customers/>", 1, "DOCTYPE"),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><customers>&x;</customers>", 1, "DOCTYPE"),
        ("<customers/><customers/>", 1, "well-formed"),
    ])
    func aDocumentThatIsNotWellFormedIsRefusedWithItsPlace(text: String, line: Int, what: String) throws {
        let path = try write(text)
        let error = #expect(throws: ManifestError.self) { try Manifest.openVerified(path, ManifestOptions()) }
        #expect(error?.kind == .malformed)
        #expect(error?.line == line)
        #expect(error?.column != nil)
        #expect(error?.message.contains(what) == true, "\(error?.message ?? "")")
    }

    @Test func rowsBeforeTheFaultAreThereForOneWhoWantsThem() throws {
        let path = try write("<customers><customer externalId='1'/><customer externalId='2'>")
        var options = ManifestOptions()
        options.isPartial = true
        let reader = try Manifest.openVerified(path, options)
        #expect(try reader.next()?.cells.first == "1")
        #expect(throws: ManifestError.self) { try reader.next() }
    }

    @Test(arguments: [
        String(repeating: "<a>", count: 100_000),
        "<customer externalId=\"\(String(repeating: "x", count: 3_000_000))\"/>",
        "<customer \((0..<100_000).map { "a\($0)='' " }.joined())/>",
        "<customer>\(String(repeating: "x", count: 3_000_000))</customer>",
        "<!--\(String(repeating: "x", count: 3_000_000))-->",
        "<customer><![CDATA[\(String(repeating: "x", count: 3_000_000))]]></customer>",
    ])
    func aHostileDocumentIsRefusedSoon(body: String) throws {
        let path = try write("<customers>\(body)</customers>")
        let duration = ContinuousClock().measure {
            let error = #expect(throws: ManifestError.self) { try Manifest.open(path).records() }
            #expect(error?.kind == .malformed)
        }
        #expect(duration < .seconds(5))
    }

    @Test func aForeignDocumentIsRefused() throws {
        let error = #expect(throws: ManifestError.self) { try open("<feed xmlns='urn:x'/>") }
        #expect(error?.message.contains("'feed' of the namespace urn:x") == true)
    }

    @Test func aDocumentThatIsCutOffIsSaidToBe() throws {
        let text =
            "<customers>\n<customer externalId='e'><domain>a &amp; b</domain><city><![CDATA[x]]></city></customer>"
        let bytes = [UInt8](text.utf8)
        for length in "<customers>".utf8.count...bytes.count {
            let path = folder("cut.xml")
            try Data(bytes.prefix(length)).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: ManifestError.self) { try Manifest.open(path).records() }
            #expect(
                error?.message.contains("the document ends before </") == true,
                "\(length): \(error?.message ?? "")"
            )
        }
    }

    @Test(arguments: [
        "<customers><customer>a & b</customer></customers>", "<customers></customers><x/>", "<customers></customer>",
    ])
    func aDocumentThatIsWholeIsNotSaidToBeCutOff(text: String) throws {
        let error = #expect(throws: ManifestError.self) { try open(text).records() }
        #expect(error?.message.contains("not well-formed") == true)
    }
}
