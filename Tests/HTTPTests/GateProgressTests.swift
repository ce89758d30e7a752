import TestSupport
import Testing

@testable import HTTP

/// What a gate tells of the present, for whoever watches a run.
struct GateProgressTests {
    @Test func whatIsInFlightAndWhatIsLeftOfAPauseIsTold() async throws {
        let clock = ManualClock()
        let gate = RequestGate(maximumInFlight: 8, requestsPerMinute: 0, stopwatch: Stopwatch(clock))
        let tickets = [try await gate.enter(), try await gate.enter(), try await gate.enter()]
        #expect(gate.inFlight == 3)
        #expect(gate.pause == .zero)
        gate.leave(tickets[0], .throttled(.seconds(57)))
        #expect(gate.inFlight == 2)
        #expect(gate.pause == .seconds(57))
        clock.advance(by: .seconds(40))
        #expect(gate.pause == .seconds(17))
        #expect(gate.pausedTime == .seconds(40))
        clock.advance(by: .seconds(40))
        #expect(gate.pause == .zero)
        for ticket in tickets.dropFirst() { gate.leave(ticket, .succeeded) }
        #expect(gate.inFlight == 0)
    }
}
