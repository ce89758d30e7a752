import HTTP
import Telemetry
import TestSupport
import Testing

@testable import PartnerCenterClient

struct ThrottleTests {
    @Test func pausesOfHoursAreHonouredAndDoNotEndTheRun() async {
        let world = World(
            ScriptedService([
                .status(429, headers: ["Retry-After": "3600"]), .status(503, headers: ["Retry-After": "7200"]),
                .status(429, headers: ["Retry-After": "Sat, 21 Nov 2026 14:40:00 GMT"]), .created,
            ])
        )
        #expect(await world.create().0.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        #expect(world.client.closure() == nil)
        #expect(world.clock.elapsed >= .seconds(3 * 3_600))
        #expect(world.client.counts().retries == 3)
    }

    @Test func aServiceThatThrottlesWithoutSayingForHowLongIsGivenUp() async {
        let world = World(ScriptedService([.status(429)])) { $0.attempts = 1_000 }
        #expect(await world.create().0.verdict.word == "notSent")
        #expect(world.client.closure()?.kind == .unavailable)
        #expect(world.clock.elapsed >= .seconds(300))
        #expect(world.clock.elapsed < .seconds(340))
    }

    @Test func closingEndsALongPauseAtOnce() async {
        let clock = ManualClock()
        let world = World(ScriptedService([.status(429, headers: ["Retry-After": "3600"]), .created]), clock: clock)
        async let outcome = world.create()
        await clock.waitForSleepers()
        // The backoff is over long before the pause is.
        clock.advance(by: .seconds(1))
        while clock.nextDeadline != .seconds(3_600) { await Task.yield() }
        world.client.close()
        #expect(await outcome.0.verdict.word == "notSent")
        #expect(clock.elapsed == .seconds(1))
        #expect(world.service.requests.count == 1)
        while clock.sleeperCount > 0 { await Task.yield() }
    }

    @Test func aRetryThatNeverBeganIsNotCounted() async {
        let world = World(ScriptedService([.status(429)]), clock: ManualClock())
        async let outcome = world.create()
        await world.clock.waitForSleepers()
        world.client.close()
        #expect(await outcome.0.verdict.word == "notSent")
        #expect(world.client.counts().retries == 0)
    }

    @Test func aPauseThatEveryRequestTellsOfIsLoggedOnce() async {
        let clock = ManualClock()
        let came = Shared(0)
        let service = ScriptedService { _, _ in
            came.withLock { $0 += 1 }
            while came.value < 8 { await Task.yield() }
            return .status(429, headers: ["Retry-After": "57"])
        }
        let world = World(service, clock: clock)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 { group.addTask { _ = await world.create(sequence: number) } }
            await clock.waitForSleepers(8)
            world.client.close()
        }
        #expect(world.log.entries.map(\.level) == [.warning])
        #expect(world.log.entries.map { $0["seconds"] } == ["57"])
    }

    /// Each case: waits that the service asks for at given seconds, and at which of them it is told.
    @Test(
        arguments: [
            ([(0, 57), (1, 57), (56, 2), (57, 57), (58, nil)], [0, 57]),
            ([(0, nil), (5, nil), (29, nil), (30, nil), (31, 0)], [0, 30]),
            ([(0, 1), (1, 1), (2, 3_600), (3, 3_600), (40, nil), (3_602, nil)], [0, 2, 3_602]),
        ] as [([(Int, Int?)], [Int])]
    )
    func aThrottleIsNewsOnceInAPause(throttles: [(Int, Int?)], told: [Int]) {
        var notice = ThrottleNotice()
        let news = throttles.filter { notice.isNews(wait: $0.1.map { .seconds($0) }, at: .seconds($0.0)) }
        #expect(news.map(\.0) == told)
    }
}
