import PartnerCenter
import Platform
import Testing

@testable import Emulator

struct CustomerTextTests {
    /// A customer that says everything, with what must be escaped in it.
    private static var whole: Customer {
        var address = Address()
        address.id = "i"
        address.country = "DE"
        address.region = "r"
        address.city = "K\u{F6}ln"
        address.state = "s"
        address.district = "d"
        address.addressLine1 = "1 \"Quay\" Street"
        address.addressLine2 = "back\\slash"
        address.addressLine3 = "line\nend\u{1}"
        address.postalCode = "50667"
        address.firstName = "Zo\u{EB}"
        address.middleName = "\u{1F600}"
        address.lastName = "/"
        address.emailAddress = "a@example.com"
        address.phoneNumber = ""
        var link = Link(uri: "/x", headers: [KeyValuePair(key: "k", value: "v"), KeyValuePair(key: "l", value: "w")])
        link.body = "b"
        var links = ResourceLinks()
        links.`self` = link
        links.next = Link(uri: "/n")
        links.previous = Link()
        let attributes = ResourceAttributes(objectType: "Customer", etag: "-1")
        var company = CustomerCompanyProfile()
        company.tenantId = "t"
        company.domain = "d"
        company.companyName = "c"
        company.organizationRegistrationNumber = "1"
        company.address = address
        company.email = "e"
        company.links = links
        company.attributes = attributes
        var billing = CustomerBillingProfile()
        billing.id = "b"
        billing.email = "e"
        billing.culture = "de-DE"
        billing.language = "de"
        billing.companyName = "c"
        billing.firstName = "f"
        billing.lastName = "l"
        billing.defaultAddress = address
        billing.links = links
        billing.attributes = attributes
        var customer = Customer()
        customer.id = "i"
        customer.commerceId = "c"
        customer.companyProfile = company
        customer.billingProfile = billing
        customer.relationshipToPartner = "reseller"
        customer.allowDelegatedAccess = false
        customer.associatedPartnerId = "a"
        customer.customDomains = ["d", "e"]
        customer.userCredentials = UserCredentials(userName: "admin", password: Secret("p"))
        customer.links = links
        customer.attributes = attributes
        return customer
    }

    private static var hollow: Customer {
        var customer = Customer()
        customer.companyProfile = CustomerCompanyProfile()
        customer.billingProfile = CustomerBillingProfile()
        customer.billingProfile?.defaultAddress = Address()
        customer.customDomains = []
        customer.userCredentials = UserCredentials(userName: nil, password: nil)
        customer.links = ResourceLinks()
        return customer
    }

    @Test(arguments: [whole, hollow, Customer()])
    func aCustomerIsWrittenAsTheGeneralWriterWritesIt(customer: Customer) throws {
        let general = String(decoding: try JSONWire.encode(customer), as: UTF8.self)
        #expect(String(decoding: CustomerText.write(customer), as: UTF8.self) == general)
    }

    /// A member that the types gain shows here, as nil is nowhere in it.
    @Test func theCustomerOfTheseTestsSaysEverything() {
        let customer = Self.whole
        let parts: [Any?] = [
            customer, customer.companyProfile, customer.billingProfile, customer.billingProfile?.defaultAddress,
            customer.userCredentials, customer.links, customer.links?.`self`, customer.attributes,
        ]
        for case .some(let part) in parts {
            for member in Mirror(reflecting: part).children {
                let value = Mirror(reflecting: member.value)
                let isNil = value.displayStyle == .optional && value.children.isEmpty
                #expect(!isNil, "\(member.label ?? "")")
            }
        }
    }

    @Test(arguments: [0, 1, 3])
    func aPageIsWrittenAsTheGeneralWriterWritesIt(count: Int) throws {
        var page = ResourceCollection(items: Array(repeating: Self.whole, count: count))
        page.links = .to("/customers?size=3")
        page.continuationToken = count == 0 ? nil : "token=="
        page.attributes = ResourceAttributes(objectType: "Collection")
        let general = String(decoding: try JSONWire.encode(page), as: UTF8.self)
        #expect(String(decoding: CustomerText.write(page), as: UTF8.self) == general)
    }
}
