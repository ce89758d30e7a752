internal import SQLite

extension CustomerStore {
    /// The customers of a page in the order of creation, and whether there are more beyond it in its direction.
    func page(_ query: PageQuery) throws(SQLiteError) -> (customers: [ListedCustomer], hasMore: Bool) {
        let (bound, isBackward, skipped): (Int64, Bool, Int) =
            switch query.position {
            case .first: (0, false, 0)
            case .after(let sequence): (sequence, false, 0)
            case .before(let sequence): (sequence, true, 0)
            case .last: (.max, true, 0)
            case .skipping(let count): (0, false, count)
            }
        let isSelective = try isSelective(query)
        let statement = try database.cachedStatement(
            Self.pageStatement(query, isBackward: isBackward, byIndex: isSelective)
        )
        defer { statement.reset() }
        try statement.bind(bound, at: 1)
        try statement.bind(Int64(query.size + 1), at: 2)
        if query.field != nil { try bindPrefix(of: query, to: statement) }
        if let limit = query.createdBy { try statement.bind(limit, at: 5) }
        try statement.bind(Int64(skipped), at: 6)
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
    private static func pageStatement(_ query: PageQuery, isBackward: Bool, byIndex: Bool) -> String {
        let column = query.field.map { byIndex ? $0.rawValue : "+\($0.rawValue)" }
        // Most services show all at once, and then an index alone tells which customers match.
        let visible = query.createdBy == nil ? "" : " AND created <= ?5"
        let filter = (column.map { " AND \($0) >= ?3 AND \($0) < ?4" } ?? "") + visible
        let (comparison, order) = isBackward ? ("<", "DESC") : (">", "ASC")
        let sequence = byIndex ? "+sequence" : "sequence"
        return """
            SELECT sequence, id, domain, company_name, relationship FROM customer WHERE sequence IN (
                SELECT sequence FROM customer
                WHERE \(sequence) \(comparison) ?1\(filter)
                ORDER BY \(sequence) \(order) LIMIT ?2 OFFSET ?6
            ) ORDER BY sequence \(order)
            """
    }
}
