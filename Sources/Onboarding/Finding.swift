/// One thing that a rule found in a row.
package struct Finding: Hashable, Sendable {
    /// What it means for the row.
    package enum Severity: String, Hashable, Sendable {
        /// The row is not sent.
        case error
        /// The row is sent all the same.
        case warning
        /// The cell was at fault, and what the rule suggests was taken in its place, as the person asked.
        case repaired
    }

    package var severity: Severity
    /// The rule's stable name: `postalCode.pattern`.
    package var rule: String
    /// The column's title as the manifest has it; the canonical name where the manifest lacks the column; empty where
    /// the finding is about the whole record.
    package var column: String
    /// The cell's text; empty where the finding is about the whole record.
    package var value: String
    /// What is wrong and what would be right, one sentence.
    package var message: String
    /// What to type instead, where it is known; in a repair, what was taken.
    package var suggestion: String?
    /// Whether the suggestion may be wrong, so that it is never taken as a repair.
    package var isGuess = false
    /// Whether the message says it of the cell, as in `is no country's code`, rather than being a sentence of its own.
    package var isPredicate = true

    package init(
        _ severity: Severity,
        rule: String,
        column: String,
        value: String,
        message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.rule = rule
        self.column = column
        self.value = value
        self.message = message
        self.suggestion = suggestion
    }

    /// What is wrong and, where the message does not say it already, what to type instead.
    package var advice: String {
        guard let suggestion, severity != .repaired,
            !["type \(suggestion)", "type '\(suggestion)'"].contains(where: message.contains)
        else { return message }
        if suggestion.isEmpty { return "\(message); empty the cell" }
        let shown = "'\(Text.visible(suggestion))'"
        return isGuess ? "\(message); is \(shown) meant?" : "\(message); type \(shown)"
    }

    /// The cell's text with what is wrong with it and what to type instead, on one line that is safe to print.
    package var sentence: String {
        guard severity != .repaired else {
            let repair = "'\(Text.visible(value))' is taken as '\(Text.visible(suggestion ?? ""))'"
            return isPredicate ? "\(repair), since it \(message)" : "\(repair): \(message)"
        }
        guard isPredicate, !column.isEmpty, !value.isEmpty else { return advice }
        return "'\(Text.visible(value, limit: 60))' \(advice)"
    }
}

extension Text {
    /// A text with what can't be seen, or would upset a terminal, by its number: `Ada<U+200B>`.
    ///
    /// - Parameters:
    ///   - text: any text.
    ///   - limit: how many characters are shown at most.
    /// - Returns: one line.
    package static func visible(_ text: String, limit: Int = .max) -> String {
        // Nearly every text: it is plain and short.
        if text.utf8.count <= limit, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
        var shown = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                shown += "<\(notation(of: scalar))>"
            case .spaceSeparator where scalar != " ": shown += "<\(notation(of: scalar))>"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return text.unicodeScalars.count > limit ? shown + "…" : shown
    }

    private static func notation(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
