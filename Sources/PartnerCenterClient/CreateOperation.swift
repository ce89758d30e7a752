internal import HTTP
internal import PartnerCenter

/// Creates one customer: one key, as many attempts as it takes, and a settled end.
struct CreateOperation: Sendable {
    private let connection: ServiceConnection
    private let order: CreateOrder
    private var progress: CreateProgress
    private var sent = 0
    private var status: Int?

    init(_ connection: ServiceConnection, _ order: CreateOrder) {
        self.connection = connection
        self.order = order
        progress = CreateProgress(mayExist: order.mayExist, schedule: .init(attempts: connection.settings.attempts))
    }

    /// Runs the operation to its end.
    ///
    /// - Parameter onAttempt: told of each attempt when it has ended.
    /// - Returns: what became of it.
    mutating func run(_ onAttempt: @Sendable (ServiceAttempt) async -> Void) async -> CreateResult {
        let call = ServiceCall(
            method: "POST",
            url: connection.settings.address.customers,
            requestId: order.idempotencyKey,
            sequence: order.sequence,
            body: order.payload
        )
        var backoff = Duration.zero
        var generator = connection.random
        while true {
            progress.begin()
            let attempt = await connection.attempt(call, sent: &sent, read: Self.createdCustomer)
            if case .notSent = attempt.outcome {
                progress.takeBack()
            } else {
                await onAttempt(record(attempt, backoff))
            }
            status = attempt.status ?? status
            switch progress.step(after: attempt.outcome, status: attempt.status, using: &generator) {
            case .again(let wait):
                backoff = wait
                if await !connection.backOff(wait) { return result(progress.verdictWhenClosed) }
            case .exhausted(let fault):
                connection.exhausted(fault.message)
                let isUnavailable = connection.closure?.kind == .unavailable
                return result(isUnavailable ? progress.verdictWhenClosed : progress.verdictWhenExhausted)
            case .settle(let refusal): return result(await settle(refusal))
            case .end(let verdict): return result(verdict)
            }
        }
    }

    private func result(_ verdict: CreateResult.Verdict) -> CreateResult {
        CreateResult(verdict, httpStatus: status, attempts: progress.attempts)
    }

    /// Asks the service who has the domain, after a refusal.
    private func settle(_ refusal: Refusal) async -> CreateResult.Verdict {
        let settlement = Settlement(connection, order)
        // Only where the service says that the domain is taken is there something to wait for.
        let patience = refusal.isDomainTaken && progress.mayExist ? connection.settings.visibleWithin : .zero
        let finding = await settlement.find(patience: patience)
        return refusal.verdict(finding, mayExist: progress.mayExist, domain: order.domain)
    }

    private func record(_ attempt: Attempt<Customer>, _ backoff: Duration) -> ServiceAttempt {
        ServiceAttempt(
            number: progress.attempts,
            startedAt: attempt.startedAt,
            duration: attempt.duration,
            wait: attempt.wait + backoff,
            httpStatus: attempt.status,
            outcome: attempt.name == "done" ? "created" : attempt.name,
            correlationVector: attempt.correlationVector
        )
    }

    /// The customer of a success; an answer without an identifier tells nothing.
    @Sendable private static func createdCustomer(_ response: HTTPResponse) -> Customer? {
        do {
            let customer = try JSONWire.decode(Customer.self, from: response.body)
            return customer.id?.isEmpty == false ? customer : nil
        } catch {
            return nil  // Unreadable, whatever the reason: the same key asks again.
        }
    }
}
