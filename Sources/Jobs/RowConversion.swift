internal import Checkpoint
internal import Manifests
internal import Onboarding
internal import PartnerCenter
internal import PartnerCenterClient

// Where the modules' values meet: what Onboarding prepared becomes what Checkpoint stores, and what the client learnt
// becomes what Checkpoint records.

extension Row {
    init(_ record: Record, _ prepared: PreparedRow, at reference: RowReference, titles: ColumnTitles) {
        self.init(
            reference: reference,
            line: record.line,
            cells: Array(record.cells),
            domain: prepared.domain,
            companyName: prepared.companyName,
            identity: prepared.identity.map { Identity(name: $0.name, domain: $0.domain) },
            content: Content(prepared),
            note: prepared.note,
            titles: titles
        )
    }
}

extension Row {
    /// The row with what the service said of it: an error keeps it from being sent, a warning goes to its report.
    func judged(by findings: [Finding]) -> Row {
        var row = self
        let errors = findings.filter { $0.severity == .error }
        if !errors.isEmpty { row.content = .invalid(Problem(errors)) }
        let notes = findings.filter { $0.severity == .warning }.map { "\($0.column) \($0.advice) (\($0.rule))" }
        if !notes.isEmpty { row.note = ([row.note].compactMap(\.self) + notes).joined(separator: "; ") }
        return row
    }
}

extension Row.Content {
    fileprivate init(_ prepared: PreparedRow) {
        self =
            switch prepared.verdict {
            case .invalid: .invalid(Problem(prepared.findings.filter { $0.severity == .error }))
            case .existing(let customerId): .existing(customerId: customerId)
            case .request(let payload, let digest): .request(CreateRequest(payload: payload, digest: digest))
            }
    }
}

extension PreparedRow {
    /// What was typed for the person, in one report line: `postalCode repaired from 2134 to 02134 (postalCode.zero)`.
    fileprivate var note: String? {
        let repairs = findings.filter { $0.severity == .repaired }
        guard !repairs.isEmpty else { return nil }
        return repairs.map { repair in
            let new = repair.suggestion.flatMap { $0.isEmpty ? nil : Text.visible($0) } ?? "nothing"
            return "\(repair.column) repaired from \(Text.visible(repair.value)) to \(new) (\(repair.rule))"
        }.joined(separator: "; ")
    }
}

extension Problem {
    /// All errors of a row in one report line: the first one's rule and column, every one's message.
    ///
    /// The report names the first one's column beside the message, so the message names only the others'.
    init(_ errors: [Finding]) {
        self.init(
            code: errors.first?.rule ?? "",
            field: errors.first?.column ?? "",
            message: errors.enumerated().map { index, finding in
                index == 0 || finding.column.isEmpty ? finding.advice : "\(finding.column): \(finding.advice)"
            }.joined(separator: "; "),
            parts: errors.map { Problem.Part(field: $0.column, message: $0.advice) }
        )
    }

    init(_ fault: ServiceFault) {
        self.init(code: fault.code, field: fault.field, message: fault.message)
    }
}

extension CreateOrder {
    init(_ submission: Submission, sequence: Int) {
        self.init(
            payload: submission.payload,
            idempotencyKey: submission.idempotencyKey,
            domain: submission.domain,
            mayExist: submission.mayExist,
            supersededSince: submission.supersededSince,
            sequence: sequence
        )
    }
}

extension Attempt {
    init(_ attempt: ServiceAttempt) {
        self.init(
            number: attempt.number,
            startedAt: attempt.startedAt,
            duration: attempt.duration,
            wait: attempt.wait,
            httpStatus: attempt.httpStatus,
            outcome: attempt.outcome,
            correlationVector: attempt.correlationVector
        )
    }
}

extension Outcome {
    init(_ result: CreateResult, of submission: Submission) {
        let outcome: Outcome.Result =
            switch result.verdict {
            case .created(let customerId, let credentials, let note):
                .created(
                    customerId: customerId,
                    credentials: Credentials(credentials, customerId: customerId, domain: submission.domain),
                    note: note
                )
            case .rejected(let fault): .rejected(Problem(fault))
            case .failed(let fault, let mayExist): .failed(Problem(fault), mayExist: mayExist)
            case .notSent: .withdrawn
            case .turnedAway(let fault): .turnedAway(Problem(fault))
            case .absent: .absent
            }
        self.init(outcome, httpStatus: result.httpStatus, attempts: result.attempts)
    }
}

extension Credentials {
    fileprivate init?(_ credentials: UserCredentials?, customerId: String, domain: String) {
        guard let password = credentials?.password else { return nil }
        self.init(
            customerId: customerId,
            domain: domain,
            userName: credentials?.userName ?? "",
            password: password
        )
    }
}
