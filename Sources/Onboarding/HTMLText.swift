/// Text in which characters are written as HTML writes them: `Fish &amp; Chips`.
enum HTMLText {
    /// The text that was meant.
    ///
    /// - Parameter text: any text.
    /// - Returns: the text with the characters themselves; nil where it has none that HTML writes so.
    static func decoded(_ text: String) -> String? {
        guard var meant = decodedOnce(text[...]) else { return nil }
        // Some programs do it twice: &amp;uuml;
        for _ in 0..<2 { meant = decodedOnce(meant[...]) ?? meant }
        return meant
    }

    private static func decodedOnce(_ text: Substring) -> String? {
        var rest = text
        var meant = ""
        var isFound = false
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "&")) {
            meant += rest[..<start]
            rest = rest[start...]
            if let end = rest.utf8.prefix(longestReference).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(of: rest[start..<end].dropFirst())
            {
                meant.unicodeScalars.append(scalar)
                rest = rest[rest.utf8.index(after: end)...]
                isFound = true
            } else {
                meant.append("&")
                rest = rest[rest.utf8.index(after: start)...]
            }
        }
        return isFound ? meant + rest : nil
    }

    /// The character that a reference stands for: `amp`, `#39`, `#x27`.
    private static func scalar(of reference: Substring) -> Unicode.Scalar? {
        guard reference.utf8.first == UInt8(ascii: "#") else {
            return named[reference].map { $0 == "\u{A0}" ? " " : $0 }
        }
        let digits = reference.dropFirst()
        let isHex = digits.utf8.first == UInt8(ascii: "x") || digits.utf8.first == UInt8(ascii: "X")
        guard let number = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits), number >= 0x20 else {
            return nil
        }
        // Browsers take the numbers of control characters for the bytes of Windows-1252.
        if 0x80...0x9F ~= number { return CodePage.windows1252[UInt8(number)] }
        return number == 0xA0 ? " " : Unicode.Scalar(number)
    }

    private static let named: [Substring: Unicode.Scalar] = {
        let pairs = Resource.htmlEntities.compactMap { row in
            UInt32(row[1], radix: 16).flatMap(Unicode.Scalar.init).map { (row[0], $0) }
        }
        return Dictionary(pairs) { first, _ in first }
    }()

    /// In bytes, with the ampersand and the semicolon.
    private static let longestReference = 12
}
