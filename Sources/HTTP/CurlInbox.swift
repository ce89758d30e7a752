internal import Synchronization

/// The box that work for the curl thread is put into, from any thread.
///
/// A thread that is at work looks into it by itself before it sleeps; only one that sleeps is woken, which costs
/// two calls to the system.
final class CurlInbox: Sendable {
    /// What the thread has to look at next.
    struct Contents {
        /// Pieces of tasks that prefer to run on the thread.
        var jobs: [UnownedJob] = []
        var submitted: [CurlExchange] = []
        var cancelled: [CurlExchange] = []
        var isStopping = false

        var isEmpty: Bool { jobs.isEmpty && submitted.isEmpty && cancelled.isEmpty && !isStopping }

        /// Empties the lists, which keep their room.
        mutating func clear() {
            jobs.removeAll(keepingCapacity: true)
            submitted.removeAll(keepingCapacity: true)
            cancelled.removeAll(keepingCapacity: true)
        }
    }

    private struct State {
        var contents = Contents()
        /// Whether the thread sleeps, and nobody has woken it yet.
        var isAsleep = false
    }

    /// What wakes the thread.
    let pipe: WakePipe
    private let state = Mutex(State())

    init(_ pipe: WakePipe) {
        self.pipe = pipe
    }

    /// Puts a request into the box.
    ///
    /// - Parameter exchange: the request.
    /// - Returns: false where the thread is stopping and takes no more.
    func submit(_ exchange: CurlExchange) -> Bool {
        change { $0.submitted.append(exchange) }
    }

    /// Puts a piece of a task into the box.
    ///
    /// - Parameter job: the piece.
    /// - Returns: false where the thread is stopping and takes no more.
    func submit(_ job: UnownedJob) -> Bool {
        change { $0.jobs.append(job) }
    }

    /// Asks for a request to be cut off.
    ///
    /// - Parameter exchange: a request whose task was cancelled.
    func cancel(_ exchange: CurlExchange) {
        _ = change { $0.cancelled.append(exchange) }
    }

    /// Asks the thread to end.
    func stop() {
        _ = change { $0.isStopping = true }
    }

    /// Empties the box; where nothing is in it the thread may sleep, and is woken for what comes from here on.
    ///
    /// - Parameter contents: what was taken last; what is in the box takes its place.
    /// - Returns: whether anything was in it.
    func take(_ contents: inout Contents) -> Bool {
        contents.clear()
        return state.withLock { state in
            state.isAsleep = state.contents.isEmpty
            contents.isStopping = state.contents.isStopping
            swap(&state.contents, &contents)
            return !state.isAsleep
        }
    }

    /// Notes that the thread is at work again.
    func wakeUp() {
        state.withLock { $0.isAsleep = false }
    }

    private func change(_ change: (inout Contents) -> Void) -> Bool {
        let mustWake: Bool? = state.withLock { state in
            guard !state.contents.isStopping else { return nil }
            change(&state.contents)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        // Outside the lock, which the thread wants next.
        if mustWake == true { pipe.wake() }
        return mustWake != nil
    }
}
