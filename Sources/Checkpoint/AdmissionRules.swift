/// What is to become of a row.
enum Decision: Hashable, Sendable {
    /// It has its result; nothing is sent.
    case settled(Verdict)
    /// It is sent under an entry that has no open request; nil: under a new one.
    case send(CreateRequest, under: LedgerEntry?)
    /// The entry's open request comes first. Where it is from before the row changed, it is only to be settled; else it
    /// is sent again as it was.
    case sendAgain(LedgerEntry, settlesEarlierRequest: Bool)
}

/// Why nothing is sent for a row.
enum Verdict: Hashable, Sendable {
    /// It is at fault as it is now; the entry is that of the customer that was created from it as it was, if any.
    case invalid(Problem, created: LedgerEntry?)
    /// It names a customer that exists.
    case existing(customerId: String)
    case duplicate(Claim)
    /// The customer was created from the same payload.
    case unchanged(LedgerEntry)
    /// The customer was created from another payload.
    case conflict(LedgerEntry, with: CreateRequest)
    /// The service refused the same payload in an earlier run.
    case refused(LedgerEntry)
    /// An earlier request is open, and this run does not send it, or has sent it already; the problem is what makes the
    /// row as it is now invalid, if anything does.
    case unsettled(LedgerEntry, invalid: Problem?)
    /// It would be sent, but the run is stopping.
    case held
    /// It would be sent, but the run is a rehearsal.
    case ready
}

/// Decides what becomes of a row, from what is known of its customer.
struct AdmissionRules: Hashable, Sendable {
    /// Whether a payload that the service refused in an earlier run is sent again.
    var retriesRejected: Bool
    var mode: AdmissionMode
    /// The present run, by the number that entries name it by.
    var run: Int64

    /// Decides about one row.
    ///
    /// - Parameters:
    ///   - content: what the row asks for.
    ///   - claim: the earlier row of this run that has the same identity.
    ///   - byName: the entry of the row's identity name.
    ///   - byDomain: the entry of the row's domain, where it is another one.
    /// - Returns: the decision.
    func decide(_ content: Row.Content, claim: Claim?, byName: LedgerEntry?, byDomain: LedgerEntry?) -> Decision {
        switch content {
        case .invalid(let problem):
            return decide(problem, claim: claim, byName: byName, byDomain: byDomain)
        case .existing(let customerId):
            // What an earlier run has sent for the row may be another customer, with a password that can still be had.
            // The earlier row that has the claim sees to it otherwise.
            if mode == .send, claim == nil, let open = openEntry(byName: byName, byDomain: byDomain), open.run != run {
                return .sendAgain(open, settlesEarlierRequest: true)
            }
            return .settled(.existing(customerId: customerId))
        case .request(let request):
            guard let claim else { return decide(request, byName: byName, byDomain: byDomain) }
            // What the row has sent when it stood alone, in a run before, is found out all the same.
            if mode == .send, let open = openEntry(byName: byName, byDomain: byDomain), open.run != run {
                return .sendAgain(open, settlesEarlierRequest: true)
            }
            return .settled(.duplicate(claim))
        }
    }

    /// Whatever the row says now, what an earlier request of its customer came to is found out first.
    private func decide(
        _ problem: Problem,
        claim: Claim?,
        byName: LedgerEntry?,
        byDomain: LedgerEntry?
    ) -> Decision {
        guard let open = openEntry(byName: byName, byDomain: byDomain) else {
            let created = [byName, byDomain].compactMap(\.self).first { $0.state == .created }
            return .settled(.invalid(problem, created: claim == nil ? created : nil))
        }
        // The row that has the claim sees to what it sent.
        if open.run == run, claim != nil { return .settled(.invalid(problem, created: nil)) }
        guard mode == .send, open.run != run else { return .settled(.unsettled(open, invalid: problem)) }
        return .sendAgain(open, settlesEarlierRequest: true)
    }

    /// The entry whose request is to be settled before anything else.
    private func openEntry(byName: LedgerEntry?, byDomain: LedgerEntry?) -> LedgerEntry? {
        // The row's own request comes first: what it may have created must not be lost sight of.
        if let byName, byName.state == .open { return byName }
        guard byName?.state != .created, let byDomain, byDomain.state == .open else { return nil }
        return byDomain
    }

    private func decide(_ request: CreateRequest, byName: LedgerEntry?, byDomain: LedgerEntry?) -> Decision {
        if let open = openEntry(byName: byName, byDomain: byDomain) { return decide(request, open: open) }
        let known = [byName, byDomain].compactMap(\.self)
        if let created = known.first(where: { $0.state == .created }) {
            return .settled(created.digest == request.digest ? .unchanged(created) : .conflict(created, with: request))
        }
        if !retriesRejected, let refused = known.first(where: { $0.state == .rejected && $0.digest == request.digest })
        {
            return .settled(.refused(refused))
        }
        switch mode {
        case .send: return .send(request, under: byName ?? byDomain)
        case .hold: return .settled(.held)
        case .rehearse: return .settled(.ready)
        }
    }

    private func decide(_ request: CreateRequest, open entry: LedgerEntry) -> Decision {
        switch mode {
        // Once a run is enough: a second try would end as the first did.
        case .send where entry.run == run: .settled(.unsettled(entry, invalid: nil))
        case .send: .sendAgain(entry, settlesEarlierRequest: entry.digest != request.digest)
        case .hold: .settled(.unsettled(entry, invalid: nil))
        case .rehearse: .settled(.ready)
        }
    }
}
