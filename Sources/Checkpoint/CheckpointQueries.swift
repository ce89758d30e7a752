internal import Platform
internal import SQLite

/// What is read from a checkpoint, by the run that has it and by others beside it.
struct CheckpointQueries {
    let database: Database

    /// Reads from a connection.
    ///
    /// - Parameter database: the checkpoint.
    init(_ database: Database) {
        self.database = database
    }

    /// Counts a manifest's rows by status.
    ///
    /// - Parameter manifest: the manifest.
    /// - Returns: the statuses that occur, with their counts.
    /// - Throws: `SQLiteError` where they can't be read.
    func counts(of manifest: ManifestID) throws(SQLiteError) -> [RowStatus: Int] {
        // The index has, for each status, the places in their order.
        let select = try database.cachedStatement(
            "SELECT count(*) FROM results WHERE status = ?1 AND place BETWEEN ?2 AND ?3"
        )
        try select.bind(RowReference(manifest: manifest, row: 0).place, at: 2)
        try select.bind(RowReference(manifest: manifest, row: Int(UInt32.max)).place, at: 3)
        var counts: [RowStatus: Int] = [:]
        for status in RowStatus.allCases {
            try select.bind(status.rawValue, at: 1)
            guard try select.step() else { continue }
            let count = Int(select.int64(at: 0))
            select.reset()
            if count > 0 { counts[status] = count }
        }
        return counts
    }

    /// Reads a manifest's rows in its order, a page at a time.
    ///
    /// - Parameters:
    ///   - manifest: the manifest.
    ///   - row: the number of the row before the page.
    ///   - limit: the page's size.
    /// - Returns: the rows that follow.
    /// - Throws: `SQLiteError` where they can't be read.
    func rows(of manifest: ManifestID, after row: Int, limit: Int) throws(SQLiteError) -> [RowResult] {
        // A checkpoint of an earlier version that nobody has written to since lacks them.
        let note = try isOfVersion(2) ? "note" : "NULL"
        let parts = try isOfVersion(4) ? "problem_parts" : "NULL"
        let select = try database.cachedStatement(
            """
            SELECT place, line, cells, status, domain, company_name, customer_id, key, http_status, attempts,
                problem_code, problem_field, problem_message, \(note), \(parts)
            FROM results JOIN records USING (place) WHERE place > ?1 AND place <= ?2 ORDER BY place LIMIT ?3
            """
        )
        try select.bind(RowReference(manifest: manifest, row: row).place, at: 1)
        try select.bind(RowReference(manifest: manifest, row: Int(UInt32.max)).place, at: 2)
        try select.bind(limit, at: 3)
        defer { select.reset() }
        var rows: [RowResult] = []
        rows.reserveCapacity(min(limit, 1000))
        while try select.step() { rows.append(try result(at: select)) }
        return rows
    }

    private func result(at select: Statement) throws(SQLiteError) -> RowResult {
        guard let cells = CellCoding.decode(select.bytes(at: 2)), let status = RowStatus(rawValue: select.text(at: 3))
        else { throw SQLiteError(damage: "row \(select.int64(at: 0) & 0xFFFF_FFFF) can't be read") }
        var row = RowResult(
            row: RowReference(place: select.int64(at: 0)).row,
            line: Int(select.int64(at: 1)),
            cells: cells,
            status: status,
            domain: select.text(at: 4),
            companyName: select.text(at: 5)
        )
        row.customerId = select.optionalText(at: 6)
        row.idempotencyKey = select.optionalText(at: 7)
        row.httpStatus = select.optionalInt(at: 8)
        row.attempts = Int(select.int64(at: 9))
        var problem = select.problem(at: 10)
        problem?.parts = select.problemParts(at: 14)
        row.problem = Problem(problem, note: select.optionalText(at: 13))
        return row
    }

    /// The credentials that are not known to be on file yet.
    ///
    /// - Returns: them, in the order they were received.
    /// - Throws: `SQLiteError` where they can't be read.
    func pendingCredentials() throws(SQLiteError) -> [Credentials] {
        let select = try database.cachedStatement(
            "SELECT customer_id, domain, user_name, password FROM credentials ORDER BY id"
        )
        var credentials: [Credentials] = []
        while try select.step() {
            credentials.append(
                Credentials(
                    customerId: select.text(at: 0),
                    domain: select.text(at: 1),
                    userName: select.text(at: 2),
                    password: Secret(select.text(at: 3))
                )
            )
        }
        return credentials
    }

    /// How many requests are open that no row names.
    ///
    /// - Returns: the count of each service, by its base URL.
    /// - Throws: `SQLiteError` where it can't be read.
    func openRequestsWithoutRow() throws(SQLiteError) -> [(endpoint: String, count: Int)] {
        // Without the index it would take a look at every customer.
        guard try isOfVersion(5) else { return [] }
        let select = try database.cachedStatement(
            """
            SELECT endpoint, count(*) FROM services
                JOIN (SELECT service FROM \(Self.openWithoutRow)) ON service = services.id
            GROUP BY endpoint ORDER BY endpoint
            """
        )
        var counts: [(endpoint: String, count: Int)] = []
        while try select.step() { counts.append((select.text(at: 0), Int(select.int64(at: 1)))) }
        return counts
    }

    /// The customers with an open request that no row names: the row of one that is named is `unknown`.
    static let openWithoutRow = """
        customers INDEXED BY open_customers WHERE state = 'open'
            AND id NOT IN (SELECT customer FROM results WHERE status = 'unknown' AND customer IS NOT NULL)
        """

    /// The manifests that runs have read.
    ///
    /// - Returns: them, in the order they were first read.
    /// - Throws: `SQLiteError` where they can't be read.
    func manifests() throws(SQLiteError) -> [ManifestSummary] {
        let select = try database.cachedStatement(
            """
            SELECT id, path, header, row_count, run = (SELECT max(id) FROM runs) FROM manifests ORDER BY id
            """
        )
        var manifests: [ManifestSummary] = []
        while try select.step() {
            guard let header = CellCoding.decode(select.bytes(at: 2)) else {
                throw SQLiteError(damage: "the header of manifest \(select.int64(at: 0)) can't be read")
            }
            manifests.append(
                ManifestSummary(
                    id: ManifestID(rawValue: select.int64(at: 0)),
                    path: select.text(at: 1),
                    header: header,
                    rowCount: select.optionalInt(at: 3),
                    isOfLatestRun: select.int64(at: 4) != 0
                )
            )
        }
        return manifests
    }

    /// The run that began last.
    ///
    /// - Returns: it; nil where there was none.
    /// - Throws: `SQLiteError` where it can't be read.
    func latestRun() throws(SQLiteError) -> RunSummary? {
        // A checkpoint of an earlier version that nobody has written to since did not count.
        let counted = try isOfVersion(3) ? "attempts, retries, throttled_milliseconds, stop_reason" : "0, 0, 0, NULL"
        let select = try database.cachedStatement(
            """
            SELECT uuid, started_at, endpoint, api_version, retries_rejected, ended_at, exit_code, \(counted)
            FROM runs JOIN services ON services.id = runs.service ORDER BY runs.id DESC LIMIT 1
            """
        )
        defer { select.reset() }
        guard try select.step() else { return nil }
        let run = Run(
            id: select.text(at: 0),
            startedAt: Timestamp(milliseconds: select.int64(at: 1)),
            endpoint: select.text(at: 2),
            apiVersion: select.text(at: 3),
            retriesRejected: select.int64(at: 4) != 0
        )
        guard let endedAt = select.optionalInt64(at: 5) else { return RunSummary(run: run) }
        let work = RunWork(
            attempts: Int(select.int64(at: 7)),
            retries: Int(select.int64(at: 8)),
            throttledMilliseconds: select.int64(at: 9)
        )
        let end = RunEnd(
            exitCode: Int32(clamping: select.int64(at: 6)),
            at: Timestamp(milliseconds: endedAt),
            work: work,
            stopReason: select.optionalText(at: 10)
        )
        return RunSummary(run: run, end: end)
    }

    /// Whether the checkpoint has what a version of its schema brought.
    private func isOfVersion(_ version: Int64) throws(SQLiteError) -> Bool {
        try database.number("PRAGMA user_version") ?? 0 >= version
    }
}

extension Problem {
    /// What a row's report says: its problem, and what is to be told whatever became of it.
    fileprivate init?(_ problem: Problem?, note: String?) {
        guard let note else {
            guard let problem else { return nil }
            self = problem
            return
        }
        guard let problem else {
            self.init(code: "row.note", message: note)
            return
        }
        self = problem
        message += "; \(note)"
    }
}
