internal import SQLite

/// What a row's line in the reports says beyond what the manifest has.
struct RowState: Hashable, Sendable {
    var status: RowStatus
    var customer: Int64?
    var customerId: String?
    var key: String?
    var httpStatus: Int?
    var problem: Problem?
}

/// The rows of the manifests, each with its cells and its result.
final class RowTable {
    private let saveRecord: Statement
    private let saveResult: Statement
    private let updateResult: Statement
    private let updateUnchanged: Statement
    private let selectLine: Statement
    private let dropRecords: Statement
    private let dropResults: Statement
    /// The cells of the row that is saved.
    private var cells: [UInt8] = []

    /// Prepares the table's statements.
    ///
    /// What is saved again and has not changed is not written again.
    ///
    /// - Parameter database: the checkpoint.
    /// - Throws: `SQLiteError` where the tables are not as they should be.
    init(_ database: Database) throws(SQLiteError) {
        saveRecord = try database.prepare(
            """
            INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (place) DO UPDATE SET line = ?2, domain = ?3, company_name = ?4, cells = ?5, note = ?6
            WHERE cells IS NOT ?5 OR line IS NOT ?2 OR domain IS NOT ?3 OR company_name IS NOT ?4 OR note IS NOT ?6
            """
        )
        saveResult = try database.prepare(
            """
            INSERT INTO results VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, ?10)
            ON CONFLICT (place) DO UPDATE SET status = ?2, customer = ?3, customer_id = ?4, key = ?5, http_status = ?6,
                attempts = 0, problem_code = ?7, problem_field = ?8, problem_message = ?9, problem_parts = ?10
            WHERE status IS NOT ?2 OR customer IS NOT ?3 OR customer_id IS NOT ?4 OR key IS NOT ?5
                OR http_status IS NOT ?6 OR attempts IS NOT 0
                OR problem_code IS NOT ?7 OR problem_field IS NOT ?8 OR problem_message IS NOT ?9 OR problem_parts IS NOT ?10
            """
        )
        updateResult = try database.prepare(
            """
            UPDATE results SET status = ?2, customer_id = ?3, http_status = ?4, attempts = ?5,
                problem_code = ?6, problem_field = ?7, problem_message = ?8, problem_parts = ?9
            WHERE place = ?1
            """
        )
        updateUnchanged = try database.prepare(
            "UPDATE results SET status = 'unchanged', http_status = NULL, attempts = 0 WHERE place = ?1"
        )
        selectLine = try database.prepare("SELECT line FROM records WHERE place = ?1")
        dropRecords = try database.prepare("DELETE FROM records WHERE place > ?1 AND place < ?2")
        dropResults = try database.prepare("DELETE FROM results WHERE place > ?1 AND place < ?2")
    }

    /// Saves what the manifest has of a row.
    ///
    /// - Parameter row: the row.
    /// - Throws: `SQLiteError` where it can't be written.
    func save(_ row: Row) throws(SQLiteError) {
        try saveRecord.bind(row.reference.place, at: 1)
        try saveRecord.bind(row.line, at: 2)
        try saveRecord.bind(row.domain, at: 3)
        try saveRecord.bind(row.companyName, at: 4)
        CellCoding.encode(row.cells, into: &cells)
        try saveRecord.bind(cells, at: 5)
        try saveRecord.bind(row.note, at: 6)
        try saveRecord.run()
    }

    /// Drops rows that are none any more.
    ///
    /// - Parameter references: the rows.
    /// - Throws: `SQLiteError` where it can't be written.
    func drop(_ references: [RowReference]) throws(SQLiteError) {
        for reference in references {
            for statement in [dropRecords, dropResults] {
                try statement.bind(reference.place - 1, at: 1)
                try statement.bind(reference.place + 1, at: 2)
                try statement.run()
            }
        }
    }

    /// Saves a row's result at its admission.
    ///
    /// - Parameters:
    ///   - state: the result.
    ///   - reference: the row.
    /// - Throws: `SQLiteError` where it can't be written.
    func save(_ state: RowState, of reference: RowReference) throws(SQLiteError) {
        try saveResult.bind(reference.place, at: 1)
        try saveResult.bind(state.status.rawValue, at: 2)
        try saveResult.bind(state.customer, at: 3)
        try saveResult.bind(state.customerId, at: 4)
        try saveResult.bind(state.key, at: 5)
        try saveResult.bind(state.httpStatus, at: 6)
        try saveResult.bind(state.problem, at: 7)
        try saveResult.bind(parts: state.problem, at: 10)
        try saveResult.run()
    }

    /// Saves what became of a row that was sent; its key stays.
    ///
    /// - Parameters:
    ///   - state: the result.
    ///   - attempts: how many requests were sent for it in this run.
    ///   - reference: the row.
    /// - Throws: `SQLiteError` where it can't be written.
    func update(_ state: RowState, attempts: Int, of reference: RowReference) throws(SQLiteError) {
        try updateResult.bind(reference.place, at: 1)
        try updateResult.bind(state.status.rawValue, at: 2)
        try updateResult.bind(state.customerId, at: 3)
        try updateResult.bind(state.httpStatus, at: 4)
        try updateResult.bind(attempts, at: 5)
        try updateResult.bind(state.problem, at: 6)
        try updateResult.bind(parts: state.problem, at: 9)
        try updateResult.run()
    }

    /// Marks the result of a row as that of a customer that an earlier run created.
    ///
    /// - Parameter reference: the row, whose result has the customer already.
    /// - Throws: `SQLiteError` where it can't be written.
    func markUnchanged(_ reference: RowReference) throws(SQLiteError) {
        try updateUnchanged.bind(reference.place, at: 1)
        try updateUnchanged.run()
    }

    /// The line where a row starts.
    ///
    /// - Parameter reference: the row.
    /// - Returns: the line; nil where there is no such row.
    /// - Throws: `SQLiteError` where it can't be read.
    func line(of reference: RowReference) throws(SQLiteError) -> Int? {
        try selectLine.bind(reference.place, at: 1)
        defer { selectLine.reset() }
        return try selectLine.step() ? Int(selectLine.int64(at: 0)) : nil
    }

    /// Drops a manifest's rows past the last one.
    ///
    /// - Parameters:
    ///   - count: how many rows the manifest has.
    ///   - manifest: the manifest.
    /// - Throws: `SQLiteError` where it can't be written.
    func dropRows(after count: Int, of manifest: ManifestID) throws(SQLiteError) {
        for statement in [dropRecords, dropResults] {
            try statement.bind(RowReference(manifest: manifest, row: count).place, at: 1)
            try statement.bind(RowReference(manifest: ManifestID(rawValue: manifest.rawValue + 1), row: 0).place, at: 2)
            try statement.run()
        }
    }
}
