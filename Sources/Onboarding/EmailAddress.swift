/// What a row's e-mail address came to.
enum EmailForm: Sendable {
    case absent
    /// It is an address; `domain` is in lower-case A-label form, and `oddity` says what few mail systems take.
    case valid(domain: String, oddity: String?)
    /// It is none; the sentence says why.
    case malformed(String)
    /// A letter of another script stands among those of a to z, at a place counted from 1; `ascii` has the one it looks
    /// like.
    case homoglyph(LookalikeText.Letter, place: Int, ascii: String)

    /// Whether no rule has a word to say of it.
    var isUsual: Bool {
        guard case .valid(let domain, nil) = self, domain != "microsoft.com" else { return false }
        let bytes = domain.utf8Span.span
        var start = bytes.count
        while start > 0, bytes[start - 1] != UInt8(ascii: ".") { start -= 1 }
        return TopLevelDomains.contains(bytes.extracting(start...))
    }
}

/// E-mail addresses by RFC 5321, section 4.1.2, as mail systems accept them.
enum EmailAddress {
    /// Says what a text is as an e-mail address.
    ///
    /// - Parameter text: the text, normalised.
    /// - Returns: what it is.
    static func form(of text: String) -> EmailForm {
        let bytes = text.utf8Span.span
        for index in bytes.indices where bytes[index] >= 0x80 { return internationalForm(of: text) }
        return form(of: bytes, oddity: nil)
    }

    /// What an address is that has more than ASCII, apart from what other rules say of its characters: spaces and
    /// signs that only look like plain ones, and what can't be seen.
    private static func internationalForm(of text: String) -> EmailForm {
        let plain = LookalikeText.typed(text)
        if let (letter, place, ascii) = LookalikeText.homoglyph(in: plain) {
            return .homoglyph(letter, place: place + 1, ascii: ascii)
        }
        guard let odd = plain.unicodeScalars.first(where: { !$0.isASCII }) else {
            return form(of: (suggestion(for: text) ?? plain).utf8Span.span, oddity: nil)
        }
        let strange = plain.unicodeScalars.first { !$0.isASCII && !isLetterOrMark($0) } ?? odd
        guard isLetterOrMark(strange) else {
            return .malformed("has a character that no address has: \(Text.quoted(String(strange)))")
        }
        return form(of: plain.utf8Span.span, oddity: "has letters beyond ASCII, which many mail systems refuse")
    }

    private static func isLetterOrMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber, .format: true
        default: scalar.properties.isAlphabetic
        }
    }

    private static func form(of bytes: Span<UInt8>, oddity: String?) -> EmailForm {
        guard !bytes.isEmpty else { return .absent }
        guard let at = lastAt(bytes) else { return .malformed("has no @") }
        guard bytes.count <= 254 else { return .malformed("is longer than the 254 characters that mail allows") }
        guard 1...64 ~= at else {
            return .malformed(at == 0 ? "has nothing before the @" : "has more than 64 characters before the @")
        }
        var oddity = oddity
        if bytes[0] == UInt8(ascii: "\"") {
            guard isQuotedString(bytes.extracting(0..<at)) else { return .malformed("has a quotation mark astray") }
            oddity = oddity ?? "has quotation marks, which many mail systems refuse"
        } else if let fault = dotAtomFault(bytes.extracting(0..<at)) {
            return .malformed(fault)
        }
        guard let domain = domain(bytes.extracting((at + 1)...)) else {
            return .malformed("has no valid domain name after the @")
        }
        return .valid(domain: domain, oddity: oddity)
    }

    /// The last label of a domain.
    ///
    /// - Parameter domain: a host's name.
    /// - Returns: what stands behind its last dot.
    static func topLevel(of domain: String) -> Substring {
        let dot = domain.utf8.lastIndex(of: UInt8(ascii: "."))
        return domain[(dot.map(domain.utf8.index(after:)) ?? domain.startIndex)...]
    }

    /// What somebody meant who wrote more than an address.
    ///
    /// - Parameter text: the text of the cell.
    /// - Returns: the address in it, where there is just one.
    static func suggestion(for text: String) -> String? {
        var candidate = LookalikeText.typed(text)
        if let open = candidate.lastIndex(of: "<"), let close = candidate.lastIndex(of: ">"), open < close {
            candidate = String(candidate[candidate.index(after: open)..<close])
        }
        if candidate.lowercased().hasPrefix("mailto:") { candidate = String(candidate.dropFirst(7)) }
        candidate = withoutSpaces(candidate)
        while let last = candidate.last, ",;.".contains(last) { candidate.removeLast() }
        candidate = candidate.replacing(",", with: ".").replacing("..", with: ".")
        // "joe"@x.com, where the quotation marks are a habit.
        let parts = candidate.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].utf8.count > 2, parts[0].first == "\"", parts[0].last == "\"" {
            candidate = "\(parts[0].dropFirst().dropLast())@\(parts[1])"
        }
        guard candidate != text, candidate.utf8.allSatisfy({ $0 < 0x80 }),
            case .valid(let domain, nil) = form(of: candidate.utf8Span.span, oddity: nil),
            TopLevelDomains.all.contains(topLevel(of: domain))
        else { return nil }
        return candidate
    }

    /// The text without outer spaces and those beside an @ or a dot; others may part what is no address at all.
    private static func withoutSpaces(_ text: String) -> String {
        var kept: [Character] = []
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let rest = characters[(index + 1)...].first { !$0.isWhitespace }
            let neighbours: [Character?] = [kept.last, rest]
            let isBeside = neighbours.contains { $0 == nil || $0 == "@" || $0 == "." }
            if character != " " || !isBeside { kept.append(character) }
        }
        return String(kept)
    }

    private static func lastAt(_ bytes: Span<UInt8>) -> Int? {
        for index in bytes.indices.reversed() where bytes[index] == UInt8(ascii: "@") { return index }
        return nil
    }

    private static func domain(_ bytes: Span<UInt8>) -> String? {
        var isASCII = true
        for index in bytes.indices where bytes[index] >= 0x80 { isASCII = false }
        if isASCII {
            guard DomainName.isHostName(bytes) else { return nil }
            return bytes.text(\.lowercasedASCII)
        }
        guard let ascii = DomainName.asciiForm(of: bytes.text(\.lowercasedASCII)) else { return nil }
        return DomainName.isHostName(ascii.utf8Span.span) ? ascii : nil
    }

    private static func dotAtomFault(_ local: Span<UInt8>) -> String? {
        var previous = UInt8(ascii: ".")
        for index in local.indices {
            let byte = local[index]
            if byte == UInt8(ascii: "."), previous == UInt8(ascii: ".") {
                return index == 0 ? "begins with a dot" : "has two dots in a row"
            }
            guard byte >= 0x80 || byte == UInt8(ascii: ".") || isAtomCharacter(byte) else {
                return switch byte {
                case UInt8(ascii: "@"): "has more than one @; give one address"
                case UInt8(ascii: ","), UInt8(ascii: ";"): "has a comma or semicolon; give one address"
                case UInt8(ascii: " "): "has a space"
                default: "has a character that no address has: \(Text.quoted(String(Unicode.Scalar(byte))))"
                }
            }
            previous = byte
        }
        return previous == UInt8(ascii: ".") ? "has a dot before the @" : nil
    }

    private static func isAtomCharacter(_ byte: UInt8) -> Bool {
        if byte.isASCIILetter || byte.isASCIIDigit { return true }
        return switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isQuotedString(_ local: Span<UInt8>) -> Bool {
        guard local.count > 2, local[local.count - 1] == UInt8(ascii: "\"") else { return false }
        var isEscaped = false
        for index in 1..<(local.count - 1) {
            if isEscaped {
                isEscaped = false
            } else if local[index] == UInt8(ascii: "\\") {
                isEscaped = true
            } else if local[index] == UInt8(ascii: "\"") || local[index] < 0x20 {
                return false
            }
        }
        return !isEscaped
    }
}

extension Span<UInt8> {
    /// The bytes as text, each changed first.
    ///
    /// - Parameter change: what is made of an ASCII letter; other bytes must stay as they are.
    /// - Returns: the text.
    func text(_ change: (UInt8) -> UInt8) -> String {
        unsafe String(unsafeUninitializedCapacity: count) { buffer in
            for index in indices { unsafe buffer[index] = change(self[index]) }
            return count
        }
    }
}
