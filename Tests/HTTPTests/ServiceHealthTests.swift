import Testing

@testable import HTTP

struct ServiceHealthTests {
    enum Step: Sendable {
        case begin
        case end(ServiceHealth.Event)
    }

    /// Each case: what happens at which second, and the second at which the service is given up, if it is.
    @Test(
        arguments: [
            (
                "unreachable from the start, all attempts used",
                [
                    (0, .begin), (0, .end(.unreachable("refused"))), (8, .end(.unreachable("refused"))),
                    (8, .end(.exhausted("refused"))),
                ], 8
            ),
            (
                "connections that take long to fail, from the start",
                [
                    (0, .begin), (15, .end(.unreachable("no route"))), (31, .end(.unreachable("no route"))),
                    (46, .end(.unreachable("no route"))),
                ], 46
            ),
            (
                "answers that never come, from the start",
                [
                    (0, .begin), (30, .end(.failed("timed out", answered: false))),
                    (60, .end(.failed("timed out", answered: false))),
                    (61, .end(.exhausted("timed out"))),
                ], 61
            ),
            (
                "one row that the service fails on, from the start",
                [
                    (0, .begin), (1, .end(.failed("500", answered: true))), (8, .end(.exhausted("500"))),
                    (9, .end(.succeeded)),
                    (400, .end(.failed("500", answered: true))), (401, .end(.exhausted("500"))),
                ], nil
            ),
            (
                "every answer a failure, from the start",
                [
                    (0, .begin), (5, .end(.failed("503", answered: true))), (30, .end(.failed("503", answered: true))),
                    (51, .end(.failed("503", answered: true))),
                ], 51
            ),
            (
                "throttled from the start",
                [
                    (0, .begin), (5, .end(.throttled("429"))), (50, .end(.throttled("429"))),
                    (51, .end(.exhausted("429"))),
                    (200, .end(.throttled("429"))), (306, .end(.throttled("429"))),
                ], 306
            ),
            (
                "dead in the middle",
                [
                    (0, .begin), (1, .end(.succeeded)), (1_000, .end(.unreachable("refused"))),
                    (1_010, .end(.exhausted("refused"))),
                    (1_299, .end(.unreachable("refused"))), (1_300, .end(.unreachable("refused"))),
                ], 1_300
            ),
            (
                "dead in the middle, with one success in between",
                [
                    (0, .begin), (1, .end(.succeeded)), (100, .end(.failed("502", answered: true))),
                    (390, .end(.succeeded)),
                    (401, .end(.failed("502", answered: true))), (600, .end(.failed("502", answered: true))),
                ], nil
            ),
            ("a wrong certificate from the start", [(0, .begin), (1, .end(.untrusted("self-signed")))], 1),
            (
                "a wrong certificate in the middle",
                [
                    (0, .begin), (1, .end(.succeeded)), (2, .end(.untrusted("expired"))),
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
            switch step {
            case .begin: health.begin(at: .seconds(second))
            case .end(let event):
                guard let closure = health.record(event, at: .seconds(second)) else { continue }
                #expect(closure.reason == .unavailable)
                closed = closed ?? second
            }
        }
        #expect(closed == closedAt, "\(name)")
    }
}
