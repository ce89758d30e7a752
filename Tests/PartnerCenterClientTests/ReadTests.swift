import HTTP
import PartnerCenter
import Platform
import TestDoubles
import TestSupport
import Testing

@testable import PartnerCenterClient

struct ReadTests {
    private static let address = ServiceAddress(endpoint: "https://service.test", apiVersion: "v1")

    private static func page(link: String?, token: String? = nil, header: String? = nil) -> ResourceCollection<Customer>
    {
        var page = ResourceCollection<Customer>(items: [])
        page.continuationToken = token
        guard let link else { return page }
        var next = Link()
        next.uri = link
        next.headers = header.map { [KeyValuePair(key: "ms-continuationtoken", value: $0)] }
        var links = ResourceLinks()
        links.next = next
        page.links = links
        return page
    }

    @Test(arguments: [
        ("/customers?size=500&seekOperation=Next", "https://service.test/v1/customers?size=500&seekOperation=Next"),
        ("/v1/customers?size=500&seekOperation=Next", "https://service.test/v1/customers?size=500&seekOperation=Next"),
        ("customers?size=500", "https://service.test/v1/customers?size=500"),
        ("v1/customers?size=500", "https://service.test/v1/customers?size=500"),
        ("?seekOperation=Next", "https://service.test/v1/customers?seekOperation=Next"),
        ("https://service.test/v1/customers?size=5", "https://service.test/v1/customers?size=5"),
        ("HTTPS://Service.Test/v1/customers", "HTTPS://Service.Test/v1/customers"),
        ("/customers?back=https://evil.test/", "https://service.test/v1/customers?back=https://evil.test/"),
    ])
    func aLinkIsFollowedInEveryForm(link: String, url: String) throws {
        let next = try #require(try Self.address.next(after: Self.page(link: link, header: "abc")))
        #expect(next == PageCursor(url: url, headers: [KeyValuePair(key: "ms-continuationtoken", value: "abc")]))
    }

    @Test(arguments: [
        "https://evil.test/v1/customers", "http://service.test/v1/customers", "https://service.test:444/v1/customers",
        "//evil.test/v1/customers", "https://service.test.evil.test/", "https://service.test@evil.test/",
    ])
    func aLinkToAnotherHostIsNotFollowed(link: String) {
        let error = #expect(throws: ServiceError.self) { try Self.address.next(after: Self.page(link: link)) }
        #expect(error?.message.contains("must not see the token") == true)
    }

    @Test func aTokenWithoutALinkIsEnoughAndALinkWithoutItsHeaderGetsIt() throws {
        let header = [KeyValuePair(key: "MS-ContinuationToken", value: "abc")]
        #expect(
            try Self.address.next(after: Self.page(link: nil, token: "abc"))
                == PageCursor(url: "https://service.test/v1/customers?seekOperation=Next", headers: header)
        )
        #expect(try Self.address.next(after: Self.page(link: "/customers", token: "abc"))?.headers == header)
        #expect(try Self.address.next(after: Self.page(link: nil)) == nil)
        #expect(try Self.address.next(after: Self.page(link: "", token: "")) == nil)
    }

    @Test func everyPageIsReadToTheEnd() async throws {
        let service = ScriptedService { request, _ in
            let number = request.headers["MS-ContinuationToken"].flatMap { Int($0) } ?? 0
            let link =
                "{\"uri\":\"/customers?size=500&seekOperation=Next\",\"headers\":[{\"key\":\"MS-ContinuationToken\",\"value\":\"\(number + 1)\"}]}"
            let links = number < 3 ? ",\"links\":{\"next\":\(link)}" : ""
            return .status(200, "\u{FEFF}{\"totalCount\":1,\"items\":[{\"id\":\"c\(number)\"}]\(links)}")
        }
        let world = World(service)
        var ids: [String?] = []
        var cursor: PageCursor?
        repeat {
            let page = try await world.client.customers(after: cursor)
            ids += page.customers.map(\.id)
            cursor = page.next
        } while cursor != nil
        #expect(ids == ["c0", "c1", "c2", "c3"])
        #expect(service.requests.first?.url == "https://service.test/v1/customers?size=500")
        #expect(Set(service.requests.map { $0.headers["MS-RequestId"] }).count == 4)
    }

    @Test func aListIsAskedForByTheFilterThatTheServiceKnows() async throws {
        let world = World(ScriptedService([.list()]))
        _ = try await world.client.page(of: CustomerSearch(.companyName, startsWith: "A \"b\\"), after: nil)
        let filter = "%7B%22Field%22%3A%22CompanyName%22%2C%22Value%22%3A%22A%20%5C%22b%5C%5C%22%2C"
        let url = "https://service.test/v1/customers?size=500&filter=\(filter)%22Operator%22%3A%22starts_with%22%7D"
        #expect(world.service.requests.map(\.url) == [url])
    }

    @Test(arguments: [400, 404, 410])
    func aPlaceInTheListThatTheServiceForgotIsNoErrorOfTheService(status: Int) async throws {
        let world = World(ScriptedService([.status(status, "{\"code\":2000,\"description\":\"expired\"}")]))
        let cursor = PageCursor(url: "https://service.test/v1/customers?seekOperation=Next", headers: [])
        #expect(try await world.client.page(of: nil, after: cursor) == .outdated("expired"))
        await #expect(throws: ServiceError.self) { try await world.client.page(of: nil, after: nil) }
    }

    @Test(arguments: ["/customers?a=b c", "/customers?a=\\u0009", "/customers\\r\\nX: y"])
    func aLinkWithABlankOrAControlCharacterIsRefusedInPlainWords(uri: String) async throws {
        let page = "{\"items\":[],\"links\":{\"next\":{\"uri\":\"\(uri)\"}}}"
        let world = World(ScriptedService([.status(200, page)]))
        let error = await #expect(throws: ServiceError.self) { try await world.client.page(of: nil, after: nil) }
        #expect(error?.message.contains("has a blank or a control character in it") == true)
        #expect(error?.message.allSatisfy { !$0.isNewline && $0 != "\t" } == true)
    }

    @Test func anAnswerAboutAnotherCustomerIsUnreadable() async throws {
        let world = World(ScriptedService([.status(200, "{\"id\":\"c2\"}"), .status(200, "{\"id\":\"C1\"}")]))
        #expect(try await world.client.customer(id: "c1")?.id == "C1")
        #expect(world.service.requests.count == 2)
        let wrong = World(ScriptedService([.status(200, "{\"id\":\"c2\"}")]))
        let error = await #expect(throws: ServiceError.self) { try await wrong.client.customer(id: "c1") }
        #expect(error?.kind == .unavailable)
    }

    @Test(
        arguments: [.status(500), .status(429), .lost(.timedOut), .refused, .status(200, "{\"items\":")]
            as [ScriptedService.Answer]
    )
    func aReadIsRepeatedAndGivenUpInTheEnd(answer: ScriptedService.Answer) async throws {
        let healing = World(ScriptedService([answer, .list("{\"id\":\"c1\"}")]))
        #expect(try await healing.client.customers(after: nil).customers.map(\.id) == ["c1"])
        #expect(Set(healing.service.requests.map { $0.headers["MS-RequestId"] }).count == 1)
        let failing = World(ScriptedService([answer]))
        let error = await #expect(throws: ServiceError.self) { try await failing.client.customers(after: nil) }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("service.test") == true)
        #expect(failing.service.requests.count == 6)
    }

    @Test func aCustomerIsReadByItsIdentifierAndAMissingOneIsNil() async throws {
        let service = ScriptedService { request, _ in
            request.url.hasSuffix("/c1") ? .status(200, "{\"id\":\"c1\"}") : .status(404, "{\"code\":1000}")
        }
        let world = World(service)
        #expect(try await world.client.customer(id: "c1")?.id == "c1")
        #expect(try await world.client.customer(id: "../x?y") == nil)
        #expect(service.requests.last?.url == "https://service.test/v1/customers/..%2Fx%3Fy")
    }

    @Test(arguments: [403, 400])
    func aCustomerThatIsRefusedIsNoErrorOfTheService(status: Int) async throws {
        let world = World(
            ScriptedService([.status(status, "{\"code\":1002,\"description\":\"Authorization failed\"}")])
        )
        let fault = ServiceFault(code: "1002", message: "Authorization failed")
        #expect(try await world.client.lookUp("c1") == .refused(fault))
        #expect(world.service.requests.count == 1)
        #expect(world.client.closure() == nil)
    }

    @Test func aListThatIsRefusedTellsWhy() async throws {
        let world = World(ScriptedService([.status(403, "{\"code\":1002,\"description\":\"Authorization failed\"}")]))
        let error = await #expect(throws: ServiceError.self) { try await world.client.page(of: nil, after: nil) }
        #expect(error?.kind == .unauthorized)
        #expect(error?.message.contains("Authorization failed (1002)") == true)
    }

    @Test func aReadAfterClosingSaysSo() async {
        let world = World(ScriptedService([.list()]))
        world.client.close()
        let error = await #expect(throws: ServiceError.self) { try await world.client.customers(after: nil) }
        #expect(error?.kind == .closed)
        #expect(world.service.requests.isEmpty)
    }

    @Test func aRequestThatCanNeverBeSentIsTriedOnce() async {
        let world = World(ScriptedService([.lost(.invalidRequest, mayHaveArrived: false)]))
        let error = await #expect(throws: ServiceError.self) { try await world.client.customers(after: nil) }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("it broke") == true)
        #expect(world.service.requests.count == 1)
        #expect(world.client.closure() == nil)
    }
}
