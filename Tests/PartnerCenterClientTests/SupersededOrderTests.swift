import HTTP
import PartnerCenter
import Platform
import TestSupport
import Testing

@testable import PartnerCenterClient

/// What becomes of an order that another one has taken the place of.
extension SettlementTests {
    /// A superseded order, by what the list shows, what the service answers to the repeat, and what comes of it.
    @Test(
        arguments: [
            ([.list()], [], .created, "absent", 0),
            ([.list(listed)], [.status(200, whole(email: "it@fabrikam.example"))], .domainTaken, "unknown", 1),
            (
                [.list(listed)], [.status(200, whole(email: "it@fabrikam.example"))], .created,
                "created c1c1c1c1-0000-4000-8000-000000000001", 1
            ),
            ([.list(listed)], [.status(200, whole())], .created, "created c1c1c1c1-0000-4000-8000-000000000001", 1),
            (
                [.list(), .list(), .list(listed)], [.status(200, whole())], .created,
                "created c1c1c1c1-0000-4000-8000-000000000001", 1
            ),
            (
                [.list(listed)], [.status(200, whole())], .domainTaken,
                "created c9c9c9c9-0000-4000-8000-000000000009 without password with note", 1
            ),
            ([.status(500)], [], .created, "unknown", 0),
            ([.status(403)], [], .created, "unknown", 0),
        ] as [([ScriptedService.Answer], [ScriptedService.Answer], ScriptedService.Answer, String, Int)]
    )
    func aSupersededOrderIsLookedUpAndSentOnlyWhereItsCustomerExists(
        lists: [ScriptedService.Answer],
        customers: [ScriptedService.Answer],
        answer: ScriptedService.Answer,
        word: String,
        posts: Int
    ) async {
        let customers = customers.isEmpty ? [.status(404)] : customers
        let world = World(Self.service(creates: [answer], lists: lists, customers: customers))
        let (result, attempts) = await world.create(mayExist: true, supersededSince: World.now)
        #expect(result.verdict.word == word)
        #expect(world.service.requests.first?.method == "GET")
        #expect(world.service.requests.filter { $0.method == "POST" }.count == posts)
        #expect(attempts.count == posts && result.attempts == posts)
    }

    /// By the seconds since it was last sent, negative where the clock was set back: how long it is looked for.
    @Test(arguments: [(0, 120), (50, 70), (120, 0), (86_400, 0), (-86_400, 120)])
    func aSupersededOrderIsLookedForAsLongAsItMayBecomeVisible(age: Int64, seconds: Int) async {
        let world = World(Self.service(creates: [.created], lists: [.list()]))
        let since = Timestamp(milliseconds: World.now.milliseconds - age * 1000)
        #expect(await world.create(mayExist: true, supersededSince: since).0.verdict == .absent)
        #expect(world.clock.elapsed >= .seconds(seconds) && world.clock.elapsed < .seconds(seconds + 5))
        #expect(!world.service.requests.isEmpty)
    }

    @Test func stoppingLeavesASupersededOrderOpen() async {
        let clock = ManualClock()
        let world = World(Self.service(creates: [.created], lists: [.list()]), clock: clock)
        async let outcome = world.create(mayExist: true, supersededSince: World.now)
        await clock.waitForSleepers()
        world.client.close()
        #expect(await outcome.0.verdict.word == "unknown")
    }

    /// Its row was corrected to another domain; whoever has the first one may be the customer that it asked for.
    @Test(arguments: [(200, "unknown"), (404, "absent"), (500, "unknown"), (403, "unknown")])
    func aSupersededOrderWhoseDomainIsTakenByNobodyVisibleStaysOpen(status: Int, word: String) async {
        let world = World(Self.service(creates: [.created], lists: [.list()], ofDomain: status))
        #expect(await world.create(mayExist: true, supersededSince: World.now).0.verdict.word == word)
        #expect(!world.service.requests.contains { $0.method == "POST" })
    }

    /// The corrected row would be sent under a key of its own if this counted as the service's word that nobody has it.
    @Test(
        arguments: [
            .status(403), .status(429), .status(500), .lost(.timedOut), .refused,
            .status(404, headers: ["Content-Type": "text/html"]),
        ] as [ScriptedService.Answer]
    )
    func aSupersededOrderStaysOpenWhereTheDomainCannotBeAskedFor(answer: ScriptedService.Answer) async {
        let world = World(
            ScriptedService { request, _ in request.url.contains("/domains/") ? answer : .list() }
        ) { $0.attempts = 2 }
        #expect(await world.create(mayExist: true, supersededSince: World.now).0.verdict.word == "unknown")
        #expect(!world.service.requests.contains { $0.method == "POST" })
    }

    @Test(arguments: [ScriptedService.Answer.status(404, "{\"code\":1000}"), .status(404)])
    func aListThatIsNotThereIsNoSignThatNobodyHasTheDomain(answer: ScriptedService.Answer) async {
        let world = World(Self.service(creates: [.created], lists: [answer]))
        #expect(await world.create(mayExist: true, supersededSince: World.now).0.verdict.word == "unknown")
        #expect(!world.service.requests.contains { $0.method == "POST" })
    }
}
