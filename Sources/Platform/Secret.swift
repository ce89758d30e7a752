/// A text that is never printed by accident: a password, a token, a client secret.
///
/// Interpolating, logging or dumping it gives `<secret>`; only `reveal()` gives the text.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    /// Hides a text.
    ///
    /// - Parameter text: what to hide.
    package init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one place that must send or store it.
    ///
    /// - Returns: what was hidden.
    package func reveal() -> String { text }

    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
