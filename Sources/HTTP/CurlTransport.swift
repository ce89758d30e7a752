internal import Dispatch
internal import Synchronization

/// Sends requests with libcurl, all of them on one thread of its own.
///
/// Connections are kept alive and used again; over TLS, HTTP/2 carries many requests on one. Certificates are always
/// checked, TLS is 1.2 or later, redirects are not followed, and plain HTTP goes to this machine only. Proxies come
/// from the environment (`https_proxy`, `all_proxy`, `no_proxy`), but never for this machine itself.
package final class CurlTransport: HTTPTransport {
    /// What can be set.
    package struct Options: Hashable, Sendable {
        /// The longest that making a connection may take, name look-up and TLS included.
        package var connectTimeout: Duration = .seconds(15)
        /// The largest answer that is taken, decompressed.
        package var maximumAnswerBytes = 64 << 20
        /// How many idle connections are kept for later.
        package var keptConnections = 64
        /// A PEM file of certificate authorities to trust instead of the system's.
        package var caFile: String?

        package init() {}
    }

    let thread: CurlThread
    /// The address that was checked last, and whether it is this machine's: nearly all requests of a run go there.
    private let checked = Mutex<(url: String, isLocal: Bool)?>(nil)

    /// Starts the thread.
    ///
    /// - Parameter options: what can be set.
    /// - Throws: `TransportError` where the CA file can't be read, or the system has no thread or memory left.
    package init(_ options: Options = Options()) throws(TransportError) {
        thread = try CurlThread(options)
    }

    deinit { thread.stop() }

    package var executor: (any TaskExecutor)? { thread.executor }

    package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let isLocal = try isLocal(request.url)
        try Self.check(request.headers)
        let exchange = CurlExchange(request, isLocal: isLocal)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if exchange.wait(continuation), !thread.inbox.submit(exchange) {
                    exchange.finish(.failure(CurlFailure.closed(mayHaveArrived: false)))
                }
            }
        } onCancel: {
            if exchange.cancel() { thread.inbox.cancel(exchange) }
        }
        return try result.get()
    }

    /// Checks whether an address may be asked at all: `https` anywhere, plain `http` on this machine only.
    ///
    /// - Parameter address: the absolute address.
    /// - Throws: `TransportError` of kind `notTrusted` where it may not.
    package static func check(address: String) throws(TransportError) {
        try CurlAddress.check(address)
    }

    /// Cuts off every request under way and ends the thread; a request sent later fails at once.
    ///
    /// It waits for the thread, which takes milliseconds; a transport that is let go does the same.
    package func close() async {
        // Joining blocks, so it does not run on the cooperative pool.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [thread] in
                thread.stop()
                continuation.resume()
            }
        }
    }

    /// Whether requests to an address stay on this machine; refuses one that may not be asked.
    private func isLocal(_ url: String) throws(TransportError) -> Bool {
        if let checked = checked.withLock(\.self), checked.url == url { return checked.isLocal }
        let isLocal = try CurlAddress.check(url)
        checked.withLock { $0 = (url, isLocal) }
        return isLocal
    }

    /// Refuses what would smuggle a second header, or a second request, into the first.
    private static func check(_ headers: HTTPHeaders) throws(TransportError) {
        let isPlain = isPlain(headers.text[...])
        for place in headers.places {
            let name = headers.text[place.name]
            // Nearly always all of it is plain, which one look tells.
            guard isPlain || Self.isPlain(name) && Self.isPlain(headers.text[place.value]),
                !name.isEmpty, !name.contains(UInt8(ascii: ":"))
            else {
                let name = String(decoding: name, as: UTF8.self).debugDescription
                let message = "the header \(name) holds a control character; it was not sent"
                throw TransportError(.invalidRequest, mayHaveArrived: false, message: message)
            }
        }
    }

    private static func isPlain(_ text: ArraySlice<UInt8>) -> Bool {
        let text = text.span
        return text.indices.allSatisfy { text[$0] >= 0x20 && text[$0] != 0x7F || text[$0] == 0x09 }
    }
}
