/// The bytes that mean something in a CSV text.
extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")

    var isLineBreak: Bool { self == .lineFeed || self == .carriageReturn }

    /// Whether the byte is a space or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension Span<UInt8> {
    /// Whether a range holds nothing but spaces and tabs.
    func isBlank(from start: Int, to end: Int) -> Bool {
        var index = start
        while index < end, self[index].isBlank { index += 1 }
        return index == end
    }
}

/// Which bytes end a run of plain text, inside quotes and outside of them.
struct CSVStops {
    private static let outside: UInt8 = 1
    private static let inside: UInt8 = 2

    private var table = InlineArray<256, UInt8>(repeating: 0)

    init(delimiter: UInt8) {
        for byte in [0, .lineFeed, .carriageReturn] as [UInt8] { table[Int(byte)] = Self.outside | Self.inside }
        table[Int(UInt8.quote)] = Self.inside
        table[Int(delimiter)] |= Self.outside
    }

    /// The first place from `start` where a delimiter, a line break or a NUL stands, or `end`.
    func skipText(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        skip(bytes, from: start, to: end, stop: Self.outside)
    }

    /// The first place from `start` where a quote, a line break or a NUL stands, or `end`.
    func skipQuotedText(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        skip(bytes, from: start, to: end, stop: Self.inside)
    }

    @inline(__always)
    private func skip(_ bytes: Span<UInt8>, from start: Int, to end: Int, stop: UInt8) -> Int {
        var index = start
        while index < end, table[Int(bytes[index])] & stop == 0 { index += 1 }
        return index
    }
}
