/// A list of words that a name is told from by its bytes.
///
/// To make small letters of a name and look for it on the list costs as much as a tenth of all checks of a row.
struct FoldedWords: Sendable {
    /// The words' lengths, by their first letter, as one bit each; most names are told apart here.
    private var lengths = [UInt64](repeating: 0, count: 27)
    private var hashes: Set<UInt64> = []
    private let omitsSeparators: Bool

    /// Takes in a list.
    ///
    /// - Parameters:
    ///   - words: the words, in small letters.
    ///   - omitsSeparators: whether a name is on the list also with or without dots, commas and spaces.
    init(_ words: Set<String>, omittingSeparators omitsSeparators: Bool = false) {
        self.omitsSeparators = omitsSeparators
        for word in words {
            let bytes = word.utf8Span.span
            guard let count = length(bytes, upTo: 63), count < 64 else { continue }
            lengths[Self.place(bytes)] |= 1 << UInt64(count)
            hashes.insert(hash(bytes).value)
        }
    }

    /// Whether a name may be on the list, in small letters.
    ///
    /// - Parameter name: the name.
    /// - Returns: false where it surely is not.
    func mayContain(_ name: Span<UInt8>) -> Bool {
        guard !name.isEmpty else { return false }
        let lengths = lengths[Self.place(name)]
        guard let count = length(name, upTo: 63 - lengths.leadingZeroBitCount) else { return true }
        guard count < 64, lengths & (1 << UInt64(count)) != 0 else { return false }
        let (value, hasCase) = hash(name)
        return hasCase || hashes.contains(value)
    }

    /// How many bytes a name has in small letters; nil where that takes a closer look.
    ///
    /// They are counted no further than to one more than a limit, as most names are longer than all words.
    private func length(_ name: Span<UInt8>, upTo limit: Int) -> Int? {
        guard omitsSeparators || !name.lookedThrough.isPrintableASCII else { return name.count }
        var count = 0
        for index in name.indices {
            switch name[index] {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: " "): if omitsSeparators { continue }
            // U+00C0 to U+017F but for U+0130, Cyrillic, Chinese and Korean: no letter of these changes its length.
            case 0xC4: if name[index + 1] == 0xB0 { return nil }
            case 0..<0xC0, 0xC3, 0xC5, 0xD0, 0xD1, 0xE5...0xE9: break
            default: guard name[index].isHangulLead(before: name[index + 1]) else { return nil }
            }
            count += 1
            if count > limit { break }
        }
        return count
    }

    /// The place of a name's first letter in the alphabet, or 26 for anything else.
    private static func place(_ name: Span<UInt8>) -> Int {
        name[0].isASCIILetter ? Int((name[0] | 0x20) - UInt8(ascii: "a")) : 26
    }

    /// A number that names share which differ only by the case of ASCII letters, and whether there may be other letters
    /// that have a case.
    private func hash(_ name: Span<UInt8>) -> (value: UInt64, hasCase: Bool) {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        var hasCase = false
        for index in name.indices {
            let byte = name[index].lowercasedASCII
            if omitsSeparators, byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") {
                continue
            }
            if 0xC0...0xDF ~= byte { hasCase = true }
            // FNV-1a.
            value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return (value, hasCase)
    }
}
