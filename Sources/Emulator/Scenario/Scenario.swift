internal import PartnerCenter

/// What goes wrong on purpose: asked at each named point that a request passes.
package protocol Scenario: Sendable {
    /// How the service behaves all along.
    var behaviour: ServiceBehaviour { get }

    /// The faults that befall a request at a point, in order.
    ///
    /// - Parameters:
    ///   - point: where the request is.
    ///   - request: what it asks for.
    /// - Returns: nothing where it goes on unharmed. Delays add up; the first fault that ends the request counts.
    func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault]
}

/// A point that a request passes on its way.
package enum RequestPoint: String, Hashable, Sendable, CaseIterable {
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
    package enum Operation: String, Hashable, Sendable, CaseIterable {
        case create, list, get, domainCheck, token, other
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
    /// The connection is cut in the middle of the answer's body.
    case cutBody
    /// It waits.
    case delay(Duration)
    /// Another answer takes the place of its own.
    case answer(ServerAnswer)
    /// A 429 whose `Retry-After` is the date so many seconds ahead.
    case throttledUntil(seconds: Int)
    /// A create is refused for its notification address (27002) after the domain was used up.
    case consumeDomain
    /// The token that it carries is not good any more.
    case expireToken

    /// The gateway's answer to too many requests.
    ///
    /// - Parameter seconds: after how many it may be tried again.
    /// - Returns: a 429 with `Retry-After`.
    package static func throttled(retryAfter seconds: Int) -> Fault {
        .answer(.throttled(retryAfter: String(seconds)))
    }

    /// A server that is too busy: a 503 without a body.
    package static let unavailable = Fault.answer(ServerAnswer(status: 503))
}

extension ServerAnswer {
    /// The gateway's 429; without a header where none is given.
    static func throttled(retryAfter: String?) -> ServerAnswer {
        let wait = retryAfter.flatMap(Int.init).map { " Try again in \($0) seconds." } ?? ""
        let body = #"{"statusCode":429,"message":"Rate limit is exceeded.\#(wait)"}"#
        var headers = [KeyValuePair(key: "Content-Type", value: "application/json")]
        if let retryAfter { headers.append(KeyValuePair(key: "Retry-After", value: retryAfter)) }
        return ServerAnswer(status: 429, headers: headers, body: [UInt8](body.utf8))
    }
}

/// A scenario in which all goes well.
package struct NoFaults: Scenario {
    package let behaviour: ServiceBehaviour

    /// Makes a scenario without faults.
    ///
    /// - Parameter behaviour: how the service behaves all along.
    package init(_ behaviour: ServiceBehaviour = ServiceBehaviour()) {
        self.behaviour = behaviour
    }

    package func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault] { [] }
}
