/// The identifiers that the service gave to new customers, and to which orders: each is one customer's.
struct GivenIdentifiers: Sendable {
    /// Answers are mixed up among requests of the same time, and a run may have any number of rows.
    private static let most = 16_384
    private var keys: [String: String] = [:]
    /// The identifiers in the order they came; a ring, where it is full.
    private var order: [String] = []
    private var oldest = 0

    /// Notes that an order was given an identifier.
    ///
    /// - Parameters:
    ///   - id: the identifier.
    ///   - key: the order's idempotency key.
    /// - Returns: false where it is no identifier, or another order's.
    mutating func give(_ id: String, to key: String) -> Bool {
        guard Self.isIdentifier(id) else { return false }
        let id = id.lowercased()
        if let owner = keys[id] { return owner == key }
        keys[id] = key
        if order.count < Self.most {
            order.append(id)
        } else {
            keys[order[oldest]] = nil
            order[oldest] = id
            oldest = (oldest + 1) % Self.most
        }
        return true
    }

    /// Whether a text is a customer's identifier: a GUID, 8-4-4-4-12 hexadecimal digits.
    static func isIdentifier(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || Character(Unicode.Scalar(byte)).isHexDigit && byte < 0x80
            }
    }
}
