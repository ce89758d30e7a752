internal import CSQLite

/// A call to SQLite that failed.
///
/// It holds the statement's text with its placeholders, never a value that was bound to one.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The primary result code, such as `SQLITE_BUSY`.
    package let code: Code
    /// The extended result code, such as `SQLITE_IOERR_FSYNC`.
    package let extendedCode: Int32
    /// The `errno` of the system call that failed; 0 where none did.
    package let systemCode: Int32
    /// SQLite's own words.
    package let message: String
    /// The statement's text, where one was concerned.
    package let sql: String?

    /// A primary result code.
    package struct Code: Hashable, Sendable, RawRepresentable {
        package let rawValue: Int32
        package init(rawValue: Int32) { self.rawValue = rawValue }

        /// Another connection holds the lock.
        package static let busy = Code(rawValue: SQLITE_BUSY)
        /// The disk is full.
        package static let full = Code(rawValue: SQLITE_FULL)
        /// The database's pages contradict each other.
        package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
        /// The file is not a database.
        package static let notADatabase = Code(rawValue: SQLITE_NOTADB)
        /// The database may only be read.
        package static let readOnly = Code(rawValue: SQLITE_READONLY)
    }

    /// Makes an error of a result code.
    ///
    /// - Parameters:
    ///   - extendedCode: the extended result code.
    ///   - systemCode: the `errno` of the system call that failed; 0 where none did.
    ///   - message: SQLite's own words.
    ///   - sql: the statement's text, where one was concerned.
    package init(extendedCode: Int32, systemCode: Int32 = 0, message: String, sql: String? = nil) {
        code = Code(rawValue: extendedCode & 0xFF)
        self.extendedCode = extendedCode
        self.systemCode = systemCode
        self.message = message
        self.sql = sql
    }

    package var description: String {
        let text = "\(message) (SQLite code \(extendedCode))"
        return sql.map { "\(text): \($0)" } ?? text
    }
}

extension SQLiteError {
    /// What a connection says of the call that just failed on it.
    init(_ result: Int32, connection: OpaquePointer?, sql: String? = nil) {
        let system = unsafe connection.map { unsafe sqlite3_system_errno($0) } ?? 0
        // Codes that mean a fault of the system call; for the others `errno` is left over from an earlier one.
        let isOfSystem = [SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_FULL].contains(result & 0xFF)
        // Where the two differ the connection remembers another call's message.
        let isRemembered = unsafe connection.map { unsafe sqlite3_extended_errcode($0) == result } ?? false
        let words = unsafe isRemembered ? sqlite3_errmsg(connection) : sqlite3_errstr(result)
        self.init(
            extendedCode: result,
            systemCode: isOfSystem ? system : 0,
            message: unsafe words.map { unsafe String(cString: $0) } ?? "unknown",
            sql: sql
        )
    }
}
