package import PartnerCenter
package import Platform

/// What a job needs of the service: the seam between `Jobs` and the client.
///
/// The real one is `PartnerCenterClient`; tests script their own.
package protocol CustomerService: Sendable {
    /// Creates a customer: sends, repeats with the same key while the outcome is open, and settles a lost answer.
    ///
    /// A superseded order is looked up first, and sent only where the service has its customer: the answer is a
    /// replay then.
    ///
    /// - Parameters:
    ///   - order: what to send.
    ///   - onAttempt: told of each attempt when it has ended.
    /// - Returns: what became of it; never an error.
    func create(_ order: CreateOrder, onAttempt: @Sendable (ServiceAttempt) async -> Void) async -> CreateResult

    /// Where tasks that create many customers run best; nil for anywhere.
    ///
    /// What blocks has no place there.
    var executor: (any TaskExecutor)? { get }

    /// Lets no further request begin: those waiting come back as `notSent`, those under way go on.
    func close()

    /// Why no further request begins.
    ///
    /// - Returns: the reason to stop the run for; nil as long as requests may begin.
    func closure() -> ServiceError?

    /// What was counted so far, for the summary.
    ///
    /// - Returns: the counts.
    func counts() -> ServiceCounts
}

extension CustomerService {
    package var executor: (any TaskExecutor)? { nil }
}

/// What a run asked of the service.
package struct ServiceCounts: Hashable, Sendable {
    /// Requests sent, look-ups and repeats included.
    package var requests: Int
    /// Requests repeated after a wait.
    package var retries: Int
    /// How long every request had to wait because the service said so.
    package var throttled: Duration
    /// The most requests that were under way at once.
    package var peakInFlight: Int
    /// The requests that are under way now.
    package var inFlight: Int
    /// How long every request has still to wait because the service said so.
    package var pause: Duration

    package init(
        requests: Int = 0,
        retries: Int = 0,
        throttled: Duration = .zero,
        peakInFlight: Int = 0,
        inFlight: Int = 0,
        pause: Duration = .zero
    ) {
        self.requests = requests
        self.retries = retries
        self.throttled = throttled
        self.peakInFlight = peakInFlight
        self.inFlight = inFlight
        self.pause = pause
    }
}

/// A create to be sent.
package struct CreateOrder: Hashable, Sendable {
    /// The canonical JSON.
    package var payload: [UInt8]
    /// The `MS-RequestId`.
    package var idempotencyKey: String
    /// In lower-case A-label form, to look the customer up by.
    package var domain: String
    /// Whether an earlier run may have sent it and never learnt the answer.
    package var mayExist: Bool
    /// Where its row has been corrected since: the moment by which it was last sent, at the latest.
    ///
    /// Nobody wants this customer any more then; only what became of it is to be found out.
    package var supersededSince: Timestamp?
    /// The row's place in the run's `MS-CV`.
    package var sequence: Int

    package init(
        payload: [UInt8],
        idempotencyKey: String,
        domain: String,
        mayExist: Bool,
        supersededSince: Timestamp? = nil,
        sequence: Int
    ) {
        self.payload = payload
        self.idempotencyKey = idempotencyKey
        self.domain = domain
        self.mayExist = mayExist
        self.supersededSince = supersededSince
        self.sequence = sequence
    }
}

/// One attempt of a create.
package struct ServiceAttempt: Hashable, Sendable {
    /// From 1.
    package var number: Int
    package var startedAt: Timestamp
    package var duration: Duration
    /// How long it waited for its turn and its backoff.
    package var wait: Duration
    package var httpStatus: Int?
    /// A short name: `created`, `rejected`, `throttled`, `serverError`, `timedOut`, `connectionLost`, `notConnected`
    /// and so on.
    package var outcome: String
    package var correlationVector: String

    package init(
        number: Int,
        startedAt: Timestamp,
        duration: Duration,
        wait: Duration,
        httpStatus: Int?,
        outcome: String,
        correlationVector: String
    ) {
        self.number = number
        self.startedAt = startedAt
        self.duration = duration
        self.wait = wait
        self.httpStatus = httpStatus
        self.outcome = outcome
        self.correlationVector = correlationVector
    }
}

/// What became of a create.
package struct CreateResult: Hashable, Sendable {
    package var verdict: Verdict
    /// The last answer's status, where one came.
    package var httpStatus: Int?
    /// How many requests to create it were sent or tried.
    package var attempts: Int

    /// The ways it can end.
    package enum Verdict: Hashable, Sendable {
        /// The customer exists. Where the credentials are nil the note says why.
        case created(customerId: String, credentials: UserCredentials?, note: String?)
        /// A definite answer that no customer was created for this request.
        case rejected(ServiceFault)
        /// A definite answer that no customer was created, which is not about the row: the account may not create any.
        case turnedAway(ServiceFault)
        /// Every attempt failed.
        case failed(ServiceFault, mayExist: Bool)
        /// No request of this run can have reached the service: it was closed before, or could not be reached at all.
        case notSent
        /// A superseded order was looked up, and the service has no customer of it; nothing was sent.
        case absent
    }

    package init(_ verdict: Verdict, httpStatus: Int? = nil, attempts: Int) {
        self.verdict = verdict
        self.httpStatus = httpStatus
        self.attempts = attempts
    }
}

/// Where a list goes on: the next page's address and the headers to send with it.
package struct PageCursor: Hashable, Sendable {
    package var url: String
    package var headers: [KeyValuePair]

    package init(url: String, headers: [KeyValuePair]) {
        self.url = url
        self.headers = headers
    }
}

/// Why the service could not be used.
package struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which kind of trouble it is, as the exit code tells it.
    package enum Kind: Hashable, Sendable {
        /// It can't be reached, or failed too often: exit 69.
        case unavailable
        /// It refused the credentials: exit 77.
        case unauthorized
        /// What came with the credentials can't be kept: exit 73.
        case unwritable
        /// The run was stopped: exit 75.
        case closed
    }

    package let kind: Kind
    /// What is wrong and what to do, one sentence; no secret in it.
    package let message: String

    package init(_ kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
