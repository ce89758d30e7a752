import Testing

@testable import Onboarding

/// What passes and what fails a rule, as changes to a row in which nothing is wrong.
struct RuleTable: Sendable, CustomTestStringConvertible {
    let rule: String
    let passes: [[Column: String]]
    let fails: [[Column: String]]

    var testDescription: String { rule }

    init(_ rule: String, passes: [[Column: String]] = [[:]], fails: [[Column: String]]) {
        self.rule = rule
        self.passes = passes
        self.fails = fails
    }

    /// A table for one column.
    init(_ rule: String, _ column: Column, passes: [String], fails: [String]) {
        self.init(rule, passes: passes.map { [column: $0] }, fails: fails.map { [column: $0] })
    }

    /// A table for one column of rows in given countries.
    init(_ rule: String, _ column: Column, passes: [(String, String)], fails: [(String, String)]) {
        func rows(_ values: [(String, String)]) -> [[Column: String]] {
            values.map { country, value in goodRow(in: country, [column: value]) }
        }
        self.init(rule, passes: rows(passes), fails: rows(fails))
    }
}
