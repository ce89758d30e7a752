import Checkpoint
import Platform

/// A checkpoint with something changed, for a test.
protocol AlteredCheckpoint: CheckpointStore {
    var base: SQLiteCheckpoint { get }
}

extension AlteredCheckpoint {
    func begin(_ run: Run) async throws { try await base.begin(run) }
    func open(manifest path: String, header: [String]) async throws -> ManifestID {
        try await base.open(manifest: path, header: header)
    }
    func admit(_ rows: [Row], mode: AdmissionMode) async throws -> [Admission] {
        try await base.admit(rows, mode: mode)
    }
    func wouldSend(_ rows: [Row]) async throws -> [Bool] { try await base.wouldSend(rows) }
    func admitRequestsWithoutRow() async throws -> [Submission] { try await base.admitRequestsWithoutRow() }
    func drop(_ rows: [RowReference]) async throws { try await base.drop(rows) }
    func record(_ attempt: Attempt, of submission: Submission) async throws {
        try await base.record(attempt, of: submission)
    }
    func record(_ outcome: Outcome, of submission: Submission) async throws {
        try await base.record(outcome, of: submission)
    }
    func pendingCredentials() async throws -> [Credentials] { try await base.pendingCredentials() }
    func forgetCredentials(of customerIds: [String]) async throws { try await base.forgetCredentials(of: customerIds) }
    func close(manifest: ManifestID, rows: Int) async throws { try await base.close(manifest: manifest, rows: rows) }
    func end(_ end: RunEnd) async throws { try await base.end(end) }
    func activity() async throws -> RunActivity { try await base.activity() }
    func counts(of manifest: ManifestID) async throws -> [RowStatus: Int] { try await base.counts(of: manifest) }
    func rows(of manifest: ManifestID, after row: Int, limit: Int) async throws -> [RowResult] {
        try await base.rows(of: manifest, after: row, limit: limit)
    }
}

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

    func record(_ outcome: Outcome, of submission: Submission) async throws {
        throw CheckpointError(.unwritable, path: "state", message: "No space left on device")
    }
}
