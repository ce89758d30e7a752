/// A pattern as the service writes it: a regular expression between `^` and `$`.
package struct ServicePattern: Sendable {
    private let pattern: PostalPattern

    /// Makes a pattern ready.
    ///
    /// It is matched in one pass, so that no pattern that a server sends can keep Purser busy.
    ///
    /// - Parameter expression: the regular expression; nil is made of one outside the subset that is matched.
    package init?(_ expression: String) {
        var text = expression[...]
        if text.first == "^" { text.removeFirst() }
        if text.last == "$" { text.removeLast() }
        guard !text.isEmpty, let pattern = PostalPattern(text) else { return nil }
        self.pattern = pattern
    }

    /// Whether a text as a whole matches.
    ///
    /// - Parameter text: the text.
    /// - Returns: whether it does.
    package func matches(_ text: String) -> Bool { pattern.matches(text) }
}
