internal import Platform
internal import SQLite

/// The customers and the answers to creates, in SQLite.
///
/// It belongs to one thread, and its calls block.
final class CustomerStore {
    /// `PCEm`, so that another program's database is never taken for a store.
    private static let applicationId: Int64 = 0x5043_456D
    private static let version: Int64 = 1

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
        PRAGMA user_version = \(version);
        """

    private let database: Database

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
                return try database.execute("BEGIN IMMEDIATE; \(Self.schema) COMMIT")
            }
            guard application == Self.applicationId else {
                throw EmulatorError(.foreign, "\(path): not an emulator's store; give another --store")
            }
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
        if let requestId = create.requestId, let before = try replay(requestId) {
            return before.fingerprint == create.fingerprint ? before.answer : .requestIdReused
        }
        let answer: StoredAnswer
        switch create.verdict {
        case .refused(let refusal): answer = refusal
        case .accepted(let customer) where try isTaken(customer.domain): answer = .domainTaken(customer.domain)
        case .accepted(let customer):
            try insert(customer)
            answer = StoredAnswer(status: 201, body: customer.answer)
        }
        if let requestId = create.requestId { try keep(answer, of: requestId, create.fingerprint) }
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
            INSERT INTO customer (id, domain, domain_key, company_name, company_key, relationship, resource)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        )
        let columns = [
            customer.id, customer.domain, customer.domain.lowercased(), customer.companyName,
            customer.companyName.lowercased(), customer.relationshipToPartner,
        ]
        for (index, column) in columns.enumerated() { try statement.bind(column, at: Int32(index + 1)) }
        try statement.bind(customer.resource, at: 7)
        try statement.run()
    }

    /// Whether a customer has the domain.
    func isTaken(_ domain: String) throws(SQLiteError) -> Bool {
        let statement = try database.cachedStatement("SELECT 1 FROM customer WHERE domain_key = ?1")
        defer { statement.reset() }
        try statement.bind(domain.lowercased(), at: 1)
        return try statement.step()
    }

    /// The JSON of a customer; nil where there is none of that id.
    func resource(id: String) throws(SQLiteError) -> [UInt8]? {
        let statement = try database.cachedStatement("SELECT resource FROM customer WHERE id = ?1")
        defer { statement.reset() }
        try statement.bind(id.lowercased(), at: 1)
        return try statement.step() ? statement.bytes(at: 0) : nil
    }

    /// The customers of a page in the order of creation, and whether there are more beyond it in its direction.
    func page(_ query: PageQuery) throws(SQLiteError) -> (customers: [ListedCustomer], hasMore: Bool) {
        let (bound, isBackward): (Int64, Bool) =
            switch query.position {
            case .first: (0, false)
            case .after(let sequence): (sequence, false)
            case .before(let sequence): (sequence, true)
            case .last: (.max, true)
            }
        let isSelective = try isSelective(query)
        let statement = try database.cachedStatement(
            Self.pageStatement(query.field, isBackward: isBackward, byIndex: isSelective)
        )
        defer { statement.reset() }
        try statement.bind(bound, at: 1)
        try statement.bind(Int64(query.size + 1), at: 2)
        if query.field != nil { try bindPrefix(of: query, to: statement) }
        var customers: [ListedCustomer] = []
        while try statement.step() {
            customers.append(
                ListedCustomer(
                    sequence: statement.int64(at: 0),
                    id: statement.text(at: 1),
                    domain: statement.text(at: 2),
                    companyName: statement.text(at: 3),
                    relationshipToPartner: statement.text(at: 4)
                )
            )
        }
        let hasMore = customers.count > query.size
        if hasMore { customers.removeLast() }
        return (isBackward ? customers.reversed() : customers, hasMore)
    }

    /// Whether so few customers match the filter that finding all of them in its index, then sorting, is quick.
    ///
    /// Where more do, walking in the order of creation soon meets a page of them. SQLite can't tell the two apart.
    private func isSelective(_ query: PageQuery) throws(SQLiteError) -> Bool {
        guard let column = query.field?.rawValue else { return false }
        let range = "\(column) >= ?3 AND \(column) < ?4"
        let statement = try database.cachedStatement(
            "SELECT count(*) FROM (SELECT 1 FROM customer WHERE \(range) LIMIT 5000)"
        )
        defer { statement.reset() }
        try bindPrefix(of: query, to: statement)
        return try statement.step() && statement.int64(at: 0) < 5000
    }

    private func bindPrefix(of query: PageQuery, to statement: Statement) throws(SQLiteError) {
        try statement.bind(query.prefix, at: 3)
        try statement.bind(query.prefix + "\u{10FFFF}", at: 4)
    }

    /// A `+` before a column keeps SQLite from using its index.
    private static func pageStatement(_ field: PageQuery.Field?, isBackward: Bool, byIndex: Bool) -> String {
        let column = field.map { byIndex ? $0.rawValue : "+\($0.rawValue)" }
        let filter = column.map { " AND \($0) >= ?3 AND \($0) < ?4" } ?? ""
        let (comparison, order) = isBackward ? ("<", "DESC") : (">", "ASC")
        let sequence = byIndex ? "+sequence" : "sequence"
        return """
            SELECT sequence, id, domain, company_name, relationship FROM customer WHERE sequence IN (
                SELECT sequence FROM customer
                WHERE \(sequence) \(comparison) ?1\(filter) ORDER BY \(sequence) \(order) LIMIT ?2
            ) ORDER BY sequence \(order)
            """
    }
}
