internal import Synchronization

/// Lets requests begin one by one, in the order they asked, as fast as the service bears.
///
/// `AdmissionControl` decides; this is the shell of locks, continuations and one timer around it.
package final class RequestGate: Sendable {
    /// What a request holds while it is in flight.
    package struct Ticket: Hashable, Sendable {
        let epoch: Int
    }

    /// How a request ended, as far as the pace goes.
    package enum End: Hashable, Sendable {
        /// The service kept up with it.
        case succeeded
        /// The service has too much to do (429 or 503), and may have said how long to wait.
        case throttled(Duration?)
        /// Something else: it says nothing about the pace.
        case failed
    }

    /// Why a request may not begin.
    package enum Refusal: Error, Hashable, Sendable {
        case closed(ServiceClosure)
        case cancelled
    }

    private struct State {
        var admission: AdmissionControl
        var line = WaitingLine<CheckedContinuation<Result<Ticket, Refusal>, Never>>()
        var closure: ServiceClosure?
        var timer: Task<Void, Never>?
        var sleepers: [Int: Task<Void, any Error>] = [:]
        var lastSleeper = 0
    }

    private let state: Mutex<State>
    private let stopwatch: Stopwatch

    /// Makes an open gate.
    ///
    /// - Parameters:
    ///   - maximumInFlight: the most requests in flight, whatever happens.
    ///   - requestsPerMinute: the most requests that begin in a minute; 0 is no limit.
    ///   - stopwatch: the time.
    package init(maximumInFlight: Int, requestsPerMinute: Int, stopwatch: Stopwatch) {
        let limits = AdmissionControl.Limits(maximumInFlight: maximumInFlight, requestsPerMinute: requestsPerMinute)
        state = Mutex(State(admission: AdmissionControl(limits)))
        self.stopwatch = stopwatch
    }

    /// Waits for a request's turn.
    ///
    /// - Returns: the ticket to give back with `leave`.
    /// - Throws: `Refusal` where the gate is or gets closed, or the task is cancelled; nothing is to be given back
    ///   then.
    package func enter() async throws(Refusal) -> Ticket {
        if Task.isCancelled { throw .cancelled }
        if let result = enterAtOnce() { return try result.get() }
        let place = state.withLock { $0.line.newPlace() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { join(at: place, $0) }
        } onCancel: {
            let waiter = state.withLock { $0.line.leave(place) }
            waiter?.resume(returning: .failure(.cancelled))
        }
        return try result.get()
    }

    /// Ends a request.
    ///
    /// - Parameters:
    ///   - ticket: what `enter` gave.
    ///   - end: how it ended.
    package func leave(_ ticket: Ticket, _ end: End) {
        change { $0.admission.end(ticket, end, at: stopwatch.elapsed) }
    }

    /// Sleeps between two attempts of a request, but not past the closing of the gate.
    ///
    /// - Parameter duration: how long.
    /// - Throws: `Refusal` where the gate is or gets closed, or the task is cancelled.
    package func sleep(_ duration: Duration) async throws(Refusal) {
        let sleeper = Task { try await stopwatch.sleep(duration) }
        let id: Int = state.withLock { state in
            state.lastSleeper += 1
            if state.closure == nil { state.sleepers[state.lastSleeper] = sleeper } else { sleeper.cancel() }
            return state.lastSleeper
        }
        await withTaskCancellationHandler {
            _ = await sleeper.result
        } onCancel: {
            sleeper.cancel()
        }
        let closure = state.withLock { state in
            state.sleepers[id] = nil
            return state.closure
        }
        if let closure { throw .closed(closure) }
        if Task.isCancelled { throw .cancelled }
    }

    /// Lets no further request begin; those in flight go on, and the first reason stays.
    ///
    /// - Parameter closure: why.
    package func close(_ closure: ServiceClosure) {
        let (waiters, timer, sleepers) = state.withLock { state in
            if state.closure == nil { state.closure = closure }
            defer {
                state.timer = nil
                state.sleepers = [:]
            }
            return (state.line.removeAll(), state.timer, state.sleepers.values)
        }
        timer?.cancel()
        for sleeper in sleepers { sleeper.cancel() }
        for waiter in waiters { waiter.resume(returning: .failure(.closed(closure))) }
    }

    /// Why the gate was closed; nil while it is open.
    package var closure: ServiceClosure? { state.withLock { $0.closure } }

    /// The most requests that were in flight at once.
    package var peakInFlight: Int { state.withLock { $0.admission.peakInFlight } }

    /// How many requests are in flight.
    package var inFlight: Int { state.withLock { $0.admission.inFlight } }

    /// How long everybody has still to pause because the service said so.
    package var pause: Duration {
        let now = stopwatch.elapsed
        return state.withLock { $0.admission.pause(at: now) }
    }

    /// How many requests wait for their turn.
    package var waitingCount: Int { state.withLock { $0.line.count } }

    /// How long everybody had to pause because the service said so, in total.
    package var pausedTime: Duration {
        let now = stopwatch.elapsed
        return state.withLock { $0.admission.paused(at: now) }
    }

    /// The way of nearly all requests: nobody waits, nothing holds it up, and so nothing is suspended.
    private func enterAtOnce() -> Result<Ticket, Refusal>? {
        let now = stopwatch.elapsed
        return state.withLock { state in
            if let closure = state.closure { return .failure(.closed(closure)) }
            guard state.line.isEmpty, case .begin(let ticket) = state.admission.request(at: now) else { return nil }
            return .success(ticket)
        }
    }

    private func join(at place: Int, _ waiter: CheckedContinuation<Result<Ticket, Refusal>, Never>) {
        let refusal: Refusal? = state.withLock { state in
            if let closure = state.closure {
                _ = state.line.leave(place)
                return .closed(closure)
            }
            return state.line.join(at: place, waiter) ? nil : .cancelled
        }
        if let refusal { return waiter.resume(returning: .failure(refusal)) }
        change { _ in }
    }

    /// Changes the state, then lets in who may begin now.
    private func change(_ change: (inout State) -> Void) {
        var admitted: [(CheckedContinuation<Result<Ticket, Refusal>, Never>, Ticket)] = []
        state.withLock { state in
            change(&state)
            // Read under the lock, so that a slower thread does not bring an older time.
            let now = stopwatch.elapsed
            while !state.line.isEmpty {
                switch state.admission.request(at: now) {
                case .begin(let ticket):
                    if let waiter = state.line.removeFirst() { admitted.append((waiter, ticket)) }
                    continue
                case .waitUntil(let moment):
                    if state.timer == nil { state.timer = timer(after: moment - now) }
                case .waitForEnd:
                    break
                }
                break
            }
        }
        for (waiter, ticket) in admitted { waiter.resume(returning: .success(ticket)) }
    }

    /// Looks again later; one timer is enough, as what it waits for is never brought forward.
    private func timer(after wait: Duration) -> Task<Void, Never> {
        Task {
            do {
                try await stopwatch.sleep(wait)
            } catch {
                return  // The gate was closed.
            }
            change { $0.timer = nil }
        }
    }
}
