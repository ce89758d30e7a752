internal import PartnerCenter

/// What goes wrong on purpose: asked at each named point that a request passes.
package protocol Scenario: Sendable {
    /// The faults that befall a request at a point, in order.
    ///
    /// - Parameters:
    ///   - point: where the request is.
    ///   - request: what it asks for.
    /// - Returns: nothing where it goes on unharmed. Delays add up; the first fault that ends the request counts.
    func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault]
}

/// A point that a request passes on its way.
package enum RequestPoint: String, Hashable, Sendable {
    /// It was read as a whole; nothing else has been looked at.
    case received
    /// It is a create with a permitted token, and is about to be stored.
    case beforeCommit
    /// Its outcome is on disk.
    case afterCommit
    /// Its answer is ready to be sent.
    case beforeAnswer
}

/// What a scenario may look at to choose a request.
package struct RequestFacts: Hashable, Sendable {
    /// The operations that a scenario can tell apart.
    package enum Operation: String, Hashable, Sendable {
        case create, list, get, domainCheck, other
    }

    package let operation: Operation
    /// The domain it is about, in lower case; nil where it is about none or is not known yet.
    package var domain: String?

    init(operation: Operation, domain: String? = nil) {
        self.operation = operation
        self.domain = domain
    }
}

/// What befalls a request.
package enum Fault: Hashable, Sendable {
    /// The connection is cut without an answer.
    case cutConnection
    /// It waits.
    case delay(Duration)
    /// Another answer takes the place of its own.
    case answer(ServerAnswer)

    /// The gateway's answer to too many requests.
    ///
    /// - Parameter seconds: after how many it may be tried again.
    /// - Returns: a 429 with `Retry-After`.
    package static func throttled(retryAfter seconds: Int) -> Fault {
        let body = #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in \#(seconds) seconds."}"#
        let headers = [
            KeyValuePair(key: "Content-Type", value: "application/json"),
            KeyValuePair(key: "Retry-After", value: String(seconds)),
        ]
        return .answer(ServerAnswer(status: 429, headers: headers, body: [UInt8](body.utf8)))
    }

    /// A server that is too busy: a 503 without a body.
    package static let unavailable = Fault.answer(ServerAnswer(status: 503))
}

/// A scenario in which all goes well.
package struct NoFaults: Scenario {
    package init() {}

    package func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault] { [] }
}
