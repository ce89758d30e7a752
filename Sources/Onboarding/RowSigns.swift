/// What about a row is unusual, so that some rules are worth applying to it.
///
/// Nearly all rows of a manifest are right. Working out these signs takes one look at each cell; applying all rules takes
/// several times as long, so a rule names the signs without which it has nothing to find.
struct RowSigns: OptionSet, Sendable {
    let rawValue: UInt32

    /// Every row has it: for rules that are applied to all.
    static let always = RowSigns(rawValue: 1 << 0)
    /// A cell may have been read in a wrong encoding.
    static let garbledText = RowSigns(rawValue: 1 << 1)
    /// A cell has a character that is no letter, digit or plain sign.
    static let oddCharacter = RowSigns(rawValue: 1 << 2)
    /// A cell may be what a spreadsheet made of another.
    static let convertedValue = RowSigns(rawValue: 1 << 3)
    /// A cell is longer than most limits, or as short as a limit is.
    static let unusualLength = RowSigns(rawValue: 1 << 4)
    /// A cell is empty that is needed, or filled that should be empty.
    static let wrongCells = RowSigns(rawValue: 1 << 5)
    /// The company's name is short, or begins strangely.
    static let companyName = RowSigns(rawValue: 1 << 6)
    /// A person's name is short or long, or begins strangely, or may be a placeholder.
    static let personName = RowSigns(rawValue: 1 << 7)
    /// The domain is not just right, or has a hyphen.
    static let domain = RowSigns(rawValue: 1 << 8)
    /// The e-mail address is not just right.
    static let email = RowSigns(rawValue: 1 << 9)
    /// The culture is not one of the country's own, or the language is not the culture's.
    static let language = RowSigns(rawValue: 1 << 10)
    /// The country is not known.
    static let country = RowSigns(rawValue: 1 << 11)
    /// The state is not on the country's list as it stands.
    static let state = RowSigns(rawValue: 1 << 12)
    /// The postal code does not match the country's pattern.
    static let postalCode = RowSigns(rawValue: 1 << 13)
    /// The phone number is not just right.
    static let phoneNumber = RowSigns(rawValue: 1 << 14)
    /// A cell has a question mark, or a semicolon.
    static let replacedCharacter = RowSigns(rawValue: 1 << 17)

    /// A cell that can be told from those of other columns is not what its column has.
    static let ofDoubtfulCells: RowSigns = [.domain, .email, .postalCode, .country, .language, .state]
}

/// What the bytes of a cell tell at one look.
struct TextTraits {
    /// Whether it is nothing but printable ASCII.
    var isPlain = true
    /// Whether it may have a character that is no letter, digit or plain sign.
    var isOdd = false
    /// Whether it is surely in NFC: it has only characters that nothing combines with.
    var isComposed = true

    /// Looks at each byte once.
    init(_ bytes: Span<UInt8>) {
        for index in bytes.indices where bytes[index] &- 0x20 > 0x5E {
            isPlain = false
            break
        }
        guard !isPlain else { return }
        for index in bytes.indices where bytes[index] &- 0x20 > 0x5E {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch bytes[index] {
            case 0x80..<0xC0: continue
            // U+00C0 to U+00FF, and the rest of the Latin and Cyrillic letters; marks begin at U+0300 and U+0483.
            case 0xC3...0xC9, 0xD0, 0xD1: break
            // U+5000 to U+9FFF and most of the Korean syllables.
            case 0xE5...0xE9, 0xEB, 0xEC: break
            // The ogham space; no other of U+1000 to U+1FFF is a sign.
            case 0xE1:
                isComposed = false
                if next == 0x9A { isOdd = true }
            // U+3000 to U+303F are East Asian signs.
            case 0xE3:
                isComposed = false
                if next == 0x80 { isOdd = true }
            // The Arabic letter mark.
            case 0xD8:
                isComposed = false
                if next == 0x9C { isOdd = true }
            case 0xCA...0xCF, 0xD2...0xDF, 0xE0, 0xE4, 0xEA, 0xED: isComposed = false
            // Control characters, U+0080 to U+00BF, U+2000 to U+2FFF, and U+E000 and beyond.
            default: (isOdd, isComposed) = (true, false)
            }
        }
    }
}
