internal import Platform
internal import SQLite

/// The one-time passwords that are not known to be on file yet.
final class CredentialTable {
    private let insert: Statement
    private let delete: Statement

    /// Prepares the table's statements.
    ///
    /// - Parameter database: the checkpoint.
    /// - Throws: `SQLiteError` where the tables are not as they should be.
    init(_ database: Database) throws(SQLiteError) {
        insert = try database.prepare(
            "INSERT OR REPLACE INTO credentials (customer_id, domain, user_name, password) VALUES (?1, ?2, ?3, ?4)"
        )
        delete = try database.prepare("DELETE FROM credentials WHERE customer_id = ?1")
    }

    /// Keeps credentials until they are on file.
    ///
    /// - Parameter credentials: the credentials.
    /// - Throws: `SQLiteError` where they can't be written.
    func keep(_ credentials: Credentials) throws(SQLiteError) {
        try insert.bind(credentials.customerId, at: 1)
        try insert.bind(credentials.domain, at: 2)
        try insert.bind(credentials.userName, at: 3)
        try insert.bind(credentials.password.reveal(), at: 4)
        defer { insert.clearBindings() }
        try insert.run()
    }

    /// Forgets credentials that are on file.
    ///
    /// - Parameter customerId: whose they are.
    /// - Throws: `SQLiteError` where it can't be written.
    func forget(_ customerId: String) throws(SQLiteError) {
        try delete.bind(customerId, at: 1)
        try delete.run()
    }
}
