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
        // Each answer to a create has one, written as it should be: it is looked at byte by byte, and not copied.
        if isCanonical(text.utf8) { return text }
        var digits = text.drop(while: \.isWhitespace)
        while digits.last?.isWhitespace == true { digits.removeLast() }
        for (first, last) in [("{", "}"), ("(", ")")] as [(Character, Character)] {
            guard digits.count > 2, digits.first == first, digits.last == last else { continue }
            digits = digits.dropFirst().dropLast()
        }
        let folded = digits.lowercased()
        let canonical = folded.contains("-") ? folded : hyphenated(folded)
        return isCanonical(canonical.utf8) ? canonical : nil
    }

    private static func hyphenated(_ digits: String) -> String {
        var rest = digits[...]
        let groups = [8, 4, 4, 4].map { length in
            defer { rest = rest.dropFirst(length) }
            return rest.prefix(length)
        }
        return (groups + [rest]).joined(separator: "-")
    }

    private static func isCanonical(_ text: String.UTF8View) -> Bool {
        let text = text.span
        guard text.count == 36 else { return false }
        return text.indices.allSatisfy { place in
            switch (place, text[place]) {
            case (8, let byte), (13, let byte), (18, let byte), (23, let byte): byte == UInt8(ascii: "-")
            case (_, UInt8(ascii: "0")...UInt8(ascii: "9")), (_, UInt8(ascii: "a")...UInt8(ascii: "f")): true
            default: false
            }
        }
    }
}
