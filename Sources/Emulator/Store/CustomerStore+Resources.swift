internal import PartnerCenter
internal import SQLite

/// A customer as it is stored.
struct StoredCustomer: Hashable, Sendable {
    var resource: [UInt8]
    /// When it was created, in milliseconds since 1970.
    var created: Int64
    var correlationId: String

    /// The resource's members.
    func customer() throws -> Customer { try JSONWire.decode(Customer.self, from: resource) }
}

extension CustomerStore {
    /// A customer; nil where there is none of that id.
    func customer(id: String) throws(SQLiteError) -> StoredCustomer? {
        let statement = try database.cachedStatement(
            "SELECT resource, created, correlation_id FROM customer WHERE id = ?1"
        )
        defer { statement.reset() }
        try statement.bind(id.lowercased(), at: 1)
        guard try statement.step() else { return nil }
        return StoredCustomer(
            resource: statement.bytes(at: 0),
            created: statement.int64(at: 1),
            correlationId: statement.text(at: 2)
        )
    }

    /// How many customers there are.
    func customerCount() throws(SQLiteError) -> Int64 { try database.number("SELECT count(*) FROM customer") ?? 0 }

    /// Puts another resource in a customer's place; inside a transaction.
    func replace(_ resource: [UInt8], companyName: String, id: String) throws(SQLiteError) {
        let statement = try database.cachedStatement(
            "UPDATE customer SET resource = ?1, company_name = ?2, company_key = ?3 WHERE id = ?4"
        )
        try statement.bind(resource, at: 1)
        try statement.bind(companyName, at: 2)
        try statement.bind(companyName.lowercased(), at: 3)
        try statement.bind(id.lowercased(), at: 4)
        try statement.run()
    }

    /// Removes a customer with its agreements; its domain is free again.
    func delete(id: String) throws(SQLiteError) {
        for sql in ["DELETE FROM customer WHERE id = ?1", "DELETE FROM agreement WHERE customer_id = ?1"] {
            let statement = try database.cachedStatement(sql)
            try statement.bind(id.lowercased(), at: 1)
            try statement.run()
        }
    }

    /// The agreements of a customer in the order in which they were confirmed.
    func agreements(of id: String) throws -> [Agreement] {
        let statement = try database.cachedStatement(
            "SELECT resource FROM agreement WHERE customer_id = ?1 ORDER BY sequence"
        )
        defer { statement.reset() }
        try statement.bind(id.lowercased(), at: 1)
        var agreements: [Agreement] = []
        while try statement.step() {
            agreements.append(try JSONWire.decode(Agreement.self, from: statement.bytes(at: 0)))
        }
        return agreements
    }

    /// Keeps an agreement, unless the same contact confirmed the same template before; inside a transaction.
    ///
    /// - Returns: whether it was kept.
    func confirm(_ agreement: Agreement, contact: String, of id: String) throws -> Bool {
        let seek = try database.cachedStatement("SELECT 1 FROM agreement WHERE customer_id = ?1 AND contact_key = ?2")
        defer { seek.reset() }
        try seek.bind(id.lowercased(), at: 1)
        try seek.bind(contact, at: 2)
        if try seek.step() { return false }
        let statement = try database.cachedStatement(
            "INSERT INTO agreement (customer_id, contact_key, resource) VALUES (?1, ?2, ?3)"
        )
        try statement.bind(id.lowercased(), at: 1)
        try statement.bind(contact, at: 2)
        try statement.bind(try JSONWire.encode(agreement), at: 3)
        try statement.run()
        return true
    }
}

/// A token that the service issued.
struct IssuedToken: Hashable, Sendable {
    var token: String
    var isRefresh: Bool
    /// In milliseconds since 1970.
    var expires: Int64
}

extension CustomerStore {
    /// Every token that was issued and not removed since.
    func tokens() throws(SQLiteError) -> [IssuedToken] {
        let statement = try database.cachedStatement("SELECT token, is_refresh, expires FROM token")
        defer { statement.reset() }
        var tokens: [IssuedToken] = []
        while try statement.step() {
            tokens.append(
                IssuedToken(
                    token: statement.text(at: 0),
                    isRefresh: statement.int64(at: 1) != 0,
                    expires: statement.int64(at: 2)
                )
            )
        }
        return tokens
    }

    /// Keeps tokens, and forgets those that have expired; inside a transaction.
    func keep(_ tokens: [IssuedToken], now: Int64) throws(SQLiteError) {
        let expired = try database.cachedStatement("DELETE FROM token WHERE expires <= ?1")
        try expired.bind(now, at: 1)
        try expired.run()
        for token in tokens {
            let statement = try database.cachedStatement("INSERT OR REPLACE INTO token VALUES (?1, ?2, ?3)")
            try statement.bind(token.token, at: 1)
            try statement.bind(token.isRefresh ? 1 : 0, at: 2)
            try statement.bind(token.expires, at: 3)
            try statement.run()
        }
    }

    /// Forgets a token; inside a transaction.
    func forget(token: String) throws(SQLiteError) {
        let statement = try database.cachedStatement("DELETE FROM token WHERE token = ?1")
        try statement.bind(token, at: 1)
        try statement.run()
    }
}
