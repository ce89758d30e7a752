internal import SQLite

/// Who claimed an identity in this run.
///
/// A row's identity is a name and a domain. Where a ledger entry has both, one claim of the entry stands for them,
/// which is quick and small; else the two are claimed as texts. Both are kept in temporary tables, for as long as the
/// run.
final class ClaimTable {
    private let database: Database
    private let selectCustomer: Statement
    private let insertCustomer: Statement
    private let selectName: Statement
    private let insertName: Statement
    /// Most runs claim no texts, and are spared looking for them.
    private var hasNames = false

    /// Makes the tables, empty, and prepares their statements.
    ///
    /// - Parameter database: the checkpoint.
    /// - Throws: `SQLiteError` where the folder for temporary files can't be written.
    init(_ database: Database) throws(SQLiteError) {
        self.database = database
        try database.execute(Schema.claims)
        selectCustomer = try database.prepare("SELECT place FROM claimed_customers WHERE customer = ?1")
        insertCustomer = try database.prepare("INSERT OR IGNORE INTO claimed_customers VALUES (?1, ?2)")
        selectName = try database.prepare("SELECT place FROM claimed_names WHERE name = ?1")
        insertName = try database.prepare("INSERT OR IGNORE INTO claimed_names VALUES (?1, ?2)")
    }

    /// The claim of an identity by an earlier row; where there is none, an entry that has both is claimed at once.
    ///
    /// - Parameters:
    ///   - identity: the identity.
    ///   - reference: the row that asks; its own claims don't count.
    ///   - byName: the ledger entry of the identity's name.
    ///   - byDomain: the ledger entry of its domain, where it is another one.
    /// - Returns: the claim; nil where nobody else has it.
    /// - Throws: `SQLiteError` where it can't be read or written.
    func earlierClaim(
        of identity: Identity,
        for reference: RowReference,
        byName: LedgerEntry?,
        byDomain: LedgerEntry?
    ) throws(SQLiteError) -> Claim? {
        for case let entry? in [byName, byDomain] {
            if entry.has(identity), try claim(customer: entry.id, for: reference) { continue }
            guard let place = try place(ofCustomer: entry.id), place != reference.place else { continue }
            let isDomain = entry.domain == identity.domain || identity.name == identity.domain
            return Claim(reference: RowReference(place: place), column: isDomain ? "domain" : "externalId")
        }
        guard hasNames else { return nil }
        if let domain = identity.domain, let place = try place(ofName: "d:\(domain)"), place != reference.place {
            return Claim(reference: RowReference(place: place), column: "domain")
        }
        guard let place = try place(ofName: "n:\(identity.name)"), place != reference.place else { return nil }
        let column = identity.name == identity.domain ? "domain" : "externalId"
        return Claim(reference: RowReference(place: place), column: column)
    }

    /// Claims the entry of an identity for a row.
    ///
    /// - Parameters:
    ///   - customer: the entry that has exactly the row's name and domain.
    ///   - reference: the row.
    /// - Returns: whether no row had it yet.
    /// - Throws: `SQLiteError` where it can't be written.
    @discardableResult
    func claim(customer: Int64, for reference: RowReference) throws(SQLiteError) -> Bool {
        try insertCustomer.bind(customer, at: 1)
        try insertCustomer.bind(reference.place, at: 2)
        try insertCustomer.run()
        return database.changedRows > 0
    }

    /// Claims an identity's name and domain for a row, as far as no earlier row has them.
    ///
    /// - Parameters:
    ///   - identity: the identity, of which no entry has both.
    ///   - reference: the row.
    /// - Throws: `SQLiteError` where it can't be written.
    func claim(_ identity: Identity, for reference: RowReference) throws(SQLiteError) {
        hasNames = true
        for name in ["n:\(identity.name)", identity.domain.map { "d:\($0)" }].compactMap(\.self) {
            try insertName.bind(name, at: 1)
            try insertName.bind(reference.place, at: 2)
            try insertName.run()
        }
    }

    private func place(ofCustomer id: Int64) throws(SQLiteError) -> Int64? {
        try selectCustomer.bind(id, at: 1)
        defer { selectCustomer.reset() }
        return try selectCustomer.step() ? selectCustomer.int64(at: 0) : nil
    }

    private func place(ofName name: String) throws(SQLiteError) -> Int64? {
        try selectName.bind(name, at: 1)
        defer { selectName.reset() }
        return try selectName.step() ? selectName.int64(at: 0) : nil
    }
}
