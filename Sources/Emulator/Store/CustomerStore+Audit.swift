internal import PartnerCenter
internal import SQLite

/// A place in the order of what was done: by time, creations before other records, each in its own order.
struct AuditPlace: OpaqueToken, Hashable, Comparable, Sendable {
    /// In milliseconds since 1970.
    var time: Int64
    /// Whether it is a customer's creation, which is told from the customer.
    var isCreation: Bool
    var sequence: Int64

    static func < (left: AuditPlace, right: AuditPlace) -> Bool {
        (left.time, left.isCreation ? 0 : 1, left.sequence) < (right.time, right.isCreation ? 0 : 1, right.sequence)
    }

    /// Before everything that was done from a moment on.
    static func before(_ time: Int64) -> AuditPlace { AuditPlace(time: time, isCreation: true, sequence: -1) }
}

extension CustomerStore {
    /// Keeps an audit record; inside a transaction.
    ///
    /// Creates need none: they are told from the customers.
    func keep(_ record: AuditRecord, time: Int64) throws {
        let statement = try database.cachedStatement("INSERT INTO audit (time, resource) VALUES (?1, ?2)")
        try statement.bind(time, at: 1)
        try statement.bind(try JSONWire.encode(record), at: 2)
        try statement.run()
    }

    /// What was done in a span of time, in its order: customers that were created, and other records.
    ///
    /// - Parameters:
    ///   - span: the moments, in milliseconds since 1970.
    ///   - place: after which it begins.
    ///   - limit: the most to give.
    /// - Returns: the records with their places.
    /// - Throws: `SQLiteError` where they can't be read.
    func auditRecords(
        in span: ClosedRange<Int64>,
        after place: AuditPlace,
        limit: Int
    ) throws -> [(place: AuditPlace, record: AuditRecord)] {
        // A creation is before a record of the same time, so after one no creation of that time is left.
        let creations = try rows(Self.creations, span, (place.time, place.isCreation ? place.sequence : .max), limit) {
            let created = $0.int64(at: 0)
            let customer = StoredCustomer(
                resource: $0.bytes(at: 2),
                created: created,
                correlationId: $0.text(at: 3)
            )
            let place = AuditPlace(time: created, isCreation: true, sequence: $0.int64(at: 1))
            return (place, try AuditRecord(creationOf: customer))
        }
        let others = try rows(Self.others, span, (place.time, place.isCreation ? -1 : place.sequence), limit) {
            let place = AuditPlace(time: $0.int64(at: 0), isCreation: false, sequence: $0.int64(at: 1))
            return (place, try JSONWire.decode(AuditRecord.self, from: $0.bytes(at: 2)))
        }
        return Array((creations + others).sorted { $0.0 < $1.0 }.prefix(limit))
    }

    /// In the order of an index, so that no page has to look at what other pages hold.
    static let creations = """
        SELECT created, sequence, resource, correlation_id FROM customer
        WHERE created BETWEEN ?1 AND ?2 AND (created, sequence) > (?3, ?4)
        ORDER BY created, sequence LIMIT ?5
        """
    static let others = """
        SELECT time, sequence, resource FROM audit
        WHERE time BETWEEN ?1 AND ?2 AND (time, sequence) > (?3, ?4)
        ORDER BY time, sequence LIMIT ?5
        """

    private func rows(
        _ sql: String,
        _ span: ClosedRange<Int64>,
        _ place: (time: Int64, sequence: Int64),
        _ limit: Int,
        _ read: (Statement) throws -> (AuditPlace, AuditRecord)
    ) throws -> [(place: AuditPlace, record: AuditRecord)] {
        let statement = try database.cachedStatement(sql)
        defer { statement.reset() }
        // The later of the two beginnings is where the index is entered.
        let start = max(span.lowerBound, place.time)
        let values = [start, span.upperBound, place.time, place.sequence, Int64(limit)]
        for (index, value) in values.enumerated() { try statement.bind(value, at: Int32(index + 1)) }
        var records: [(place: AuditPlace, record: AuditRecord)] = []
        while try statement.step() { records.append(try read(statement)) }
        return records
    }
}
