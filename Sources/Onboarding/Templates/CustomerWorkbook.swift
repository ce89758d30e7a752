internal import CXLSXWriter

/// A workbook of one sheet, written row by row in memory that does not grow with the rows.
@safe
package final class CustomerWorkbook {
    /// How many rows a sheet has room for, below its header.
    package static let mostRows = 1_048_575
    /// How many UTF-16 units a cell has room for.
    private static let longestCell = 32_767

    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var row: UInt32 = 0
    private let columns: UInt16

    /// Starts a workbook.
    ///
    /// - Parameters:
    ///   - path: the path of the file, which may be there already.
    ///   - header: the titles of the columns.
    ///   - temporaryFolder: where the sheet is kept until the workbook is whole.
    /// - Throws: an error that tells why it can't be made.
    package init(_ path: String, header: [String], temporaryFolder: String) throws {
        var folder = Array(temporaryFolder.utf8CString)
        let workbook = unsafe folder.withUnsafeMutableBufferPointer { folder in
            var options = unsafe lxw_workbook_options()
            unsafe options.constant_memory = UInt8(LXW_TRUE.rawValue)
            unsafe options.tmpdir = folder.baseAddress
            return unsafe workbook_new_opt(path, &options)
        }
        guard let workbook = unsafe workbook else {
            throw TemplateWorkbook.WritingError(description: "can't make the workbook: memory is too short")
        }
        unsafe self.workbook = workbook
        unsafe sheet = workbook_add_worksheet(workbook, "Customers")
        columns = UInt16(header.count)
        let bold = unsafe workbook_add_format(workbook)
        unsafe format_set_bold(bold)
        let text = unsafe workbook_add_format(workbook)
        // Every cell is text, so that no program takes a postal code for a number.
        unsafe format_set_num_format(text, "@")
        unsafe worksheet_set_column(sheet, 0, columns - 1, 20, text)
        unsafe worksheet_freeze_panes(sheet, 1, 0)
        for (column, title) in header.enumerated() {
            unsafe worksheet_write_string(sheet, 0, UInt16(column), title, bold)
        }
    }

    deinit { if let workbook = unsafe workbook { unsafe lxw_workbook_free(workbook) } }

    /// Writes a row at the end.
    ///
    /// - Parameter cells: its cells; an empty one is left out, and one with more text than a sheet holds is cut.
    /// - Throws: an error that tells why it can't be written.
    package func append(_ cells: [String]) throws {
        row += 1
        for (column, cell) in cells.enumerated() where !cell.isEmpty {
            let error = unsafe worksheet_write_string(sheet, row, UInt16(column), Self.fitting(cell), nil)
            guard error == LXW_NO_ERROR else { throw Self.failure(error) }
        }
    }

    /// Ends the workbook, and writes it to its file.
    ///
    /// - Throws: an error that tells why it can't be written.
    package func close() throws {
        guard let workbook = unsafe workbook else { return }
        unsafe worksheet_autofilter(sheet, 0, 0, row, columns - 1)
        unsafe self.workbook = nil
        let error = unsafe workbook_close(workbook)
        guard error == LXW_NO_ERROR else { throw Self.failure(error) }
    }

    private static func fitting(_ cell: String) -> String {
        guard cell.utf16.count > longestCell else { return cell }
        return String(decoding: Array(cell.utf16.prefix(longestCell - 1)), as: UTF16.self) + "…"
    }

    private static func failure(_ error: lxw_error) -> TemplateWorkbook.WritingError {
        let reason = unsafe lxw_strerror(error).map { unsafe String(cString: $0) } ?? "error \(error.rawValue)"
        return TemplateWorkbook.WritingError(description: "can't make the workbook: \(reason)")
    }
}
