internal import Platform
internal import SQLite

/// The work of a run on its checkpoint: what the decisions mean for the tables.
///
/// It neither begins nor commits transactions.
final class Ledger {
    let run: Run
    let number: Int64
    let rules: any RequestRules
    let database: Database
    let customers: CustomerTable
    let rows: RowTable
    let claims: ClaimTable
    let known: KnownRows
    let credentials: CredentialTable
    /// Whether the last row was of a customer that nobody knew, so that the next one probably is too: it is put into the
    /// table at once then, and looked up only where that shows that it is there.
    var expectsNew = true
    private let insertAttempt: Statement

    /// Starts a run.
    ///
    /// - Parameters:
    ///   - run: what is known of it.
    ///   - rules: how requests are keyed and compared.
    ///   - database: the checkpoint.
    /// - Throws: `SQLiteError` where it can't be written.
    init(_ run: Run, rules: any RequestRules, database: Database) throws(SQLiteError) {
        self.run = run
        self.rules = rules
        self.database = database
        let service = try Self.service(of: run, in: database)
        number = try Self.insert(run, service: service, into: database)
        customers = try CustomerTable(database, service: service, run: number)
        rows = try RowTable(database)
        claims = try ClaimTable(database)
        known = try KnownRows(database, service: service)
        insertAttempt = try database.prepare(
            "INSERT OR REPLACE INTO attempts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        )
        credentials = try CredentialTable(database)
    }

    private static func service(of run: Run, in database: Database) throws(SQLiteError) -> Int64 {
        let insert = try database.prepare("INSERT OR IGNORE INTO services (endpoint, api_version) VALUES (?1, ?2)")
        let select = try database.prepare("SELECT id FROM services WHERE endpoint = ?1 AND api_version = ?2")
        for statement in [insert, select] {
            try statement.bind(run.endpoint, at: 1)
            try statement.bind(run.apiVersion, at: 2)
        }
        try insert.run()
        _ = try select.step()
        return select.int64(at: 0)
    }

    private static func insert(_ run: Run, service: Int64, into database: Database) throws(SQLiteError) -> Int64 {
        let insert = try database.prepare(
            "INSERT INTO runs (uuid, service, retries_rejected, started_at) VALUES (?1, ?2, ?3, ?4)"
        )
        try insert.bind(run.id, at: 1)
        try insert.bind(service, at: 2)
        try insert.bind(run.retriesRejected ? 1 : 0, at: 3)
        try insert.bind(run.startedAt.milliseconds, at: 4)
        try insert.run()
        return database.lastInsertedRow
    }

    /// Ends the run.
    ///
    /// - Parameter end: how it ended.
    /// - Throws: `SQLiteError` where it can't be written.
    func end(_ end: RunEnd) throws(SQLiteError) {
        let update = try database.prepare(
            """
            UPDATE runs SET ended_at = ?2, exit_code = ?3, attempts = ?4, retries = ?5, throttled_milliseconds = ?6,
                stop_reason = ?7
            WHERE id = ?1
            """
        )
        try update.bind(number, at: 1)
        try update.bind(end.time.milliseconds, at: 2)
        try update.bind(Int64(end.exitCode), at: 3)
        try update.bind(end.work.attempts, at: 4)
        try update.bind(end.work.retries, at: 5)
        try update.bind(end.work.throttledMilliseconds, at: 6)
        try update.bind(end.stopReason, at: 7)
        try update.run()
    }

    /// Names a manifest.
    ///
    /// - Parameters:
    ///   - path: its absolute path.
    ///   - header: its column names.
    /// - Returns: its number.
    /// - Throws: `SQLiteError` where it can't be written.
    func open(manifest path: String, header: [String]) throws(SQLiteError) -> ManifestID {
        let upsert = try database.prepare(
            """
            INSERT INTO manifests (path, header, run) VALUES (?1, ?2, ?3)
            ON CONFLICT (path) DO UPDATE SET header = ?2, run = ?3, row_count = NULL RETURNING id
            """
        )
        try upsert.bind(path, at: 1)
        try upsert.bind(CellCoding.encode(header), at: 2)
        try upsert.bind(number, at: 3)
        _ = try upsert.step()
        let id = ManifestID(rawValue: upsert.int64(at: 0))
        try upsert.run()
        return id
    }

    /// Drops a manifest's rows of an earlier run past its last one.
    ///
    /// - Parameters:
    ///   - manifest: the manifest.
    ///   - count: how many rows it has.
    /// - Throws: `SQLiteError` where it can't be written.
    func close(manifest: ManifestID, rows count: Int) throws(SQLiteError) {
        try rows.dropRows(after: count, of: manifest)
        let update = try database.prepare("UPDATE manifests SET row_count = ?2 WHERE id = ?1")
        try update.bind(manifest.rawValue, at: 1)
        try update.bind(count, at: 2)
        try update.run()
    }

    /// Records an attempt.
    ///
    /// - Parameters:
    ///   - attempt: the attempt.
    ///   - submission: what it was an attempt of.
    /// - Throws: `SQLiteError` where it can't be written.
    func record(_ attempt: Attempt, of submission: Submission) throws(SQLiteError) {
        try insertAttempt.bind(submission.customer, at: 1)
        try insertAttempt.bind(number, at: 2)
        try insertAttempt.bind(submission.generation, at: 3)
        try insertAttempt.bind(attempt.number, at: 4)
        try insertAttempt.bind(attempt.startedAt.milliseconds, at: 5)
        try insertAttempt.bind(attempt.duration.microseconds, at: 6)
        try insertAttempt.bind(attempt.wait.microseconds, at: 7)
        try insertAttempt.bind(attempt.httpStatus, at: 8)
        try insertAttempt.bind(attempt.outcome, at: 9)
        try insertAttempt.bind(attempt.correlationVector, at: 10)
        try insertAttempt.run()
    }
}

extension Duration {
    /// The duration in microseconds, cut off.
    fileprivate var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
