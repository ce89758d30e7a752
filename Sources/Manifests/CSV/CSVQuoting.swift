/// How a CSV text quotes its cells.
struct CSVQuoting: Hashable, Sendable {
    /// What stands before and after a quoted cell.
    var quote = UInt8.quote
    /// Whether a backslash takes the quote or backslash after it as text, besides the doubled quote that always does.
    var hasBackslashes = false

    /// Whether a backslash before a byte is no text itself.
    func escapes(_ byte: UInt8) -> Bool { byte == quote || byte == .backslash }
}
