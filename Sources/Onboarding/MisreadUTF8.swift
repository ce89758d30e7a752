/// A text in which UTF-8 may have been read as a code page, a character or group of characters at a time.
///
/// Only those groups are read again that can be UTF-8 and make sense where they stand, so that a cell may be right in
/// part; and nothing is, unless one of the groups can't be right as it stands.
struct MisreadUTF8 {
    /// A character of the text, or one that a group of them was before.
    private struct Unit {
        let meant: Unicode.Scalar
        /// The bytes of the group; empty where the character is the text's own.
        var bytes: [UInt8] = []
        /// Where the group stands in the text.
        var place = 0..<0

        var isRead: Bool { !bytes.isEmpty }
    }

    private let page: CodePage
    private let isLatin, isStrict: Bool
    /// Whether a no-break space was added behind the text, which an outer one was taken for.
    let isPadded: Bool
    private let source: [Unicode.Scalar]
    private let units: [Unit]

    /// Reads a text again.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - page: what it may have been read as.
    ///   - isLatin: whether accented capitals begin the groups, which may be right; elsewhere signs do, or Cyrillic.
    ///   - isStrict: whether such capitals are common in what is right.
    ///   - isPadded: whether a no-break space may be missing at the text's end.
    init(_ text: String, as page: CodePage, isLatin: Bool, isStrict: Bool = false, isPadded: Bool = true) {
        (self.page, self.isLatin, self.isStrict) = (page, isLatin, isStrict)
        var scalars = Array(text.unicodeScalars)
        self.isPadded = isPadded && isLatin && (scalars.last == "Ã" || scalars.last == "Â")
        if self.isPadded { scalars.append("\u{A0}") }
        source = scalars
        units = Self.units(of: scalars, page: page)
    }

    /// The text that was meant; nil where nothing speaks for it.
    var meant: String? { units.indices.contains(where: isCertain) || isComplete && readCount > 2 ? text : nil }

    /// The text with all groups read again.
    var text: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: units.lazy.map(\.meant))
        return String(text)
    }

    /// Whether nothing beyond ASCII is left that is in no group, and there is a group.
    var isComplete: Bool { units.allSatisfy { $0.isRead || $0.meant.isASCII } && readCount > 0 }

    private var readCount: Int { units.count(where: \.isRead) }

    private static func units(of scalars: [Unicode.Scalar], page: CodePage) -> [Unit] {
        var units: [Unit] = []
        var index = 0
        while index < scalars.count {
            if let unit = group(at: index, of: scalars, page: page) {
                units.append(unit)
                index = unit.place.upperBound
            } else {
                units.append(Unit(meant: scalars[index]))
                index += 1
            }
        }
        return units
    }

    /// The group that begins at a place; nil where none does that makes a character of a text.
    private static func group(at start: Int, of scalars: [Unicode.Scalar], page: CodePage) -> Unit? {
        guard !scalars[start].isASCII, let first = page.byte(of: scalars[start]), 0xC2...0xF4 ~= first else {
            return nil
        }
        let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard start + count <= scalars.count else { return nil }
        let bytes = [first] + scalars[(start + 1)..<(start + count)].compactMap(page.byte)
        guard let text = String(validating: bytes, as: UTF8.self), let meant = text.unicodeScalars.first,
            text.unicodeScalars.dropFirst().isEmpty, bytes.count == count,
            // A sign of the page itself may have been read twice.
            Script(meant) != .none || page.byte(of: meant) != nil
        else { return nil }
        return Unit(meant: meant, bytes: bytes, place: start..<(start + count))
    }
}

// MARK: - Evidence

extension MisreadUTF8 {
    /// What kind of character a group makes.
    private enum Script: Equatable {
        case none, latin, latinExtended, mark, punctuation, picture
        /// What stands for a character that could not be read.
        case replacement
        /// A script whose characters stand beside their own kind; its first number.
        case other(UInt32)

        init(_ scalar: Unicode.Scalar) {
            self =
                switch scalar.value {
                case 0xA0...0x17F, 0x18F, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x1CD...0x1DC, 0x218...0x21B, 0x259, 0x2BB, 0x2BC:
                    .latin
                case 0x1E00...0x1EFF: .latinExtended
                case 0x300...0x304, 0x306...0x308, 0x30A...0x30C, 0x31B, 0x323, 0x326...0x328: .mark
                case 0x2010...0x2015, 0x2018...0x201E, 0x2020...0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC,
                    0x2116, 0x2122, 0x200B...0x200F, 0xFEFF:
                    .punctuation
                case 0xFFFD: .replacement
                case 0x370...0x3FF: .other(0x370)
                case 0x400...0x52F: .other(0x400)
                case 0x530...0x10FF where scalar.properties.isAlphabetic: .other(scalar.value & ~0x7F)
                case 0x3001...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF: .other(0x3000)
                case 0xAC00...0xD7A3: .other(0xAC00)
                case 0x1F300...0x1FAFF: .picture
                default: .none
                }
        }
    }

    /// Whether a group can't be right as it stands.
    private func isCertain(at index: Int) -> Bool {
        let unit = units[index]
        guard unit.isRead else { return false }
        switch Script(unit.meant) {
        case .none: return false
        case .punctuation, .picture, .replacement: return true
        case .other(let script): return hasCompany(at: index, of: script)
        case .mark: return isInSmallWord(at: index) || isLatin && hasLetter(at: index - 1) && !isNatural(unit)
        case .latinExtended: return isLatin && (!isNatural(unit) || hasLetter(at: index + 1))
        case .latin: return isLatin ? isCertainBehindCapital(at: index) : isCertainBehindSign(at: index)
        }
    }

    /// Whether characters of one script stand together, or, in the East, one is a whole word.
    private func hasCompany(at index: Int, of script: UInt32) -> Bool {
        func isKin(_ index: Int) -> Bool {
            units.indices.contains(index) && units[index].isRead && Script(units[index].meant) == .other(script)
        }
        if isLatin, isKin(index - 1) || isKin(index + 1) { return true }
        if isKin(index + 1), isKin(index - 1) { return true }
        return isLatin && script >= 0x3000 && units[index].bytes.count == 3 && !units.contains { $0.meant.isASCII }
            && !isNatural(units[index])
    }

    /// Where a capital begins the group, what follows it tells whether the capital may be the end of a word.
    private func isCertainBehindCapital(at index: Int) -> Bool {
        let (first, second) = (units[index].bytes[0], units[index].bytes[1])
        let isTilde = first == 0xC2 || first == 0xC3
        if isInSmallWord(at: index) { return true }
        guard !isStrict else { return false }
        guard isNatural(units[index]) else { return true }
        if isTilde, !hasLetter(at: index - 1) { return true }
        // A dash joins words in many languages, but hardly any word ends in Ã: MALMÃ–.
        if second == 0x96 || second == 0x97 { return first == 0xC3 && second == 0x96 }
        if second == 0xA0 {
            // Å is a village, Å<NBSP>koda a car.
            return first == 0xC5 && !hasLetter(at: index - 1) && (1...3).allSatisfy { hasLetter(at: index + $0) }
        }
        if hasLetter(at: index + 1) { return second != 0x92 || !isGenitive(at: index + 1) }
        return first == 0xC2 && [0xA9, 0xAE, 0xB0].contains(second)
    }

    /// Signs and Cyrillic letters have no business in Latin words.
    private func isCertainBehindSign(at index: Int) -> Bool {
        guard units[index].meant.properties.isAlphabetic else { return false }
        if source[units[index].place.lowerBound].properties.generalCategory == .initialPunctuation
            || source[units[index].place.lowerBound].properties.generalCategory == .finalPunctuation
        {
            return hasLetter(at: index - 1) && hasLetter(at: index + 1)
        }
        return [index - 1, index + 1].contains { hasLetter(at: $0) && (units[$0].meant.isASCII || units[$0].isRead) }
    }

    /// Whether what follows the group's first character may stand behind a word.
    private func isNatural(_ unit: Unit) -> Bool {
        unit.bytes.dropFirst().allSatisfy { byte in
            switch byte {
            case 0x85, 0x91...0x94, 0x96, 0x97, 0x99, 0x9B, 0xA0, 0xA9, 0xAB, 0xAE, 0xB0, 0xB4, 0xB7, 0xBA, 0xBB: true
            default: false
            }
        }
    }

    /// Whether the word around has a small letter, so that no accented capital stands within it.
    private func isInSmallWord(at index: Int) -> Bool {
        if hasLetter(at: index + 1), units[index + 1].meant.properties.isLowercase {
            return units[index].bytes[1] != 0x92 || !isGenitive(at: index + 1)
        }
        var before = index - 1
        while hasLetter(at: before) {
            if units[before].meant.properties.isLowercase { return true }
            before -= 1
        }
        return false
    }

    /// Whether an s and no more follows, as in CAFÉ’S.
    private func isGenitive(at index: Int) -> Bool {
        (units[index].meant == "S" || units[index].meant == "s") && !hasLetter(at: index + 1)
    }

    private func hasLetter(at index: Int) -> Bool {
        units.indices.contains(index) && units[index].meant.properties.isAlphabetic
    }
}
