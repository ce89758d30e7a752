internal import Checkpoint
internal import Platform
internal import Synchronization
internal import Telemetry

/// A checkpoint that tells the log of every attempt that it records: only there it is known whose row it was.
final class LoggedCheckpoint: CheckpointStore {
    private let checkpoint: any CheckpointStore
    private let logger: Logger
    /// The manifests' paths.
    private let paths = Mutex<[ManifestID: String]>([:])

    /// Makes one in front of another checkpoint.
    ///
    /// - Parameters:
    ///   - checkpoint: where all is recorded.
    ///   - logger: told of the attempts.
    init(_ checkpoint: any CheckpointStore, logger: Logger) {
        self.checkpoint = checkpoint
        self.logger = logger
    }

    func record(_ events: [SubmissionEvent]) async throws {
        for case .attempt(let attempt, let submission) in events { tell(attempt, of: submission) }
        try await checkpoint.record(events)
    }

    private func tell(_ attempt: Attempt, of submission: Submission) {
        let row = submission.reference
        let path = paths.withLock { $0[row.manifest] } ?? "another run's"
        logger.log(
            .debug,
            "A request to create a customer has ended",
            [
                "manifest": path, "row": "\(row.row)", "attempt": "\(attempt.number)", "outcome": attempt.outcome,
                "status": attempt.httpStatus.map(String.init) ?? "", "milliseconds": Self.text(attempt.duration),
                "waited": Self.text(attempt.wait), "requestId": submission.idempotencyKey,
                "correlationVector": attempt.correlationVector,
            ]
        )
    }

    private static func text(_ duration: Duration) -> String { "\(Int64(duration / .milliseconds(1)))" }

    func open(manifest path: String, header: [String]) async throws -> ManifestID {
        let id = try await checkpoint.open(manifest: path, header: header)
        paths.withLock { $0[id] = path }
        return id
    }

    func begin(_ run: Run) async throws { try await checkpoint.begin(run) }

    func admit(_ rows: [Row], mode: AdmissionMode) async throws -> [Admission] {
        try await checkpoint.admit(rows, mode: mode)
    }

    func wouldSend(_ rows: [Row]) async throws -> [Bool] { try await checkpoint.wouldSend(rows) }

    func admitRequestsWithoutRow() async throws -> [Submission] { try await checkpoint.admitRequestsWithoutRow() }

    func drop(_ rows: [RowReference]) async throws { try await checkpoint.drop(rows) }

    func pendingCredentials() async throws -> [Credentials] { try await checkpoint.pendingCredentials() }

    func forgetCredentials(of customerIds: [String]) async throws {
        try await checkpoint.forgetCredentials(of: customerIds)
    }

    func close(manifest: ManifestID, rows: Int) async throws {
        try await checkpoint.close(manifest: manifest, rows: rows)
    }

    func end(_ end: RunEnd) async throws { try await checkpoint.end(end) }

    func counts(of manifest: ManifestID) async throws -> [RowStatus: Int] { try await checkpoint.counts(of: manifest) }

    func rows(of manifest: ManifestID, after row: Int, limit: Int) async throws -> [RowResult] {
        try await checkpoint.rows(of: manifest, after: row, limit: limit)
    }

    func activity() async throws -> RunActivity { try await checkpoint.activity() }
}
