internal import CSQLite

/// A connection to a SQLite database, and the statements prepared on it.
///
/// A connection belongs to one thread or actor at a time, and its calls block. It is closed with `close()`, or when it
/// and its last statement are let go of.
package final class Database {
    /// How a database file is opened.
    package enum Mode: Sendable {
        /// For reading a file that exists.
        case read
        /// For reading and writing a file that exists.
        case write
        /// For reading and writing, made if missing.
        case create
    }

    private let connection: Connection
    private var cached: [String: Statement] = [:]

    /// Opens a database file.
    ///
    /// - Parameters:
    ///   - path: the file's path; never a URI.
    ///   - mode: for what it is opened.
    ///   - busyTimeout: how long a statement waits for another connection's lock, in milliseconds.
    /// - Throws: `SQLiteError` where it can't be opened. A file that is no database shows only when it is first read.
    package convenience init(path: String, mode: Mode, busyTimeout: Int32 = 5000) throws(SQLiteError) {
        let flags =
            switch mode {
            case .read: SQLITE_OPEN_READONLY
            case .write: SQLITE_OPEN_READWRITE
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        // A name such as `:memory:` would not be a file's.
        try self.init(name: path.hasPrefix(":") ? "./\(path)" : path, flags: flags, busyTimeout: busyTimeout)
    }

    /// Opens a database in memory, which lasts as long as the connection.
    ///
    /// - Throws: `SQLiteError` where memory is short.
    package convenience init() throws(SQLiteError) {
        try self.init(name: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busyTimeout: 0)
    }

    private init(name: String, flags: Int32, busyTimeout: Int32) throws(SQLiteError) {
        connection = try Connection(name: name, flags: flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE)
        unsafe sqlite3_busy_timeout(connection.handle, busyTimeout)
    }

    /// Closes the connection and finalises the cached statements.
    ///
    /// Statements that others still hold keep it open until they are let go of.
    package func close() {
        cached.removeAll()
        connection.close()
    }

    /// Prepares a statement.
    ///
    /// - Parameter sql: one statement.
    /// - Returns: the statement, with nothing bound.
    /// - Throws: `SQLiteError` where the text is wrong or the connection closed.
    package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        try Statement(sql, on: connection)
    }

    /// A statement prepared on its first use and kept; it is reset and has its earlier bindings.
    ///
    /// - Parameter sql: one statement.
    /// - Returns: the statement. It must not be in use elsewhere.
    /// - Throws: `SQLiteError` where the text is wrong or the connection closed.
    package func cachedStatement(_ sql: String) throws(SQLiteError) -> Statement {
        if let statement = cached[sql] {
            statement.reset()
            return statement
        }
        let statement = try prepare(sql)
        cached[sql] = statement
        return statement
    }

    /// Runs statements that take no values, and drops the rows they give.
    ///
    /// - Parameter sql: statements, separated by semicolons.
    /// - Throws: `SQLiteError` for the first one that fails; the ones before it are done.
    package func execute(_ sql: String) throws(SQLiteError) {
        let result = unsafe sqlite3_exec(connection.handle, sql, nil, nil, nil)
        guard result == SQLITE_OK else { throw unsafe SQLiteError(result, connection: connection.handle, sql: sql) }
    }

    /// Runs a statement that gives one number, such as `PRAGMA user_version`.
    ///
    /// - Parameter sql: one statement.
    /// - Returns: the first column of its first row; nil where there is no row or it is null.
    /// - Throws: `SQLiteError` where it fails.
    package func number(_ sql: String) throws(SQLiteError) -> Int64? {
        let statement = try cachedStatement(sql)
        defer { statement.reset() }
        return try statement.step() ? statement.optionalInt64(at: 0) : nil
    }

    /// Runs a body in a transaction: all of it is kept, or none where it throws.
    ///
    /// - Parameter body: what is done in it; it begins no transaction of its own.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `SQLiteError` where it can't be begun or committed.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try begin()
        do {
            let result = try body()
            try commit()
            return result
        } catch {
            try rollBack()
            throw error
        }
    }

    /// Begins a transaction.
    ///
    /// It takes the lock for writing at once, so that it can't fail half-way for another writer.
    ///
    /// - Throws: `SQLiteError` where another connection is writing, or this one may not.
    package func begin() throws(SQLiteError) {
        try cachedStatement("BEGIN IMMEDIATE").run()
    }

    /// Keeps what the transaction changed.
    ///
    /// - Throws: `SQLiteError` where it can't be saved; it is then to be rolled back.
    package func commit() throws(SQLiteError) {
        try cachedStatement("COMMIT").run()
    }

    /// Drops what the transaction changed; nothing where there is none, as some faults have ended it already.
    ///
    /// - Throws: `SQLiteError` where it can't.
    package func rollBack() throws(SQLiteError) {
        guard isInTransaction else { return }
        try cachedStatement("ROLLBACK").run()
    }

    /// Whether a transaction was begun and not ended.
    package var isInTransaction: Bool { unsafe connection.isOpen && sqlite3_get_autocommit(connection.handle) == 0 }

    /// Leaves the write-ahead log as it is when the connection closes, or empties it into the file, as by default.
    ///
    /// - Parameter keeps: whether closing leaves the log alone.
    /// - Throws: `SQLiteError` where the connection is closed.
    package func keepLogOnClose(_ keeps: Bool) throws(SQLiteError) {
        let isOpen = connection.isOpen
        let result = unsafe isOpen ? purser_sqlite3_keep_log_on_close(connection.handle, keeps ? 1 : 0) : SQLITE_MISUSE
        guard result == SQLITE_OK else { throw unsafe SQLiteError(result, connection: connection.handle) }
    }

    /// The key of the row that the last `INSERT` made.
    package var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(connection.handle) }

    /// How many rows the last `INSERT`, `UPDATE` or `DELETE` changed.
    package var changedRows: Int64 { unsafe sqlite3_changes64(connection.handle) }

    /// Writes a compact copy of the database, as of one moment, to a file that must not hold anything yet.
    ///
    /// - Parameter path: the copy's path.
    /// - Throws: `SQLiteError` where it can't be read or written.
    package func copy(to path: String) throws(SQLiteError) {
        let statement = try prepare("VACUUM INTO ?1")
        try statement.bind(path, at: 1)
        try statement.run()
    }

    /// Moves all of the write-ahead log into the database file and empties the log.
    ///
    /// - Returns: whether it is empty now; false while another connection reads from it.
    /// - Throws: `SQLiteError` where the disk refuses.
    package func emptyWriteAheadLog() throws(SQLiteError) -> Bool {
        try number("PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
}

@available(*, unavailable)
extension Database: Sendable {}

/// The handle, which outlives the `Database` where statements are still held.
@safe
final class Connection {
    private(set) var handle: OpaquePointer?
    var isOpen: Bool { unsafe handle != nil }

    /// Done once, before the first connection: SQLite takes such settings only then.
    private static let settings: Void = purser_sqlite3_stop_counting_memory()

    init(name: String, flags: Int32) throws(SQLiteError) {
        Self.settings
        let result = unsafe sqlite3_open_v2(name, &handle, flags, nil)
        guard result == SQLITE_OK else {
            // SQLite makes a handle also where it fails; it carries the message and must be closed.
            let error = unsafe SQLiteError(result, connection: handle)
            close()
            throw error
        }
    }

    deinit { close() }

    func close() {
        unsafe sqlite3_close_v2(handle)
        unsafe handle = nil
    }
}
