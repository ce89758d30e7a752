import PartnerCenter
import Testing

struct ServiceURLTests {
    @Test(arguments: ["https://partner.example.com", "https://partner.example.com/", "https://partner.example.com//"])
    func slashesAtTheEndMakeNoDifference(endpoint: String) {
        #expect(ServiceURL.base(endpoint) == "https://partner.example.com")
        #expect(
            ServiceURL.customers(endpoint: endpoint, apiVersion: "v1") == "https://partner.example.com/v1/customers"
        )
    }

    @Test func aPathBeforeTheVersionIsKept() {
        let url = ServiceURL.customers(endpoint: "http://localhost:8080/partner/", apiVersion: "v2")
        #expect(url == "http://localhost:8080/partner/v2/customers")
    }
}
