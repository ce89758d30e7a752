internal import SQLite

/// The ledger: the customers of the run's service, each with its state and its last payload.
final class CustomerTable {
    private let service: Int64
    private let run: Int64
    private let selectByName: Statement
    private let selectByDomain: Statement
    private let selectWithoutRow: Statement
    private let selectPayload: Statement
    private let insert: Statement
    private let reopen: Statement
    private let savePayload: Statement
    private let dropDomain: Statement
    private let touch: Statement
    private let settle: Statement
    private let database: Database

    /// Prepares the table's statements.
    ///
    /// - Parameters:
    ///   - database: the checkpoint.
    ///   - service: the service whose customers they are.
    ///   - run: the present run's number.
    /// - Throws: `SQLiteError` where the tables are not as they should be.
    init(_ database: Database, service: Int64, run: Int64) throws(SQLiteError) {
        self.database = database
        self.service = service
        self.run = run
        let columns = """
            id, name, domain, state, digest, generation, key, customer_id, run, http_status,
            problem_code, problem_field, problem_message
            """
        selectByName = try database.prepare("SELECT \(columns) FROM customers WHERE service = ?1 AND name = ?2")
        selectByDomain = try database.prepare("SELECT \(columns) FROM customers WHERE service = ?1 AND domain = ?2")
        selectWithoutRow = try database.prepare(
            """
            SELECT \(columns) FROM \(CheckpointQueries.openWithoutRow) AND run < ?2 AND service = ?1
            ORDER BY id LIMIT 1000
            """
        )
        selectPayload = try database.prepare("SELECT payload FROM payloads WHERE customer = ?1")
        insert = try database.prepare(
            """
            INSERT INTO customers (service, name, domain, state, digest, generation, key, run)
            VALUES (?1, ?2, ?3, 'open', ?4, 0, ?5, ?6) ON CONFLICT DO NOTHING
            """
        )
        reopen = try database.prepare(
            """
            UPDATE customers SET name = ?2, domain = ?3, state = 'open', digest = ?4, generation = ?5, key = ?6, run = ?7,
                http_status = NULL, problem_code = NULL, problem_field = NULL, problem_message = NULL
            WHERE id = ?1
            """
        )
        savePayload = try database.prepare(
            """
            INSERT INTO payloads VALUES (?1, ?2)
            ON CONFLICT (customer) DO UPDATE SET payload = ?2 WHERE payload IS NOT ?2
            """
        )
        dropDomain = try database.prepare("UPDATE customers SET domain = NULL WHERE id = ?1")
        touch = try database.prepare("UPDATE customers SET run = ?2 WHERE id = ?1")
        settle = try database.prepare(
            """
            UPDATE customers SET state = ?2, generation = generation + ?3, customer_id = coalesce(?4, customer_id),
                http_status = ?5, problem_code = ?6, problem_field = ?7, problem_message = ?8
            WHERE id = ?1
            """
        )
    }

    /// The entry of an identity name.
    ///
    /// - Parameter name: the name.
    /// - Returns: the entry; nil where there is none.
    /// - Throws: `SQLiteError` where it can't be read.
    func entry(named name: String) throws(SQLiteError) -> LedgerEntry? {
        try entry(selectByName, name)
    }

    /// The entry that has a domain.
    ///
    /// - Parameter domain: the domain, in lower-case A-label form.
    /// - Returns: the entry; nil where there is none.
    /// - Throws: `SQLiteError` where it can't be read.
    func entry(ofDomain domain: String) throws(SQLiteError) -> LedgerEntry? {
        try entry(selectByDomain, domain)
    }

    /// The entries whose requests earlier runs left open, and that no row names any more.
    ///
    /// - Returns: the first thousand, in the order they came.
    /// - Throws: `SQLiteError` where they can't be read.
    func openEntriesWithoutRow() throws(SQLiteError) -> [LedgerEntry] {
        try selectWithoutRow.bind(service, at: 1)
        try selectWithoutRow.bind(run, at: 2)
        defer { selectWithoutRow.reset() }
        var entries: [LedgerEntry] = []
        while try selectWithoutRow.step() { entries.append(try entry(at: selectWithoutRow)) }
        return entries
    }

    private func entry(_ statement: Statement, _ text: String) throws(SQLiteError) -> LedgerEntry? {
        try statement.bind(service, at: 1)
        try statement.bind(text, at: 2)
        defer { statement.reset() }
        return try statement.step() ? entry(at: statement) : nil
    }

    private func entry(at statement: Statement) throws(SQLiteError) -> LedgerEntry {
        guard let state = LedgerEntry.State(rawValue: statement.text(at: 3)) else {
            throw SQLiteError(damage: "a customer's state is \(statement.text(at: 3))")
        }
        return LedgerEntry(
            id: statement.int64(at: 0),
            name: statement.text(at: 1),
            domain: statement.optionalText(at: 2),
            state: state,
            digest: statement.bytes(at: 4),
            generation: Int(statement.int64(at: 5)),
            key: statement.text(at: 6),
            customerId: statement.optionalText(at: 7),
            run: statement.int64(at: 8),
            httpStatus: statement.optionalInt(at: 9),
            problem: statement.problem(at: 10)
        )
    }

    /// The payload that an entry's request has.
    ///
    /// - Parameter id: the entry.
    /// - Returns: the payload, canonical JSON.
    /// - Throws: `SQLiteError` where it can't be read.
    func payload(of id: Int64) throws(SQLiteError) -> [UInt8] {
        try selectPayload.bind(id, at: 1)
        defer { selectPayload.reset() }
        guard try selectPayload.step() else { throw SQLiteError(damage: "customer \(id) has no payload") }
        return selectPayload.bytes(at: 0)
    }

    /// Records the intent to send the first request of a customer, where the table has neither its name nor its domain.
    ///
    /// Nearly every row of a first import is such a one, and need not be looked up before.
    ///
    /// - Parameters:
    ///   - request: what is sent.
    ///   - identity: whose it is.
    ///   - key: its idempotency key, of generation 0.
    /// - Returns: the new entry's number; nil where there is an entry of the name or the domain, and nothing was changed.
    /// - Throws: `SQLiteError` where it can't be written.
    func openNew(
        _ request: CreateRequest,
        for identity: Identity,
        key: String
    ) throws(SQLiteError) -> Int64? {
        try insert.bind(service, at: 1)
        try insert.bind(identity.name, at: 2)
        try insert.bind(identity.domain, at: 3)
        try insert.bind(request.digest, at: 4)
        try insert.bind(key, at: 5)
        try insert.bind(run, at: 6)
        try insert.run()
        guard database.changedRows == 1 else { return nil }
        let id = database.lastInsertedRow
        try save(request.payload, of: id)
        return id
    }

    /// Records the intent to send a new request under an entry that has no open one.
    ///
    /// - Parameters:
    ///   - entry: the entry, whose generation the request has.
    ///   - request: what is sent.
    ///   - identity: whose it is; the entry takes this name and domain.
    ///   - key: its idempotency key.
    /// - Throws: `SQLiteError` where it can't be written.
    func reopen(
        _ entry: LedgerEntry,
        with request: CreateRequest,
        for identity: Identity,
        key: String
    ) throws(SQLiteError) {
        try reopen.bind(entry.id, at: 1)
        try reopen.bind(identity.name, at: 2)
        try reopen.bind(identity.domain, at: 3)
        try reopen.bind(request.digest, at: 4)
        try reopen.bind(entry.generation, at: 5)
        try reopen.bind(key, at: 6)
        try reopen.bind(run, at: 7)
        try reopen.run()
        try save(request.payload, of: entry.id)
    }

    private func save(_ payload: [UInt8], of id: Int64) throws(SQLiteError) {
        try savePayload.bind(id, at: 1)
        try savePayload.bind(payload, at: 2)
        try savePayload.run()
    }

    /// Records that this run sends the open request again.
    ///
    /// - Parameter id: the entry.
    /// - Throws: `SQLiteError` where it can't be written.
    func openAgain(_ id: Int64) throws(SQLiteError) {
        try touch.bind(id, at: 1)
        try touch.bind(run, at: 2)
        try touch.run()
    }

    /// Takes the domain away from an entry, for another one to have it.
    ///
    /// - Parameter id: the entry.
    /// - Throws: `SQLiteError` where it can't be written.
    func removeDomain(of id: Int64) throws(SQLiteError) {
        try dropDomain.bind(id, at: 1)
        try dropDomain.run()
    }

    /// Records how an open request ended.
    ///
    /// - Parameters:
    ///   - id: the entry.
    ///   - state: the state it has now.
    ///   - customerId: the customer's id, where it was created.
    ///   - httpStatus: the status of a refusal.
    ///   - problem: the refusal, the failure or the note.
    ///   - isRefusal: whether the service refused the request, though not for the row's sake.
    /// - Throws: `SQLiteError` where it can't be written.
    func settle(
        _ id: Int64,
        _ state: LedgerEntry.State,
        customerId: String? = nil,
        httpStatus: Int? = nil,
        problem: Problem? = nil,
        isRefusal: Bool = false
    ) throws(SQLiteError) {
        try settle.bind(id, at: 1)
        try settle.bind(state.rawValue, at: 2)
        // The one place where a generation rises: a definite answer that no customer was created.
        try settle.bind(state == .rejected || isRefusal ? 1 : 0, at: 3)
        try settle.bind(customerId, at: 4)
        try settle.bind(httpStatus, at: 5)
        try settle.bind(problem, at: 6)
        try settle.run()
    }
}
