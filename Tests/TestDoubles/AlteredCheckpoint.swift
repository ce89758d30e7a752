package import Checkpoint

/// A checkpoint with something changed, for a test.
package protocol AlteredCheckpoint: CheckpointStore {
    var base: SQLiteCheckpoint { get }
}

extension AlteredCheckpoint {
    package func begin(_ run: Run) async throws { try await base.begin(run) }
    package func open(manifest path: String, header: [String]) async throws -> ManifestID {
        try await base.open(manifest: path, header: header)
    }
    package func admit(_ rows: [Row], mode: AdmissionMode) async throws -> [Admission] {
        try await base.admit(rows, mode: mode)
    }
    package func wouldSend(_ rows: [Row]) async throws -> [Bool] { try await base.wouldSend(rows) }
    package func admitRequestsWithoutRow() async throws -> [Submission] { try await base.admitRequestsWithoutRow() }
    package func drop(_ rows: [RowReference]) async throws { try await base.drop(rows) }
    package func record(_ events: [SubmissionEvent]) async throws { try await base.record(events) }
    package func pendingCredentials() async throws -> [Credentials] { try await base.pendingCredentials() }
    package func forgetCredentials(of customerIds: [String]) async throws {
        try await base.forgetCredentials(of: customerIds)
    }
    package func close(manifest: ManifestID, rows: Int) async throws {
        try await base.close(manifest: manifest, rows: rows)
    }
    package func end(_ end: RunEnd) async throws { try await base.end(end) }
    package func activity() async throws -> RunActivity { try await base.activity() }
    package func counts(of manifest: ManifestID) async throws -> [RowStatus: Int] {
        try await base.counts(of: manifest)
    }
    package func rows(of manifest: ManifestID, after row: Int, limit: Int) async throws -> [RowResult] {
        try await base.rows(of: manifest, after: row, limit: limit)
    }
}
