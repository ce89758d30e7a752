internal import Platform
internal import SQLite

/// The checkpoint in a SQLite file: one run of one machine has it at a time.
///
/// Changes are committed in groups. A change begins a transaction or joins the one that is open; who has to know it on
/// disk waits for the commit, and all who come while one commit runs share the next.
package actor SQLiteCheckpoint: CheckpointStore {
    private let executor = QueueExecutor("checkpoint")
    nonisolated package var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    private let rules: any RequestRules
    private let groupWait: Duration
    private let clock: any Clock<Duration>
    private var lock: CheckpointLock?
    private var database: Database?
    private var ledger: Ledger?
    /// The first fault; nothing is done after it.
    private var failure: CheckpointError?
    private var waiters: [CheckedContinuation<Void, any Error>] = []
    private var rowsInTransaction = 0
    /// How many groups were committed.
    private(set) var commitCount = 0
    /// How many calls wait for the next commit.
    var waiterCount: Int { waiters.count }

    /// Opens a checkpoint, or makes it where there is none, and holds it until it is closed.
    ///
    /// - Parameters:
    ///   - path: its path.
    ///   - rules: how requests are keyed and compared.
    ///   - groupWait: how long a commit waits for company beyond what comes while the one before it runs.
    ///   - clock: what it waits by.
    /// - Throws: `CheckpointError` where another run holds it, it is no checkpoint, or it can't be written.
    package init(
        path: String,
        rules: any RequestRules,
        groupWait: Duration = .zero,
        clock: any Clock<Duration> = ContinuousClock()
    ) async throws {
        self.init(unopened: path, rules: rules, groupWait: groupWait, clock: clock)
        try open()
    }

    /// Opens a private copy of a checkpoint, for a rehearsal that changes nothing; it is gone when it is closed.
    ///
    /// - Parameters:
    ///   - path: the checkpoint's path; where there is none the copy is empty.
    ///   - rules: how requests are keyed and compared.
    /// - Returns: the copy.
    /// - Throws: `CheckpointError` where it is no checkpoint, or no copy can be made.
    package static func rehearsal(of path: String, rules: any RequestRules) async throws -> SQLiteCheckpoint {
        let checkpoint = SQLiteCheckpoint(unopened: path, rules: rules, groupWait: .zero, clock: ContinuousClock())
        try await checkpoint.openCopy()
        return checkpoint
    }

    private init(unopened path: String, rules: any RequestRules, groupWait: Duration, clock: any Clock<Duration>) {
        self.path = path
        self.rules = rules
        self.groupWait = groupWait
        self.clock = clock
    }

    private func open() throws {
        let file = CheckpointFile(path)
        // What is no checkpoint is left alone, without a lock beside it.
        _ = try file.examine()
        try file.makeFolder()
        let lock = try CheckpointLock(file.location, path: path)
        if try file.examine() == .nothing { try file.create() }
        database = try file.open()
        self.lock = consume lock
    }

    private func openCopy() throws {
        database = try CheckpointFile(path).openCopy()
    }

    /// Commits what is open, empties the log into the file and gives the checkpoint back.
    ///
    /// - Throws: `CheckpointError` where it can't be written.
    package func close() throws {
        commitGroup()
        let fault = failure
        do {
            // What was secret in the log must not outlive the run.
            try perform { database throws in _ = try database.emptyWriteAheadLog() }
        } catch {}  // `perform` remembers it.
        let result = fault ?? failure
        failure = .closed(path)
        ledger = nil
        database?.close()
        database = nil
        try lock.take()?.release()
        if let result { throw result }
    }
}

// MARK: - Group commit

extension SQLiteCheckpoint {
    /// How many rows one transaction takes in at most where nobody waits for it.
    private static var rowsPerTransaction: Int { 10_000 }

    /// Works on the checkpoint, and remembers a fault.
    private func perform<Result>(_ body: (Database) throws -> Result) throws -> Result {
        if let failure { throw failure }
        guard let database else { throw CheckpointError.closed(path) }
        do {
            return try body(database)
        } catch {
            throw fail(error)
        }
    }

    /// Works on the run's rows, in the transaction that is open or a new one.
    private func change<Result>(_ body: (Ledger) throws -> Result) throws -> Result {
        try perform { database throws in
            guard let ledger else { throw CheckpointError(.unwritable, path: path, message: "no run has begun") }
            if !database.isInTransaction { try database.begin() }
            return try body(ledger)
        }
    }

    /// Ends the work for good: those who wait, and those who come, are told why.
    private func fail(_ error: any Error) -> CheckpointError {
        let error = CheckpointError(any: error, path: path)
        failure = error
        // It drops what nobody was told is kept; where even that fails, the next run's recovery does it.
        do { try database?.rollBack() } catch {}
        resumeWaiters { $0.resume(throwing: error) }
        return error
    }

    /// Waits until the open transaction is committed, with all that join it until then.
    private func committed() async throws {
        try await withCheckedThrowingContinuation { continuation in
            waiters.append(continuation)
            guard waiters.count == 1 else { return }
            // The executor is first in, first out: whoever is in line already is served before this task.
            Task {
                // Nobody cancels this task; if the wait ended early all the same, the group would only be smaller.
                if groupWait > .zero { do { try await clock.sleep(for: groupWait) } catch {} }
                commitGroup()
            }
        }
    }

    /// Commits the open transaction and tells those who wait for it.
    private func commitGroup() {
        do {
            try perform { database throws in
                if database.isInTransaction { try database.commit() }
            }
        } catch { return }  // `perform` has told them.
        rowsInTransaction = 0
        commitCount += 1
        resumeWaiters { $0.resume() }
    }

    private func resumeWaiters(_ resume: (CheckedContinuation<Void, any Error>) -> Void) {
        let waiting = waiters
        waiters = []
        waiting.forEach(resume)
    }
}

// MARK: - CheckpointStore

extension SQLiteCheckpoint {
    package func begin(_ run: Run) async throws {
        try perform { database throws in
            if !database.isInTransaction { try database.begin() }
            ledger = try Ledger(run, rules: rules, database: database)
        }
        try await committed()
    }

    package func open(manifest path: String, header: [String]) async throws -> ManifestID {
        let id = try change { ledger throws in try ledger.open(manifest: path, header: header) }
        try await committed()
        return id
    }

    /// Takes rows in; where none of them is to be sent, they reach the disk with the next thing that must.
    package func admit(_ rows: [Row], mode: AdmissionMode) async throws -> [Admission] {
        let admissions = try change { ledger throws in try ledger.admit(rows, mode: mode) }
        rowsInTransaction += rows.count
        let isToSend = admissions.contains { if case .send = $0 { true } else { false } }
        if isToSend || rowsInTransaction >= Self.rowsPerTransaction { try await committed() }
        return admissions
    }

    package func wouldSend(_ rows: [Row]) async throws -> [Bool] {
        try change { ledger throws in try rows.map { row throws in try ledger.wouldSend(row) } }
    }

    package func admitRequestsWithoutRow() async throws -> [Submission] {
        let submissions = try change { ledger throws in try ledger.admitRequestsWithoutRow() }
        if !submissions.isEmpty { try await committed() }
        return submissions
    }

    package func drop(_ rows: [RowReference]) async throws {
        try change { ledger throws in try ledger.rows.drop(rows) }
    }

    package func record(_ events: [SubmissionEvent]) async throws {
        try change { ledger throws in
            for event in events {
                switch event {
                case .attempt(let attempt, let submission): try ledger.record(attempt, of: submission)
                case .outcome(let outcome, let submission): try ledger.record(outcome, of: submission)
                }
            }
        }
        if events.contains(where: \.isOutcome) { try await committed() }
    }

    package func forgetCredentials(of customerIds: [String]) async throws {
        try change { ledger throws in
            for id in customerIds { try ledger.credentials.forget(id) }
        }
    }

    package func close(manifest: ManifestID, rows: Int) async throws {
        try change { ledger throws in try ledger.close(manifest: manifest, rows: rows) }
        try await committed()
    }

    package func end(_ end: RunEnd) async throws {
        try change { ledger throws in try ledger.end(end) }
        try await committed()
    }

    package func pendingCredentials() async throws -> [Credentials] {
        try perform { database throws in try CheckpointQueries(database).pendingCredentials() }
    }

    package func counts(of manifest: ManifestID) async throws -> [RowStatus: Int] {
        try perform { database throws in try CheckpointQueries(database).counts(of: manifest) }
    }

    package func rows(of manifest: ManifestID, after row: Int, limit: Int) async throws -> [RowResult] {
        try perform { database throws in
            try CheckpointQueries(database).rows(of: manifest, after: row, limit: limit)
        }
    }

    package func activity() async throws -> RunActivity {
        try perform { database throws in try CheckpointQueries(database).activity() }
    }

    /// The manifests that runs have read.
    ///
    /// - Returns: them, in the order they were first read.
    /// - Throws: `CheckpointError` where they can't be read.
    package func manifests() async throws -> [ManifestSummary] {
        try perform { database throws in try CheckpointQueries(database).manifests() }
    }

    /// The run that began last.
    ///
    /// - Returns: it; nil where there was none.
    /// - Throws: `CheckpointError` where it can't be read.
    package func latestRun() async throws -> RunSummary? {
        try perform { database throws in try CheckpointQueries(database).latestRun() }
    }
}
