/// What the problem of a row in corrections, or in a workbook of results, ends with where the row could not be read as
/// it was meant.
///
/// Written out as it was read such a row is a faultless one. The mark keeps the problem until what was misread is
/// something else: it names the column, or none where it is about the whole row, and a sum over that text.
package struct MisreadMark {
    private static let start = "[misread "
    private static let advice = "; correct it, or empty this cell if it is right as it stands "

    /// The column's position, from 0, corrections' own columns not counted; nil for the whole row.
    private let column: Int?
    private let sum: String

    /// Whether a problem needs the mark: where the row was misread and does not show it when it is read again.
    ///
    /// - Parameter code: the problem's code.
    /// - Returns: true for the rules of readers, but those whose fault is still in what is written.
    package static func isNeeded(for code: String) -> Bool {
        if code == "csv.tooManyCells" || code == "csv.nul" { return false }
        return code.hasPrefix("csv.") || code.hasPrefix("workbook.") || code.hasPrefix("xml.")
    }

    /// What the mark adds to the problem's text.
    ///
    /// - Parameters:
    ///   - column: the position, from 0, of the column at fault; nil for the whole row.
    ///   - cells: the row's cells without those of corrections.
    /// - Returns: the advice and the mark.
    package static func suffix(column: Int?, cells: [String]) -> String {
        let place = column.map { "\($0 + 1):" } ?? ""
        return advice + start + place + sum(column, cells) + "]"
    }

    /// Finds the mark of a problem's text; nil where it has none.
    init?(in problem: String) {
        guard problem.hasSuffix("]"), let found = problem.lastRange(of: Self.start) else { return nil }
        let parts = problem[found.upperBound...].dropLast().split(separator: ":")
        guard let last = parts.last, parts.count <= 2 else { return nil }
        sum = String(last)
        if parts.count == 2 {
            guard let number = Int(parts[0]), number > 0 else { return nil }
            column = number - 1
        } else {
            column = nil
        }
    }

    /// The fault of a row that still is as it was misread; nil where it was corrected.
    ///
    /// - Parameters:
    ///   - row: all cells of the row.
    ///   - header: the titles of the corrections file.
    /// - Returns: the fault; nil where the text is another one.
    func fault(of row: RecordCells, header: [String]) -> RecordFault? {
        let own = row.indices.filter { !header.indices.contains($0) || Self.columnName(header[$0]) == nil }
        guard Self.sum(column, own.map { row[$0] }) == sum else { return nil }
        let position = column.map { own[$0] }
        let place = position.flatMap { header.indices.contains($0) ? "column \($0 + 1) (\(header[$0]))" : nil }
        return RecordFault(
            rule: "csv.uncorrected",
            column: position,
            message:
                "\(place ?? "the row") still is as it was misread; correct it, or empty its cell of purser:problem "
                + "if it is right as it stands"
        )
    }

    /// Which of the two columns that only corrections have a title means, with the leniency of every header; nil for
    /// any other.
    static func columnName(_ title: String) -> String? {
        let plain = title.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }
        return plain == "purser:status" || plain == "purser:problem" ? plain : nil
    }

    /// The FNV-1a sum of a cell, or of all cells with a separator behind each, in hexadecimal.
    private static func sum(_ column: Int?, _ cells: [String]) -> String {
        var sum: UInt32 = 0x811C_9DC5
        func add(_ byte: UInt8) { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
        if let column {
            guard cells.indices.contains(column) else { return "" }
            cells[column].utf8.forEach(add)
        } else {
            for cell in cells {
                cell.utf8.forEach(add)
                add(0x1F)
            }
        }
        return String(sum, radix: 16)
    }
}

extension String {
    /// Where a text stands last in the string.
    fileprivate func lastRange(of text: String) -> Range<String.Index>? {
        var start = endIndex
        while start > startIndex {
            start = index(before: start)
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
        }
        return nil
    }
}
