internal import Checkpoint
internal import PartnerCenterClient
internal import Reports

/// Sends one submission and puts what became of it on disk, in the order that loses nothing.
struct SubmissionRunner: Sendable {
    let checkpoint: any CheckpointStore
    let service: any CustomerService
    let credentials: CredentialsFile?
    /// Seals passwords before they are put on disk; nil where they are kept as they are.
    var sealer: (any CredentialSealer)?

    /// Sends a submission whose intent is on disk.
    ///
    /// Where it only settles an earlier request of a row that has changed since, the row is then looked at anew: it is
    /// a conflict, or is sent as it is now.
    ///
    /// - Parameters:
    ///   - submission: the submission.
    ///   - row: the row as it is now, where the submission settles an earlier request.
    ///   - sequence: its place in the run's correlation vector.
    /// - Returns: what became of the last request sent, and whether the row's own result tells it.
    /// - Throws: `CheckpointError` or `ReportError` where it can't be put on disk.
    func run(_ submission: Submission, changed row: Row?, sequence: Int) async throws -> (Outcome, isToldByRow: Bool) {
        var submission = submission
        while true {
            let outcome = try await send(submission, sequence: sequence)
            guard submission.settlesEarlierRequest else { return (outcome, true) }
            guard let row else { return (outcome, false) }
            let admission = try await checkpoint.admit([row], mode: outcome.isDefinite ? .send : .hold)
            guard case .send(let next) = admission.first else {
                return (outcome, admission.first != .settled(.duplicate))
            }
            submission = next
        }
    }

    /// The outcome, with its one-time password, is durable in the checkpoint before the password is appended to the
    /// credentials file, and is forgotten there only once the file has it: a crash at any point loses neither.
    private func send(_ submission: Submission, sequence: Int) async throws -> Outcome {
        let attempts = AttemptRecorder(checkpoint: checkpoint, submission: submission)
        let result = await service.create(CreateOrder(submission, sequence: sequence)) { attempt in
            await attempts.record(attempt)
        }
        let outcome = try Outcome(result, of: submission).sealed(by: sealer)
        do {
            try await checkpoint.record(outcome, of: submission)
        } catch {
            // The next run asks again, but nobody promises that the service gives the password again.
            try await keep(outcome)
            throw error
        }
        if let customerId = try await keep(outcome) { try await checkpoint.forgetCredentials(of: [customerId]) }
        return outcome
    }

    /// Puts a password on file, where the outcome has one.
    ///
    /// - Returns: whose it is.
    @discardableResult
    private func keep(_ outcome: Outcome) async throws -> String? {
        guard let credentials, case .created(let customerId, let received?, _) = outcome.result else { return nil }
        try await credentials.append(received)
        return customerId
    }
}

/// Passes attempts on to the checkpoint.
private struct AttemptRecorder: Sendable {
    let checkpoint: any CheckpointStore
    let submission: Submission

    /// A failure here is not lost: the checkpoint gives it again when the outcome is recorded.
    func record(_ attempt: ServiceAttempt) async {
        do {
            try await checkpoint.record(Attempt(attempt), of: submission)
        } catch {
            return
        }
    }
}

extension Outcome {
    /// Whether it is known that the customer exists, or that it does not.
    fileprivate var isDefinite: Bool {
        switch result {
        case .created, .rejected, .absent: true
        case .failed, .withdrawn, .turnedAway: false
        }
    }
}

extension Outcome {
    /// The outcome as it may be put on disk.
    fileprivate func sealed(by sealer: (any CredentialSealer)?) throws(ReportError) -> Outcome {
        guard let sealer, case .created(let customerId, let received?, let note) = result else { return self }
        var sealed = self
        sealed.result = .created(customerId: customerId, credentials: try sealer.seal(received), note: note)
        return sealed
    }
}
