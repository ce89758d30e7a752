/// The bytes that mean something in a CSV text.
extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let backslash = UInt8(ascii: "\\")

    var isLineBreak: Bool { self == .lineFeed || self == .carriageReturn }

    /// Whether the byte is a line break or a NUL.
    var isSpecial: Bool { self < 0x0E && (isLineBreak || self == 0) }

    /// Whether the byte is one of A to Z or a to z.
    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

    /// Whether the byte is a space or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

/// Eight bytes that are looked at together, which is what makes a search through a long cell quick.
private struct EightBytes {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    let word: UInt64

    /// A mask whose lowest bit lies in the first byte that is below 0x0E.
    var controls: UInt64 { (word &- Self.ones &* 0x0E) & ~word & Self.highBits }

    /// A mask whose lowest bit lies in the first byte that is a certain one.
    func places(of byte: UInt8) -> UInt64 {
        let difference = word ^ (Self.ones &* UInt64(byte))
        return (difference &- Self.ones) & ~difference & Self.highBits
    }
}

extension Span<UInt8> {
    /// The eight bytes from a place on.
    @inline(__always)
    private func eightBytes(_ index: Int) -> EightBytes {
        EightBytes(word: UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)))
    }

    /// The first place in a range where one of two bytes or a line break or a NUL stands; the range's end where none
    /// does.
    @inline(__always)
    func firstStop(_ first: UInt8, _ second: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        while index &+ 8 <= end {
            let eight = eightBytes(index)
            let found = eight.controls | eight.places(of: first) | eight.places(of: second)
            guard found != 0 else {
                index &+= 8
                continue
            }
            index &+= found.trailingZeroBitCount / 8
            // Other control characters, such as a tab, are text.
            if self[index] == first || self[index] == second || self[index].isSpecial { return index }
            index &+= 1
        }
        while index < end, self[index] != first, self[index] != second, !self[index].isSpecial { index &+= 1 }
        return index
    }

    /// Whether a range holds nothing but spaces and tabs.
    func isBlank(from start: Int, to end: Int) -> Bool {
        var index = start
        while index < end, self[index].isBlank { index += 1 }
        return index == end
    }

    /// The bytes as text, where every one is below 0x80; nil where they take a check of their encoding.
    var textOfASCII: String? {
        isASCII ? unsafe String(copying: UTF8Span(unchecked: self, isKnownASCII: true)) : nil
    }

    /// Whether every byte is below 0x80.
    var isASCII: Bool {
        var index = 0
        while index &+ 8 <= count {
            guard eightBytes(index).word & EightBytes.highBits == 0 else { return false }
            index &+= 8
        }
        while index < count, self[index] < 0x80 { index &+= 1 }
        return index == count
    }
}
