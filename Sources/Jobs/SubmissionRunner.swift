internal import Checkpoint
internal import PartnerCenterClient
internal import Reports

/// Sends one submission and puts what became of it on disk, in the order that loses nothing.
struct SubmissionRunner: Sendable {
    let checkpoint: any CheckpointStore
    let service: any CustomerService
    let recorder: SubmissionRecorder
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
        let outcome = try await send(submission, sequence: sequence)
        guard submission.settlesEarlierRequest else { return (outcome, true) }
        guard let row else { return (outcome, false) }
        return try await runNext(of: row, after: outcome, sequence: sequence)
    }

    /// Looks at a row anew once an earlier request of it is settled.
    ///
    /// Apart from the rest, and never put into it: what it keeps while it waits would take room in every row's task.
    @inline(never)
    private func runNext(of row: Row, after outcome: Outcome, sequence: Int) async throws -> (Outcome, Bool) {
        let admission = try await checkpoint.admit([row], mode: outcome.isDefinite ? .send : .hold)
        guard case .send(let next) = admission.first else {
            return (outcome, admission.first != .settled(.duplicate))
        }
        return try await run(next, changed: row, sequence: sequence)
    }

    private func send(_ submission: Submission, sequence: Int) async throws -> Outcome {
        let result = await service.create(CreateOrder(submission, sequence: sequence)) { attempt in
            recorder.note(Attempt(attempt), of: submission)
        }
        let outcome = try Outcome(result, of: submission).sealed(by: sealer)
        try await recorder.record(outcome, of: submission)
        return outcome
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
