internal import Checkpoint
internal import Manifests

/// Brings rows from the manifests into the checkpoint, batch by batch, and tells which are to be sent.
actor RowSource {
    /// What one reading brought.
    struct Batch: Sendable {
        /// The rows to send, in the manifest's order; their intents are on disk.
        var submissions: [PendingSubmission] = []
        /// How many rows were taken in.
        var rows = 0
        /// The rows that have their status already.
        var settled: [RowStatus: Int] = [:]
        /// What concerns the manifest as a whole and was not known before, with its path.
        var notices: [(path: String, notice: ManifestNotice)] = []
        /// Whether the last manifest is at its end.
        var isLast = false
    }

    /// A submission with its row, where the row has changed since the request that it settles.
    struct PendingSubmission: Sendable {
        let submission: Submission
        let changedRow: Row?
        /// Whether it settles a request that no row names any more.
        var isWithoutRow: Bool { submission.settlesEarlierRequest && changedRow == nil }
    }

    /// A manifest that was opened in this run.
    struct OpenedManifest: Hashable, Sendable {
        let id: ManifestID
        let path: String
        let header: [String]
    }

    private let intake: ManifestIntake
    private let checkpoint: any CheckpointStore
    private let preflight: Preflight?
    /// Whether a manifest that can't be read any further ends only itself.
    private let passesOverFaults: Bool
    private var current: OpenedManifest?
    /// What is read of the current manifest while the checkpoint takes in the rows before, or was read beyond what was
    /// wanted of it.
    private var ahead: Task<ManifestIntake.Batch, any Error>?
    /// Whether the last batch needed nothing sent, so that the next one may not either.
    ///
    /// Then it is read while this one is taken in; else the window reads while it sends.
    private var readsAhead = false
    /// The last row taken in of the current manifest.
    private var lastRow = 0
    /// The manifests opened so far, in their order.
    private(set) var opened: [OpenedManifest] = []
    /// The paths of those that were read to their end.
    private(set) var whole: Set<String> = []
    /// Why those that were passed over can't be read (any further), by path.
    private(set) var faults: [String: ManifestError] = [:]

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - intake: reads the manifests.
    ///   - checkpoint: takes the rows in.
    ///   - preflight: asks the service about rows before their intents are recorded; nil where it is not to be asked.
    ///   - passesOverFaults: whether a manifest that can't be read any further ends only itself.
    init(
        intake: ManifestIntake,
        checkpoint: any CheckpointStore,
        preflight: Preflight?,
        passesOverFaults: Bool
    ) {
        self.intake = intake
        self.checkpoint = checkpoint
        self.preflight = preflight
        self.passesOverFaults = passesOverFaults
    }

    /// Opens every manifest once, before anything is sent.
    ///
    /// - Returns: what is to be told of them, by path.
    /// - Throws: `ManifestError` for the first that can't be read and may not be passed over.
    func check() async throws -> [(path: String, notice: ManifestNotice)] {
        let check = try await intake.check(passesOverFaults: passesOverFaults)
        faults = check.faults
        return check.notices
    }

    /// Takes in the next rows; a batch never spans two manifests.
    ///
    /// - Parameters:
    ///   - limit: how many rows at most.
    ///   - mode: whether they may be sent.
    /// - Returns: what was taken in.
    /// - Throws: `ManifestError` where a manifest can't be read, `CheckpointError` where a row can't be recorded.
    func next(_ limit: Int, mode: AdmissionMode) async throws -> Batch {
        guard let manifest = try await openedManifest() else {
            let submissions = try await submissionsWithoutRow(mode)
            return Batch(submissions: submissions, isLast: submissions.isEmpty)
        }
        let read: ManifestIntake.Batch
        do {
            read = try await self.read(limit, of: manifest.id)
        } catch let error as ManifestError where passesOverFaults {
            faults[manifest.path] = error
            try await closeUnfinished()
            await intake.abandon()
            return Batch()
        }
        if !read.blanks.isEmpty { try await checkpoint.drop(read.blanks) }
        let rows = mode == .hold ? read.rows : try await preflighted(read)
        let admissions = try await checkpoint.admit(rows, mode: mode)
        lastRow = rows.last?.reference.row ?? lastRow
        var batch = Batch(rows: rows.count, notices: read.notices.map { (manifest.path, $0) })
        for (row, admission) in zip(rows, admissions) {
            switch admission {
            case .settled(let status): batch.settled[status, default: 0] += 1
            case .send(let submission):
                let changedRow = submission.settlesEarlierRequest ? row : nil
                batch.submissions.append(PendingSubmission(submission: submission, changedRow: changedRow))
            }
        }
        readsAhead = batch.submissions.isEmpty
        if let total = read.total {
            try await checkpoint.close(manifest: manifest.id, rows: total)
            whole.insert(manifest.path)
            current = nil
            if let silence = await preflight?.takeSilence() {
                let message = "the service could not be asked all about \(silence.rows) rows: \(silence.reason)"
                batch.notices.append((manifest.path, ManifestNotice(line: 1, message: message)))
            }
        }
        return batch
    }

    /// The next rows, and lets those after them be read meanwhile.
    private func read(_ limit: Int, of manifest: ManifestID) async throws -> ManifestIntake.Batch {
        let reading = ahead
        ahead = nil
        var batch = if let reading { try await reading.value } else { try await intake.next(limit, of: manifest) }
        if let rest = batch.cut(after: limit) {
            ahead = Task { rest }
        } else if readsAhead, batch.total == nil {
            ahead = Task { [intake] in try await intake.next(limit, of: manifest) }
        }
        return batch
    }

    /// What is to be settled once every row has had its turn: only then it is known that none names it.
    private func submissionsWithoutRow(_ mode: AdmissionMode) async throws -> [PendingSubmission] {
        // What could not be read may name them.
        guard mode == .send, faults.isEmpty else { return [] }
        return try await checkpoint.admitRequestsWithoutRow().map {
            PendingSubmission(submission: $0, changedRow: nil)
        }
    }

    /// Ends the manifest that was not read to its end, so that what an earlier run knew of the rest is not taken for
    /// this run's.
    ///
    /// - Throws: `CheckpointError` where that can't be recorded.
    func closeUnfinished() async throws {
        guard let current else { return }
        try await checkpoint.close(manifest: current.id, rows: lastRow)
        self.current = nil
        ahead = nil
    }

    /// Asks the service about the rows that would be sent for the first time.
    ///
    /// A row with an open request is never judged: its domain may be taken by the very customer that the request made.
    private func preflighted(_ read: ManifestIntake.Batch) async throws -> [Row] {
        guard let preflight, let preparer = read.preparer else { return read.rows }
        let asked = zip(read.rows, try await checkpoint.wouldSend(read.rows)).map { row, wouldSend -> [UInt8]? in
            guard wouldSend, case .request(let request) = row.content else { return nil }
            return request.payload
        }
        let findings = await preflight.findings(of: asked, in: preparer)
        return zip(read.rows, findings).map { row, findings in row.judged(by: findings) }
    }

    private func openedManifest() async throws -> OpenedManifest? {
        if let current { return current }
        guard let next = try await nextManifest() else { return nil }
        let id = try await checkpoint.open(manifest: next.absolutePath, header: next.header)
        let manifest = OpenedManifest(id: id, path: next.path, header: next.header)
        current = manifest
        lastRow = 0
        opened.append(manifest)
        return manifest
    }

    private func nextManifest() async throws -> ManifestIntake.Opened? {
        while true {
            do {
                return try await intake.openNext()
            } catch let error as ManifestError where passesOverFaults {
                faults[error.path] = error
            }
        }
    }
}

extension ManifestIntake.Batch {
    /// Leaves only the first rows in the batch.
    ///
    /// - Parameter limit: how many rows.
    /// - Returns: the rows after those, with the manifest's end; nil where there are none.
    fileprivate mutating func cut(after limit: Int) -> Self? {
        guard rows.count > limit else { return nil }
        let rest = Self(rows: Array(rows[limit...]), total: total, preparer: preparer)
        rows.removeSubrange(limit...)
        total = nil
        return rest
    }
}
