internal import Checkpoint
internal import Platform

/// Keeps in memory what a run without a checkpoint still has to know: who claimed an identity, and the results.
///
/// It records nothing, so nothing can be resumed: it shows what the real one costs.
actor MemoryCheckpoint: CheckpointStore {
    private let rules: any RequestRules
    private var claimed: Set<String> = []
    private var results: [RowResult] = []

    init(rules: any RequestRules) {
        self.rules = rules
    }

    func begin(_ run: Run) {}

    func open(manifest path: String, header: [String]) -> ManifestID { ManifestID(rawValue: 1) }

    func admit(_ rows: [Row], mode: AdmissionMode) -> [Admission] {
        rows.map { row in
            var result = RowResult(
                row: row.reference.row,
                line: row.line,
                cells: row.cells,
                status: .invalid,
                domain: row.domain,
                companyName: row.companyName
            )
            defer { results.append(result) }
            guard case .request(let request) = row.content, let identity = row.identity else {
                return .settled(.invalid)
            }
            let names = [identity.name, identity.domain].compactMap(\.self)
            guard claimed.isDisjoint(with: names) else {
                result.status = .duplicate
                return .settled(.duplicate)
            }
            claimed.formUnion(names)
            let key = rules.idempotencyKey(identity: identity.name, digest: request.digest, generation: 0)
            result.status = .unknown
            result.idempotencyKey = key
            return .send(
                Submission(
                    customer: Int64(row.reference.row),
                    reference: row.reference,
                    domain: identity.domain ?? "",
                    payload: request.payload,
                    idempotencyKey: key,
                    generation: 0,
                    mayExist: false
                )
            )
        }
    }

    func wouldSend(_ rows: [Row]) -> [Bool] { rows.map { _ in true } }

    func admitRequestsWithoutRow() -> [Submission] { [] }

    func drop(_ rows: [RowReference]) {}

    func record(_ events: [SubmissionEvent]) {
        for case .outcome(let outcome, let submission) in events { record(outcome, of: submission) }
    }

    private func record(_ outcome: Outcome, of submission: Submission) {
        // Rows are admitted in the manifest's order, from 1.
        let index = submission.reference.row - 1
        results[index].attempts = outcome.attempts
        results[index].httpStatus = outcome.httpStatus
        guard case .created(let customerId, _, _) = outcome.result else {
            results[index].status = .failed
            return
        }
        results[index].status = .created
        results[index].customerId = customerId
    }

    func pendingCredentials() -> [Credentials] { [] }

    func forgetCredentials(of customerIds: [String]) {}

    func close(manifest: ManifestID, rows: Int) {}

    func end(_ end: RunEnd) {}

    func counts(of manifest: ManifestID) -> [RowStatus: Int] {
        results.reduce(into: [:]) { counts, result in counts[result.status, default: 0] += 1 }
    }

    func rows(of manifest: ManifestID, after row: Int, limit: Int) -> [RowResult] {
        Array(results.dropFirst(row).prefix(limit))
    }

    func activity() -> RunActivity { RunActivity() }
}
