/// Sends one request and gives back its answer: the seam between the client and the network.
///
/// The real one is `CurlTransport`; tests script their own.
package protocol HTTPTransport: Sendable {
    /// Sends a request and waits for the whole answer.
    ///
    /// A status of 400 and more is an answer, not an error. Redirects are not followed.
    /// When the calling task is cancelled the request is cut off and `TransportError.Kind.cancelled` is thrown.
    ///
    /// - Parameter request: what to send.
    /// - Returns: the answer.
    /// - Throws: `TransportError` where no whole answer came.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse

    /// Where tasks that send many requests run best; nil for anywhere.
    ///
    /// What blocks has no place there: it would hold up every request under way.
    var executor: (any TaskExecutor)? { get }
}

extension HTTPTransport {
    package var executor: (any TaskExecutor)? { nil }
}

/// A request to an HTTP server.
package struct HTTPRequest: Hashable, Sendable {
    /// The method, in capitals: `POST`.
    package var method: String
    /// The absolute address, percent-encoded.
    package var url: String
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// The longest that the whole exchange may take, connection included.
    package var timeout: Duration
    /// The largest answer that is taken, decompressed; nil for the transport's own limit.
    package var maximumAnswerBytes: Int?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - method: the method, in capitals.
    ///   - url: the absolute address, percent-encoded.
    ///   - headers: the headers; the transport adds `Host` and `Content-Length`.
    ///   - body: the body's bytes.
    ///   - timeout: the longest that the whole exchange may take.
    package init(method: String, url: String, headers: HTTPHeaders = [:], body: [UInt8] = [], timeout: Duration) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

/// The answer of an HTTP server.
package struct HTTPResponse: Hashable, Sendable {
    /// The status code: 201.
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: the headers, in the order they came.
    ///   - body: the body's bytes, decompressed.
    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why no whole answer came.
package struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble it was.
    package enum Kind: String, Hashable, Sendable {
        /// The request itself can't be sent as it is, now or later: a header holds a control character.
        case invalidRequest
        /// No connection came about, or not in time (name, route, refusal, a handshake that broke off), or the system
        /// had nothing left to make one with: the request was never sent.
        case notConnected
        /// The address may not be asked, or the other side could not be trusted (certificate, protocol version): the
        /// request was never sent.
        case notTrusted
        /// The request was on its way, and its time was up before the whole answer came.
        case timedOut
        /// The request was on its way, and the connection broke, or the answer was cut or unreadable.
        case connectionLost
        /// The answer was larger than the transport takes.
        case tooLarge
        /// The task was cancelled, or the transport closed, before the request was sent or while it was on its way.
        case cancelled
    }

    package let kind: Kind
    /// Whether the server may have got the request: false only where it surely did not.
    package let mayHaveArrived: Bool
    /// What happened, in the library's words; no secret in it.
    package let message: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - kind: what kind of trouble it was.
    ///   - mayHaveArrived: whether the server may have got the request.
    ///   - message: what happened.
    package init(_ kind: Kind, mayHaveArrived: Bool, message: String) {
        self.kind = kind
        self.mayHaveArrived = mayHaveArrived
        self.message = message
    }

    package var description: String { message }
}
