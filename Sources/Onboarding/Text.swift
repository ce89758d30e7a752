internal import CUTF8Proc

#if canImport(Glibc)
    internal import Glibc
#endif

/// What is done to every cell before anything looks at it, and what is done to names to compare them.
package enum Text {
    /// A cell without outer white space, in NFC.
    ///
    /// - Parameter cell: the text as the manifest has it.
    /// - Returns: the text, and what its bytes tell.
    static func normalised(_ cell: String) -> (text: String, traits: TextTraits) {
        let bytes = cell.utf8Span.span
        let traits = TextTraits(bytes)
        guard !bytes.isEmpty else { return (cell, traits) }
        // The characters that are white space begin with these bytes or end with them; nearly no cell does.
        guard mayBeSpace(bytes[0]) || mayBeSpace(bytes[bytes.count - 1]) || bytes[bytes.count - 1] >= 0x80 else {
            return (traits.isComposed ? cell : composed(cell), traits)
        }
        let scalars = cell[...].unicodeScalars
        guard isSpace(scalars.first) || isSpace(scalars.last) else {
            return (traits.isComposed ? cell : composed(cell), traits)
        }
        let text = String(trimmed(scalars))
        return (traits.isComposed ? text : composed(text), traits)
    }

    private static func mayBeSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || 0xC2...0xE3 ~= byte }

    private static func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return switch scalar.value {
        case 0x21..<0x85, 0xA1..<0x1680, 0x3001...: false
        default: scalar.properties.isWhitespace
        }
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
        while isSpace(rest.first) { rest.removeFirst() }
        while isSpace(rest.last) { rest.removeLast() }
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
