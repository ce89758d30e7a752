internal import CXLSXWriter
internal import Checkpoint
internal import Workbooks

/// A sheet of the manifest's rows, written from its top to its end.
@safe final class ResultsSheet {
    /// How wide a column gets at most, in characters.
    private static let mostWidth = 40
    private static let problemWidth = 60.0
    /// The columns in front of the manifest's own.
    private static let ownColumns = CorrectionsColumn.allCases.count

    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let styles: WorkbookStyles
    /// The rows that are written, the header included.
    private(set) var rowCount = 1
    /// About how many bytes of XML they are.
    private(set) var byteCount = 0
    /// How wide the columns must be to show what is in them.
    private var widths: [Int]

    /// Begins a sheet with its header.
    ///
    /// - Parameters:
    ///   - sheet: an empty sheet.
    ///   - styles: the formats of its workbook.
    ///   - titles: the manifest's titles.
    init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, _ styles: WorkbookStyles, titles: [String]) {
        unsafe self.sheet = sheet
        self.styles = styles
        let own = CorrectionsColumn.allCases.map(\.rawValue)
        // A filter's button takes some of the room.
        widths = (own + titles).map { SheetText.width($0) + 4 }
        unsafe worksheet_freeze_panes(sheet, 1, 1)
        unsafe worksheet_repeat_rows(sheet, 0, 0)
        unsafe worksheet_set_landscape(sheet)
        unsafe worksheet_fit_to_pages(sheet, 1, 0)
        unsafe worksheet_set_comments_author(sheet, "Purser")
        for (column, title) in (own + titles).enumerated() {
            unsafe write(title, column, column < own.count ? styles.ownHeader : styles.header)
        }
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - status: what became of it.
    ///   - problem: what is wrong and what to do.
    ///   - cells: what the team typed.
    ///   - faults: what is wrong with cells, by their positions.
    ///   - withComments: whether that is put into comments.
    func add(status: RowStatus, problem: String, cells: [String], faults: [Int: String], withComments: Bool) {
        rowCount += 1
        setHeight(by: problem)
        unsafe write(status.rawValue, 0, styles.status(status))
        if !problem.isEmpty { unsafe write(problem, 1, styles.advice) }
        let room = Int(LXW_COL_MAX) - Self.ownColumns
        for (position, cell) in cells.prefix(room).enumerated() {
            let column = position + Self.ownColumns
            guard let fault = faults[position] else {
                if !cell.isEmpty { unsafe write(cell, column, styles.text) }
                continue
            }
            unsafe write(cell, column, styles.fault)
            if withComments { comment(fault, column) }
        }
    }

    /// Makes the row as high as its problem needs; not every program does so by itself.
    private func setHeight(by problem: String) {
        guard problem.utf8.count >= Int(Self.problemWidth) || problem.contains("\n") else { return }
        let lines = problem.split(separator: "\n").reduce(0) { lines, line in
            lines + 1 + SheetText.width(String(line)) / Int(Self.problemWidth)
        }
        if lines > 1 { unsafe worksheet_set_row(sheet, UInt32(rowCount - 1), Double(15 * min(lines, 12)), nil) }
    }

    /// Ends the sheet: only now it is known how wide its columns are and how far it reaches.
    func finish() {
        for (column, width) in widths.enumerated() {
            let place = UInt16(column)
            let fitting = column == 1 ? Self.problemWidth : Double(min(width + 1, Self.mostWidth))
            unsafe worksheet_set_column(sheet, place, place, fitting, styles.text)
        }
        unsafe worksheet_autofilter(sheet, 0, 0, UInt32(rowCount - 1), UInt16(widths.count - 1))
        // A postal code is meant to be text.
        unsafe worksheet_ignore_errors(
            sheet,
            UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue),
            "A1:\(CellLetters.text(widths.count - 1))\(rowCount)"
        )
        // Else the place of each comment would be found by adding up the rows above, of which none is kept anyway.
        unsafe sheet.pointee.row_size_changed = 0
    }

    private func write(_ text: String, _ column: Int, _ format: WorkbookStyles.Format) {
        unsafe worksheet_write_string(sheet, UInt32(rowCount - 1), UInt16(column), SheetText.escaped(text), format)
        let length = text.utf8.count
        byteCount += length + 64
        while widths.count <= column { widths.append(0) }
        guard length > widths[column], widths[column] < Self.mostWidth else { return }
        widths[column] = max(widths[column], SheetText.width(text))
    }

    /// Puts a comment beside a cell, as large as its text needs.
    private func comment(_ text: String, _ column: Int) {
        let lines = text.split(separator: "\n").reduce(0) { $0 + 1 + SheetText.width(String($1)) / 44 }
        var options = unsafe lxw_comment_options()
        unsafe options.width = 280
        unsafe options.height = UInt16(min(24 + 15 * lines, 400))
        unsafe worksheet_write_comment_opt(sheet, UInt32(rowCount - 1), UInt16(column), text, &options)
    }
}

/// The letters that a sheet's columns are called by.
enum CellLetters {
    /// The letters of a column.
    ///
    /// - Parameter column: the column, from 0.
    /// - Returns: `A` for the first.
    static func text(_ column: Int) -> String {
        let last = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(column % 26)))
        return column < 26 ? last : text(column / 26 - 1) + last
    }
}
