internal import CXLSXWriter
package import Platform

/// A workbook of one sheet, whose every cell is text.
@safe package final class TableWorkbook {
    /// How many rows a sheet has room for, below its header.
    package static let mostRows = Int(LXW_ROW_MAX) - 1

    private let workbook: WorkbookFile
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let lastColumn: UInt16
    private var row: UInt32 = 0

    /// Starts a workbook.
    ///
    /// - Parameters:
    ///   - path: the path that it will have.
    ///   - name: the sheet's name.
    ///   - header: the titles of the columns; at least one.
    /// - Throws: `SystemError` where nothing can be written beside the path, or memory is too short.
    package init(_ path: String, sheet name: String, header: [String]) throws(SystemError) {
        workbook = try WorkbookFile(path)
        unsafe sheet = try workbook.addSheet(name)
        lastColumn = UInt16(header.count - 1)
        let bold = unsafe workbook_add_format(workbook.handle)
        unsafe format_set_bold(bold)
        let text = unsafe workbook_add_format(workbook.handle)
        // So that no program takes a postal code for a number.
        unsafe format_set_num_format(text, "@")
        unsafe worksheet_set_column(sheet, 0, lastColumn, 20, text)
        unsafe worksheet_freeze_panes(sheet, 1, 0)
        unsafe write(header, bold)
    }

    /// Writes a row at the end.
    ///
    /// - Parameter cells: its cells; an empty one is left out, and one with more text than a sheet holds is cut.
    package func append(_ cells: [String]) {
        row += 1
        unsafe write(cells, nil)
    }

    /// Ends the workbook and puts it in its place, durably.
    ///
    /// - Throws: `SystemError` where it can't be written, as on a full disk.
    package func finish() throws(SystemError) {
        unsafe worksheet_autofilter(sheet, 0, 0, row, lastColumn)
        try workbook.finish()
    }

    private func write(_ cells: [String], _ format: UnsafeMutablePointer<lxw_format>?) {
        for (column, cell) in cells.enumerated() where !cell.isEmpty {
            let text = SheetText.escaped(SheetText.fitting(cell))
            unsafe worksheet_write_string(sheet, row, UInt16(column), text, format)
        }
    }
}
