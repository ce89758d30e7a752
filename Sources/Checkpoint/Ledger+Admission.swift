internal import Platform
internal import SQLite

extension Ledger {
    /// Takes rows in.
    ///
    /// - Parameters:
    ///   - batch: rows of one manifest, in its order.
    ///   - mode: whether they may be sent.
    /// - Returns: what was decided about each; the tables have it already.
    /// - Throws: `SQLiteError` where it can't be written.
    func admit(_ batch: [Row], mode: AdmissionMode) throws(SQLiteError) -> [Admission] {
        guard let first = batch.first, let last = batch.last else { return [] }
        try known.begin(first.reference, through: last.reference)
        defer { known.end() }
        var admissions: [Admission] = []
        admissions.reserveCapacity(batch.count)
        for row in batch {
            let isUnchanged = try admitUnchanged(row)
            admissions.append(isUnchanged ? .settled(.unchanged) : try admit(row, mode: mode))
        }
        return admissions
    }

    /// Takes a row in that stands where it stood when its customer was created, and is `unchanged` for it.
    ///
    /// It comes to what the rules decide about such a row, without making values of what the tables have.
    private func admitUnchanged(_ row: Row) throws(SQLiteError) -> Bool {
        guard try known.go(to: row.reference), let identity = row.identity, case .request(let request) = row.content,
            known.isCustomer(of: identity, from: request),
            try claims.claim(customer: known.customer, of: identity, for: row.reference)
        else { return false }
        if !known.isRecord(row) { try rows.save(row) }
        if !known.isUnchanged { try rows.markUnchanged(row.reference) }
        return true
    }

    private func admit(_ row: Row, mode: AdmissionMode) throws(SQLiteError) -> Admission {
        try rows.save(row)
        guard let identity = row.identity else { return try settle(row, verdict(onNameless: row)) }
        if expectsNew, mode == .send, case .request(let request) = row.content,
            try !claims.isClaimedByName(identity, for: row.reference),
            let admission = try sendNew(request, for: identity, of: row)
        {
            return admission
        }
        expectsNew = false
        let (byName, byDomain) = try entries(of: identity)
        let claim = try claims.earlierClaim(of: identity, for: row.reference, byName: byName, byDomain: byDomain)
        let rules = AdmissionRules(retriesRejected: run.retriesRejected, mode: mode, run: number)
        let decision = rules.decide(row.content, claim: claim, byName: byName, byDomain: byDomain)
        switch decision {
        case .settled(let verdict):
            if byName?.has(identity) != true { try claims.claim(identity, for: row.reference) }
            return try settle(row, verdict)
        case .sendAgain(let entry, let settlesEarlierRequest):
            if byName?.has(identity) != true { try claims.claim(identity, for: row.reference) }
            return try sendAgain(entry, for: row, settlesEarlierRequest: settlesEarlierRequest)
        case .send(let request, let entry?):
            // The row takes its domain over from an entry that has nothing to lose.
            if let byDomain, byDomain.id != entry.id { try customers.removeDomain(of: byDomain.id) }
            let key = key(of: request, for: identity, generation: entry.generation)
            try customers.reopen(entry, with: request, for: identity, key: key)
            return try send(request, key, generation: entry.generation, customer: entry.id, for: identity, of: row)
        case .send(let request, nil):
            guard let admission = try sendNew(request, for: identity, of: row) else {
                throw SQLiteError(damage: "customer \(identity.name) is found in one way and not in another")
            }
            expectsNew = true
            return admission
        }
    }

    /// Records the intent for the first request of a customer; nil where there is an entry already.
    private func sendNew(
        _ request: CreateRequest,
        for identity: Identity,
        of row: Row
    ) throws(SQLiteError) -> Admission? {
        let key = key(of: request, for: identity, generation: 0)
        guard let id = try customers.openNew(request, for: identity, key: key) else { return nil }
        return try send(request, key, generation: 0, customer: id, for: identity, of: row)
    }

    private func key(of request: CreateRequest, for identity: Identity, generation: Int) -> String {
        rules.idempotencyKey(identity: identity.name, digest: request.digest, generation: generation)
    }

    /// Whether a row would be sent under a new request, were it admitted now.
    ///
    /// - Parameter row: the row.
    /// - Returns: whether it would; an earlier row of the same customer does not count.
    /// - Throws: `SQLiteError` where it can't be read.
    func wouldSend(_ row: Row) throws(SQLiteError) -> Bool {
        guard let identity = row.identity else { return false }
        let (byName, byDomain) = try entries(of: identity)
        let rules = AdmissionRules(retriesRejected: run.retriesRejected, mode: .send, run: number)
        if case .send = rules.decide(row.content, claim: nil, byName: byName, byDomain: byDomain) { return true }
        return false
    }

    /// Takes up the requests that earlier runs left open and that no row names any more.
    ///
    /// - Returns: what is to be settled; none of them has a row.
    /// - Throws: `SQLiteError` where it can't be written.
    func admitRequestsWithoutRow() throws(SQLiteError) -> [Submission] {
        let entries = try customers.openEntriesWithoutRow()
        return try entries.map { entry throws(SQLiteError) in
            try customers.openAgain(entry.id)
            return try submission(settling: entry, since: lastSent(entry))
        }
    }

    /// The entry of an identity's name, and that of its domain where it is another one.
    private func entries(of identity: Identity) throws(SQLiteError) -> (byName: LedgerEntry?, byDomain: LedgerEntry?) {
        let byName = try customers.entry(named: identity.name)
        // A domain has one entry at most: where the name's has it, there is no other.
        guard let domain = identity.domain, byName?.domain != domain else { return (byName, nil) }
        return (byName, try customers.entry(ofDomain: domain))
    }

    private func send(
        _ request: CreateRequest,
        _ key: String,
        generation: Int,
        customer id: Int64,
        for identity: Identity,
        of row: Row
    ) throws(SQLiteError) -> Admission {
        try claims.claim(customer: id, for: row.reference)
        // Where nothing follows, as after a crash, this is what the row is.
        try rows.save(RowState(status: .unknown, customer: id, key: key), of: row.reference)
        return .send(
            Submission(
                customer: id,
                reference: row.reference,
                domain: identity.domain ?? "",
                payload: request.payload,
                idempotencyKey: key,
                generation: generation,
                mayExist: false,
                titles: row.titles
            )
        )
    }

    private func sendAgain(
        _ entry: LedgerEntry,
        for row: Row,
        settlesEarlierRequest: Bool
    ) throws(SQLiteError) -> Admission {
        try customers.openAgain(entry.id)
        // The earlier request's key is not one of the row as it is now.
        let key = settlesEarlierRequest ? nil : entry.key
        let problem = Problem.unsettled(entry.problem?.named(by: row.titles), invalid: row.content.fault)
        let state = RowState(status: .unknown, customer: entry.id, key: key, problem: problem)
        try rows.save(state, of: row.reference)
        var submission = try submission(settling: entry, since: settlesEarlierRequest ? lastSent(entry) : nil)
        submission.reference = row.reference
        submission.titles = row.titles
        return .send(submission)
    }

    /// The submission of an open request, with the moment by which it was last sent where it is only to be settled.
    private func submission(
        settling entry: LedgerEntry,
        since lastSent: Timestamp?
    ) throws(SQLiteError) -> Submission {
        Submission(
            customer: entry.id,
            reference: .none,
            domain: entry.domain ?? "",
            payload: try customers.payload(of: entry.id),
            idempotencyKey: entry.key,
            generation: entry.generation,
            mayExist: true,
            supersededSince: lastSent
        )
    }

    /// The moment by which an open request was last sent, at the latest.
    ///
    /// A run that ended in order sent nothing after its end. One that was killed may have gone on with its attempts
    /// until the present run took the checkpoint: the time of its intent would be too early by all of them.
    private func lastSent(_ entry: LedgerEntry) throws(SQLiteError) -> Timestamp {
        let select = try database.prepare("SELECT ended_at FROM runs WHERE id = ?1")
        try select.bind(entry.run, at: 1)
        guard try select.step(), let end = select.optionalInt(at: 0) else { return run.startedAt }
        return Timestamp(milliseconds: Int64(end))
    }

    private func settle(_ row: Row, _ verdict: Verdict) throws(SQLiteError) -> Admission {
        let state = try state(of: row, verdict)
        try rows.save(state, of: row.reference)
        return .settled(state.status)
    }

    /// A request of nobody could not be told from others.
    private func verdict(onNameless row: Row) -> Verdict {
        switch row.content {
        case .invalid(let problem): .invalid(problem, created: nil)
        case .existing(let customerId): .existing(customerId: customerId)
        case .request: .invalid(.noIdentity.named(by: row.titles), created: nil)
        }
    }

    private func state(of row: Row, _ verdict: Verdict) throws(SQLiteError) -> RowState {
        switch verdict {
        case .invalid(let problem, nil):
            return RowState(status: .invalid, problem: problem)
        case .invalid(let problem, let created?):
            return RowState(
                status: .invalid,
                customer: created.id,
                customerId: created.customerId,
                problem: problem.afterCreation(note: created.problem)
            )
        case .existing(let customerId):
            return RowState(status: .unchanged, customerId: customerId)
        case .duplicate(let claim):
            return RowState(status: .duplicate, problem: try problem(of: claim, for: row))
        case .unchanged(let entry):
            return RowState(
                status: .unchanged,
                customer: entry.id,
                customerId: entry.customerId,
                key: entry.key,
                problem: entry.problem
            )
        case .conflict(let entry, let request):
            let problem = rules.difference(
                created: try customers.payload(of: entry.id),
                present: request.payload,
                titles: row.titles
            )
            return RowState(status: .conflict, customer: entry.id, customerId: entry.customerId, problem: problem)
        case .refused(let entry):
            return RowState(
                status: .rejected,
                customer: entry.id,
                key: entry.key,
                httpStatus: entry.httpStatus,
                problem: entry.problem?.named(by: row.titles)
            )
        case .unsettled(let entry, let fault):
            let problem = Problem.unsettled(entry.problem?.named(by: row.titles), invalid: fault)
            return RowState(status: .unknown, customer: entry.id, problem: problem)
        case .held:
            return RowState(status: .pending)
        case .ready:
            return RowState(status: .ready)
        }
    }

    private func problem(of claim: Claim, for row: Row) throws(SQLiteError) -> Problem {
        let line = try rows.line(of: claim.reference) ?? 0
        var place = "line \(line)"
        if claim.reference.manifest != row.reference.manifest {
            let path = try database.prepare("SELECT path FROM manifests WHERE id = ?1")
            try path.bind(claim.reference.manifest.rawValue, at: 1)
            if try path.step() { place = "\(path.text(at: 0)):\(line)" }
        }
        return .duplicate(at: place, field: row.titles[claim.column])
    }
}
