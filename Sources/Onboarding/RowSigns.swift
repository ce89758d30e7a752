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
    /// The row is not best explained as it stands.
    static let shape = RowSigns(rawValue: 1 << 15)
    /// The city has a digit.
    static let city = RowSigns(rawValue: 1 << 16)
    /// A cell has a question mark, or a semicolon.
    static let replacedCharacter = RowSigns(rawValue: 1 << 17)
    /// The partner's identifier has more than digits.
    static let partner = RowSigns(rawValue: 1 << 18)
    /// The city or the address may be a placeholder.
    static let placeholder = RowSigns(rawValue: 1 << 19)
}

/// What the bytes of a cell tell at one look.
struct TextTraits {
    /// Whether it is nothing but printable ASCII.
    var isPlain = true
    /// Whether it has a question mark, as stands in place of a letter that was lost, or a semicolon, as ends a
    /// character that HTML names.
    let hasMark: Bool
    /// Whether it may have a character that is no letter, digit or plain sign.
    var isOdd = false
    /// Whether it is surely in NFC: it has only characters that nothing combines with.
    var isComposed = true

    /// What printable ASCII without such marks has.
    static let ofPlainText = TextTraits()

    private init() { hasMark = false }

    /// Looks at each byte once.
    init(_ bytes: Span<UInt8>) {
        (isPlain, hasMark) = bytes.lookedThrough
        guard !isPlain else { return }
        for index in bytes.indices where bytes[index] &- 0x20 > 0x5E {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch bytes[index] {
            case 0x80..<0xC0: continue
            // U+00C0 to U+00FF, and the rest of the Latin and Cyrillic letters; marks begin at U+0300 and U+0483.
            case 0xC3...0xC9, 0xD0, 0xD1: break
            // U+5000 to U+9FFF, and the Korean syllables.
            case 0xE5...0xE9: break
            case 0xEA...0xED: if !bytes[index].isHangulLead(before: next) { isComposed = false }
            // The ogham space, and the Mongolian signs; no other of U+1000 to U+1FFF is a sign.
            case 0xE1:
                isComposed = false
                if next == 0x9A || next == 0xA0 { isOdd = true }
            // U+3000 to U+303F are East Asian signs; the Korean filler is U+3164.
            case 0xE3:
                isComposed = false
                if next == 0x80 || next == 0x85 { isOdd = true }
            // The joiner of graphemes, which can't be seen.
            case 0xCD:
                isComposed = false
                if next == 0x8F { isOdd = true }
            // The Arabic letter mark.
            case 0xD8:
                isComposed = false
                if next == 0x9C { isOdd = true }
            case 0xCA...0xCF, 0xD2...0xDF, 0xE0, 0xE4: isComposed = false
            // Control characters, U+0080 to U+00BF, U+2000 to U+2FFF, and U+E000 and beyond.
            default: (isOdd, isComposed) = (true, false)
            }
        }
    }
}

extension UInt8 {
    /// Whether the byte is the first of a Korean syllable, as nearly all are: U+AC00 to U+D77F.
    ///
    /// - Parameter next: the byte behind it.
    /// - Returns: whether it is.
    func isHangulLead(before next: UInt8) -> Bool {
        switch self {
        case 0xEA: next >= 0xB0
        case 0xEB, 0xEC: true
        case 0xED: next < 0x9E
        default: false
        }
    }
}

extension Span<UInt8> {
    /// Whether every byte is a printable ASCII character or a space, and whether a question mark or a semicolon is there.
    ///
    /// Every cell of every row is asked both, so eight bytes are looked at together, and once.
    var lookedThrough: (isPrintableASCII: Bool, hasMark: Bool) {
        var odd: UInt64 = 0
        var marks: UInt64 = 0
        var index = 0
        while index &+ 8 <= count {
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            (odd, marks) = (odd | word.unprintable, marks | word.marks)
            index &+= 8
        }
        let rest = lastWord(from: index)
        return ((odd | rest.unprintable) & .highBits == 0, (marks | rest.marks) & .highBits != 0)
    }

    /// Whether there is nothing but printable ASCII, and no such mark.
    var isPlain: Bool {
        let (isPrintableASCII, hasMark) = lookedThrough
        return isPrintableASCII && !hasMark
    }

    /// Whether a byte is there.
    ///
    /// - Parameter byte: the byte; no space.
    /// - Returns: whether one is it.
    func contains(_ byte: UInt8) -> Bool {
        var index = 0
        while index &+ 8 <= count {
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word.places(of: byte) & .highBits != 0 { return true }
            index &+= 8
        }
        return lastWord(from: index).places(of: byte) & .highBits != 0
    }

    /// The last bytes, fewer than eight, in some order, among spaces.
    private func lastWord(from start: Int) -> UInt64 {
        let rest = count &- start
        var word: UInt64 = 0x2020_2020_2020_2020
        var index = start
        if rest & 4 != 0 {
            word = word << 32 | UInt64(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
            index &+= 4
        }
        if rest & 2 != 0 {
            word = word << 16 | UInt64(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt16.self))
            index &+= 2
        }
        return rest & 1 != 0 ? word << 8 | UInt64(self[index]) : word
    }
}

/// Eight bytes.
extension UInt64 {
    fileprivate static let ones: UInt64 = 0x0101_0101_0101_0101
    fileprivate static let highBits: UInt64 = ones &* 0x80

    /// A high bit is set where a byte is not printable, and perhaps in bytes above that: in the word itself where one is
    /// beyond ASCII, else in the difference where one is below 0x20, or in the sum where one is 0x7F.
    fileprivate var unprintable: UInt64 { self | (self &- .ones &* 0x20) | (self &+ .ones) }

    /// A high bit is set where a byte is a question mark or a semicolon, and perhaps in bytes above that.
    fileprivate var marks: UInt64 {
        // The two signs differ in one bit.
        (self | .ones &* 0x04).places(of: UInt8(ascii: "?"))
    }

    /// A high bit is set where a byte is a certain one, and perhaps in bytes above that.
    fileprivate func places(of byte: UInt8) -> UInt64 {
        // The byte becomes zero, and the difference then has its high bit.
        let zeroed = self ^ (.ones &* UInt64(byte))
        return (zeroed &- .ones) & ~zeroed
    }
}
