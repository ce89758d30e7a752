internal import Checkpoint
internal import Reports
internal import Synchronization

/// Puts what happened to submissions on disk, in groups: what comes while one group is on its way there is the next.
///
/// To the disk and back a row changes threads seven times if it goes alone, which costs more than to send it; so only
/// its group goes. Nothing waits for company: a group sets out as soon as the one before it has arrived.
final class SubmissionRecorder: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct Group {
        var events: [SubmissionEvent] = []
        /// Who has to know it on disk.
        var waiters: [Waiter] = []
    }

    private struct State {
        var next = Group()
        /// Whether a group is on its way.
        var isBusy = false
    }

    private let checkpoint: any CheckpointStore
    private let credentials: CredentialsFile?
    private let state = Mutex(State())

    /// Makes a recorder.
    ///
    /// - Parameters:
    ///   - checkpoint: where everything is recorded.
    ///   - credentials: where the one-time passwords go; nil in a rehearsal, which sends nothing.
    init(_ checkpoint: any CheckpointStore, _ credentials: CredentialsFile?) {
        self.checkpoint = checkpoint
        self.credentials = credentials
    }

    /// Notes an attempt of a submission, which is recorded before its outcome.
    ///
    /// A failure is not lost: the checkpoint gives it again when the outcome is recorded.
    ///
    /// - Parameters:
    ///   - attempt: what was tried and what came of it.
    ///   - submission: the submission it belongs to.
    func note(_ attempt: Attempt, of submission: Submission) {
        add(.attempt(attempt, submission), nil)
    }

    /// Records what became of a submission, and puts the password on file that came with it.
    ///
    /// - Parameters:
    ///   - outcome: what became of it.
    ///   - submission: the submission.
    /// - Throws: `CheckpointError` or `ReportError` where it can't be put on disk.
    func record(_ outcome: Outcome, of submission: Submission) async throws {
        try await withCheckedThrowingContinuation { add(.outcome(outcome, submission), $0) }
    }

    private func add(_ event: SubmissionEvent, _ waiter: Waiter?) {
        let mustSetOut = state.withLock { state in
            state.next.events.append(event)
            if let waiter { state.next.waiters.append(waiter) }
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if mustSetOut { Task { await saveGroups() } }
    }

    private func saveGroups() async {
        while let group = nextGroup() {
            do {
                try await save(group.events)
                for waiter in group.waiters { waiter.resume() }
            } catch {
                for waiter in group.waiters { waiter.resume(throwing: error) }
            }
        }
    }

    private func nextGroup() -> Group? {
        state.withLock { state in
            state.isBusy = !state.next.events.isEmpty
            defer { state.next = Group() }
            return state.isBusy ? state.next : nil
        }
    }

    /// Outcomes, with their one-time passwords, are durable in the checkpoint before the passwords are appended to the
    /// credentials file, and are forgotten there only once the file has them: a crash at any point loses neither.
    private func save(_ events: [SubmissionEvent]) async throws {
        let received = events.compactMap(\.credentials)
        do {
            try await checkpoint.record(events)
        } catch {
            // The next run asks again, but nobody promises that the service gives the passwords again.
            try await keep(received)
            throw error
        }
        try await keep(received)
        if credentials != nil, !received.isEmpty {
            try await checkpoint.forgetCredentials(of: received.map(\.customerId))
        }
    }

    private func keep(_ received: [Credentials]) async throws {
        if !received.isEmpty { try await credentials?.append(received) }
    }
}

extension SubmissionEvent {
    /// The one-time password that came with an outcome.
    fileprivate var credentials: Credentials? {
        guard case .outcome(let outcome, _) = self, case .created(_, let received, _) = outcome.result else {
            return nil
        }
        return received
    }
}
