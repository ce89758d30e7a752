package import Platform
internal import SQLite

/// A customer that the service created, as the checkpoint knows it.
package struct CreatedCustomer: Hashable, Sendable {
    /// Its number in the checkpoint, by which pages go on.
    package let number: Int64
    /// The identity of its row: the `externalId`, or the domain.
    package let identity: String
    /// The identifier that the service gave it.
    package let customerId: String
    /// The canonical JSON that it was created from.
    package let payload: [UInt8]
    /// When it was last sent; nil where that is not known.
    package let sentAt: Timestamp?
}

extension CheckpointQueries {
    /// Reads the customers that a service created, a page at a time.
    ///
    /// - Parameters:
    ///   - endpoint: the service's base URL.
    ///   - apiVersion: its version.
    ///   - number: the number of the customer before the page.
    ///   - limit: the page's size.
    /// - Returns: the customers that follow.
    /// - Throws: `SQLiteError` where they can't be read.
    func created(
        at endpoint: String,
        _ apiVersion: String,
        after number: Int64,
        limit: Int
    ) throws(SQLiteError) -> [CreatedCustomer] {
        let select = try database.cachedStatement(
            """
            SELECT customers.id, name, customer_id, payload,
                (SELECT max(started_at) FROM attempts WHERE attempts.customer = customers.id)
            FROM customers JOIN payloads ON payloads.customer = customers.id
            WHERE customers.id > ?3 AND state = 'created' AND customer_id IS NOT NULL
                AND service = (SELECT id FROM services WHERE endpoint = ?1 AND api_version = ?2)
            ORDER BY customers.id LIMIT ?4
            """
        )
        defer { select.reset() }
        try select.bind(endpoint, at: 1)
        try select.bind(apiVersion, at: 2)
        try select.bind(number, at: 3)
        try select.bind(Int64(limit), at: 4)
        var customers: [CreatedCustomer] = []
        while try select.step() {
            customers.append(
                CreatedCustomer(
                    number: select.int64(at: 0),
                    identity: select.text(at: 1),
                    customerId: select.text(at: 2),
                    payload: select.bytes(at: 3),
                    sentAt: select.optionalInt64(at: 4).map(Timestamp.init(milliseconds:))
                )
            )
        }
        return customers
    }

    /// The services that runs have sent to.
    ///
    /// - Returns: their base URLs with their versions, in the order they were first used.
    /// - Throws: `SQLiteError` where they can't be read.
    func services() throws(SQLiteError) -> [String] {
        let select = try database.cachedStatement("SELECT endpoint || '/' || api_version FROM services ORDER BY id")
        var services: [String] = []
        while try select.step() { services.append(select.text(at: 0)) }
        return services
    }
}
