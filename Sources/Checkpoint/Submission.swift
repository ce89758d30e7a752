package import Platform

/// Whether admitted rows may be sent.
package enum AdmissionMode: Hashable, Sendable {
    /// Rows that need it are sent.
    case send
    /// The run is stopping: rows that would be sent stay `pending`, or `unknown` where an earlier intent is open.
    case hold
    /// A dry run: rows that would be sent are `ready`.
    case rehearse
}

/// What the checkpoint decided about a row.
package enum Admission: Hashable, Sendable {
    /// The row has its status; nothing is sent.
    case settled(RowStatus)
    /// The intent is on disk; the request is to be sent, and its outcome recorded or withdrawn.
    case send(Submission)
}

/// A request whose intent is on disk.
package struct Submission: Hashable, Sendable {
    /// The ledger entry of the customer.
    package var customer: Int64
    package var reference: RowReference
    /// As the stored payload has it, in lower-case A-label form.
    package var domain: String
    package var payload: [UInt8]
    /// The `MS-RequestId`: a lower-case UUID.
    package var idempotencyKey: String
    package var generation: Int
    /// Whether an earlier run may have sent this very request and never learnt the answer.
    package var mayExist: Bool
    /// Where the row has changed since that earlier run: the moment by which the request was last sent, at the latest.
    package var supersededSince: Timestamp?
    /// What the row's manifest calls the columns.
    package var titles: ColumnTitles
    /// Whether the row has changed since that earlier run: what became of the earlier request is to be found out, and
    /// the row is admitted again once it is recorded.
    package var settlesEarlierRequest: Bool { supersededSince != nil }

    package init(
        customer: Int64,
        reference: RowReference,
        domain: String,
        payload: [UInt8],
        idempotencyKey: String,
        generation: Int,
        mayExist: Bool,
        supersededSince: Timestamp? = nil,
        titles: ColumnTitles = ColumnTitles()
    ) {
        self.customer = customer
        self.reference = reference
        self.domain = domain
        self.payload = payload
        self.idempotencyKey = idempotencyKey
        self.generation = generation
        self.mayExist = mayExist
        self.supersededSince = supersededSince
        self.titles = titles
    }
}

/// What became of a submission in this run.
package struct Outcome: Hashable, Sendable {
    package var result: Result
    /// The last answer's status, where one came.
    package var httpStatus: Int?
    /// How many requests were sent for it in this run.
    package var attempts: Int

    /// The ways it can end.
    package enum Result: Hashable, Sendable {
        /// The customer exists. The credentials are nil, and the note says why, where they were never received.
        case created(customerId: String, credentials: Credentials?, note: String?)
        /// A definite answer that no customer was created: the generation rises.
        case rejected(Problem)
        /// A definite answer that no customer was created, for a reason that is not the row's: the generation rises,
        /// and the row is `pending`.
        case turnedAway(Problem)
        /// Every attempt failed. Where it may exist the row is `unknown`, else `failed`.
        case failed(Problem, mayExist: Bool)
        /// It was surely not sent in this run, or no attempt reached the service: the row is `pending`, or `unknown`
        /// where an earlier run may have sent it.
        case withdrawn
        /// The request was looked up instead of being sent, and the service has no customer of it: it is as if it had
        /// never been sent. That is no answer to the request, so the generation stays.
        case absent
    }

    package init(_ result: Result, httpStatus: Int? = nil, attempts: Int) {
        self.result = result
        self.httpStatus = httpStatus
        self.attempts = attempts
    }
}

/// One request that was sent, or tried, for a submission.
package struct Attempt: Hashable, Sendable {
    /// From 1, within the run.
    package var number: Int
    package var startedAt: Timestamp
    package var duration: Duration
    /// How long the row waited before it.
    package var wait: Duration
    package var httpStatus: Int?
    /// A short name of what came of it: `created`, `rejected`, `throttled`, `timedOut` and so on.
    package var outcome: String
    /// The `MS-CV` that was sent.
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

/// What happened to a submission.
package enum SubmissionEvent: Hashable, Sendable {
    /// A request was sent for it, or tried.
    case attempt(Attempt, Submission)
    /// It has ended.
    case outcome(Outcome, Submission)

    /// Whether it has ended, which has to be on disk before anybody is told.
    package var isOutcome: Bool { if case .outcome = self { true } else { false } }
}

/// What the checkpoint must know of requests without knowing how they are made.
package protocol RequestRules: Sendable {
    /// The idempotency key of a request (contract, section 5).
    ///
    /// - Parameters:
    ///   - identity: the row's identity.
    ///   - digest: the payload's SHA-256.
    ///   - generation: how many definite refusals came before.
    /// - Returns: a lower-case UUID.
    func idempotencyKey(identity: String, digest: [UInt8], generation: Int) -> String

    /// What differs between the payload that a customer was created from and the row's present one.
    ///
    /// - Parameters:
    ///   - created: the earlier payload, canonical JSON.
    ///   - present: the row's payload now.
    ///   - titles: what the row's manifest calls the columns.
    /// - Returns: the columns that differ, and a sentence with both values of each.
    func difference(created: [UInt8], present: [UInt8], titles: ColumnTitles) -> Problem
}
