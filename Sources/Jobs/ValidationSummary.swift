package import Onboarding
package import PartnerCenterClient

/// What a check of manifests came to.
package struct ValidationSummary: Hashable, Sendable {
    /// Why there are findings: one rule and one column, as one mistake in a spreadsheet mostly fills a column.
    package struct Cause: Hashable, Sendable {
        package let rule: String
        /// The column's title; empty where the rule is about whole rows.
        package let column: String
    }

    /// Two columns whose cells have changed places.
    package struct Exchange: Hashable, Sendable {
        /// The columns' titles, in the manifest's order.
        package let first, second: String
    }

    package var manifests = 0
    package var rows = 0
    /// The rows that were passed over since they hold nothing but spaces.
    package var blankRows = 0
    package var rowsWithErrors = 0
    package var errors = 0
    package var warnings = 0
    /// The rows that the service could not be asked all about.
    package var unansweredRows = 0
    /// Why it could not be asked, the first time.
    package var preflightFailure: ServiceError?
    /// How many cells were repaired, by rule.
    package var repairs: [String: Int] = [:]
    /// How many findings each cause has; repairs are none.
    package var causes: [Cause: Int] = [:]

    /// In how many rows two columns have each other's cells.
    package var exchanges: [Exchange: Int] = [:]

    package init() {}

    /// Counts a row.
    ///
    /// - Parameter findings: what was found in it.
    package mutating func count(_ findings: [Finding]) {
        rows += 1
        var hasError = false
        for finding in findings {
            switch finding.severity {
            case .error:
                errors += 1
                hasError = true
            case .warning: warnings += 1
            case .repaired:
                repairs[finding.rule, default: 0] += 1
                continue
            }
            causes[Cause(rule: finding.rule, column: finding.column), default: 0] += 1
        }
        if hasError { rowsWithErrors += 1 }
        guard findings.count > 1 else { return }
        let swapped = findings.filter { $0.rule == RuleDescription.swappedCells && $0.severity == .error }
        if swapped.count == 2 {
            exchanges[Exchange(first: swapped[0].column, second: swapped[1].column), default: 0] += 1
        }
    }

    /// The counts in a few lines: the rows, what explains most findings, each rule with the most frequent first.
    package var text: String {
        var head = "rows: \(rows), with errors: \(rowsWithErrors); errors: \(errors), warnings: \(warnings)"
        if blankRows > 0 { head += "; blank rows passed over: \(blankRows)" }
        if unansweredRows > 0 { head += "\nrows that the service could not be asked all about: \(unansweredRows)" }
        let repaired = repairs.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        if !repaired.isEmpty {
            let rules = repaired.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            head += "\nrepaired: \(repairs.values.reduce(0, +)) (\(rules))"
        }
        return ([head] + columns + [explanation].compactMap(\.self) + rules).joined(separator: "\n")
    }

    /// What nine rows in ten say of whole columns, which is the header's fault rather than theirs.
    private var columns: [String] {
        func isNearlyAll(_ count: Int) -> Bool { count > 1 && count * 10 >= rows * 9 }
        let exchanged = exchanges.filter { isNearlyAll($0.value) }.map { pair, count in
            let (first, second) = (Text.visible(pair.first), Text.visible(pair.second))
            return
                "nearly every value of \(first) looks like what belongs to \(second), and the other way round (\(count) of "
                + "\(rows) rows): the two titles have changed places in the header, or the two columns below it"
        }
        let shifted = causes.reduce(0) { $0 + ($1.key.rule == RuleDescription.shiftedCells ? $1.value : 0) }
        guard isNearlyAll(shifted) else { return exchanged.sorted() }
        return exchanged.sorted() + [
            "in nearly every row cells stand one column beside theirs (\(shifted) of \(rows) rows): the header has a title "
                + "too many or too few, or the rows have a cell so"
        ]
    }

    /// At most so many causes are named as the main ones.
    private static let mostMainCauses = 5

    /// `3 causes explain 412 of 420 findings`: the fewest that explain nine in ten, or the five most frequent.
    ///
    /// It is left out where they explain less than half, and where each finding has a cause of its own: then it says
    /// nothing that a person could act on.
    private var explanation: String? {
        let counts = causes.values.sorted(by: >)
        let total = counts.reduce(0, +)
        var (number, explained) = (0, 0)
        while number < min(counts.count, Self.mostMainCauses), explained * 10 < total * 9 {
            explained += counts[number]
            number += 1
        }
        guard explained * 2 >= total, explained > number else { return nil }
        let verb = number == 1 ? "1 cause explains" : "\(number) causes explain"
        return "\(verb) \(explained) of \(total) findings:"
    }

    /// At most so many rules have a line.
    private static let mostRules = 10

    /// One line for each of the most frequent rules, with its columns.
    private var rules: [String] {
        let byRule = Dictionary(grouping: causes) { $0.key.rule }
        let counts = byRule.map { (rule: $0.key, count: $0.value.reduce(0) { $0 + $1.value }, causes: $0.value) }
            .sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
        let digits = "\(counts.first?.count ?? 0)".utf8.count
        let lines = counts.prefix(Self.mostRules).map { rule, count, causes in
            let columns = causes.sorted { ($1.value, $0.key.column) < ($0.value, $1.key.column) }
                .filter { !$0.key.column.isEmpty }
                .map { causes.count == 1 ? $0.key.column : "\($0.key.column) \($0.value)" }
            let padding = String(repeating: " ", count: digits - "\(count)".utf8.count)
            let place = columns.isEmpty ? "" : " (\(columns.joined(separator: ", ")))"
            return "  \(padding)\(count) × \(rule)\(Text.visible(place))"
        }
        let rest = counts.dropFirst(Self.mostRules)
        guard !rest.isEmpty else { return lines }
        let findings = rest.reduce(0) { $0 + $1.count }
        return lines + ["  and \(rest.count) more \(rest.count == 1 ? "rule" : "rules"), \(findings) findings"]
    }
}
