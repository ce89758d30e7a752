import Emulator
import PartnerCenter
import TestSupport
import Testing

struct ListTests {
    private func partner(with count: Int) async throws -> Partner {
        let partner = try await Partner()
        for number in 0..<count {
            let answer = try await partner.create(order("Kunde\(number).onmicrosoft.com"))
            try #require(answer.status == 201)
        }
        return partner
    }

    private func expected(_ range: Range<Int>) -> [String] { range.map { "Kunde\($0).onmicrosoft.com" } }

    @Test func bothWaysOfPagingComeToTheEndAndMeetEveryCustomerOnce() async throws {
        let partner = try await partner(with: 1203)
        #expect(try await partner.domains() == expected(0..<1203))

        var page = try await partner.list("?size=100")
        var (domains, pages) = (page.domains, 1)
        while let next = page.links?.next {
            let uri = try #require(next.uri)
            #expect(uri == "/customers?size=100&seekOperation=Next")
            let headers = Dictionary(uniqueKeysWithValues: (next.headers ?? []).map { ($0.key, $0.value) })
            page = try await partner.list(String(uri.dropFirst("/customers".count)), headers: headers)
            domains += page.domains
            pages += 1
        }
        #expect(domains == expected(0..<1203))
        #expect(pages == 13)
        #expect(page.totalCount == 3)
        #expect(page.continuationToken == nil)
    }

    @Test(arguments: [("", 5), ("?size=0", 5), ("?size=3", 3), ("?size=20000", 5), ("?SIZE=5", 5)])
    func theSizeBoundsAPage(query: String, count: Int) async throws {
        let page = try await partner(with: 5).list(query)
        #expect(page.items.count == count)
        #expect(page.totalCount == count)
        #expect((page.continuationToken != nil) == (count < 5))
    }

    @Test func aListedCustomerLeavesOutWhatOnlyAGetShows() async throws {
        let item = try #require(try await partner(with: 1).list("").items.first)
        #expect(item.companyProfile?.companyName == "Contoso Kunde0.onmicrosoft.com")
        #expect(item.relationshipToPartner == "reseller")
        #expect(item.links?.`self`?.uri == item.id.map { "/customers/\($0)" })
        #expect(item.billingProfile == nil)
        #expect(item.commerceId == nil)
        #expect(item.allowDelegatedAccess == nil)
        #expect(item.userCredentials == nil)
        #expect(item.companyProfile?.email == nil)
    }

    @Test(arguments: [
        #"{"Field":"Domain","Value":"kunde1","Operator":"starts_with"}"#,
        #"%7B%22Field%22%3A%22Domain%22%2C%22Value%22%3A%22KUNDE1%22%2C%22Operator%22%3A%22Starts_With%22%7D"#,
        #"{"Field":"CompanyName","Value":"contoso+kunde1","Operator":9}"#,
        #"{"field":"companyname","value":"Contoso%20Kunde1","operator":"9"}"#,
    ])
    func aFilterFindsWhatStartsWithItsValue(filter: String) async throws {
        let partner = try await partner(with: 12)
        let all = try await partner.list("?size=0&filter=\(filter)")
        #expect(all.domains == [1, 10, 11].flatMap { expected($0..<$0 + 1) })
        let first = try await partner.list("?size=2&filter=\(filter)")
        let token = try #require(first.continuationToken)
        let rest = try await partner.list("?seekOperation=Next", headers: ["MS-ContinuationToken": token])
        #expect(first.domains + rest.domains == all.domains)
        #expect(rest.links?.next == nil)
    }

    @Test(arguments: ["IndirectReseller", "indirectCloudSolutionProvider"])
    func theOtherPartnerOfAnIndirectSaleFindsItsCustomers(field: String) async throws {
        let partner = try await partner(with: 2)
        let edits = [("{\"companyProfile\"", "{\"associatedPartnerId\":\"Reseller-7\",\"companyProfile\"")]
        #expect(try await partner.create(order("sold.onmicrosoft.com", replacing: edits)).status == 201)
        let filter = #"{"Field":"\#(field)","Value":"RESELLER","Operator":"starts_with"}"#
        #expect(try await partner.list("?filter=\(filter)").domains == ["sold.onmicrosoft.com"])
    }

    @Test func seekOperationsGoByNameAndNumberInBothDirections() async throws {
        let partner = try await partner(with: 7)
        let first = try await partner.list("?size=3&seekOperation=First")
        let token = try #require(first.continuationToken)
        for query in [
            "?seekOperation=next", "?seekoperation=0",
            "?seek=\(token.replacing("=", with: "%3D").replacing("+", with: "%2B"))",
        ] {
            let headers = query.hasPrefix("?seek=") ? [:] : ["MS-ContinuationToken": token]
            #expect(try await partner.list(query, headers: headers).domains == expected(3..<6))
        }
        let last = try await partner.list("?size=3&seekOperation=Last")
        #expect(last.domains == expected(4..<7))
        #expect(last.links?.next == nil)
        let headers = Dictionary(uniqueKeysWithValues: (last.links?.previous?.headers ?? []).map { ($0.key, $0.value) })
        let before = try await partner.list("?seekOperation=Previous", headers: headers)
        #expect(before.domains == expected(1..<4))
    }

    @Test func customersAddedWhileAClientPagesComeAtTheEnd() async throws {
        let partner = try await partner(with: 4)
        let first = try await partner.list("?size=2")
        _ = try await partner.create(order("AAA.onmicrosoft.com"))
        let token = try #require(first.continuationToken)
        let rest = try await partner.list("?size=10&seekOperation=Next", headers: ["MS-ContinuationToken": token])
        #expect(rest.domains == expected(2..<4) + ["AAA.onmicrosoft.com"])
    }

    @Test(arguments: [
        "?size=x", "?size=-1", "?filter={", "?seekOperation=Next", "?seekOperation=Sideways", "?seek=bm8=",
        #"?filter={"Field":"Domain","Value":"a","Operator":"substring"}"#,
        #"?filter={"Field":"Colour","Value":"a","Operator":"starts_with"}"#,
    ])
    func aQueryThatCannotBeUnderstoodIsRefused(query: String) async throws {
        let partner = try await Partner()
        let answer = try await partner.send("GET", "/v1/customers" + query)
        #expect(answer.status == 400)
        #expect(["2000", "3000"].contains(answer.fault.code))
    }
}
