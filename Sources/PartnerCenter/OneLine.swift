/// Turns what a server sent into one line that is safe to print.
enum OneLine {
    /// Removes control characters, folds white space, and cuts at a limit of characters.
    static func clean(_ text: String, limit: Int) -> String {
        var line = ""
        var count = 0
        var pendingSpace = false
        for character in text {
            if character.isWhitespace || character.unicodeScalars.allSatisfy(isControl) {
                pendingSpace = !line.isEmpty
                continue
            }
            count += pendingSpace ? 2 : 1
            if count > limit { return line + "…" }
            if pendingSpace { line.append(" ") }
            pendingSpace = false
            line.unicodeScalars.append(contentsOf: character.unicodeScalars.filter { !isControl($0) }.prefix(8))
        }
        return line
    }

    /// Control and format characters: they can recolour a terminal or turn a line around.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// A text as it is, or a page's title, else its words without the tags.
    static func text(ofPage page: String) -> String {
        let page = page.prefix(65_536)
        guard page.drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).first == "<" else { return String(page) }
        let (title, words) = titleAndWords(page)
        return withoutEntities(clean(title, limit: 1024).isEmpty ? words : title)
    }

    private static func titleAndWords(_ page: Substring) -> (title: String, words: String) {
        var (title, words, tag) = ("", "", "")
        var rest = page
        while let open = rest.firstIndex(of: "<") {
            let text = rest[..<open]
            if tag == "title" { title += text }
            if tag != "style" && tag != "script" { words += text + " " }
            rest = rest[rest.index(after: open)...]
            let end = rest.firstIndex(of: ">") ?? rest.endIndex
            tag = String(rest[..<end].prefix { $0.isLetter || $0 == "/" }).lowercased()
            rest = rest[end...].dropFirst()
        }
        return (title, words + rest)
    }

    /// The text with the character references that servers write in error texts resolved.
    static func withoutEntities(_ text: String) -> String {
        guard text.contains("&") else { return text }
        let names = [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&apos;", "'"),
            ("&nbsp;", " "), ("&amp;", "&"),
        ]
        return names.reduce(text) {
            $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
        }
    }
}
