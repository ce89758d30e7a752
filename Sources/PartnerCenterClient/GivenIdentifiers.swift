/// The identifiers that the service gave to new customers, and to which orders: each is one customer's.
struct GivenIdentifiers: Sendable {
    /// The orders' keys by identifier; answers are mixed up among requests of the same time, and a run may have any
    /// number of rows.
    private var keys = NewestEntries(most: 16_384)

    /// Notes that an order was given an identifier.
    ///
    /// - Parameters:
    ///   - id: the identifier, in any spelling.
    ///   - key: the order's idempotency key.
    /// - Returns: false where it is no identifier, or another order's.
    mutating func give(_ id: String, to key: String) -> Bool {
        guard let id = Self.normalized(id) else { return false }
        if let owner = keys[id] { return owner == key }
        keys.keep(key, of: id)
        return true
    }

    /// A customer's identifier as the service writes it: a GUID, 8-4-4-4-12 hexadecimal digits in lower case.
    ///
    /// - Parameter text: the identifier in any of a GUID's spellings: in braces, without hyphens, with space around it.
    /// - Returns: the identifier; nil where the text is none.
    static func normalized(_ text: String) -> String? {
        var digits = text.drop(while: \.isWhitespace)
        while digits.last?.isWhitespace == true { digits.removeLast() }
        for (first, last) in [("{", "}"), ("(", ")")] as [(Character, Character)] {
            guard digits.count > 2, digits.first == first, digits.last == last else { continue }
            digits = digits.dropFirst().dropLast()
        }
        let groups = digits.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.count == 1 || groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        let hex = groups.joined().lowercased()
        guard hex.utf8.count == 32, hex.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        var rest = hex[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return rest.prefix(length)
        }
        .joined(separator: "-")
    }
}
