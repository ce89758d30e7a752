import Emulator
import PartnerCenter
import Platform
import TestSupport
import Testing

struct CreateTests {
    @Test func aCreateAnswersWithTheCustomerAndItsOneTimePassword() async throws {
        let partner = try await Partner()
        let answer = try await partner.create(order())
        #expect(answer.status == 201)
        #expect(answer.body.starts(with: [0xEF, 0xBB, 0xBF, UInt8(ascii: "{")]))
        #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
        #expect(!answer.text.contains("null"))
        let customer = try answer.customer()
        #expect(customer.id?.count == 36)
        #expect(customer.companyProfile?.tenantId == customer.id)
        #expect(customer.companyProfile?.domain == "Contoso1.onmicrosoft.com")
        #expect(customer.billingProfile?.culture == "en-US")
        #expect(customer.billingProfile?.defaultAddress?.phoneNumber == "")
        #expect(customer.billingProfile?.attributes?.etag.flatMap(Int64.init) != nil)
        #expect(customer.attributes?.objectType == "Customer")
        #expect(customer.userCredentials?.userName == "admin")
        #expect(customer.userCredentials?.password?.reveal().count ?? 0 >= 9)
        #expect(customer.links == nil)
    }

    @Test func aCreatedCustomerIsReadWithAllButItsCredentials() async throws {
        let partner = try await Partner()
        let created = try await partner.create(order()).customer()
        let id = try #require(created.id)
        let answer = try await partner.send("GET", "/v1/customers/\(id.uppercased())")
        #expect(answer.status == 200)
        let read = try answer.customer()
        #expect(read.userCredentials == nil)
        #expect(read.links?.`self`?.uri == "/customers/\(id)")
        #expect(read.companyProfile?.links?.`self`?.uri == "/customers/\(id)/profiles/company")
        #expect(read.commerceId == created.commerceId)
        #expect(read.billingProfile?.defaultAddress == created.billingProfile?.defaultAddress)
        #expect(read.billingProfile?.firstName == "Zoë")
        #expect(read.companyProfile?.email == "a@example.com")
    }

    @Test func pascalCaseWithNullsAndTrailingCommasIsUnderstood() async throws {
        let partner = try await Partner()
        let body = """
            \u{FEFF}{"Id":null,"RelationshipToPartner":"unknown","CompanyProfile":{"Domain":"Pascal.onmicrosoft.com","Links":null,},\
            "BillingProfile":{"Email":"a@example.com","Culture":"de-DE","Language":"de","CompanyName":"P","DefaultAddress":\
            {"Country":"de","City":"Köln","AddressLine1":"D","PostalCode":50667,},},}
            """
        let answer = try await partner.create(body)
        #expect(answer.status == 201)
        #expect(try answer.customer().billingProfile?.defaultAddress?.postalCode == "50667")
        #expect(try answer.customer().billingProfile?.defaultAddress?.country == "DE")
    }

    @Test func aDomainIsTakenWhateverItsCase() async throws {
        let partner = try await Partner()
        #expect(try await partner.send("HEAD", "/v1/domains/CONTOSO1.onmicrosoft.com").status == 404)
        #expect(try await partner.create(order()).status == 201)
        let second = try await partner.create(order("cONTOSO1.OnMicrosoft.com"))
        #expect(second.status == 409)
        #expect(second.fault.field == "companyProfile.domain")
        let head = try await partner.send("HEAD", "/v1/domains/CONTOSO1.onmicrosoft.com")
        #expect(head.status == 200)
        #expect(head.headers["content-length"] == "0")
    }

    @Test(arguments: [
        ([("\"domain\":\"Contoso1.onmicrosoft.com\"", "")], "2001", "companyProfile.domain"),
        ([("\"email\":\"a@example.com\"", "\"email\":\" \"")], "2001", "billingProfile.email"),
        ([("\"Domplatz 1\"", "null")], "2001", "billingProfile.defaultAddress.addressLine1"),
        ([("Contoso1.onmicrosoft.com", "contoso 1.onmicrosoft.com")], "27002", "companyProfile.domain"),
        ([("Contoso1.onmicrosoft.com", "contoso")], "27002", "companyProfile.domain"),
        ([("\"DE\"", "\"UK\"")], "27002", "billingProfile.defaultAddress.country"),
        ([("\"DE\"", "\"US\"")], "27002", "billingProfile.defaultAddress.state"),
        ([("50667", "5066")], "27002", "billingProfile.defaultAddress.postalCode"),
        ([("\"DE\"", "\"PL\"")], "600049", "companyProfile.organizationRegistrationNumber"),
        (
            [("{\"domain\"", "{\"organizationRegistrationNumber\":\"1\",\"domain\"")], "600002",
            "companyProfile.organizationRegistrationNumber"
        ),
        (
            [("{\"domain\"", "{\"organizationRegistrationNumber\":\"1\",\"domain\""), ("\"DE\"", "\"PL\"")], "600051",
            "billingProfile.defaultAddress.phoneNumber"
        ),
        (
            [("{\"companyProfile\"", "{\"userCredentials\":{\"password\":\"x\"},\"companyProfile\"")], "3000",
            "userCredentials.password"
        ),
        ([("{\"companyProfile\"", "{\"companyProfile\":1,\"x\"")], "2000", "companyProfile"),
        ([("}}}", "}}")], "2000", ""),
    ])
    func aCreateThatBreaksARuleIsRefusedWithItsCode(edits: [(String, String)], code: String, field: String) async throws
    {
        let partner = try await Partner()
        let answer = try await partner.create(order(replacing: edits))
        #expect(answer.status == 400)
        #expect(answer.fault.code == code)
        #expect(answer.fault.field == field)
        #expect(try await partner.domains().isEmpty)
    }

    @Test func everyMissingMemberIsNamed() async throws {
        let answer = try await Partner().create("{}")
        #expect(answer.status == 400)
        for path in ["companyProfile.domain", "billingProfile.culture", "billingProfile.defaultAddress.city"] {
            #expect(answer.text.contains("\"\(path)\""))
        }
    }

    @Test(arguments: [
        ("GB", "SW1A 1AA", 201), ("GB", "m11ae", 201), ("GB", "12345", 400), ("CN", "100000", 400), ("FR", "x", 201),
    ])
    func postalCodesHaveTheirCountrysForm(country: String, code: String, status: Int) async throws {
        let body = order(replacing: [("\"DE\"", "\"\(country)\""), ("50667", code)])
        #expect(try await Partner().create(body).status == status)
    }

    @Test func oneOfManyCreatesOfADomainWins() async throws {
        let partner = try await Partner()
        let port = partner.emulator.port
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 {
                group.addTask { try await partner.create(order(), over: HTTPConnection(port: port)).status }
            }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [201: 1, 409: 199])
    }
}
