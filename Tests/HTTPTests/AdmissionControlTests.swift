import Testing

@testable import HTTP

struct AdmissionControlTests {
    @Test func neverMoreThanTheMaximumIsInFlight() throws {
        var control = AdmissionControl(.init(maximumInFlight: 3, requestsPerMinute: 0))
        let tickets = (0..<3).compactMap { _ in control.begin(at: .zero) }
        #expect(tickets.count == 3)
        let outcome1 = control.request(at: .seconds(100))
        #expect(outcome1 == .waitForEnd)
        control.end(tickets[0], .succeeded, at: .seconds(1))
        let outcome2 = control.begin(at: .seconds(1))
        #expect(outcome2 != nil)
        let outcome3 = control.request(at: .seconds(1))
        #expect(outcome3 == .waitForEnd)
    }

    @Test func oneMomentOfTroubleHalvesTheNumberInFlightOnce() {
        var control = AdmissionControl(.init(maximumInFlight: 8, requestsPerMinute: 0))
        let tickets = (0..<8).compactMap { _ in control.begin(at: .zero) }
        for ticket in tickets { control.end(ticket, .throttled(nil), at: .zero) }
        #expect(control.allowed == 4)
    }

    @Test func troubleAfterTroubleGoesDownToOneAndNoFurther() {
        var control = AdmissionControl(.init(maximumInFlight: 8, requestsPerMinute: 0))
        for _ in 0..<10 {
            if let ticket = control.begin(at: .zero) { control.end(ticket, .throttled(nil), at: .zero) }
        }
        #expect(control.allowed == 1)
        let outcome4 = control.begin(at: .zero)
        #expect(outcome4 != nil)
        let outcome5 = control.request(at: .zero)
        #expect(outcome5 == .waitForEnd)
    }

    @Test func successRaisesTheNumberAgainButNeverAboveTheMaximum() {
        var control = AdmissionControl(.init(maximumInFlight: 4, requestsPerMinute: 0))
        for _ in 0..<5 {
            if let ticket = control.begin(at: .zero) { control.end(ticket, .throttled(nil), at: .zero) }
        }
        var rounds: [Double] = []
        for _ in 0..<100 {
            if let ticket = control.begin(at: .zero) { control.end(ticket, .succeeded, at: .zero) }
            rounds.append(control.allowed)
        }
        #expect(rounds[0] == 2)
        #expect(rounds == rounds.sorted())
        #expect(rounds.last == 4)
    }

    @Test func failuresOfAnotherKindSayNothingAboutThePace() {
        var control = AdmissionControl(.init(maximumInFlight: 8, requestsPerMinute: 0))
        if let ticket = control.begin(at: .zero) { control.end(ticket, .failed, at: .zero) }
        #expect(control.allowed == 8)
        #expect(control.inFlight == 0)
    }

    @Test func aPauseHoldsUpEverybodyAndAShorterOneDoesNotEndIt() {
        var control = AdmissionControl(.init(maximumInFlight: 8, requestsPerMinute: 0))
        let tickets = (0..<2).compactMap { _ in control.begin(at: .zero) }
        control.end(tickets[0], .throttled(.seconds(57)), at: .seconds(1))
        control.end(tickets[1], .throttled(.seconds(5)), at: .seconds(2))
        let outcome6 = control.request(at: .seconds(57.5))
        #expect(outcome6 == .waitUntil(.seconds(58)))
        let outcome7 = control.begin(at: .seconds(58))
        #expect(outcome7 != nil)
    }

    @Test func pausedTimeCountsOverlapsOnceAndNotWhatIsToCome() {
        var control = AdmissionControl(.init(maximumInFlight: 8, requestsPerMinute: 0))
        let tickets = (0..<3).compactMap { _ in control.begin(at: .zero) }
        control.end(tickets[0], .throttled(.seconds(10)), at: .seconds(10))
        control.end(tickets[1], .throttled(.seconds(10)), at: .seconds(15))
        #expect(control.paused(at: .seconds(15)) == .seconds(5))
        #expect(control.paused(at: .seconds(40)) == .seconds(15))
        control.end(tickets[2], .throttled(.seconds(1)), at: .seconds(100))
        #expect(control.paused(at: .seconds(200)) == .seconds(16))
    }

    /// The service counts requests in any minute, not in ours: whatever window one looks at must be within the limit.
    @Test(arguments: [1, 2, 59, 60, 61, 119, 500, 6_000])
    func noMinuteHoldsMoreRequestsThanAllowed(limit: Int) throws {
        var control = AdmissionControl(.init(maximumInFlight: 1, requestsPerMinute: limit))
        var now = Duration.zero
        var begun: [Duration] = []
        while now < .seconds(300) {
            switch control.request(at: now) {
            case .begin(let ticket):
                begun.append(now)
                control.end(ticket, .succeeded, at: now)
            case .waitUntil(let moment):
                #expect(moment > now)
                now = moment
            case .waitForEnd:
                Issue.record("nothing is in flight")
                return
            }
            // An idle spell fills the bucket, but only to its brim.
            if begun.count == 3 * limit { now += .seconds(20) }
        }
        for (index, time) in begun.enumerated() {
            if index + limit < begun.count { #expect(begun[index + limit] - time >= .seconds(60)) }
        }
        #expect(begun.count > limit * 4 - limit / 3)
    }
}

extension AdmissionControl {
    fileprivate mutating func begin(at now: Duration) -> RequestGate.Ticket? {
        guard case .begin(let ticket) = request(at: now) else { return nil }
        return ticket
    }
}
