import HTTP
import PartnerCenter
import Platform
import TestDoubles
import TestSupport
import Testing

@testable import PartnerCenterClient

/// What answers settle, and what a run does whose every answer is of one kind.
struct AnswerTests {
    @Test(
        arguments: [
            (200, .nothing, .done, .done), (201, .gateway, .done, .done), (204, .nothing, .done, .done),
            (302, .gateway, .unclear, .unclear), (429, .gateway, .throttled, .throttled),
            (408, .nothing, .failed, .failed), (500, .fault, .failed, .failed), (503, .gateway, .failed, .failed),
            (400, .fault, .refused, .refused), (403, .fault, .refused, .refused), (404, .fault, .turnedAway, .refused),
            (405, .fault, .turnedAway, .refused),
            (409, .fault, .refused, .refused), (412, .fault, .refused, .refused),
            (400, .text, .refused, .refused), (403, .text, .refused, .refused), (404, .text, .turnedAway, .refused),
            (400, .gateway, .turnedAway, .turnedAway), (403, .gateway, .turnedAway, .turnedAway),
            (404, .gateway, .turnedAway, .turnedAway), (409, .gateway, .turnedAway, .turnedAway),
            (400, .nothing, .refused, .refused), (403, .nothing, .turnedAway, .refused),
            (404, .nothing, .turnedAway, .refused), (405, .nothing, .turnedAway, .refused),
            (409, .nothing, .refused, .refused), (412, .nothing, .unclear, .refused),
        ] as [(Int, ServiceFault.Shape, AnswerMeaning, AnswerMeaning)]
    )
    func anAnswerMeansWhatItsStatusAndItsGiverSay(
        status: Int,
        shape: ServiceFault.Shape,
        create: AnswerMeaning,
        read: AnswerMeaning
    ) {
        #expect(AnswerMeaning(status: status, shape: shape, to: .create) == create)
        #expect(AnswerMeaning(status: status, shape: shape, to: .read) == read)
    }

    private static let page = "<html><body><h1>404 - Web app not found</h1></body></html>"
    private static let forbidden = "{\"code\":600006,\"description\":\"The requested action is not allowed\"}"

    /// A wrong address, or a gateway before a service that is away.
    @Test(
        arguments: [
            .status(404, page), .status(403, page), .status(400, page), .status(404), .status(403),
            .status(404, "{\"statusCode\":404,\"message\":\"Resource not found\"}"),
            .status(404, "{\"code\":404,\"description\":\"There is no such resource.\"}"),
            .status(405, "{\"message\":\"The requested resource does not support http method 'POST'.\"}"),
        ] as [ScriptedService.Answer]
    )
    func pagesOfAnotherServerStopTheRunAndLeaveRowsPending(answer: ScriptedService.Answer) async {
        let world = World(ScriptedService([answer]))
        #expect(await world.create().0.verdict.word == "notSent")
        #expect(await world.create().0.verdict.word == "notSent")
        #expect(world.client.closure()?.kind == .unavailable)
        #expect(world.client.closure()?.message.contains("--endpoint") == true)
        #expect(world.clock.elapsed < .seconds(60))
        #expect(world.service.requests.count == 6)
    }

    @Test func aPageInTheMiddleFailsItsRowAndNoOther() async {
        let world = World(
            ScriptedService { _, number in (1...6).contains(number) ? .status(403, Self.page) : .created }
        )
        #expect(await world.create().0.verdict.word.hasPrefix("created"))
        #expect(await world.create().0.verdict.word == "failed")
        #expect(await world.create().0.verdict.word.hasPrefix("created"))
        #expect(world.client.closure() == nil)
    }

    /// The account may create no customers: the first answer is enough, and no row is to blame.
    @Test(
        arguments: [
            forbidden, "{\"code\":\"1002\",\"description\":\"Authorization failed\"}",
            "The supplied role does not have the rights", "Authentication failed. MFA required.",
        ]
    )
    func aRefusalOfTheAccountStopsTheRunAtOnce(body: String) async {
        let world = World(ScriptedService([.status(403, body)]))
        #expect(await world.create().0.verdict.word == "turnedAway")
        #expect(await world.create().0.verdict.word == "notSent")
        #expect(world.client.closure()?.kind == .unauthorized)
        #expect(world.service.requests.count == 1)
    }

    /// By whether an earlier attempt is open, and what the service says of the domain then.
    @Test(
        arguments: [
            (false, 200, "rejected", 0), (true, 404, "rejected", 120), (true, 200, "unknown", 120),
        ]
    )
    func aBadRequestWithoutAWordRefusesARowThatNothingIsOpenOf(
        mayExist: Bool,
        domain: Int,
        word: String,
        seconds: Int64
    ) async {
        let service = ScriptedService { request, _ in
            switch request.method {
            case "POST": .status(400)
            case "HEAD": .status(domain)
            default: .list()
            }
        }
        let world = World(service)
        #expect(await world.create(mayExist: mayExist).0.verdict.word == word)
        #expect(world.clock.elapsed >= .seconds(seconds) && world.clock.elapsed < .seconds(seconds + 5))
        #expect(service.requests.count { $0.method == "POST" } == 1)
    }

    /// What is the row's own: a country that the partner may not sell in, a reseller that it has nothing to do with.
    @Test(arguments: ["2030", "2032", "20002"])
    func aForbiddenRowIsRejected(code: String) async {
        let world = World(ScriptedService([.status(403, "{\"code\":\(code),\"description\":\"no\"}"), .created]))
        #expect(await world.create().0.verdict.word == "rejected")
        #expect(await world.create().0.verdict.word.hasPrefix("created"))
    }

    @Test func anAccountThatHasCreatedIsNotRefusedAsAWhole() async {
        let world = World(ScriptedService([.created, .status(403, Self.forbidden), .created]))
        let words = [await world.create(), await world.create(), await world.create()].map { $0.0.verdict.word }
        #expect(words[1] == "rejected")
        #expect(words[0].hasPrefix("created") && words[2].hasPrefix("created"))
        #expect(world.client.closure() == nil)
    }

    @Test(
        arguments: [
            (#"{"id":"../../etc"}"#, false), (#"{"id":"x"}"#, false), (#"{"id":""}"#, false), ("{}", false),
            (#"{"id":"C1C1C1C1-0000-4000-8000-000000000001"}"#, true),
            (#"{"id":"c1c1c1c1000040008000000000000001"}"#, true),
            (#"{"id":"c1c1c1c1-00004000-8000-000000000001"}"#, false),
            (#"{"id":"{C1C1C1C1-0000-4000-8000-000000000001}"}"#, true),
            (#"{"id":" c1c1c1c1-0000-4000-8000-000000000001 "}"#, true),
            (#"{"id":null,"companyProfile":{"tenantId":"c1c1c1c1-0000-4000-8000-000000000001"}}"#, true),
            (
                #"{"id":"c1c1c1c1-0000-4000-8000-000000000001","companyProfile":{"domain":"Contoso"}}"#,
                true
            ),
            (
                #"{"id":"c1c1c1c1-0000-4000-8000-000000000001","companyProfile":{"domain":" contoso.OnMicrosoft.com. "}}"#,
                true
            ),
            (#"{"id":"c1c1c1c1-0000-4000-8000-000000000001","companyProfile":{"domain":null}}"#, true),
            (
                #"{"id":"c1c1c1c1-0000-4000-8000-000000000001","companyProfile":{"domain":"other.onmicrosoft.com"}}"#,
                false
            ),
            (
                #"{"id":"c1c1c1c1-0000-4000-8000-000000000001","companyProfile":{"domain":"CONTOSO.onmicrosoft.com"}}"#,
                true
            ),
        ]
    )
    func aCustomerIsBelievedOnlyWhereItIsTheRows(body: String, isBelieved: Bool) async {
        let world = World(ScriptedService([.status(201, body)])) { $0.attempts = 2 }
        let (result, attempts) = await world.create()
        let word = "created c1c1c1c1-0000-4000-8000-000000000001 without password with note"
        #expect((result.verdict.word == word) == isBelieved)
        #expect(attempts.first?.outcome == (isBelieved ? "created" : "unreadable"))
    }

    @Test func oneIdentifierIsOneOrders() {
        var given = GivenIdentifiers()
        let (one, two) = ("c1c1c1c1-0000-4000-8000-000000000001", "c9c9c9c9-0000-4000-8000-000000000009")
        let asked = [(one, "a"), (one.uppercased(), "a"), (one, "b"), (two, "b"), ("x", "c")]
        #expect(asked.map { given.give($0.0, to: $0.1) } == [true, true, false, true, false])
        // So much later that answers can't be mixed up any more.
        for number in 0..<20_000 {
            let isGiven = given.give(
                "00000000-0000-4000-8000-0\(String(number + (1 << 40), radix: 16))",
                to: "\(number)"
            )
            #expect(isGiven)
        }
        let isForgotten = given.give(one, to: "b")
        #expect(isForgotten)
    }

    @Test func aCreatesAnswerIsLimitedToAMegabyteAndAPageToMore() async throws {
        let world = World(ScriptedService([.created, .list()]))
        _ = await world.create()
        _ = try await world.client.customers(after: nil)
        #expect(world.service.requests.map(\.maximumAnswerBytes) == [1 << 20, 16 << 20])
    }

    /// What a page says that the next one is to be asked with.
    @Test func onlyTheServicesOwnHeadersAreTakenFromALink() async throws {
        let names = ["Host", "Authorization", "Content-Length", "Transfer-Encoding", "Cookie", "MS-ContinuationToken"]
        let headers = names.map { "{\"key\":\"\($0)\",\"value\":\"evil\"}" }.joined(separator: ",")
        let link = "{\"uri\":\"/customers?seekOperation=Next\",\"headers\":[\(headers)]}"
        let page = "{\"items\":[],\"links\":{\"next\":\(link)}}"
        let world = World(ScriptedService([.status(200, page), .list()]))
        let next = try await world.client.customers(after: nil).next
        _ = try await world.client.customers(after: next)
        let sent = try #require(world.service.requests.last).headers.fields
        #expect(sent.filter { $0.value == "evil" }.map(\.name) == ["MS-ContinuationToken"])
        #expect(sent.contains { $0.name == "Authorization" && $0.value == "Bearer t0ken" })
    }
}
