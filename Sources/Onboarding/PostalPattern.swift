/// A pattern that a whole postal code has to match, made ready once and matched byte by byte.
///
/// It is a Glushkov automaton: every character of the pattern is a position, and a set of positions is one word of 64
/// bits. The subset of regular expressions is the one that the countries' data needs: characters, `\d`, `\-`, classes
/// such as `[A-HJ-NP-Z\d]`, groups, `|`, `?` and `{n}` or `{n,m}`. Letters match without regard to case.
struct PostalPattern: Sendable {
    /// The ASCII characters that each position takes.
    private var classes: [ASCIISet] = []
    /// The positions that can come after each position.
    private var follow: [UInt64] = []
    private var first: UInt64 = 0
    private var last: UInt64 = 0
    private var acceptsEmpty = false

    /// Makes a pattern ready; nil where it is outside the subset, or has more than 64 positions.
    ///
    /// - Parameters:
    ///   - pattern: the pattern, in the subset.
    ///   - omittingSeparators: whether spaces and hyphens of the pattern are left out.
    init?(_ pattern: Substring, omittingSeparators: Bool = false) {
        var parser = Parser(rest: Array(pattern.utf8)[...], omittingSeparators: omittingSeparators)
        guard let part = parser.alternatives(), parser.rest.isEmpty, parser.classes.count <= 64 else { return nil }
        (classes, follow) = (parser.classes, parser.follow)
        (first, last, acceptsEmpty) = (part.first, part.last, part.isOptional)
    }

    /// Whether a text as a whole matches.
    ///
    /// - Parameter text: the text's UTF-8.
    /// - Returns: whether it does.
    func matches(_ text: Span<UInt8>) -> Bool { matches(text, orBeginning: false) }

    private func matches(_ text: Span<UInt8>, orBeginning isBeginningEnough: Bool) -> Bool {
        guard !text.isEmpty else { return acceptsEmpty }
        var candidates = first
        var matched: UInt64 = 0
        for index in text.indices {
            matched = 0
            var next: UInt64 = 0
            while candidates != 0 {
                let position = candidates.trailingZeroBitCount
                if classes[position].contains(text[index]) {
                    matched |= 1 << position
                    next |= follow[position]
                }
                candidates &= candidates - 1
            }
            guard matched != 0 else { return false }
            if isBeginningEnough, matched & last != 0 { return true }
            candidates = next
        }
        return matched & last != 0
    }

    /// Whether a text as a whole matches.
    ///
    /// - Parameter text: the text.
    /// - Returns: whether it does.
    func matches(_ text: String) -> Bool { matches(text.utf8Span.span) }

    /// Whether a text begins with what matches.
    ///
    /// - Parameter text: the text's UTF-8.
    /// - Returns: whether it does.
    func matchesBeginning(of text: Span<UInt8>) -> Bool { matches(text, orBeginning: true) }

    /// Whether a text begins with what matches.
    ///
    /// - Parameter text: the text.
    /// - Returns: whether it does.
    func matchesBeginning(of text: String) -> Bool { matchesBeginning(of: text.utf8Span.span) }
}

/// A set of ASCII characters.
struct ASCIISet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Puts a character into the set, and a letter in both its cases.
    ///
    /// - Parameter byte: the character; only ASCII counts.
    mutating func insert(_ byte: UInt8) {
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
        for byte in isLetter ? [byte | 0x20, byte & 0xDF] : [byte] {
            if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
        }
    }

    /// Whether the set has a character.
    ///
    /// - Parameter byte: the character.
    /// - Returns: whether it does.
    func contains(_ byte: UInt8) -> Bool {
        byte < 128 && (byte < 64 ? low : high) & (1 << UInt64(byte & 63)) != 0
    }
}

/// A stretch of a pattern: where it can start and end, and whether it can be passed over.
private struct Part {
    var first: UInt64 = 0
    var last: UInt64 = 0
    var isOptional = true
}

/// Reads a pattern by recursive descent and lays out its positions.
private struct Parser {
    var rest: ArraySlice<UInt8>
    let omittingSeparators: Bool
    var classes: [ASCIISet] = []
    var follow: [UInt64] = []

    mutating func alternatives() -> Part? {
        guard var result = sequence() else { return nil }
        while take("|") {
            guard let next = sequence() else { return nil }
            result.first |= next.first
            result.last |= next.last
            result.isOptional = result.isOptional || next.isOptional
        }
        return result
    }

    private mutating func sequence() -> Part? {
        var result = Part()
        while let byte = rest.first, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            guard let next = repeated() else { return nil }
            append(next, to: &result)
        }
        return result
    }

    private mutating func append(_ next: Part, to result: inout Part) {
        for position in classes.indices where result.last & (1 << position) != 0 { follow[position] |= next.first }
        if result.isOptional { result.first |= next.first }
        result.last = next.isOptional ? result.last | next.last : next.last
        result.isOptional = result.isOptional && next.isOptional
    }

    /// An atom with what stands behind it; a counted one is read again for each copy.
    private mutating func repeated() -> Part? {
        let start = rest
        guard var result = atom() else { return nil }
        if take("?") {
            result.isOptional = true
        } else if take("{") {
            guard let least = number(), let most = take(",") ? number() : least, take("}"), least <= most, least > 0
            else { return nil }
            let end = rest
            for copy in 1..<max(most, 1) {
                rest = start
                guard var next = atom() else { return nil }
                if copy >= least { next.isOptional = true }
                append(next, to: &result)
            }
            rest = end
        }
        return classes.count <= 64 ? result : nil
    }

    private mutating func atom() -> Part? {
        var set = ASCIISet()
        switch rest.popFirst() {
        case UInt8(ascii: "("):
            guard let inner = alternatives(), take(")") else { return nil }
            return inner
        case UInt8(ascii: "["):
            guard readClass(into: &set) else { return nil }
        case UInt8(ascii: "\\"):
            guard readEscape(into: &set) else { return nil }
        case let byte?:
            guard !"])}{?*+.^$".utf8.contains(byte), byte < 0x80 else { return nil }
            set.insert(byte)
        case nil: return nil
        }
        let isSeparator = set.contains(UInt8(ascii: " ")) || set.contains(UInt8(ascii: "-"))
        if omittingSeparators, isSeparator { return Part() }
        guard classes.count < 64 else { return nil }
        classes.append(set)
        follow.append(0)
        let bit: UInt64 = 1 << (classes.count - 1)
        return Part(first: bit, last: bit, isOptional: false)
    }

    private mutating func readClass(into set: inout ASCIISet) -> Bool {
        while let byte = rest.popFirst(), byte != UInt8(ascii: "]") {
            if byte == UInt8(ascii: "\\") {
                guard readEscape(into: &set) else { return false }
            } else if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
                guard byte <= end, end < 0x80 else { return false }
                rest = rest.dropFirst(2)
                for member in byte...end { set.insert(member) }
            } else {
                guard byte < 0x80 else { return false }
                set.insert(byte)
            }
            if rest.isEmpty { return false }
        }
        return true
    }

    private mutating func readEscape(into set: inout ASCIISet) -> Bool {
        switch rest.popFirst() {
        case UInt8(ascii: "d"):
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") { set.insert(digit) }
        case UInt8(ascii: "-"): set.insert(UInt8(ascii: "-"))
        default: return false
        }
        return true
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        rest = rest.dropFirst(digits.count)
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
