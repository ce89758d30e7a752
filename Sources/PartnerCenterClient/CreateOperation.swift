internal import HTTP
internal import PartnerCenter
internal import Platform

/// Creates one customer: one key, as many attempts as it takes, and a settled end.
struct CreateOperation: Sendable {
    private let connection: ServiceConnection
    private let order: CreateOrder
    private let trace: RequestTrace
    private var progress: CreateProgress
    private var status: Int?
    private let stray = StrayCredentials()

    init(_ connection: ServiceConnection, _ order: CreateOrder) {
        self.connection = connection
        self.order = order
        trace = connection.trace(of: order)
        progress = CreateProgress(mayExist: order.mayExist, schedule: .init(attempts: connection.settings.attempts))
    }

    /// Runs the operation to its end.
    ///
    /// Nearly every order is sent once and taken. What happens to the others is apart, and is never put into this: what
    /// it keeps while it waits would take ten times the room in every order's task.
    ///
    /// - Parameter onAttempt: told of each attempt when it has ended.
    /// - Returns: what became of it.
    mutating func run(_ onAttempt: @Sendable (ServiceAttempt) async -> Void) async -> CreateResult {
        if order.mayExist || order.supersededSince != nil, let verdict = await lookBack() { return result(verdict) }
        let call: ServiceCall
        do {
            call = try self.call
        } catch {
            let message = "the row's own payload can't be read: \(error)"
            return result(.failed(ServiceFault(message: message), mayExist: order.mayExist))
        }
        var backoff = Duration.zero
        var generator = connection.random
        while true {
            progress.begin()
            let attempt = await connection.attempt(call, read: createdCustomer)
            if case .notSent = attempt.outcome {
                progress.takeBack()
            } else {
                await onAttempt(record(attempt, backoff))
            }
            if attempt.isExcused { progress.excuse() }
            status = attempt.status ?? status
            let step = step(after: attempt, using: &generator)
            if case .end(let verdict) = step { return result(verdict) }
            switch await take(step, after: attempt, using: &generator) {
            case .again(let wait): backoff = wait
            case .end(let verdict): return result(verdict)
            }
        }
    }

    /// Looks for what an earlier run may have created.
    ///
    /// - Returns: the end of an order that nobody wants any more; nil where the order is to be sent.
    @inline(never)
    private mutating func lookBack() async -> CreateResult.Verdict? {
        if let lastSent = order.supersededSince { return await lookUp(lastSent) }
        // Whatever the service answers from now on, what is found here stays found.
        _ = await glance()
        return nil
    }

    /// What follows a step that was taken.
    private enum Next {
        case again(after: Duration)
        case end(CreateResult.Verdict)
    }

    @inline(never)
    private mutating func take(
        _ step: CreateProgress.Step,
        after attempt: Attempt<CreatedCustomer>,
        using generator: inout RandomSource
    ) async -> Next {
        switch step {
        case .again(let wait):
            return await connection.backOff(wait) ? .again(after: wait) : .end(verdictWhenClosed)
        case .exhausted(let fault):
            connection.exhausted(fault.message)
            if connection.closure?.kind == .unavailable { return .end(verdictWhenClosed) }
            if let verdict = await verdict(whenExhaustedBy: attempt) { return .end(verdict) }
            let wait = progress.extend(using: &generator)
            return await connection.backOff(wait) ? .again(after: wait) : .end(verdictWhenClosed)
        case .settle(let refusal): return .end(await settle(refusal))
        case .stop(let refusal):
            if progress.isWorthALook { _ = await glance() }
            connection.refuseAccount(refusal)
            return .end(progress.verdict(whenStopped: refusal))
        case .closed: return .end(verdictWhenClosed)
        case .end(let verdict): return .end(verdict)
        }
    }

    private mutating func step(
        after attempt: Attempt<CreatedCustomer>,
        using generator: inout some RandomNumberGenerator
    ) -> CreateProgress.Step {
        let step = progress.step(
            after: attempt.outcome,
            status: attempt.status,
            isAccountProven: connection.isAccountProven,
            using: &generator
        )
        if attempt.health == .succeeded {
            if case .stop = step { return step }
            connection.proveAccount()
        }
        return step
    }

    /// Looks once whether the service shows the customer, before it is asked again or where it gives no answer.
    private mutating func glance() async -> Settlement.Finding {
        let finding = await Settlement(connection, order, trace, attempts: 1).find(patience: .zero)
        if case .ours(let id) = finding { progress.find(id, domain: order.domain) }
        return finding
    }

    /// The verdict where no attempt is left: who answers and can't be understood can still be asked what there is.
    ///
    /// - Parameter attempt: the last attempt.
    /// - Returns: the verdict; nil where the service fails whatever it is asked for. A look-up would then lose the
    ///   password that a later repeat may bring.
    private mutating func verdict(whenExhaustedBy attempt: Attempt<CreatedCustomer>) async -> CreateResult.Verdict? {
        guard progress.mayExist else { return progress.verdictWhenExhausted }
        if !attempt.isUnreadable, connection.mayBeShortOutage { return nil }
        if progress.isWorthALook {
            switch await glance() {
            case .another(let id, let difference):
                progress.add("your customer \(id) has the domain, and its \(difference)")
            case .unknown where connection.closure == nil && connection.isFailing: return nil
            case .ours, .nobodys, .unknown: break
            }
        }
        return progress.verdictWhenExhausted
    }

    private var verdictWhenClosed: CreateResult.Verdict {
        progress.verdict(whenGivenUp: connection.closure?.kind == .unavailable)
    }

    private var call: ServiceCall {
        get throws(JSONSyntaxError) {
            ServiceCall(
                method: "POST",
                url: connection.settings.address.customers,
                requestId: order.idempotencyKey,
                trace: trace,
                headers: connection.settings.asksForConsistencyToken ? [ConsistencyTokens.request] : [],
                body: try connection.settings.wire.body(order.payload, root: "Customer"),
                question: .create
            )
        }
    }

    private func result(_ verdict: CreateResult.Verdict) -> CreateResult {
        var verdict = verdict
        if case .created(let id, nil, _) = verdict, let credentials = stray.credentials(of: id) {
            verdict = .created(customerId: id, credentials: credentials, note: nil)
        }
        return CreateResult(verdict, httpStatus: status, attempts: progress.attempts)
    }

    /// Asks the service who has the domain, after a refusal.
    ///
    /// Where nobody is seen, a refusal is taken for the earlier attempts' end, too, once the time has passed in which a
    /// new customer shows, and no tenant has the domain. One that says nothing of the content tells so only of the
    /// attempts of an earlier run; this run's may still be at work.
    private func settle(_ refusal: Refusal) async -> CreateResult.Verdict {
        let isDoubtful = progress.mayExist
        let settlement = Settlement(connection, order, trace)
        let finding = await settlement.find(patience: isDoubtful ? connection.settings.visibleWithin : .zero)
        if finding == .nobodys, isDoubtful, !refusal.isDomainTaken,
            refusal.isOfContent || !progress.mayExistSinceNow
        {
            // That this attempt could take the domain shows that no earlier one had.
            if refusal.leavesTenant { return .rejected(refusal.fault) }
            do {
                if try await !settlement.isDomainTaken() { return .rejected(refusal.fault) }
                return refusal.verdictWhenTakenAndNotVisible
            } catch {
                return refusal.verdict(.unknown(error.message), mayExist: true, domain: order.domain)
            }
        }
        return refusal.verdict(finding, mayExist: progress.mayExist, domain: order.domain)
    }

    /// Looks a superseded order up before anything is sent.
    ///
    /// Its intent was recorded ahead of its request, which mostly was never sent. To send it now in order to learn what
    /// became of it would create the very customer that was corrected away; a look-up creates nothing.
    ///
    /// - Parameter lastSent: the moment by which it was last sent, at the latest.
    /// - Returns: what became of it; nil where a customer of one's own has the domain: if it is the order's, the same
    ///   key gives it with its password.
    private mutating func lookUp(_ lastSent: Timestamp) async -> CreateResult.Verdict? {
        let elapsed = connection.wallClock().milliseconds - lastSent.milliseconds
        // A clock that was set back makes nothing older or younger than it can be.
        let patience = max(.zero, connection.settings.visibleWithin - .milliseconds(max(0, elapsed)))
        let settlement = Settlement(connection, order, trace)
        switch await settlement.find(patience: patience) {
        case .ours(let id):
            progress.find(id, domain: order.domain)
            return nil
        // Nothing new can come of the same key where the domain is taken, and it tells whether the customer is this
        // one.
        case .another: return nil
        case .nobodys:
            do {
                // Who has a domain that nobody can be seen to have may be the customer that is looked for.
                return try await settlement.isDomainTaken()
                    ? .failed(.takenAndNotVisible(nil), mayExist: true) : .absent
            } catch {
                return unsettled(error.message)
            }
        case .unknown(let reason): return unsettled(reason)
        }
    }

    private func unsettled(_ reason: String) -> CreateResult.Verdict {
        let message = "whether an earlier run created it could not be settled: \(reason)"
        return .failed(ServiceFault(message: message), mayExist: true)
    }

    private func record(_ attempt: Attempt<CreatedCustomer>, _ backoff: Duration) -> ServiceAttempt {
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

    /// The customer of a success; an answer without an identifier, or of another customer, tells nothing.
    @Sendable private func createdCustomer(_ response: HTTPResponse) -> CreatedCustomer? {
        let token = response.headers[ConsistencyTokens.name]
        guard let customer = CustomerInAnswer(response), let id = customer.identifier else {
            connection.keepConsistencyToken(token, of: order.domain)
            return nil
        }
        guard SameDomain.isSame(customer.domain ?? order.domain, order.domain),
            connection.accept(identifier: id, for: order.idempotencyKey)
        else {
            // The customer will have to be looked up by its domain, if the repeat is no better.
            connection.keepConsistencyToken(token, of: order.domain)
            stray.keep(customer.userCredentials, of: id)
            return nil
        }
        connection.keepConsistencyToken(token, of: id)
        return CreatedCustomer(id: id, domain: order.domain, credentials: customer.userCredentials)
    }
}
