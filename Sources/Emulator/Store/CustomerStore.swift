internal import Platform
internal import SQLite

/// The customers and the answers to creates, in SQLite.
///
/// It belongs to one thread, and its calls block.
final class CustomerStore {
    /// `PCEm`, so that another program's database is never taken for a store.
    private static let applicationId: Int64 = 0x5043_456D
    private static let version: Int64 = 3

    private static let schema = """
        CREATE TABLE customer (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            domain TEXT NOT NULL,
            domain_key TEXT NOT NULL UNIQUE,
            company_name TEXT NOT NULL,
            company_key TEXT NOT NULL,
            relationship TEXT NOT NULL,
            resource BLOB NOT NULL
        ) STRICT;
        CREATE INDEX customer_company ON customer (company_key);
        CREATE TABLE replay (
            request_id TEXT PRIMARY KEY,
            fingerprint INTEGER NOT NULL,
            status INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        PRAGMA application_id = \(applicationId);
        PRAGMA user_version = 1;
        """

    /// What the second version adds to the first one.
    private static let secondVersion = """
        ALTER TABLE customer ADD COLUMN reseller_key TEXT NOT NULL DEFAULT '';
        ALTER TABLE customer ADD COLUMN created INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE customer ADD COLUMN correlation_id TEXT NOT NULL DEFAULT '';
        CREATE INDEX customer_reseller ON customer (reseller_key) WHERE reseller_key <> '';
        CREATE TABLE consumed_domain (domain_key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE token (token TEXT PRIMARY KEY, is_refresh INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
        CREATE TABLE agreement (
            sequence INTEGER PRIMARY KEY,
            customer_id TEXT NOT NULL,
            contact_key TEXT NOT NULL,
            resource BLOB NOT NULL,
            UNIQUE (customer_id, contact_key)
        ) STRICT;
        CREATE TABLE audit (sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, resource BLOB NOT NULL) STRICT;
        PRAGMA user_version = 2;
        """

    /// What the third version adds: audit records are found by time, and tokens that have expired by expiry.
    private static let thirdVersion = """
        CREATE INDEX customer_created ON customer (created);
        CREATE INDEX audit_time ON audit (time);
        CREATE INDEX token_expiry ON token (expires);
        PRAGMA user_version = 3;
        """

    let database: Database

    /// Opens a store, and makes it where it is missing.
    init(_ place: EmulatorConfiguration.Store) throws(EmulatorError) {
        let path = if case .file(let path) = place { path } else { "" }
        do {
            // It holds passwords: nobody else may read it from its first byte on, nor its log, which inherits that.
            if case .file = place { _ = try File(path, .append, permissions: 0o600) }
        } catch {
            throw EmulatorError(.unusable, "\(path): can't use the store: \(error.reason)")
        }
        do {
            database =
                if case .file = place { try Database(path: path, mode: .create, busyTimeout: 0) } else {
                    try Database()
                }
            // The lock is this process's for good, which spares the shared memory file and a second emulator's mix-ups.
            try database.execute(
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"
            )
            try database.execute("PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000")
        } catch {
            throw EmulatorError(store: path, error)
        }
        try migrate(path)
    }

    private func migrate(_ path: String) throws(EmulatorError) {
        do {
            let application = try database.number("PRAGMA application_id") ?? 0
            let version = try database.number("PRAGMA user_version") ?? 0
            let isEmpty = try database.number("SELECT count(*) FROM sqlite_schema") == 0
            if isEmpty, application == 0 || application == Self.applicationId {
                return try add(Self.schema, Self.secondVersion, Self.thirdVersion)
            }
            guard application == Self.applicationId else {
                throw EmulatorError(.foreign, "\(path): not an emulator's store; give another --store")
            }
            if version == 1 { return try add(Self.secondVersion, Self.thirdVersion) }
            if version == 2 { return try add(Self.thirdVersion) }
            guard version == Self.version else {
                throw EmulatorError(.foreign, "\(path): written by another version of Purser; give another --store")
            }
        } catch let error as SQLiteError {
            throw EmulatorError(store: path, error)
        } catch let error as EmulatorError {
            throw error
        } catch {
            throw EmulatorError(.unusable, "\(path): can't use the store: \(error)")
        }
    }

    private func add(_ steps: String...) throws(SQLiteError) {
        try database.execute("BEGIN IMMEDIATE; \(steps.joined(separator: " ")) COMMIT")
    }

    /// Closes the database and leaves one file.
    func close() { database.close() }

    /// Runs a body in a transaction that is durable once this returns.
    func transaction<Result>(_ body: () throws -> Result) throws -> Result { try database.transaction(body) }
}

extension CustomerStore {
    /// Creates a customer, refuses to, or repeats what was answered before; inside a transaction.
    ///
    /// - Parameter create: what was asked for.
    /// - Returns: the answer.
    /// - Throws: `SQLiteError` where the disk refuses.
    func create(_ create: PreparedCreate) throws(SQLiteError) -> StoredAnswer {
        let requestId = create.replays == .none ? nil : create.requestId
        if let requestId, let before = try replay(requestId) {
            guard before.fingerprint == create.fingerprint else { return .requestIdReused }
            return create.replays == .withoutPassword ? before.answer.withoutPassword : before.answer
        }
        let answer: StoredAnswer
        switch create.verdict {
        case .refused(let refusal): answer = refusal
        case .accepted(let customer) where try isTaken(customer.domain): answer = .domainTaken(customer.domain)
        case .accepted(let customer) where customer.isOrphan:
            try consume(customer.domain)
            answer = .addressRefused
        case .accepted(let customer):
            try insert(customer)
            answer = StoredAnswer(status: 201, body: customer.answer)
        }
        if let requestId { try keep(answer, of: requestId, create.fingerprint) }
        return answer
    }

    private func replay(_ requestId: String) throws(SQLiteError) -> (fingerprint: Int64, answer: StoredAnswer)? {
        let statement = try database.cachedStatement(
            "SELECT fingerprint, status, body FROM replay WHERE request_id = ?1"
        )
        defer { statement.reset() }
        try statement.bind(requestId, at: 1)
        guard try statement.step() else { return nil }
        let answer = StoredAnswer(status: Int(statement.int64(at: 1)), body: statement.bytes(at: 2))
        return (statement.int64(at: 0), answer)
    }

    private func keep(_ answer: StoredAnswer, of requestId: String, _ fingerprint: Int64) throws(SQLiteError) {
        let statement = try database.cachedStatement("INSERT INTO replay VALUES (?1, ?2, ?3, ?4)")
        try statement.bind(requestId, at: 1)
        try statement.bind(fingerprint, at: 2)
        try statement.bind(Int64(answer.status), at: 3)
        try statement.bind(answer.body, at: 4)
        try statement.run()
    }

    private func insert(_ customer: NewCustomer) throws(SQLiteError) {
        let statement = try database.cachedStatement(
            """
            INSERT INTO customer (
                id, domain, domain_key, company_name, company_key, relationship, reseller_key, correlation_id, resource,
                created
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """
        )
        let columns = [
            customer.id, customer.domain, customer.domain.lowercased(), customer.companyName,
            customer.companyName.lowercased(), customer.relationshipToPartner, customer.reseller.lowercased(),
            customer.correlationId,
        ]
        for (index, column) in columns.enumerated() { try statement.bind(column, at: Int32(index + 1)) }
        try statement.bind(customer.resource, at: 9)
        try statement.bind(customer.created, at: 10)
        try statement.run()
    }

    private func consume(_ domain: String) throws(SQLiteError) {
        let statement = try database.cachedStatement("INSERT INTO consumed_domain VALUES (?1)")
        try statement.bind(domain.lowercased(), at: 1)
        try statement.run()
    }

    /// Whether a customer has the domain, or it was used up by a create that failed.
    func isTaken(_ domain: String) throws(SQLiteError) -> Bool {
        let statement = try database.cachedStatement(
            """
            SELECT 1 FROM customer WHERE domain_key = ?1
            UNION ALL SELECT 1 FROM consumed_domain WHERE domain_key = ?1
            """
        )
        defer { statement.reset() }
        try statement.bind(domain.lowercased(), at: 1)
        return try statement.step()
    }
}
