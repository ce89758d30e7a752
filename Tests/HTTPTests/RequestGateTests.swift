import TestSupport
import Testing

@testable import HTTP

struct RequestGateTests {
    private let clock = ManualClock()

    private func gate(inFlight: Int, perMinute: Int = 0) -> RequestGate {
        RequestGate(maximumInFlight: inFlight, requestsPerMinute: perMinute, stopwatch: Stopwatch(clock))
    }

    @Test(arguments: [1, 3, 64])
    func neverMoreThanTheMaximumIsInFlight(maximum: Int) async {
        let gate = gate(inFlight: maximum)
        let peak = Shared((now: 0, highest: 0))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<500 {
                group.addTask {
                    guard let ticket = try? await gate.enter() else { return }
                    peak.withLock { peak in
                        peak.now += 1
                        peak.highest = max(peak.highest, peak.now)
                    }
                    await Task.yield()
                    peak.withLock { $0.now -= 1 }
                    gate.leave(ticket, number % 7 == 0 ? .throttled(nil) : .succeeded)
                }
            }
        }
        #expect(peak.withLock { $0.highest } <= maximum)
        #expect(gate.peakInFlight <= maximum)
    }

    @Test func turnsComeInTheOrderOfAsking() async throws {
        let gate = gate(inFlight: 1)
        let first = try await gate.enter()
        let order = Shared<[Int]>([])
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    guard let ticket = try? await gate.enter() else { return }
                    order.withLock { $0.append(number) }
                    gate.leave(ticket, .succeeded)
                }
                while gate.waitingCount <= number { await Task.yield() }
            }
            gate.leave(first, .succeeded)
        }
        #expect(order.withLock { $0 } == Array(0..<20))
    }

    @Test func aPauseEndsWhenTheServiceSaid() async throws {
        let gate = gate(inFlight: 8)
        gate.leave(try await gate.enter(), .throttled(.seconds(57)))
        async let ticket = gate.enter()
        await clock.waitForSleepers()
        #expect(clock.nextDeadline == .seconds(57))
        clock.advance(by: .seconds(57))
        gate.leave(try await ticket, .succeeded)
        #expect(gate.pausedTime == .seconds(57))
    }

    @Test func theRateIsKeptWithOneTimerForEverybody() async throws {
        let gate = gate(inFlight: 100, perMinute: 60)
        let done = Shared(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    guard let ticket = try? await gate.enter() else { return }
                    done.withLock { $0 += 1 }
                    gate.leave(ticket, .succeeded)
                }
            }
            for expected in 1...9 {
                await clock.waitForSleepers()
                #expect(clock.sleeperCount == 1)
                // The one who may go has to get to run first.
                while done.value < expected { await Task.yield() }
                #expect(done.value == expected)
                clock.advance(by: .seconds(1))
                while done.withLock({ $0 }) == expected { await Task.yield() }
            }
        }
        #expect(done.withLock { $0 } == 10)
        #expect(clock.elapsed == .seconds(9))
    }

    @Test func aCancelledWaiterLeavesTheLine() async throws {
        let gate = gate(inFlight: 1)
        let ticket = try await gate.enter()
        let waiter = Task { try await gate.enter() }
        while gate.waitingCount < 1 { await Task.yield() }
        waiter.cancel()
        await #expect(throws: RequestGate.Refusal.cancelled) { try await waiter.value }
        #expect(gate.waitingCount == 0)
        gate.leave(ticket, .succeeded)
        gate.leave(try await gate.enter(), .succeeded)
    }

    @Test func aTaskThatIsCancelledBeforehandNeverEnters() async throws {
        let gate = gate(inFlight: 1)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await gate.enter()
        }
        task.cancel()
        await #expect(throws: RequestGate.Refusal.cancelled) { try await task.value }
        #expect(gate.peakInFlight == 0)
    }

    @Test func manyRacesBetweenCancellingAndEnteringLoseNoTurn() async throws {
        let gate = gate(inFlight: 2)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<2_000 {
                group.addTask {
                    let task = Task {
                        let ticket = try await gate.enter()
                        await Task.yield()
                        gate.leave(ticket, .succeeded)
                    }
                    if number % 2 == 0 { task.cancel() }
                    _ = await task.result
                }
            }
        }
        let both = (try await gate.enter(), try await gate.enter())
        gate.leave(both.0, .succeeded)
        gate.leave(both.1, .succeeded)
        #expect(gate.waitingCount == 0)
    }

    @Test func closingTurnsAwayWhoWaitsAndWhoComesAndLeavesOthersAlone() async throws {
        let gate = gate(inFlight: 1)
        let ticket = try await gate.enter()
        let waiter = Task { try await gate.enter() }
        while gate.waitingCount < 1 { await Task.yield() }
        let closure = ServiceClosure(.stopped, message: "the run is being stopped")
        gate.close(closure)
        gate.close(ServiceClosure(.unavailable, message: "too late"))
        await #expect(throws: RequestGate.Refusal.closed(closure)) { try await waiter.value }
        await #expect(throws: RequestGate.Refusal.closed(closure)) { try await gate.enter() }
        gate.leave(ticket, .succeeded)
        #expect(gate.closure == closure)
    }

    @Test func closingDuringAPauseEndsTheTimer() async throws {
        let gate = gate(inFlight: 1)
        gate.leave(try await gate.enter(), .throttled(.seconds(57)))
        let waiter = Task { try await gate.enter() }
        await clock.waitForSleepers()
        gate.close(ServiceClosure(.stopped, message: "the run is being stopped"))
        _ = await waiter.result
        while clock.sleeperCount > 0 { await Task.yield() }
    }

    @Test func aLineThatIsLeftAgainAndAgainDoesNotGrow() {
        var line = WaitingLine<Int>()
        let constant = line.newPlace()
        var joined = line.join(at: constant, -1)
        #expect(joined)
        for number in 0..<10_000 {
            let place = line.newPlace()
            if number % 2 == 0 { joined = line.join(at: place, number) }
            let left = line.leave(place)
            #expect(left == (number % 2 == 0 ? number : nil))
            let joinedAgain = line.join(at: place, number)
            #expect(!joinedAgain)
        }
        #expect(joined)
        #expect(line.length < 100)
        let first = line.removeFirst()
        #expect(first == -1)
        #expect(line.isEmpty)
    }
}
