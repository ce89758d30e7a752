/// Keeps a spreadsheet program from running a cell as a formula, by an apostrophe before it, and takes that off again.
///
/// Apostrophes that a cell has before such a character already are kept apart by one more, so that every cell comes
/// back as it was.
package enum FormulaGuard {
    static let mark = UInt8(ascii: "'")

    /// Puts a guard on a cell that needs one.
    ///
    /// - Parameter cell: a cell's text.
    /// - Returns: the text with one apostrophe more where it is none or several, then `=`, `+`, `-`, `@`, a tab or a CR.
    package static func protect(_ cell: String) -> String {
        covers(cell) ? "'" + cell : cell
    }

    /// Takes the guard off a cell that has one.
    ///
    /// - Parameter cell: a cell's text, as `protect(_:)` returns it.
    /// - Returns: the text as it was before.
    package static func release(_ cell: String) -> String {
        isOn(cell) ? String(Substring(cell.utf8.dropFirst())) : cell
    }

    /// Whether a cell has a guard.
    static func isOn(_ cell: String) -> Bool { cell.utf8.first == mark && covers(cell) }

    /// Whether a cell is any number of apostrophes and then a character that starts a formula.
    static func covers(_ cell: String) -> Bool {
        switch cell.utf8.first(where: { $0 != mark }) {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            .carriageReturn:
            true
        default: false
        }
    }
}
