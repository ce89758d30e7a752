internal import CUTF8Proc

#if canImport(Glibc)
    internal import Glibc
#endif

/// What is done to every cell before anything looks at it, and what is done to names to compare them.
package enum Text {
    /// A cell without outer white space, in NFC.
    ///
    /// - Parameter cell: the text as the manifest has it.
    /// - Returns: the text, and whether it is nothing but printable ASCII.
    static func normalised(_ cell: String) -> (text: String, isPlain: Bool) {
        let bytes = cell.utf8Span.span
        guard !bytes.isEmpty else { return (cell, true) }
        var isPlain = true
        for index in bytes.indices where bytes[index] &- 0x20 > 0x5E {
            isPlain = false
            break
        }
        let first = bytes[0]
        if isPlain, first != UInt8(ascii: " "), bytes[bytes.count - 1] != UInt8(ascii: " ") { return (cell, true) }
        let trimmed = trimmed(cell[...].unicodeScalars)
        return (isPlain ? String(trimmed) : composed(String(trimmed)), isPlain)
    }

    /// A name as it is compared: without regard to case, accents, spaces and punctuation.
    ///
    /// - Parameter name: any text.
    /// - Returns: its letters and digits, folded.
    static func folded(_ name: String) -> String {
        // Of ASCII, which most names are, nothing is left to decompose; it is several times as quick.
        if name.utf8.allSatisfy({ $0 < 0x80 }) {
            let kept = name.utf8.lazy.filter { $0.isASCIILetter || $0.isASCIIDigit }.map(\.lowercasedASCII)
            return String(decoding: Array(kept), as: UTF8.self)
        }
        let options =
            UTF8PROC_STABLE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_DECOMPOSE.rawValue
            | UTF8PROC_CASEFOLD.rawValue | UTF8PROC_STRIPMARK.rawValue | UTF8PROC_IGNORE.rawValue
        var kept = String.UnicodeScalarView()
        for scalar in mapped(name, options: options).unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            kept.append(scalar)
        }
        return String(kept)
    }

    /// A title without units and hints, and these: what stands in parentheses or brackets, or on further lines.
    ///
    /// - Parameter title: a title as the manifest has it.
    /// - Returns: what is left, and the hints; nil where the title has no such thing or nothing else.
    static func partedFromHints(_ title: String) -> (title: String, hints: [String])? {
        var kept = String.UnicodeScalarView()
        var hints: [String] = []
        var hint = String.UnicodeScalarView()
        var depth = 0
        for scalar in title.unicodeScalars {
            switch scalar {
            case "(", "[", "（", "［", "【": depth += 1
            case ")", "]", "）", "］", "】":
                depth = max(0, depth - 1)
                hints.append(String(hint))
                hint = String.UnicodeScalarView()
            case "\n", "\r":
                if depth == 0, kept.contains(where: { !$0.properties.isWhitespace }) { return (String(kept), hints) }
            default: if depth == 0 { kept.append(scalar) } else { hint.append(scalar) }
            }
        }
        let isShorter = kept.count < title.unicodeScalars.count
        return isShorter && kept.contains { !$0.properties.isWhitespace } ? (String(kept), hints) : nil
    }

    /// A text in quotation marks, cut short where it is long, with line breaks shown as spaces.
    ///
    /// - Parameter text: any text.
    /// - Returns: what a message can show.
    static func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(40).map { $0.value < 0x20 ? " " : Character($0) }
        return "'" + String(shown) + (text.unicodeScalars.count > 40 ? "…'" : "'")
    }

    private static func trimmed(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var rest = text
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return rest
    }

    private static func composed(_ text: String) -> String {
        var span = text.utf8Span
        if span.checkForNFC(quickCheck: true) { return text }
        return mapped(text, options: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
    }

    private static func mapped(_ text: String, options: UInt32) -> String {
        var source = Array(text.utf8)
        var result: UnsafeMutablePointer<UInt8>?
        let count = unsafe utf8proc_map(&source, source.count, &result, utf8proc_option_t(rawValue: options))
        defer { unsafe free(result) }
        // The one error that valid UTF-8 leaves is a lack of memory; then the text stays as it was typed.
        guard count >= 0, let result = unsafe result else { return text }
        return unsafe String(decoding: UnsafeBufferPointer(start: result, count: count), as: UTF8.self)
    }
}
