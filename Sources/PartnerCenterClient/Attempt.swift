internal import HTTP
internal import PartnerCenter
internal import Platform

/// What became of one request to the service, whatever it asked for.
struct Attempt<Value: Sendable>: Sendable {
    /// The ways it can end.
    enum Outcome: Sendable {
        /// The service did it, and the answer could be read.
        case done(Value)
        /// The service said that it won't.
        case refused(ServiceFault)
        /// Worth another attempt; the service may or may not have done it.
        case open(ServiceFault, mayExist: Bool)
        /// The task was cancelled while the request was under way.
        case cancelled(mayExist: Bool)
        /// It was never sent: the gate is closed, or the task was cancelled while it waited.
        case notSent
    }

    var outcome: Outcome
    /// The answer's status, where one came.
    var status: Int?
    /// A short name of the outcome, for counting.
    var name: String
    /// How the service bears the pace.
    var pace: RequestGate.End
    /// What it says about the service's health; nil for nothing.
    var health: ServiceHealth.Event?
    /// Whether an answer came that holds nothing of what was asked for, as the next one may.
    var isUnreadable: Bool { name == "unreadable" || name == TransportError.Kind.tooLarge.rawValue }
    /// Whether it does not count, as the whole service is away.
    var isExcused = false
    var correlationVector = ""
    var startedAt = Timestamp(milliseconds: 0)
    var duration = Duration.zero
    /// How long it waited for its turn.
    var wait = Duration.zero

    /// A request that was never sent.
    static func notSent(after wait: Duration) -> Attempt {
        Attempt(outcome: .notSent, name: "notSent", pace: .failed, wait: wait)
    }

    private init(
        outcome: Outcome,
        status: Int? = nil,
        name: String,
        pace: RequestGate.End,
        health: ServiceHealth.Event? = nil,
        wait: Duration = .zero
    ) {
        self.outcome = outcome
        self.status = status
        self.name = name
        self.pace = pace
        self.health = health
        self.wait = wait
    }

    /// Judges an answer; 401 is not for here, as a renewed token may cure it.
    ///
    /// - Parameters:
    ///   - response: the answer.
    ///   - question: what was asked.
    ///   - now: the present time, for a date in `Retry-After`.
    ///   - read: reads the body of a success; nil where it does not hold what was asked for.
    init(
        _ response: HTTPResponse,
        to question: AnswerMeaning.Question,
        now: Timestamp,
        read: (HTTPResponse) -> Value?
    ) {
        let status = response.status
        // What answers a question for headers only has none but those.
        let isPage = response.body.isEmpty && response.headers["Content-Type"]?.lowercased().contains("html") == true
        let meaning = AnswerMeaning(
            status: status,
            shape: isPage && question == .read ? .gateway : ServiceFault.shape(of: response.body),
            to: question
        )
        let fault = { ServiceFault(status: status, reason: "", body: response.body) }
        switch meaning {
        case .done:
            if let value = read(response) {
                self.init(outcome: .done(value), status: status, name: "done", pace: .succeeded, health: .succeeded)
            } else {
                self.init(unreadable: "the answer can't be read", status: status)
            }
        case .unclear:
            self.init(unreadable: "the answer has status \(status), which settles nothing", status: status)
        case .refused:
            let fault = fault()
            self.init(outcome: .refused(fault), status: status, name: "rejected", pace: .succeeded, health: .succeeded)
        case .turnedAway: self.init(turnedAway: fault(), status: status)
        case .throttled, .failed: self.init(busy: fault(), response, now: now)
        }
    }

    /// An answer that tells of trouble and may be another one later.
    private init(busy fault: ServiceFault, _ response: HTTPResponse, now: Timestamp) {
        let status = response.status
        let isThrottle = status == 429
        let isBusy = isThrottle || status == 503
        let wait = isBusy ? RetryAfter.parse(response.headers.list("Retry-After"), now: now) : nil
        let message = "HTTP status \(status): \(fault.message)"
        self.init(
            outcome: .open(fault, mayExist: !isThrottle),
            status: status,
            name: isThrottle ? "throttled" : "serverError",
            pace: isBusy ? .throttled(wait) : .failed,
            // Who says when to come back is not down for good.
            health: isThrottle || wait != nil ? .throttled(message, wait: wait) : .failed(message, answered: true)
        )
    }

    private init(turnedAway fault: ServiceFault, status: Int) {
        let said = fault.message == "HTTP status \(status)" ? "" : ": \(fault.message)"
        let message = "an answer of status \(status) that is not the service's own\(said); check --endpoint"
        self.init(
            outcome: .open(ServiceFault(message: message), mayExist: false),
            status: status,
            name: "turnedAway",
            pace: .failed,
            health: .turnedAway(message)
        )
    }

    private init(unreadable message: String, status: Int) {
        self.init(
            outcome: .open(ServiceFault(message: message), mayExist: true),
            status: status,
            name: "unreadable",
            pace: .failed,
            health: .failed(message, answered: true)
        )
    }

    /// Judges a request that got no whole answer.
    ///
    /// - Parameter error: what happened.
    init(_ error: TransportError) {
        let mayExist = error.mayHaveArrived
        guard error.kind != .cancelled else {
            self.init(outcome: .cancelled(mayExist: mayExist), name: "cancelled", pace: .failed)
            return
        }
        let message = "\(Self.words(error.kind)): \(error.message)"
        guard error.kind != .invalidRequest else {
            // It would never be sent, however often it is tried, and the service has nothing to do with it.
            self.init(
                outcome: .refused(ServiceFault(message: message)),
                name: error.kind.rawValue,
                pace: .failed
            )
            return
        }
        let health: ServiceHealth.Event =
            switch error.kind {
            case .notTrusted: .untrusted(message)
            case _ where !mayExist: .unreachable(message)
            default: .failed(message, answered: error.kind == .tooLarge)
            }
        self.init(
            outcome: .open(ServiceFault(message: message), mayExist: mayExist),
            name: error.kind.rawValue,
            pace: .failed,
            health: health
        )
    }

    private static func words(_ kind: TransportError.Kind) -> String {
        switch kind {
        case .invalidRequest: "no valid request"
        case .notConnected: "no connection"
        case .notTrusted: "no safe connection"
        case .timedOut: "no answer in time"
        case .connectionLost: "no whole answer"
        case .tooLarge: "no answer that can be taken"
        case .cancelled: "cancelled"
        }
    }
}
