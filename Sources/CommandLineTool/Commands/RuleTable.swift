internal import Onboarding

/// `purser validate --list-rules`: every rule with what it asks for.
enum RuleTable {
    /// The table, a line for each rule.
    static var text: String {
        let rows = RuleDescription.all.map { rule in
            (rule.name, rule.severity.rawValue, rule.isRepairable ? "yes" : "-", rule.summary)
        }
        let table = [("rule", "severity", "repair", "what it asks for")] + rows
        let width = (table.map { $0.0.utf8.count }.max() ?? 0) + 2
        return table.map { name, severity, repair, summary in
            name.padded(to: width) + severity.padded(to: 10) + repair.padded(to: 8) + summary + "\n"
        }.joined()
    }
}

extension String {
    /// The text with blanks after it.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - utf8.count))
    }
}
