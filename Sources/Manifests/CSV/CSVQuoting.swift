/// How a CSV text quotes its cells, and how it writes in them what would end them.
struct CSVQuoting: Hashable, Sendable {
    /// What a backslash takes the special meaning from, besides the doubled quote that always is one.
    enum Escape: Hashable, Sendable {
        /// Nothing: it is text.
        case none
        /// Within quotes, a quote, a backslash or a line break.
        case quoted
        /// Everywhere those, and the delimiter.
        case anywhere
        /// The same, and with a letter it is a control character, as databases write.
        case database
    }

    /// What stands before and after a quoted cell.
    var quote = UInt8.quote
    var escape = Escape.none

    /// Whether a backslash means something outside quotes, too.
    var escapesAnywhere: Bool { escape == .anywhere || escape == .database }

    /// What a backslash before a byte and that byte are together; nil where the backslash is text.
    func meaning(of byte: UInt8, delimiter: UInt8) -> UInt8? {
        guard escape != .none else { return nil }
        if byte == quote || byte == .backslash || byte.isLineBreak { return byte }
        if byte == delimiter, escapesAnywhere { return byte }
        return escape == .database ? Self.controls[byte] : nil
    }

    /// The letters that MySQL and PostgreSQL write for control characters.
    private static let controls: [UInt8: UInt8] = [
        UInt8(ascii: "0"): 0, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "Z"): 0x1A,
    ]
}
