/// Reads JSON by the letter of RFC 8259, but for a byte-order mark, UTF-16, and a comma after the last element.
struct JSONParser {
    /// Deeper than any resource; a text that nests further is an attack on the stack.
    private static let depthLimit = 64

    private let bytes: [UInt8]
    private let allowsComments: Bool
    /// The members that are wanted; nil for all.
    private let wanted: JSONNames?
    private var position: Int
    private var depth = 0

    private init(_ bytes: [UInt8], allowsComments: Bool, wanted: JSONNames?) {
        self.bytes = bytes
        self.allowsComments = allowsComments
        self.wanted = wanted
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Reads a whole text; `//` and `/* */` comments are passed over where they are allowed, and so are members that
    /// are not wanted, of which only the ends are looked for.
    static func parse(
        _ text: [UInt8],
        allowsComments: Bool = false,
        wanted: JSONNames? = nil
    ) throws(JSONSyntaxError) -> JSONValue {
        let bytes = UnicodeText.utf8(text)
        var parser = JSONParser(bytes, allowsComments: allowsComments, wanted: wanted)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.fault("there is more after the end of the value") }
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .array(try elements())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("the text ends too early")
        default: return .number(try number())
        }
    }

    private mutating func members() throws(JSONSyntaxError) -> [JSONMember] {
        var members: [JSONMember] = []
        // Room for the members of most objects, which would move three times else.
        members.reserveCapacity(wanted == nil ? 8 : 4)
        try open()
        while try !close(UInt8(ascii: "}")) {
            guard peek == UInt8(ascii: "\"") else { throw fault("a member's name in quotes is missing") }
            let name = isWanted(nameFrom: position + 1) ? try string() : nil
            if name == nil { position = endOfText(from: position) }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing after a member's name") }
            if let name {
                members.append(JSONMember(name: name, value: try value()))
            } else {
                try passOver()
            }
            try separator(before: UInt8(ascii: "}"))
        }
        return members
    }

    private mutating func elements() throws(JSONSyntaxError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try open()
        while try !close(UInt8(ascii: "]")) {
            elements.append(try value())
            try separator(before: UInt8(ascii: "]"))
        }
        return elements
    }

    private mutating func open() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= Self.depthLimit else { throw fault("it nests deeper than \(Self.depthLimit) levels") }
        position += 1
    }

    private mutating func close(_ bracket: UInt8) throws(JSONSyntaxError) -> Bool {
        skipSpace()
        guard take(bracket) else {
            if peek == nil { throw fault("the text ends too early") }
            return false
        }
        depth -= 1
        return true
    }

    private mutating func separator(before bracket: UInt8) throws(JSONSyntaxError) {
        skipSpace()
        guard take(UInt8(ascii: ",")) || peek == bracket else { throw fault("a comma is missing") }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw fault("an unknown word") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        guard digits() > 0 else { throw fault("a value is missing") }
        if take(UInt8(ascii: ".")), digits() == 0 { throw fault("a digit is missing") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            if digits() == 0 { throw fault("a digit is missing") }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        repeat {
            while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
        } while allowsComments && skipComment()
    }

    /// Whether there was one; a comment that never ends takes the rest.
    private mutating func skipComment() -> Bool {
        let rest = bytes[position...]
        if rest.starts(with: "//".utf8) {
            position = rest.firstIndex(of: 0x0A) ?? bytes.endIndex
        } else if rest.starts(with: "/*".utf8) {
            var end = position + 2
            while end < bytes.count, !bytes[end...].starts(with: "*/".utf8) { end += 1 }
            position = min(end + 2, bytes.count)
        } else {
            return false
        }
        return true
    }

    private func fault(_ reason: String) -> JSONSyntaxError {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return JSONSyntaxError(line: line, column: column, reason: reason)
    }
}

extension JSONParser {
    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        position = endOfPlainText(from: start)
        // Most texts have no escape: they are copied in one piece.
        if take(UInt8(ascii: "\"")) { return String(decoding: bytes[start..<position - 1], as: UTF8.self) }
        var unescaped = [UInt8](bytes[start..<position])
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &unescaped)
            case ..<0x20: throw fault("a control character stands unescaped in a text")
            default: unescaped.append(byte)
            }
        }
        throw fault("the text ends inside quotes")
    }

    /// Whether somebody wants the member with the name that begins here; one with an escape may spell anything.
    private func isWanted(nameFrom start: Int) -> Bool {
        guard let wanted else { return true }
        let end = endOfPlainText(from: start)
        return end < bytes.count && bytes[end] == UInt8(ascii: "\\") || wanted.contains(bytes[start..<end])
    }

    /// Passes over a value that nobody wants: only its end is looked for, since to check it costs as much as to read it.
    private mutating func passOver() throws(JSONSyntaxError) {
        skipSpace()
        guard peek == UInt8(ascii: "{") || peek == UInt8(ascii: "[") else {
            _ = try value()
            return
        }
        guard let end = endOfBrackets(from: position) else {
            position = bytes.count
            throw fault("the text ends too early")
        }
        position = end
    }

    /// Where the object or the list ends that begins here; nil where it has no end.
    private func endOfBrackets(from start: Int) -> Int? {
        let bytes = bytes.span
        var open = 0
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
            case UInt8(ascii: "\""): place = endOfText(from: place) - 1
            default: break
            }
            place += 1
            if open == 0 { return place }
        }
        return nil
    }

    /// Where the text in quotes ends that begins here.
    private func endOfText(from start: Int) -> Int {
        let bytes = bytes.span
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
        return min(end + 1, bytes.count)
    }

    /// Where a quote, an escape or a control character stands, or the text ends.
    private func endOfPlainText(from start: Int) -> Int {
        // Texts are most of what there is to read: what looks for their ends stays in registers.
        let bytes = bytes.span
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"), bytes[end] >= 0x20
        {
            end += 1
        }
        return end
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard let byte = peek else { throw fault("the text ends inside quotes") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw fault("an unknown escape in a text")
        }
    }

    /// A `\u` escape, or two that make a pair; half a pair becomes U+FFFD.
    private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let unit = try escapedUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let afterFirst = position
        if UTF16.isLeadSurrogate(UInt16(unit)), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try escapedUnit()
            let pair = 0x10000 + (unit & 0x3FF) << 10 + second & 0x3FF
            if UTF16.isTrailSurrogate(UInt16(second)), let scalar = Unicode.Scalar(pair) { return scalar }
        }
        position = afterFirst
        return "\u{FFFD}"
    }

    private mutating func escapedUnit() throws(JSONSyntaxError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("a \\u escape needs four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
