/// Line breaks and tabs that a program wrote as its own code has them: `DE\n`.
enum EscapedText {
    /// Whether a cell begins or ends in one.
    ///
    /// - Parameter bytes: the cell's bytes, not empty.
    /// - Returns: whether it has the sign for it there.
    static func isLikely(_ bytes: Span<UInt8>) -> Bool {
        bytes.count > 2 && (bytes[bytes.count - 2] == UInt8(ascii: "\\") || bytes[0] == UInt8(ascii: "\\"))
    }

    /// The text without them.
    ///
    /// - Parameter text: any text.
    /// - Returns: the text; nil where it has none, or nothing else.
    static func bare(_ text: String) -> String? {
        var rest = text[...]
        while let escape = escapes.first(where: { rest.hasSuffix($0) }) { rest = rest.dropLast(escape.count) }
        while let escape = escapes.first(where: { rest.hasPrefix($0) }) { rest = rest.dropFirst(escape.count) }
        let bare = Text.normalised(String(rest))
        return rest.utf8.count < text.utf8.count && !bare.isEmpty ? bare : nil
    }

    private static let escapes = ["\\n", "\\r", "\\t"]
}
