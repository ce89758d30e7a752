/// One of the sections of a number format's code, which semicolons part.
struct FormatSection: Hashable {
    /// A place for a digit, or what stands between.
    enum Element: Hashable {
        /// A digit, with a zero where there is none.
        case zero
        /// A digit, with nothing where there is none.
        case digit
        /// A digit, with a space where there is none.
        case space
        /// A byte that stands there as it is.
        case literal(UInt8)
    }

    /// The numbers that a section is for: `[<=9999999]`.
    struct Condition: Hashable {
        let sign: String
        let limit: Double

        func holds(for value: Double) -> Bool {
            switch sign {
            case "<": value < limit
            case "<=": value <= limit
            case ">": value > limit
            case ">=": value >= limit
            case "=": value == limit
            default: value != limit
            }
        }
    }

    var hasDate = false
    var hasTime = false
    var isElapsed = false
    var isPercent = false
    var condition: Condition?
    var elements: [Element] = []
    /// Whether it holds anything but places for digits and literal text, so that only Excel knows what it shows.
    var isDressed = false
    /// The month or minute that the section begins with, which only what follows tells apart.
    private var opensWithM = false

    /// The sections of a code.
    static func all(in code: String) -> [FormatSection] {
        var sections: [FormatSection] = []
        var section = FormatSection()
        // Excel's longest code has 255 characters.
        var rest = Array(code.utf8.prefix(1024))[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: ";") {
                sections.append(section.finished)
                section = FormatSection()
            } else {
                section.take(byte, &rest)
            }
        }
        return sections + [section.finished]
    }

    private mutating func take(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) {
        switch byte {
        case UInt8(ascii: "\""):
            elements += rest.prefix { $0 != UInt8(ascii: "\"") }.map { .literal($0) }
            rest = rest.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
        case UInt8(ascii: "\\"): elements += rest.popCharacter().map { .literal($0) }
        // A space as wide as the next character, or one that is repeated to fill the cell.
        case UInt8(ascii: "_"), UInt8(ascii: "*"): _ = rest.popCharacter()
        case UInt8(ascii: "["):
            bracket(String(decoding: rest.prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self))
            rest = rest.drop { $0 != UInt8(ascii: "]") }.dropFirst()
        case UInt8(ascii: "0"): elements.append(.zero)
        case UInt8(ascii: "#"): elements.append(.digit)
        case UInt8(ascii: "?"): elements.append(.space)
        case UInt8(ascii: "%"): isPercent = true
        default:
            if Self.isShownAsIs(byte) { elements.append(.literal(byte)) } else { letter(byte.lowercased, &rest) }
        }
    }

    /// Whether a character needs no quotes to be shown: signs, digits that are no place, and what is not ASCII.
    private static func isShownAsIs(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte.isDigit || " +-():$'&~{}<>=^".utf8.contains(byte)
    }

    private mutating func letter(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) {
        // As far as whole numbers go, `General` is one place for all their digits.
        if byte == UInt8(ascii: "g"), ["eneral", "ENERAL"].contains(where: { rest.starts(with: $0.utf8) }) {
            rest = rest.dropFirst("eneral".utf8.count)
            elements.append(.zero)
            return
        }
        isDressed = true
        switch byte {
        case UInt8(ascii: "y"), UInt8(ascii: "d"): hasDate = true
        case UInt8(ascii: "h"), UInt8(ascii: "s"): hasTime = true
        case UInt8(ascii: "m"):
            // `AM/PM` comes with hours, `m` alone is a month.
            if !hasDate, !hasTime { opensWithM = true }
        default: break
        }
    }

    private mutating func bracket(_ text: String) {
        let lower = text.lowercased()
        if !lower.isEmpty, ["h", "m", "s"].contains(where: { unit in lower.allSatisfy { $0 == unit } }) {
            isElapsed = true
        } else if let sign = ["<=", ">=", "<>", "<", ">", "="].first(where: text.hasPrefix),
            let limit = Double(text.dropFirst(sign.count))
        {
            condition = Condition(sign: sign, limit: limit)
        } else if text.hasPrefix("$") {
            // A currency and a language: `[$€-407]`.
            elements += text.dropFirst().prefix { $0 != "-" }.utf8.map { .literal($0) }
        } else if lower.hasPrefix("dbnum") || lower.hasPrefix("natnum") {
            isDressed = true
        }
        // Anything else is a colour.
    }

    private var finished: FormatSection {
        var section = self
        if opensWithM, !hasTime { section.hasDate = true }
        return section
    }
}

/// A format that arranges the digits of a whole number: `00000`, `(###) ###-####`, `"+"0`.
struct DigitPattern: Hashable {
    private let elements: [FormatSection.Element]
    private let condition: FormatSection.Condition?
    /// Whether zero has a format of its own.
    var excludesZero = false

    /// Makes the pattern of a section; nil where it does more, or less, than arrange digits.
    init?(_ section: FormatSection) {
        let places = section.elements.filter(\.isPlace)
        guard !section.isDressed, !section.isPercent, !places.isEmpty else { return nil }
        // One place alone, or several that show nothing for a missing digit, show what the number is anyway.
        guard places.count < section.elements.count || places.count(where: { $0 == .zero }) > 1 else { return nil }
        elements = section.elements
        condition = section.condition
    }

    /// Whether it is for some numbers only.
    var isConditional: Bool { condition != nil }

    /// Whether it is meant for a number.
    func applies(to number: DecimalNumber) -> Bool {
        guard number.isWhole, !number.isNegative, number.wholeDigits.count <= DecimalNumber.precision,
            !excludesZero || !number.digits.isEmpty
        else { return false }
        return condition.map { condition in Double(number.text).map(condition.holds) ?? false } ?? true
    }

    /// The number's digits in their places; what is left over stands before the first place.
    func text(of number: DecimalNumber) -> String {
        var digits = number.digits.isEmpty ? [] : number.wholeDigits
        let firstPlace = elements.firstIndex(where: \.isPlace)
        var bytes: [UInt8] = []
        for (index, element) in elements.enumerated().reversed() {
            switch element {
            case .literal(let byte): bytes.append(byte)
            case .zero: bytes.append(digits.popLast() ?? UInt8(ascii: "0"))
            case .space: bytes.append(digits.popLast() ?? UInt8(ascii: " "))
            case .digit: if let digit = digits.popLast() { bytes.append(digit) }
            }
            if index == firstPlace { while let digit = digits.popLast() { bytes.append(digit) } }
        }
        return String(decoding: bytes.reversed(), as: UTF8.self).trimmed
    }
}

extension FormatSection.Element {
    /// Whether a digit may stand there.
    fileprivate var isPlace: Bool {
        if case .literal = self { return false }
        return true
    }
}

extension ArraySlice<UInt8> {
    /// Takes off the first character, which may have several bytes.
    fileprivate mutating func popCharacter() -> ArraySlice<UInt8> {
        let length = isEmpty ? 0 : 1 + dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
        defer { self = dropFirst(length) }
        return prefix(length)
    }
}
