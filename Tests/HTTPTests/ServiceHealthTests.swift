import Testing

@testable import HTTP

struct ServiceHealthTests {
    enum Step: Sendable {
        /// A request that was sent at this very moment ends.
        case end(ServiceHealth.Event)
        /// A request that was sent in this second ends.
        case endSince(Int, ServiceHealth.Event)
    }

    /// Each case: what happens at which second, and the second at which the service is given up, if it is.
    @Test(
        arguments: [
            (
                "unreachable from the start, all attempts used",
                [
                    (0, .end(.unreachable("refused"))), (8, .end(.unreachable("refused"))),
                    (8, .end(.exhausted("refused"))),
                ], 8
            ),
            (
                "connections that take long to fail, from the start",
                [
                    (15, .endSince(0, .unreachable("no route"))), (31, .end(.unreachable("no route"))),
                    (46, .end(.unreachable("no route"))),
                ], 46
            ),
            (
                "answers that never come, from the start",
                [
                    (30, .end(.failed("timed out", answered: false))),
                    (60, .end(.failed("timed out", answered: false))),
                    (61, .end(.exhausted("timed out"))),
                ], 61
            ),
            (
                "a gateway's pages from the start, all attempts used",
                [
                    (0, .end(.turnedAway("404"))), (8, .end(.turnedAway("404"))), (8, .end(.exhausted("404"))),
                ], 8
            ),
            (
                "a gateway's pages in the middle, for one row",
                [
                    (0, .end(.succeeded)), (1, .end(.turnedAway("403"))), (9, .end(.exhausted("403"))),
                    (10, .end(.succeeded)), (400, .end(.turnedAway("403"))),
                ], nil
            ),
            (
                "a gateway's pages in the middle, for every row",
                [
                    (0, .end(.succeeded)), (10, .end(.turnedAway("404"))), (200, .end(.turnedAway("404"))),
                    (309, .end(.turnedAway("404"))), (310, .end(.turnedAway("404"))),
                ], 310
            ),
            (
                "one row that the service fails on, from the start",
                [
                    (1, .end(.failed("500", answered: true))), (8, .end(.exhausted("500"))),
                    (9, .end(.succeeded)),
                    (400, .end(.failed("500", answered: true))), (401, .end(.exhausted("500"))),
                ], nil
            ),
            (
                "every answer a failure, from the start",
                [
                    (5, .end(.failed("503", answered: true))), (30, .end(.failed("503", answered: true))),
                    (51, .end(.failed("503", answered: true))),
                ], 51
            ),
            (
                "throttled from the start",
                [
                    (5, .end(.throttled("429", wait: nil))), (50, .end(.throttled("429", wait: nil))),
                    (51, .end(.exhausted("429"))),
                    (200, .end(.throttled("429", wait: nil))), (306, .end(.throttled("429", wait: nil))),
                ], 306
            ),
            (
                "one long pause",
                [
                    (1, .end(.succeeded)), (2, .end(.throttled("429", wait: .seconds(3_600)))),
                    (3_602, .end(.succeeded)),
                ], nil
            ),
            (
                "one long pause after another, from the start",
                [
                    (0, .end(.throttled("429", wait: .seconds(600)))),
                    (600, .end(.throttled("429", wait: .seconds(600)))),
                    (1_200, .end(.throttled("503", wait: .seconds(86_400)))), (87_600, .end(.succeeded)),
                ], nil
            ),
            (
                "a pause that several requests tell of counts once",
                [
                    (0, .end(.failed("500", answered: true))), (10, .end(.throttled("429", wait: .seconds(100)))),
                    (20, .end(.throttled("429", wait: .seconds(90)))),
                    (30, .end(.throttled("429", wait: .seconds(60)))),
                    // 10 seconds before the pause that ends at 110, and 290 after it.
                    (399, .end(.throttled("429", wait: nil))), (400, .end(.throttled("429", wait: nil))),
                ], 400
            ),
            (
                "failures after a pause count from its end",
                [
                    (0, .end(.throttled("503", wait: .seconds(1_000)))), (1, .end(.failed("502", answered: true))),
                    (1_044, .end(.failed("502", answered: true))), (1_045, .end(.failed("502", answered: true))),
                ], 1_045
            ),
            (
                "answers that take long, and then no connection",
                [
                    (46, .endSince(45, .unreachable("refused"))), (50, .endSince(0, .succeeded)),
                ], nil
            ),
            (
                "dead in the middle",
                [
                    (1, .end(.succeeded)), (1_000, .end(.unreachable("refused"))),
                    (1_010, .end(.exhausted("refused"))),
                    (1_299, .end(.unreachable("refused"))), (1_300, .end(.unreachable("refused"))),
                ], 1_300
            ),
            (
                "dead in the middle, with one success in between",
                [
                    (1, .end(.succeeded)), (100, .end(.failed("502", answered: true))),
                    (390, .end(.succeeded)),
                    (401, .end(.failed("502", answered: true))), (600, .end(.failed("502", answered: true))),
                ], nil
            ),
            (
                "silent in the middle: its requests time out, which were sent before and after the last success",
                [
                    (10, .endSince(0, .succeeded)), (185, .endSince(5, .failed("timed out", answered: false))),
                    (186, .endSince(6, .failed("timed out", answered: false))),
                    (309, .endSince(200, .failed("timed out", answered: false))),
                    (310, .endSince(200, .failed("timed out", answered: false))),
                ], 310
            ),
            (
                "a create that takes long, and then one that fails at once",
                [
                    (1, .end(.succeeded)), (290, .endSince(2, .succeeded)),
                    (590, .endSince(300, .failed("500", answered: true))), (600, .end(.succeeded)),
                ], nil
            ),
            (
                "throttled all the time with a wait that it names, and the requests in between refused",
                [
                    (0, .end(.throttled("429", wait: .seconds(200)))), (200, .end(.succeeded)),
                    (201, .end(.throttled("429", wait: .seconds(299)))),
                    (501, .end(.throttled("429", wait: .seconds(299)))), (801, .end(.succeeded)),
                ], nil
            ),
            ("a wrong certificate from the start", [(1, .end(.untrusted("self-signed")))], 1),
            (
                "a wrong certificate in the middle",
                [
                    (1, .end(.succeeded)), (2, .end(.untrusted("expired"))),
                    (301, .end(.untrusted("expired"))),
                    (302, .end(.untrusted("expired"))),
                ], 302
            ),
        ] as [(String, [(Int, Step)], Int?)]
    )
    func aServiceIsGivenUpAtTheRightMoment(name: String, steps: [(Int, Step)], closedAt: Int?) {
        var health = ServiceHealth(.init())
        var closed: Int?
        for (second, step) in steps {
            let closure =
                switch step {
                case .end(let event): health.record(event, since: .seconds(second), at: .seconds(second))
                case .endSince(let start, let event):
                    health.record(event, since: .seconds(start), at: .seconds(second))
                }
            guard let closure else { continue }
            #expect([.unavailable, .untrusted].contains(closure.reason))
            closed = closed ?? second
        }
        #expect(closed == closedAt, "\(name)")
    }

    /// A time that was set, and the seconds without a success at which it ends the run: after a success, and before
    /// any.
    @Test(arguments: [(10, 10, 10), (45, 45, 45), (60, 60, 45), (300, 300, 45), (3_600, 3_600, 45)])
    func theTimeThatWasSetHoldsButAServiceThatWasNeverThereGetsNoMoreThanAMinute(
        seconds: Int,
        afterSuccess: Int,
        atStart: Int
    ) {
        for (begin, limit) in [(true, afterSuccess), (false, atStart)] {
            var health = ServiceHealth(.init(giveUpAfter: .seconds(seconds)))
            if begin { #expect(health.record(.succeeded, since: .zero, at: .seconds(1)) == nil) }
            let closed = (2...10_000).first { second in
                let now = Duration.seconds(second)
                return health.record(.unreachable("refused"), since: now, at: now)?.reason == .unavailable
            }
            #expect(closed == 2 + limit)
        }
    }

    /// What befalls requests one after the other, and whether the service is then away that was there before.
    @Test(
        arguments: [
            ([.unreachable("refused")], false), ([.succeeded, .unreachable("refused")], true),
            ([.failed("503", answered: true), .unreachable("refused")], true),
            ([.succeeded, .unreachable("refused"), .exhausted("refused")], true),
            ([.succeeded, .unreachable("refused"), .succeeded], false),
            ([.succeeded, .unreachable("refused"), .throttled("429", wait: nil)], false),
            ([.succeeded, .unreachable("refused"), .failed("cut", answered: false)], false),
            ([.succeeded, .failed("timed out", answered: false)], false),
            ([.succeeded, .untrusted("expired")], true),
        ] as [([ServiceHealth.Event], Bool)]
    )
    func aServiceIsAwayWhereItWasThereAndHasNoConnectionNow(events: [ServiceHealth.Event], isAway: Bool) {
        var health = ServiceHealth(.init())
        for event in events { #expect(health.record(event, since: .zero, at: .zero) == nil) }
        #expect(health.isAway == isAway)
    }
}
