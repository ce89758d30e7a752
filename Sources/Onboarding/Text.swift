internal import CUTF8Proc
internal import Manifests

#if canImport(Glibc)
    internal import Glibc
#endif

/// What is done to every cell before anything looks at it, and what is done to names to compare them.
package enum Text {
    /// A text without outer white space, in NFC.
    ///
    /// - Parameter text: any text.
    /// - Returns: the text.
    static func normalised(_ text: String) -> String {
        let bytes = text.utf8Span.span
        let trimmed = bytes.extracting(trimmed(bytes))
        return composed(trimmed) ?? trimmed.validText
    }

    /// Where a text stands without the white space around it.
    ///
    /// - Parameter bytes: the text in valid UTF-8.
    /// - Returns: the place among the bytes.
    static func trimmed(_ bytes: Span<UInt8>) -> Range<Int> {
        var (start, end) = (0, bytes.count)
        // Nearly every cell begins and ends with a letter or digit of ASCII.
        if end > 0, 0x21...0x7F ~= bytes[0], 0x21...0x7F ~= bytes[end - 1] { return start..<end }
        guard end > 0, mayBeginInSpace(bytes) || mayEndInSpace(bytes) else { return start..<end }
        var scalars = unsafe UTF8Span(unchecked: bytes).makeUnicodeScalarIterator()
        while let scalar = scalars.next(), isSpace(scalar) { start = scalars.currentCodeUnitOffset }
        scalars.reset(roundingForwardsFrom: bytes.count)
        while end > start, let scalar = scalars.previous(), isSpace(scalar) { end = scalars.currentCodeUnitOffset }
        return start..<end
    }

    /// Whether the first character may be white space, by its first byte: it is of ASCII, or one of U+0085, U+00A0,
    /// U+1680, U+2000 to U+205F and U+3000.
    private static func mayBeginInSpace(_ bytes: Span<UInt8>) -> Bool {
        switch bytes[0] {
        case 0...0x20, 0xC2, 0xE1...0xE3: true
        default: false
        }
    }

    /// Whether the last character may be white space: the same ones, by the last byte but one.
    private static func mayEndInSpace(_ bytes: Span<UInt8>) -> Bool {
        let last = bytes[bytes.count - 1]
        guard last >= 0x80 else { return last <= 0x20 }
        switch bytes[bytes.count - 2] {
        case 0xC2, 0x9A, 0x80, 0x81: return true
        default: return false
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
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

    /// A text in NFC.
    ///
    /// - Parameter bytes: the text in valid UTF-8.
    /// - Returns: the text; nil where it is in NFC as it stands.
    static func composed(_ bytes: Span<UInt8>) -> String? {
        var text = unsafe UTF8Span(unchecked: bytes)
        if text.checkForNFC(quickCheck: true) { return nil }
        return mapped(bytes.validText, options: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
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
