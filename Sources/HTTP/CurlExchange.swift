internal import Synchronization

/// One request on its way, and the task that waits for its answer: the bridge between tasks and the curl thread.
final class CurlExchange: Sendable {
    typealias Waiter = CheckedContinuation<Result<HTTPResponse, TransportError>, Never>

    private enum State {
        case fresh
        case waiting(Waiter, isCancelled: Bool)
        case cancelledBeforeWaiting
        case finished
    }

    let request: HTTPRequest
    /// Whether the request stays on this machine.
    let isLocal: Bool
    private let state = Mutex(State.fresh)

    init(_ request: HTTPRequest, isLocal: Bool) {
        self.request = request
        self.isLocal = isLocal
    }

    /// Whether the waiting task was cancelled.
    var isCancelled: Bool {
        state.withLock { state in
            guard case .waiting(_, let isCancelled) = state else { return false }
            return isCancelled
        }
    }

    /// Lets a task wait.
    ///
    /// - Parameter waiter: what to resume at the end.
    /// - Returns: whether the request is still wanted; if not, the waiter was resumed.
    func wait(_ waiter: Waiter) -> Bool {
        let isWanted = state.withLock { state in
            guard case .fresh = state else { return false }
            state = .waiting(waiter, isCancelled: false)
            return true
        }
        if !isWanted { waiter.resume(returning: .failure(CurlFailure.cancelled(mayHaveArrived: false))) }
        return isWanted
    }

    /// Marks the request as not wanted any more.
    ///
    /// - Returns: whether a task waits already, so that the thread must be told.
    func cancel() -> Bool {
        state.withLock { state in
            switch state {
            case .fresh:
                state = .cancelledBeforeWaiting
                return false
            case .waiting(let waiter, _):
                state = .waiting(waiter, isCancelled: true)
                return true
            case .cancelledBeforeWaiting, .finished:
                return false
            }
        }
    }

    /// Gives the waiting task its result; a second call does nothing.
    ///
    /// - Parameter result: the answer, or why there is none.
    func finish(_ result: Result<HTTPResponse, TransportError>) {
        let waiter: Waiter? = state.withLock { state in
            guard case .waiting(let waiter, _) = state else { return nil }
            state = .finished
            return waiter
        }
        waiter?.resume(returning: result)
    }
}
