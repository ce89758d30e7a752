internal import Synchronization

/// Asks a job to stop: the first request lets what is under way finish, the second cuts it off.
///
/// Signals and the deadline make requests; one job follows them.
package final class StopRequest: Sendable {
    /// What asked.
    package enum Reason: Hashable, Sendable, CustomStringConvertible {
        /// The time given by `--deadline` is over.
        case deadline
        /// A signal came, by name: `SIGTERM`.
        case signal(String)

        /// Whether a signal asked: the second one is in earnest.
        var isSignal: Bool { self != .deadline }

        package var description: String {
            switch self {
            case .deadline: "the deadline passed"
            case .signal(let name): "\(name) was received"
            }
        }
    }

    /// The requests, in order, for the one job that follows them.
    package let requests: AsyncStream<Reason>
    private let continuation: AsyncStream<Reason>.Continuation
    private let first = Mutex<Reason?>(nil)

    package init() {
        (requests, continuation) = AsyncStream.makeStream()
    }

    /// The first request, where one was made.
    package var reason: Reason? { first.withLock { $0 } }

    /// Makes a request.
    ///
    /// - Parameter reason: what asks.
    package func request(_ reason: Reason) {
        first.withLock { $0 = $0 ?? reason }
        continuation.yield(reason)
    }
}
