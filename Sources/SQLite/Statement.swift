internal import CSQLite
internal import Glibc

/// A statement that is prepared once and run many times.
///
/// Parameters count from 1 and columns from 0, as in SQLite. What is bound stays bound until it is bound again.
@safe
package final class Statement {
    private let connection: Connection
    private let handle: OpaquePointer?
    private var memory: ParameterMemory

    init(_ sql: String, on connection: Connection) throws(SQLiteError) {
        self.connection = connection
        guard let open = unsafe connection.handle else {
            throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "the connection is closed", sql: sql)
        }
        var prepared: OpaquePointer?
        let result = unsafe sqlite3_prepare_v3(open, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        unsafe handle = prepared
        memory = ParameterMemory(count: unsafe Int(sqlite3_bind_parameter_count(prepared)))
        guard result == SQLITE_OK else { throw unsafe SQLiteError(result, connection: open, sql: sql) }
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Binds a number.
    ///
    /// - Parameters:
    ///   - value: the value; nil is null.
    ///   - index: the parameter, from 1.
    /// - Throws: `SQLiteError` where there is no such parameter.
    package func bind(_ value: Int64?, at index: Int32) throws(SQLiteError) {
        guard let value else { return try bindNull(at: index) }
        try check(unsafe sqlite3_bind_int64(handle, index, value))
    }

    /// Binds a text, which is copied.
    ///
    /// - Parameters:
    ///   - value: the value; nil is null.
    ///   - index: the parameter, from 1.
    /// - Throws: `SQLiteError` where there is no such parameter, or the text is too long.
    package func bind(_ value: String?, at index: Int32) throws(SQLiteError) {
        guard var value else { return try bindNull(at: index) }
        let result = value.withUTF8 {
            let bytes = UnsafeRawBufferPointer($0)
            guard let held = unsafe memory.hold(bytes, at: index) else {
                return unsafe purser_sqlite3_bind_text(handle, index, bytes.baseAddress, UInt64(bytes.count))
            }
            return unsafe purser_sqlite3_bind_held_text(handle, index, held, UInt64(bytes.count))
        }
        try check(result)
    }

    /// Binds bytes, which are copied.
    ///
    /// - Parameters:
    ///   - value: the value; nil is null.
    ///   - index: the parameter, from 1.
    /// - Throws: `SQLiteError` where there is no such parameter, or there are too many bytes.
    package func bind(_ value: [UInt8]?, at index: Int32) throws(SQLiteError) {
        guard let value else { return try bindNull(at: index) }
        let result = unsafe value.withUnsafeBytes {
            guard let held = unsafe memory.hold($0, at: index) else {
                return unsafe purser_sqlite3_bind_blob(handle, index, $0.baseAddress, UInt64($0.count))
            }
            return unsafe purser_sqlite3_bind_held_blob(handle, index, held, UInt64($0.count))
        }
        try check(result)
    }

    /// Binds null.
    ///
    /// - Parameter index: the parameter, from 1.
    /// - Throws: `SQLiteError` where there is no such parameter.
    package func bindNull(at index: Int32) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_null(handle, index))
    }

    /// Goes to the next row.
    ///
    /// Where there is none, or it fails, the statement is reset.
    ///
    /// - Returns: whether there is one.
    /// - Throws: `SQLiteError` where it fails.
    package func step() throws(SQLiteError) -> Bool {
        let result = unsafe sqlite3_step(handle)
        if result == SQLITE_ROW { return true }
        defer { reset() }
        if result != SQLITE_DONE { try check(result) }
        return false
    }

    /// Runs the statement to its end and drops the rows it gives.
    ///
    /// - Throws: `SQLiteError` where it fails.
    package func run() throws(SQLiteError) {
        while try step() {}
    }

    /// Makes the statement ready to run again, with the same bindings, and lets go of its locks.
    package func reset() {
        // It repeats the error that `step()` has thrown already.
        unsafe sqlite3_reset(handle)
    }

    /// Binds null to every parameter and overwrites what was bound, so that nothing stays in memory that should not be
    /// kept.
    package func clearBindings() {
        unsafe sqlite3_clear_bindings(handle)
        memory.erase()
    }

    /// The number in a column of the present row.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: the number; 0 for null.
    package func int64(at column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    /// The number in a column of the present row.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: the number; nil for null.
    package func optionalInt64(at column: Int32) -> Int64? { isNull(at: column) ? nil : int64(at: column) }

    /// The text in a column of the present row.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: the text; empty for null.
    package func text(at column: Int32) -> String {
        // A text's blob is its bytes; SQLite would copy the text only to put a zero behind it.
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The text in a column of the present row.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: the text; nil for null.
    package func optionalText(at column: Int32) -> String? { isNull(at: column) ? nil : text(at: column) }

    /// The bytes in a column of the present row.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: the bytes; none for null.
    package func bytes(at column: Int32) -> [UInt8] {
        let start = unsafe sqlite3_column_blob(handle, column)
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    /// Whether a column of the present row has exactly a text; nothing is copied for that.
    ///
    /// - Parameters:
    ///   - text: the text; nil is null.
    ///   - column: the column, from 0.
    /// - Returns: true where both are the same, byte by byte.
    package func has(_ text: String?, at column: Int32) -> Bool {
        guard let text else { return isNull(at: column) }
        return has(text.utf8Span.span, at: column)
    }

    /// Whether a column of the present row has exactly these bytes, as a text or as bytes; nothing is copied for that.
    ///
    /// - Parameters:
    ///   - bytes: the bytes.
    ///   - column: the column, from 0.
    /// - Returns: true where both are the same; false for null.
    package func has(_ bytes: Span<UInt8>, at column: Int32) -> Bool {
        let start = unsafe sqlite3_column_blob(handle, column)
        guard unsafe Int(sqlite3_column_bytes(handle, column)) == bytes.count else { return false }
        // For an empty value SQLite gives no address, as for null.
        guard let start = unsafe start else { return !isNull(at: column) }
        return unsafe bytes.withUnsafeBytes {
            guard let own = $0.baseAddress else { return true }
            return unsafe memcmp(own, start, $0.count) == 0
        }
    }

    /// Whether a column of the present row is null.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: true for null.
    package func isNull(at column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

    private func check(_ result: Int32) throws(SQLiteError) {
        guard result != SQLITE_OK else { return }
        let sql = unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) }
        throw unsafe SQLiteError(result, connection: sqlite3_db_handle(handle), sql: sql)
    }
}

@available(*, unavailable)
extension Statement: Sendable {}
