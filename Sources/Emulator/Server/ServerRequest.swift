package import PartnerCenter

/// An HTTP request that was read as a whole.
struct ServerRequest: Hashable, Sendable {
    var method: String
    /// The path, its percent escapes resolved.
    var path: String
    /// The query's fields in order, their names in lower case.
    var query: [KeyValuePair] = []
    /// By name in lower case.
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// Why the body was thrown away; it is empty then.
    var bodyFault: BodyFault?

    /// Why a body is not kept.
    enum BodyFault: Hashable, Sendable {
        /// It is longer than one may be.
        case tooLarge
        /// The bodies of other requests take all the room there is.
        case noRoom
    }

    /// The last value of a query field; an empty one is none.
    func parameter(_ name: String) -> String? {
        query.last { $0.key == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }
}

/// An HTTP answer.
package struct ServerAnswer: Hashable, Sendable {
    package var status: Int
    package var headers: [KeyValuePair]
    package var body: [UInt8]

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - headers: the header fields, besides those that every answer has.
    ///   - body: the body.
    package init(status: Int, headers: [KeyValuePair] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// How a request ends.
enum ServerReply: Hashable, Sendable {
    case answer(ServerAnswer)
    /// The connection is closed when half of the body was sent.
    case cutBody(ServerAnswer)
    /// The connection is closed without a word.
    case cutConnection
}

/// What answers requests.
protocol RequestHandler: Sendable {
    /// Begins to handle a request; must not block, and is called on several threads at once.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - reply: called once, on any thread, also before this returns.
    func handle(_ request: ServerRequest, reply: @escaping @Sendable (ServerReply) -> Void)
}
