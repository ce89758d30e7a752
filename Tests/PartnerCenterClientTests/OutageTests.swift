import HTTP
import PartnerCenter
import Platform
import TestSupport
import Testing

@testable import PartnerCenterClient

/// What a service that fails for a while, or for good, costs the rows that are under way.
struct OutageTests {
    private static let listed = """
        {"id":"c1c1c1c1-0000-4000-8000-000000000001","companyProfile":{"domain":"contoso.onmicrosoft.com","companyName":"Contoso Ltd"}}
        """
    private static let page = "<html><body>maintenance</body></html>"

    private static func order(_ number: Int) -> CreateOrder {
        var order = World.order(sequence: number)
        order.idempotencyKey = "6fd7c2e5-0000-5000-8000-0000000\(10_000 + number)"
        return order
    }

    /// A service that creates once, then fails every create until a moment, and shows its customers all the time.
    private static func world(failing answer: ScriptedService.Answer, until end: Duration) -> World {
        let clock = ManualClock(automatic: true)
        let service = ScriptedService { request, number in
            switch request.method {
            case _ where number == 0: .created("c0c0c0c0-0000-4000-8000-000000000000")
            case "POST": clock.elapsed >= end ? .created : answer
            case _ where request.url.contains("?"): .list(listed)
            default: .status(200, listed)
            }
        }
        return World(service, clock: clock) { $0.attempts = 3 }
    }

    @Test(
        arguments: [.status(504), .status(500), .lost(.connectionLost)] as [ScriptedService.Answer],
        [false, true]
    )
    func aShortOutageCostsNoPassword(answer: ScriptedService.Answer, mayExist: Bool) async {
        let world = Self.world(failing: answer, until: .seconds(40))
        _ = await world.client.create(Self.order(0)) { _ in }
        let word = await world.create(mayExist: mayExist).0.verdict.word
        #expect(word == "created c1c1c1c1-0000-4000-8000-000000000001")
        #expect(
            Set(world.service.requests.filter { $0.method == "POST" }.map { $0.headers["MS-RequestId"] }).count == 2
        )
    }

    /// One row alone fails, for longer than an outage that is short: it is looked up.
    @Test func whatFailsByItselfForLongIsLookedUp() async {
        let world = Self.world(failing: .status(504), until: .seconds(3_600))
        _ = await world.client.create(Self.order(0)) { _ in }
        #expect(
            await world.create().0.verdict.word
                == "created c1c1c1c1-0000-4000-8000-000000000001 without password with note"
        )
        #expect(world.clock.elapsed >= .seconds(60) && world.clock.elapsed < .seconds(180))
        #expect(world.client.closure() == nil)
    }

    /// From the second create on the service fails: by its answers, and by whether it fails reads, too.
    @Test(
        arguments: [
            (.status(503), true), (.status(500), true), (.lost(.connectionLost), true), (.status(200, page), true),
            (.status(429), true), (.status(503), false), (.lost(.connectionLost), false), (.refused, true),
        ] as [(ScriptedService.Answer, Bool)],
        [15, 300]
    )
    func aServiceThatDiesEndsTheRunAndSettlesNoRow(answer: (ScriptedService.Answer, failsReads: Bool), limit: Int) async
    {
        let service = ScriptedService { request, number in
            switch request.method {
            case _ where number == 0: .created("c0c0c0c0-0000-4000-8000-000000000000")
            case "POST": answer.0
            default: answer.failsReads ? answer.0 : .list(Self.listed)
            }
        }
        let world = World(service) { $0.giveUpAfter = .seconds(limit) }
        _ = await world.client.create(Self.order(0)) { _ in }
        let words = await withTaskGroup(of: String.self) { group in
            for number in 1...8 {
                group.addTask { await world.client.create(Self.order(number)) { _ in }.verdict.word }
            }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(world.client.closure()?.kind == .unavailable)
        #expect(words.isSubset(of: ["unknown", "notSent"]))
        #expect(world.clock.elapsed >= .seconds(limit))
        // The clock adds up what the eight wait side by side.
        #expect(world.clock.elapsed < .seconds(limit + 8 * 30))
    }

    /// By what the creates of two orders came to, one after the other: whether the service as a whole is to blame.
    @Test(
        arguments: [
            ("AAAAAAAAAA", false), ("ABAB", false), ("ABABA", true), ("AAAAB", true), ("ABABAs", false),
            ("ABABAsABAB", false), ("ABABAsABABA", true),
        ]
    )
    func theServiceIsToBlameOnceSeveralOrdersFailInARow(events: String, isOfService: Bool) {
        var failures = CreateFailures()
        for event in events {
            failures.record(
                event == "s" ? .succeeded : .failed("it broke", answered: true),
                of: String(event),
                at: .zero
            )
        }
        #expect(failures.isOfService == isOfService)
        #expect(failures.mayBeShortOutage(at: .seconds(59)) == (events.last != "s"))
        #expect(failures.mayBeShortOutage(at: .seconds(60)) == isOfService)
    }
}
