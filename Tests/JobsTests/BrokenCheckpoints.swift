import Checkpoint
import TestDoubles

/// A checkpoint whose run crashes, each time, just before it forgets a password.
struct ForgetlessCheckpoint: AlteredCheckpoint {
    let base: SQLiteCheckpoint

    init(_ base: SQLiteCheckpoint) { self.base = base }

    func forgetCredentials(of customerIds: [String]) async throws {}
}

/// A checkpoint whose disk is full when the first outcome comes.
struct FailingCheckpoint: AlteredCheckpoint {
    let base: SQLiteCheckpoint

    init(_ base: SQLiteCheckpoint) { self.base = base }

    func record(_ events: [SubmissionEvent]) async throws {
        guard events.contains(where: \.isOutcome) else { return try await base.record(events) }
        throw CheckpointError(.unwritable, path: "state", message: "No space left on device")
    }
}
