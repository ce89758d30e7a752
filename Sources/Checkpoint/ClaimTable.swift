internal import SQLite

/// Who claimed an identity in this run.
///
/// A row's identity is a name and a domain. Where a ledger entry has both, one claim of the entry stands for them,
/// which is quick and small; else the two are claimed as texts. Both are kept in temporary tables, for as long as the
/// run.
///
/// Rows mostly come in the order that their entries were made in: the claims of a whole stretch of them are one line of
/// the table, which is written only when the stretch is over. An entry past all those claimed needs no look-up.
final class ClaimTable {
    /// Rows one after another that claim entries one after another.
    private struct Stretch {
        var customer: Int64
        var place: Int64
        var count: Int64

        func place(of id: Int64) -> Int64? {
            let index = id &- customer
            return (0..<count).contains(index) ? place &+ index : nil
        }
    }

    private let selectCustomer: Statement
    private let insertStretch: Statement
    private let selectName: Statement
    private let insertName: Statement
    /// The stretch that goes on, which is not in the table yet.
    private var stretch: Stretch?
    /// The highest entry claimed.
    private var highest: Int64 = 0
    /// Most rows have no text claimed, and are spared looking for it.
    private var names = NameFilter()

    /// Makes the tables, empty, and prepares their statements.
    ///
    /// - Parameter database: the checkpoint.
    /// - Throws: `SQLiteError` where the folder for temporary files can't be written.
    init(_ database: Database) throws(SQLiteError) {
        try database.execute(Schema.claims)
        selectCustomer = try database.prepare(
            "SELECT customer, place, count FROM claimed_customers WHERE customer <= ?1 ORDER BY customer DESC LIMIT 1"
        )
        insertStretch = try database.prepare("INSERT INTO claimed_customers VALUES (?1, ?2, ?3)")
        selectName = try database.prepare("SELECT place FROM claimed_names WHERE name = ?1")
        insertName = try database.prepare("INSERT OR IGNORE INTO claimed_names VALUES (?1, ?2)")
    }

    /// Claims an entry for a row, where no earlier row has it, its name or its domain.
    ///
    /// - Parameters:
    ///   - customer: the entry that has exactly the row's name and domain.
    ///   - identity: these two.
    ///   - reference: the row.
    /// - Returns: whether the row has it now, and nobody had it before.
    /// - Throws: `SQLiteError` where it can't be read or written.
    func claim(
        customer: Int64,
        of identity: Identity,
        for reference: RowReference
    ) throws(SQLiteError) -> Bool {
        guard try !isClaimedByName(identity, for: reference) else { return false }
        return try claim(customer: customer, for: reference)
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
        return try earlierNameClaim(of: identity, for: reference)
    }

    /// Whether an earlier row claimed the name or the domain of an identity as a text.
    ///
    /// - Parameters:
    ///   - identity: the identity.
    ///   - reference: the row that asks; its own claims don't count.
    /// - Returns: true where one did.
    /// - Throws: `SQLiteError` where it can't be read.
    func isClaimedByName(_ identity: Identity, for reference: RowReference) throws(SQLiteError) -> Bool {
        try earlierNameClaim(of: identity, for: reference) != nil
    }

    private func earlierNameClaim(
        of identity: Identity,
        for reference: RowReference
    ) throws(SQLiteError) -> Claim? {
        guard !names.isEmpty else { return nil }
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
        guard try place(ofCustomer: customer) == nil else { return false }
        highest = max(highest, customer)
        if let stretch, stretch.customer &+ stretch.count == customer, stretch.place &+ stretch.count == reference.place
        {
            self.stretch?.count += 1
            return true
        }
        try saveStretch()
        stretch = Stretch(customer: customer, place: reference.place, count: 1)
        return true
    }

    private func saveStretch() throws(SQLiteError) {
        guard let stretch else { return }
        try insertStretch.bind(stretch.customer, at: 1)
        try insertStretch.bind(stretch.place, at: 2)
        try insertStretch.bind(stretch.count, at: 3)
        try insertStretch.run()
    }

    /// Claims an identity's name and domain for a row, as far as no earlier row has them.
    ///
    /// - Parameters:
    ///   - identity: the identity, of which no entry has both.
    ///   - reference: the row.
    /// - Throws: `SQLiteError` where it can't be written.
    func claim(_ identity: Identity, for reference: RowReference) throws(SQLiteError) {
        for name in ["n:\(identity.name)", identity.domain.map { "d:\($0)" }].compactMap(\.self) {
            names.insert(name)
            try insertName.bind(name, at: 1)
            try insertName.bind(reference.place, at: 2)
            try insertName.run()
        }
    }

    private func place(ofCustomer id: Int64) throws(SQLiteError) -> Int64? {
        guard id <= highest else { return nil }
        if let place = stretch?.place(of: id) { return place }
        try selectCustomer.bind(id, at: 1)
        defer { selectCustomer.reset() }
        guard try selectCustomer.step() else { return nil }
        let (customer, place, count) = (
            selectCustomer.int64(at: 0), selectCustomer.int64(at: 1), selectCustomer.int64(at: 2)
        )
        return Stretch(customer: customer, place: place, count: count).place(of: id)
    }

    private func place(ofName name: String) throws(SQLiteError) -> Int64? {
        guard names.mayHold(name) else { return nil }
        try selectName.bind(name, at: 1)
        defer { selectName.reset() }
        return try selectName.step() ? selectName.int64(at: 0) : nil
    }
}

/// Tells of most names that were never inserted that they were not, in a fixed 128 KiB (a Bloom filter).
private struct NameFilter {
    private static let bitCount = 1 << 20
    private var bits: [UInt64] = []
    var isEmpty: Bool { bits.isEmpty }

    mutating func insert(_ name: String) {
        if isEmpty { bits = [UInt64](repeating: 0, count: Self.bitCount / 64) }
        let (first, second) = Self.bits(of: name)
        bits[first / 64] |= 1 << (first % 64)
        bits[second / 64] |= 1 << (second % 64)
    }

    /// Whether a name may have been inserted; false is certain.
    func mayHold(_ name: String) -> Bool {
        guard !isEmpty else { return false }
        let (first, second) = Self.bits(of: name)
        return bits[first / 64] >> (first % 64) & bits[second / 64] >> (second % 64) & 1 != 0
    }

    private static func bits(of name: String) -> (Int, Int) {
        let hash = name.hashValue
        return (hash & (bitCount - 1), hash >> 32 & (bitCount - 1))
    }
}
