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

    /// Whether the byte is a space or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension Span<UInt8> {
    /// The first place in a range where a byte or a line break or a NUL stands; the range's end where none does.
    @inline(__always)
    func firstStop(_ byte: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end, self[index] != byte, !self[index].isSpecial { index += 1 }
        return index
    }

    /// The first place in a range where a quote, a backslash, a line break or a NUL stands; the range's end where none
    /// does.
    @inline(__always)
    func firstStopOrEscape(_ quote: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end, self[index] != quote, self[index] != .backslash, !self[index].isSpecial { index += 1 }
        return index
    }

    /// Whether a range holds nothing but spaces and tabs.
    func isBlank(from start: Int, to end: Int) -> Bool {
        var index = start
        while index < end, self[index].isBlank { index += 1 }
        return index == end
    }

    /// Whether every byte is below 0x80.
    var isASCII: Bool {
        var index = 0
        while index < count, self[index] < 0x80 { index += 1 }
        return index == count
    }
}
