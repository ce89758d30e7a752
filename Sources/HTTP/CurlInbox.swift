internal import CCurl
internal import Synchronization

/// The box that requests for the curl thread are put into, from any thread.
@safe final class CurlInbox: Sendable {
    /// What the thread has to look at next.
    struct Contents {
        var submitted: [CurlExchange] = []
        var cancelled: [CurlExchange] = []
        var isStopping = false
        /// Whether the thread was woken for what lies here.
        var isSignalled = false
    }

    private let contents = Mutex(Contents())
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

    /// Empties the box.
    ///
    /// - Returns: what was in it.
    func take() -> Contents {
        contents.withLock { contents in
            defer { contents = Contents(isStopping: contents.isStopping) }
            return contents
        }
    }

    private func change(_ change: (inout Contents) -> Void) -> Bool {
        contents.withLock { contents in
            guard !contents.isStopping else { return false }
            change(&contents)
            if !contents.isSignalled {
                contents.isSignalled = true
                unsafe _ = curl_multi_wakeup(multi)
            }
            return true
        }
    }
}
