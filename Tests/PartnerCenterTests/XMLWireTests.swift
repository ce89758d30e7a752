import PartnerCenter
import Platform
import Testing

struct XMLWireTests {
    private func customer(_ xml: String) throws -> Customer {
        try XMLWire.decode(Customer.self, from: [UInt8](xml.utf8))
    }

    private func sample() -> Customer {
        var customer = Customer()
        customer.id = "7"
        customer.allowDelegatedAccess = true
        customer.customDomains = ["a.b", "c.d"]
        customer.companyProfile = CustomerCompanyProfile()
        customer.companyProfile?.companyName = " Żółć & <회사> ]]>\r\n"
        customer.userCredentials = UserCredentials(userName: "admin", password: Secret("p&1"))
        return customer
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let customer = sample()
        #expect(try XMLWire.decode(Customer.self, from: XMLWire.encode(customer, root: "Customer")) == customer)
    }

    @Test func elementsStandInNameOrderAndListsAsSiblings() throws {
        let xml = String(decoding: try XMLWire.encode(sample(), root: "Customer"), as: UTF8.self)
        #expect(
            xml == "<?xml version=\"1.0\" encoding=\"utf-8\"?><Customer>"
                + "<allowDelegatedAccess>true</allowDelegatedAccess>"
                + "<companyProfile><companyName> Żółć &amp; &lt;회사&gt; ]]&gt;&#13;\n</companyName></companyProfile>"
                + "<customDomains>a.b</customDomains><customDomains>c.d</customDomains><id>7</id>"
                + "<userCredentials><password>p&amp;1</password><userName>admin</userName></userCredentials></Customer>"
        )
    }

    @Test(arguments: [
        "<Customer><id>7</id><companyProfile><domain>a.b</domain></companyProfile></Customer>",
        """
        <?xml version="1.0"?><c:Customer xmlns:c="urn:x" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
          <c:CompanyProfile><c:Address i:nil="true"/><c:Domain><![CDATA[a.b]]></c:Domain></c:CompanyProfile>
          <!-- the rest --><c:Id>7</c:Id><c:CommerceId i:nil="true"/><c:Unknown a="b"><c:X/></c:Unknown>
        </c:Customer>
        """,
    ])
    func namespacesCaseOrderAndUnknownElementsDoNotMatter(xml: String) throws {
        let customer = try customer(xml)
        #expect(customer.id == "7")
        #expect(customer.companyProfile?.domain == "a.b")
        #expect(customer.companyProfile?.address == nil)
        #expect(customer.commerceId == nil)
    }

    @Test(arguments: [
        ("<customDomains>a</customDomains>", ["a"]),
        ("<customDomains>a</customDomains><customDomains>b</customDomains>", ["a", "b"]),
        ("<customDomains><string>a</string><string>b</string></customDomains>", ["a", "b"]),
        ("<customDomains/>", []),
    ])
    func aListIsReadInEitherForm(list: String, domains: [String]) throws {
        #expect(try customer("<Customer>\(list)</Customer>").customDomains == domains)
    }

    @Test func linksWithTheirHeadersAreRead() throws {
        let xml = """
            <Customer><links><next><uri>/a</uri><headers><key>k</key><value>v</value></headers></next></links></Customer>
            """
        #expect(try customer(xml).links?.next?.headers == [KeyValuePair(key: "k", value: "v")])
    }

    @Test func aDocumentInAnotherEncodingSaysSo() throws {
        let head = #"<?xml version="1.0" encoding="iso-8859-1"?><Customer><id>Zo"#
        let bytes = [UInt8](head.utf8) + [0xEB] + [UInt8]("</id></Customer>".utf8)
        #expect(try XMLWire.decode(Customer.self, from: bytes).id == "Zoë")
    }

    @Test(arguments: [
        ("", 1), ("<Customer>", 1), ("<a>\n<b></a>", 2), ("{}", 1), ("<a>\n&undefined;</a>", 2),
        ("<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", 1),
        ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", 1), (String(repeating: "<a>", count: 100_000), 1),
    ])
    func whatIsNotWellFormedOrHasADocumentTypeIsRefused(xml: String, line: Int) {
        let error = #expect(throws: XMLSyntaxError.self) { try customer(xml) }
        #expect(error?.line == line)
        #expect(error?.reason.isEmpty == false)
    }

    @Test(arguments: ["<Customer>text</Customer>", "<Customer><id><x/></id></Customer>"])
    func anotherShapeIsADecodingErrorOrEmpty(xml: String) throws {
        if xml.contains("<x/>") {
            #expect(throws: DecodingError.self) { try customer(xml) }
        } else {
            #expect(try customer(xml) == Customer())
        }
    }
}
