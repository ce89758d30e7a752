internal import HTTP
internal import PartnerCenter

/// What is known of a create after each of its attempts, and what to do next: a value without clock or network.
struct CreateProgress: Sendable {
    /// What to do next.
    enum Step: Hashable, Sendable {
        case again(after: Duration)
        case exhausted(ServiceFault)
        /// Look up who has the domain, then decide.
        case settle(Refusal)
        /// Stop the run: no order of this account is taken.
        case stop(Refusal)
        /// No further attempt may begin.
        case closed
        case end(CreateResult.Verdict)
    }

    /// Whether an attempt whose outcome is open may have created the customer.
    private(set) var mayExist: Bool
    /// Whether one of this run's attempts may have.
    private(set) var mayExistSinceNow = false
    private var schedule: RetrySchedule
    private var notBegun = 0
    private var lastFault: ServiceFault?
    /// The statuses of this run's answers that settled nothing; nil for an attempt without one.
    private var answers: Set<Int?> = []
    /// The customer of this order, where a look-up has found it.
    private var found: (id: String, domain: String)?

    init(mayExist: Bool, schedule limits: RetrySchedule.Limits) {
        self.mayExist = mayExist
        schedule = RetrySchedule(limits)
    }

    /// How many attempts were made.
    var attempts: Int { schedule.attempts - notBegun }

    /// Counts an attempt that begins.
    mutating func begin() {
        schedule.begin()
    }

    /// Takes an attempt back that was never sent.
    mutating func takeBack() {
        notBegun += 1
    }

    /// Leaves the last attempt out of those that are allowed: the service was not there to be asked.
    mutating func excuse() {
        schedule.excuse()
    }

    /// Decides after an attempt.
    ///
    /// - Parameters:
    ///   - outcome: how it ended.
    ///   - status: the answer's status, where one came.
    ///   - isAccountProven: whether the service has dealt with a create of this account.
    ///   - generator: the random source of the wait.
    /// - Returns: what to do next.
    mutating func step(
        after outcome: Attempt<CreatedCustomer>.Outcome,
        status: Int?,
        isAccountProven: Bool = true,
        using generator: inout some RandomNumberGenerator
    ) -> Step {
        switch outcome {
        case .done(let customer):
            return .end(.created(customer))
        case .refused(let fault):
            let refusal = Refusal(fault, status: status)
            if refusal.isOfAccount, !isAccountProven { return .stop(refusal) }
            if let found, mayExist {
                return .end(refusal.verdict(.ours(id: found.id), mayExist: true, domain: found.domain))
            }
            return mayExist || refusal.isDomainTaken ? .settle(refusal) : .end(.rejected(refusal.fault))
        case .open(let fault, let mayExist):
            answers.insert(status)
            note(fault, mayExist: mayExist)
            return schedule.wait(using: &generator).map { .again(after: $0) } ?? .exhausted(fault)
        case .cancelled(let mayExist):
            note(ServiceFault(message: "the run was stopped while the request was under way"), mayExist: mayExist)
            return .closed
        case .notSent:
            return .closed
        }
    }

    /// Allows one more attempt, as the last ones failed with the service as a whole.
    ///
    /// - Parameter generator: the random source of the wait.
    /// - Returns: the wait before it.
    mutating func extend(using generator: inout some RandomNumberGenerator) -> Duration {
        schedule.excuse()
        return schedule.wait(using: &generator) ?? schedule.longestWait
    }

    /// The verdict where no further attempt may begin.
    ///
    /// - Parameter isGivenUp: whether the service has failed for so long; else the next run's repeat may bring the
    ///   password of a customer that is found.
    /// - Returns: the verdict.
    func verdict(whenGivenUp isGivenUp: Bool) -> CreateResult.Verdict {
        guard mayExistSinceNow else { return .notSent }
        return isGivenUp ? verdictWhenExhausted : open
    }

    /// Whether the service gave every attempt the same answer that settles nothing, so that a further repeat is not
    /// likely to bring the password; where attempts were cut or throttled, one may.
    var isAnsweredAlike: Bool {
        guard answers.count == 1, let status = answers.first ?? nil else { return false }
        return status != 429 && status != 503
    }

    /// The verdict where no attempt is left.
    var verdictWhenExhausted: CreateResult.Verdict {
        if let found, isAnsweredAlike {
            return .created(customerId: found.id, credentials: nil, note: .passwordNeverReceived(domain: found.domain))
        }
        return open
    }

    private var open: CreateResult.Verdict {
        .failed(lastFault ?? ServiceFault(message: "no attempt was made"), mayExist: mayExist)
    }

    /// The verdict where the service takes no order of the account.
    func verdict(whenStopped refusal: Refusal) -> CreateResult.Verdict {
        guard mayExist else { return .turnedAway(refusal.fault) }
        return found == nil ? .failed(refusal.fault, mayExist: true) : verdictWhenExhausted
    }

    /// Whether the customer may exist and nobody has found it yet, so that a look-up would tell.
    var isWorthALook: Bool { mayExist && found == nil }

    /// Notes that a look-up has found the order's customer; only its password is missing then.
    ///
    /// - Parameters:
    ///   - id: the customer's identifier.
    ///   - domain: its domain.
    mutating func find(_ id: String, domain: String) {
        found = (id, domain)
    }

    /// Notes what a look-up at the end has found, where it was not the customer.
    ///
    /// - Parameter hint: what the person should know.
    mutating func add(_ hint: String) {
        lastFault?.message += "; \(hint)"
    }

    private mutating func note(_ fault: ServiceFault, mayExist: Bool) {
        lastFault = fault
        self.mayExist = self.mayExist || mayExist
        mayExistSinceNow = mayExistSinceNow || mayExist
    }
}
