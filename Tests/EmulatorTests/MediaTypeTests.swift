import Emulator
import PartnerCenter
import TestSupport
import Testing

struct MediaTypeTests {
    private static let xml = """
        <Customer xmlns="urn:any"><CompanyProfile><Domain>Contoso1.onmicrosoft.com</Domain></CompanyProfile>\
        <BillingProfile><Email>a@example.com</Email><Culture>en-US</Culture><Language>en</Language>\
        <CompanyName>Contoso &amp; Zoë</CompanyName><DefaultAddress><Country>DE</Country><City>Köln</City>\
        <AddressLine1>Domplatz 1</AddressLine1><PostalCode>50667</PostalCode></DefaultAddress></BillingProfile></Customer>
        """

    private static let form = """
        companyProfile.domain=Contoso1.onmicrosoft.com&billingProfile.email=a%40example.com&billingProfile.culture=en-US\
        &billingProfile.language=en&billingProfile.companyName=Contoso+%26+Zo%C3%AB&billingProfile.defaultAddress.country=DE\
        &billingProfile.defaultAddress.city=K%C3%B6ln&billingProfile.defaultAddress.addressLine1=Domplatz+1\
        &billingProfile.defaultAddress.postalCode=50667
        """

    @Test(arguments: [
        ("application/xml", xml), ("text/xml; charset=utf-8", xml), ("application/x-www-form-urlencoded", form),
    ])
    func everyRequestFormCreatesTheSameCustomer(type: String, body: String) async throws {
        let partner = try await Partner()
        let answer = try await partner.send("POST", "/v1/customers", headers: ["Content-Type": type], body: body)
        #expect(answer.status == 201)
        let customer = try answer.customer()
        #expect(customer.billingProfile?.companyName == "Contoso & Zoë")
        #expect(customer.billingProfile?.defaultAddress?.city == "Köln")
        #expect(try await partner.domains() == ["Contoso1.onmicrosoft.com"])
    }

    @Test(arguments: [
        ("application/xml", "<a>", "2000"), ("text/xml", "<Customer/>", "2001"),
        ("application/xml", "<!DOCTYPE x><Customer/>", "2000"), ("application/x-www-form-urlencoded", "a=%", "2000"),
        ("application/x-www-form-urlencoded", "", "2001"),
    ])
    func aBodyThatIsNotWhatItsTypeSaysIsRefused(type: String, body: String, code: String) async throws {
        let answer = try await Partner().send("POST", "/v1/customers", headers: ["Content-Type": type], body: body)
        #expect(answer.status == 400)
        #expect(answer.fault.code == code)
    }

    @Test(arguments: [
        ("application/json", "application/json"), ("text/json", "text/json"), ("text/xml", "text/xml"),
        ("application/xml;q=0.9, text/json;q=0.5", "application/xml"), ("*/*", "application/json"),
        ("text/*", "text/json"), ("", "application/json"), ("application/json;q=0, */*;q=0.1", "text/json"),
        ("TEXT/XML ; Q=1.0 , image/png", "text/xml"),
    ])
    func theAnswerComesInTheTypeThatIsLikedBest(accept: String, type: String) async throws {
        let partner = try await Partner()
        let headers = ["Content-Type": "application/json", "Accept": accept]
        let answer = try await partner.send("POST", "/v1/customers", headers: headers, body: order())
        #expect(answer.status == 201)
        #expect(answer.headers["content-type"] == "\(type); charset=utf-8")
        let customer =
            try type.hasSuffix("xml") ? XMLWire.decode(Customer.self, from: answer.body) : answer.customer()
        #expect(customer.companyProfile?.domain == "Contoso1.onmicrosoft.com")
        #expect(customer.userCredentials?.password != nil)
        #expect(answer.text.contains("<Customer>") == type.hasSuffix("xml"))
    }

    @Test(arguments: [
        ("/v1/customers", "application/xml"), ("/v1/agreements", "text/xml"), ("/v1/customers", "image/png"),
    ])
    func aTypeThatCannotBeHadIsRefusedInJSON(target: String, accept: String) async throws {
        let answer = try await Partner().send("GET", target, headers: ["Accept": accept])
        #expect(answer.status == 406)
        #expect(answer.fault.code == "406")
    }

    @Test func aRefusalComesInTheSameType() async throws {
        let headers = ["Content-Type": "application/json", "Accept": "application/xml"]
        let answer = try await Partner().send("POST", "/v1/customers", headers: headers, body: "{}")
        #expect(answer.status == 400)
        #expect(answer.text.hasPrefix("<?xml"))
        #expect(answer.text.contains("<code>2001</code>"))
    }

    @Test(arguments: [
        "filter.field=Domain&filter.value=kunde1&filter.operator=starts_with",
        "filter.Field=DefaultDomainName&filter.Value=KUNDE1&filter.Operator=9",
        "filter.field=DisplayName&filter.value=contoso%20kunde1&filter.operator=StartsWith",
    ])
    func aFilterMayComeAsFieldsOfTheQuery(query: String) async throws {
        let partner = try await Partner()
        for number in 0..<12 { _ = try await partner.create(order("Kunde\(number).onmicrosoft.com")) }
        #expect(try await partner.list("?\(query)").items.count == 3)
    }

    @Test(arguments: [
        ("filter.operator=starts_with", 200), ("filter.operator=10", 200), ("filter.operator=11", 400),
        ("filter.operator=like", 400), ("filter.field=Domain&filter.value=a", 400), ("filter.field=Domain", 400),
        ("filter.field=Domain&filter.value=a&filter.operator=equals", 400),
        ("filter.field=IndirectReseller&filter.value=a&filter.operator=9", 200),
        ("seekOperation=4&offset=0", 200), ("seekOperation=PageIndex&offset=-1", 400), ("size=99999999999", 400),
    ])
    func aQueryIsBoundAsTheFrameworkDoes(query: String, status: Int) async throws {
        #expect(try await Partner().send("GET", "/v1/customers?\(query)").status == status)
    }

    @Test func aResellersCustomersAreFoundByItsIdentifier() async throws {
        let partner = try await Partner()
        _ = try await partner.create(order())
        let edit = ("{\"companyProfile\"", "{\"associatedPartnerId\":\"MPN-4847383\",\"companyProfile\"")
        _ = try await partner.create(order("second.onmicrosoft.com", replacing: [edit]))
        let page = try await partner.list(
            "?filter={\"Field\":\"IndirectReseller\",\"Value\":\"mpn-48\",\"Operator\":9}"
        )
        #expect(page.domains == ["second.onmicrosoft.com"])
    }

    @Test func aPageIsFoundByItsOffset() async throws {
        let partner = try await Partner()
        for number in 0..<7 { _ = try await partner.create(order("k\(number).net")) }
        let page = try await partner.list("?seekOperation=PageIndex&size=3&offset=3")
        #expect(page.domains == ["k3.net", "k4.net", "k5.net"])
        let rest = try await partner.list(
            "?seekOperation=Next",
            headers: ["MS-ContinuationToken": try #require(page.continuationToken)]
        )
        #expect(rest.domains == ["k6.net"])
    }
}
