internal import SQLite

/// Goes along a batch's rows as an earlier run left them, past those whose customer was not created from them.
///
/// A finished import that is run again is nothing but this: one step of one statement for each row, in the order that
/// the tables have anyway, compared where it lies. So nothing is looked up in an index, copied or written for it. It
/// only ever finds what the tables say too: a row that it does not find is looked up by its identity.
final class KnownRows {
    private let select: Statement
    /// The row that the statement stands on; nil past the last one.
    private var place: Int64?
    /// The cells of the row that is compared.
    private var cells: [UInt8] = []

    /// Prepares the statement.
    ///
    /// - Parameters:
    ///   - database: the checkpoint.
    ///   - service: the service whose customers they are.
    /// - Throws: `SQLiteError` where the tables are not as they should be.
    init(_ database: Database, service: Int64) throws(SQLiteError) {
        // Each CROSS JOIN has SQLite take the tables in this order.
        select = try database.prepare(
            """
            SELECT records.place, line, records.domain, company_name, cells, note,
                customers.id, name, customers.domain, digest,
                status = 'unchanged' AND attempts = 0 AND results.http_status IS NULL
            FROM records CROSS JOIN results ON results.place = records.place
                CROSS JOIN customers ON customers.id = results.customer
            WHERE records.place BETWEEN ?1 AND ?2 AND state = 'created' AND service = ?3
                AND results.customer_id IS customers.customer_id AND results.key IS customers.key
                AND results.problem_code IS customers.problem_code AND results.problem_field IS customers.problem_field
                AND results.problem_message IS customers.problem_message AND problem_parts IS NULL
            ORDER BY records.place
            """
        )
        try select.bind(service, at: 3)
    }

    /// Begins with a batch.
    ///
    /// - Parameters:
    ///   - first: its first row.
    ///   - last: its last row, of the same manifest.
    /// - Throws: `SQLiteError` where the tables can't be read.
    func begin(_ first: RowReference, through last: RowReference) throws(SQLiteError) {
        try select.bind(first.place, at: 1)
        try select.bind(last.place, at: 2)
        try advance()
    }

    /// Lets go of the tables.
    func end() {
        select.reset()
        place = nil
    }

    /// Goes on to a row.
    ///
    /// - Parameter reference: the row, after those that were gone to before.
    /// - Returns: whether the customer that it last named was created.
    /// - Throws: `SQLiteError` where the tables can't be read.
    func go(to reference: RowReference) throws(SQLiteError) -> Bool {
        while let place, place < reference.place { try advance() }
        return place == reference.place
    }

    private func advance() throws(SQLiteError) { place = try select.step() ? select.int64(at: 0) : nil }

    /// The ledger's number of the customer that the present row last named.
    var customer: Int64 { select.int64(at: 6) }

    /// Whether the present row's customer was created for an identity and from a payload.
    ///
    /// - Parameters:
    ///   - identity: the identity.
    ///   - request: what has the payload.
    /// - Returns: true where name, domain and digest are the same.
    func isCustomer(of identity: Identity, from request: CreateRequest) -> Bool {
        select.has(request.digest.span, at: 9) && select.has(identity.name, at: 7) && select.has(identity.domain, at: 8)
    }

    /// Whether the tables have the present row as the manifest has it now.
    ///
    /// - Parameter row: the row.
    /// - Returns: true where nothing about it has changed.
    func isRecord(_ row: Row) -> Bool {
        CellCoding.encode(row.cells, into: &cells)
        return select.has(cells.span, at: 4) && select.int64(at: 1) == Int64(row.line) && select.has(row.domain, at: 2)
            && select.has(row.companyName, at: 3) && select.has(row.note, at: 5)
    }

    /// Whether the present row's result is that of a customer that an earlier run created; else it is that of the run
    /// that created it, and as that customer's in everything else.
    var isUnchanged: Bool { select.int64(at: 10) != 0 }
}
