internal import CCurl
internal import Synchronization

/// The box that requests for the curl thread are put into, from any thread.
///
/// A thread that is at work looks into it by itself before it sleeps; only one that sleeps is woken, which costs
/// two calls to the system.
@safe final class CurlInbox: Sendable {
    /// What the thread has to look at next.
    struct Contents {
        var submitted: [CurlExchange] = []
        var cancelled: [CurlExchange] = []
        var isStopping = false

        var isEmpty: Bool { submitted.isEmpty && cancelled.isEmpty && !isStopping }
    }

    private struct State {
        var contents = Contents()
        /// Whether the thread sleeps, and nobody has woken it yet.
        var isAsleep = false
    }

    private let state = Mutex(State())
    // libcurl lets only `curl_multi_wakeup` be called from other threads. The curl thread frees the handle, but not
    // before it has seen `isStopping`, after which nobody wakes it.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    init(waking multi: UnsafeMutableRawPointer) {
        unsafe self.multi = multi
    }

    /// Puts a request into the box.
    ///
    /// - Parameter exchange: the request.
    /// - Returns: false where the thread is stopping and takes no more.
    func submit(_ exchange: CurlExchange) -> Bool {
        change { $0.submitted.append(exchange) }
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

    /// Empties the box; the thread is at work from here on.
    ///
    /// - Returns: what was in it.
    func take() -> Contents {
        state.withLock { state in
            state.isAsleep = false
            defer { state.contents = Contents(isStopping: state.contents.isStopping) }
            return state.contents
        }
    }

    /// Lets the thread sleep, so that it is woken for what comes from here on.
    ///
    /// - Returns: false where something lies in the box already.
    func sleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.contents.isEmpty
            return state.isAsleep
        }
    }

    private func change(_ change: (inout Contents) -> Void) -> Bool {
        state.withLock { state in
            guard !state.contents.isStopping else { return false }
            change(&state.contents)
            if state.isAsleep {
                state.isAsleep = false
                unsafe _ = curl_multi_wakeup(multi)
            }
            return true
        }
    }
}
