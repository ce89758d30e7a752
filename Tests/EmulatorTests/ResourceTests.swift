import Emulator
import PartnerCenter
import Platform
import SQLite
import TestSupport
import Testing

struct ResourceTests {
    private let time = StandingTime()

    private func partner(isSandbox: Bool = false, hasControl: Bool = false) async throws -> Partner {
        var configuration = EmulatorConfiguration.seeded()
        configuration.isSandbox = isSandbox
        configuration.hasControl = hasControl
        configuration.now = time.now
        return try await Partner(configuration)
    }

    private func created(_ partner: Partner, _ domain: String = "Contoso1.onmicrosoft.com") async throws -> Customer {
        try await partner.create(order(domain)).customer()
    }

    @Test func profilesAreReadOnTheirOwn() async throws {
        let partner = try await partner()
        let customer = try await created(partner)
        let id = try #require(customer.id)
        let company = try await partner.send("GET", "/v1/customers/\(id)/profiles/company")
        #expect(try JSONWire.decode(CustomerCompanyProfile.self, from: company.body).tenantId == id)
        let billing = try await partner.send(
            "GET",
            "/v1/customers/\(id)/profiles/billing",
            headers: ["Accept": "text/xml"]
        )
        #expect(billing.text.contains("<CustomerBillingProfile>"))
        let profile = try XMLWire.decode(CustomerBillingProfile.self, from: billing.body)
        #expect(profile.attributes?.etag == customer.billingProfile?.attributes?.etag)
        #expect(try await partner.send("GET", "/v1/customers/\(UUIDText.none)/profiles/billing").status == 404)
    }

    @Test func aBillingProfileIsReplacedByWhoKnowsThePresentOne() async throws {
        let partner = try await partner()
        let customer = try await created(partner)
        let path = "/v1/customers/\(try #require(customer.id))/profiles/billing"
        var profile = try #require(customer.billingProfile)
        let tag = try #require(profile.attributes?.etag)
        profile.companyName = "Renamed"
        profile.attributes = nil
        let body = String(decoding: try JSONWire.encode(profile), as: UTF8.self)
        let json = ["Content-Type": "application/json"]
        let bare = try await partner.send("PUT", path, headers: json, body: body)
        #expect(bare.status == 400 && bare.fault.message.contains("If-Match"))
        let current = json.merging(["If-Match": "\"\(tag)\""]) { $1 }
        let put = try await partner.send("PUT", path, headers: current, body: body)
        #expect(put.status == 200)
        let after = try JSONWire.decode(CustomerBillingProfile.self, from: put.body)
        #expect(after.companyName == "Renamed" && after.id == profile.id && after.attributes?.etag != tag)
        let stale = try await partner.send("PUT", path, headers: current, body: body)
        #expect(stale.status == 400 && stale.fault.code == "2055")
        let bad = json.merging(["If-Match": "*"]) { $1 }
        #expect(try await partner.send("PUT", path, headers: bad, body: "{}").fault.code == "2001")
        #expect(
            try await partner.list("?filter={\"Field\":\"CompanyName\",\"Value\":\"ren\",\"Operator\":9}").items.count
                == 1
        )
    }

    @Test func onlyASandboxDeletesCustomers() async throws {
        let live = try await partner()
        let kept = try #require(try await created(live).id)
        let refused = try await live.send("DELETE", "/v1/customers/\(kept)")
        #expect(refused.status == 403 && refused.fault.code == "600006")

        let sandbox = try await partner(isSandbox: true)
        let id = try #require(try await created(sandbox).id)
        let answer = try await sandbox.send("DELETE", "/v1/customers/\(id)")
        #expect(answer.status == 204 && answer.body.isEmpty)
        #expect(try await sandbox.send("GET", "/v1/customers/\(id)").status == 404)
        #expect(try await sandbox.send("DELETE", "/v1/customers/\(id)").status == 404)
        #expect(try await sandbox.create(order()).status == 201)
    }

    @Test func aSandboxHasRoomForSeventyFive() async throws {
        let partner = try await partner(isSandbox: true)
        for number in 0..<75 { #expect(try await partner.create(order("k\(number).net")).status == 201) }
        #expect(try await partner.create(order("k75.net")).status == 400)
    }

    @Test func agreementsAreListedAndConfirmedOnce() async throws {
        let partner = try await partner()
        let all = try await partner.send("GET", "/v1/agreements?agreementType=*")
        let templates = try JSONWire.decode(ResourceCollection<AgreementMetadata>.self, from: all.body).items
        #expect(templates.map(\.agreementType) == ["MicrosoftCustomerAgreement", "MicrosoftCloudAgreement"])
        #expect(try await partner.send("GET", "/v1/agreements?agreementType=Other").status == 400)

        let path = "/v1/customers/\(try #require(try await created(partner).id))/agreements"
        let body = """
            {"primaryContact":{"firstName":"T","lastName":"P","email":"t@example.com"},"dateAgreed":"2026-11-21T00:00:00Z",\
            "templateId":"117a77b0-9360-443b-8795-c6dedc750cf9","type":"MicrosoftCustomerAgreement"}
            """
        let json = ["Content-Type": "application/json"]
        let confirmed = try await partner.send("POST", path, headers: json, body: body)
        #expect(confirmed.status == 201)
        #expect(try JSONWire.decode(Agreement.self, from: confirmed.body).userId?.count == 36)
        let again = try await partner.send("POST", path, headers: json, body: body)
        #expect(again.status == 400 && again.fault.code == "600061")
        #expect(again.text.contains("PartnerConfirmedAgreementAlreadyExists"))
        #expect(try await partner.send("POST", path, headers: json, body: "{}").fault.code == "2001")
        let kept = try await partner.send("GET", path)
        #expect(try JSONWire.decode(ResourceCollection<Agreement>.self, from: kept.body).items.count == 1)
    }

    private func records(_ partner: Partner, _ query: String = "") async throws -> ResourceCollection<AuditRecord> {
        let answer = try await partner.send("GET", "/v1/auditrecords\(query)")
        return try JSONWire.decode(ResourceCollection<AuditRecord>.self, from: answer.body)
    }

    @Test func auditRecordsTellOfEveryCreateWithoutItsPassword() async throws {
        let partner = try await partner(isSandbox: true)
        let headers = ["Content-Type": "application/json", "MS-CorrelationId": "run-1"]
        let answer = try await partner.send("POST", "/v1/customers", headers: headers, body: order())
        let customer = try answer.customer()
        let password = try #require(customer.userCredentials?.password?.reveal())
        let id = try #require(customer.id)
        time.pass(seconds: 86_400)
        _ = try await partner.send("DELETE", "/v1/customers/\(id)")

        let all = try await records(partner).items
        #expect(all.map(\.operationType) == ["add_customer", "delete_customer"])
        #expect(all.allSatisfy { $0.customerId == id })
        #expect(all.first?.originalCorrelationId == "run-1")
        let value = try #require(all.first?.resourceNewValue)
        #expect(value.contains("\"UserCredentials\":{\"Password\":\"\",\"UserName\":\"admin\"}"))
        #expect(!value.contains(password))
        #expect(try await records(partner, "?startDate=2026-11-21&endDate=2026-11-21").items.count == 1)
        #expect(try await records(partner, "?startDate=2026-11-22T00:00:00Z").items.count == 1)
        let first = try await records(partner, "?size=1")
        let token = try #require(first.continuationToken)
        let rest = try await partner.send("GET", "/v1/auditrecords", headers: ["MS-ContinuationToken": token])
        let second = try JSONWire.decode(ResourceCollection<AuditRecord>.self, from: rest.body)
        #expect(first.items + second.items == all && second.continuationToken == nil)
        #expect(first.links?.next?.headers == [KeyValuePair(key: "MS-ContinuationToken", value: token)])
        let wrong = try await partner.send("GET", "/v1/auditrecords", headers: ["MS-ContinuationToken": "1"])
        #expect(wrong.status == 400)
        #expect(try await partner.send("GET", "/v1/auditrecords?startDate=yesterday").status == 400)
    }

    @Test func theControlEndpointIsThereOnlyWhereItIsAskedFor() async throws {
        let plain = try await partner()
        #expect(try await plain.send("GET", "/control/requests").status == 404)

        let partner = try await partner(hasControl: true)
        _ = try await partner.create(order(), requestId: "a")
        let rules = #"{"rules":[{"fault":"error","operation":"create","status":500,"count":1}]}"#
        #expect(try await partner.send("PUT", "/control/scenario", body: rules).status == 204)
        #expect(try await partner.create(order("second.net"), requestId: "b").status == 500)
        let wrong = try await partner.send("PUT", "/control/scenario", body: #"{"rule":[]}"#)
        #expect(wrong.status == 400 && wrong.fault.message.contains("did you mean rules?"))
        let log = try await partner.send("GET", "/control/requests?after=1").text
        #expect(log.contains("\"requestId\":\"b\"") && log.contains("\"status\":500") && !log.contains("\"a\""))
        let customers = try await partner.send("GET", "/control/customers").text
        #expect(customers.contains("Contoso1.onmicrosoft.com") && !customers.contains("second.net"))
        let stranger = ["Authorization": "Bearer x"]
        #expect(try await partner.send("GET", "/control/customers", headers: stranger).status == 401)
    }

    @Test func aStoreOfTheFirstVersionIsBroughtUpToDate() async throws {
        let folder = try TemporaryFolder()
        let old = try Database(path: folder("store"), mode: .create)
        try old.execute(
            """
            CREATE TABLE customer (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
            domain TEXT NOT NULL, domain_key TEXT NOT NULL UNIQUE, company_name TEXT NOT NULL, company_key TEXT NOT NULL,
            relationship TEXT NOT NULL, resource BLOB NOT NULL) STRICT;
            CREATE INDEX customer_company ON customer (company_key);
            CREATE TABLE replay (request_id TEXT PRIMARY KEY, fingerprint INTEGER NOT NULL, status INTEGER NOT NULL,
            body BLOB NOT NULL) STRICT;
            INSERT INTO customer VALUES (1, 'x', 'Old.net', 'old.net', 'Old', 'old', 'reseller', X'7B7D');
            PRAGMA application_id = 1346585965; PRAGMA user_version = 1;
            """
        )
        old.close()
        let partner = try await Partner(.seeded(.file(folder("store"))))
        #expect(try await partner.domains() == ["Old.net"])
        #expect(try await partner.create(order("OLD.net")).status == 409)
        #expect(try await partner.create(order()).status == 201)
    }
}

private enum UUIDText {
    static let none = "11111111-2222-4333-8444-abcdefabcdef"
}
