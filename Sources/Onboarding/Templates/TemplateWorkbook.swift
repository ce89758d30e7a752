internal import CXLSXWriter
internal import Platform
internal import Workbooks

/// The template as an Excel workbook: a sheet to fill in, one that explains, and a hidden one with the lists.
struct TemplateWorkbook {
    /// A drop-down list: the values of a column, and the name by which the sheet knows them.
    private struct ValueList {
        let column: Column
        let name: String
        let values: [String]
    }

    /// How many rows the drop-down lists reach down, below the header.
    private static let rows: UInt32 = 10_000

    private let lists = [
        ValueList(column: .country, name: "Countries", values: Country.all.map(\.code).sorted()),
        ValueList(column: .culture, name: "Cultures", values: Self.cultures),
        ValueList(column: .language, name: "Languages", values: Self.languages),
    ]

    /// The cultures: every language of every country.
    private static var cultures: [String] {
        Country.all.flatMap { country in country.languages.map { "\($0)-\(country.code)" } }.sorted()
    }

    private static var languages: [String] {
        Set(Country.all.flatMap(\.languages)).sorted()
    }

    /// Writes the workbook to a file.
    ///
    /// - Parameter path: the file's path.
    /// - Throws: `SystemError` where it can't be written.
    func write(to path: String) throws(SystemError) {
        let workbook = try WorkbookFile(path)
        try addCustomers(workbook)
        try addColumns(workbook)
        try addLists(workbook)
        try workbook.finish()
    }

    /// Adds the sheet to fill in.
    ///
    /// Every column is text, so that no program takes a number for what it is not.
    private func addCustomers(_ workbook: WorkbookFile) throws(SystemError) {
        let sheet = try unsafe workbook.addSheet("Customers")
        let text = unsafe workbook_add_format(workbook.handle)
        unsafe format_set_num_format(text, "@")
        let needed = unsafe header(workbook, color: 0x1F4E78)
        let optional = unsafe header(workbook, color: 0x7F7F7F)
        for (index, guide) in ColumnGuide.all.enumerated() {
            let column = UInt16(index)
            let width = Double(max(guide.column.name.count, guide.example.count) + 3)
            unsafe worksheet_set_column(sheet, column, column, width, text)
            unsafe worksheet_write_string(sheet, 0, column, guide.column.name, guide.need == "yes" ? needed : optional)
        }
        for list in lists {
            guard let index = ColumnGuide.all.firstIndex(where: { $0.column == list.column }) else { continue }
            unsafe validate(sheet, column: UInt16(index), by: list)
        }
        unsafe fitForReading(sheet)
    }

    /// Lets a column's cells be chosen from a list; what is not in it is warned of, not refused.
    private func validate(_ sheet: UnsafeMutablePointer<lxw_worksheet>?, column: UInt16, by list: ValueList) {
        var formula = Array("=\(list.name)".utf8CString)
        var title = Array("Not in the list".utf8CString)
        var message = Array("Keep it only if you are sure; the sheet Columns tells what is meant.".utf8CString)
        unsafe formula.withUnsafeMutableBufferPointer { formula in
            unsafe title.withUnsafeMutableBufferPointer { title in
                unsafe message.withUnsafeMutableBufferPointer { message in
                    var validation = unsafe lxw_data_validation()
                    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
                    unsafe validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
                    unsafe validation.value_formula = formula.baseAddress
                    unsafe validation.error_title = title.baseAddress
                    unsafe validation.error_message = message.baseAddress
                    unsafe worksheet_data_validation_range(sheet, 1, column, Self.rows, column, &validation)
                }
            }
        }
    }

    /// The sheet that explains each column.
    private func addColumns(_ workbook: WorkbookFile) throws(SystemError) {
        let sheet = try unsafe workbook.addSheet("Columns")
        let titles = unsafe header(workbook, color: 0x1F4E78)
        let wrapped = unsafe workbook_add_format(workbook.handle)
        unsafe format_set_text_wrap(wrapped)
        unsafe format_set_align(wrapped, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        for (column, (title, width)) in [("column", 32.0), ("required", 18), ("what it is", 60), ("example", 30)]
            .enumerated()
        {
            unsafe worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
            unsafe worksheet_write_string(sheet, 0, UInt16(column), title, titles)
        }
        for (index, guide) in ColumnGuide.all.enumerated() {
            for (column, text) in [guide.column.name, guide.need, guide.meaning, guide.example].enumerated() {
                unsafe worksheet_write_string(sheet, UInt32(index + 1), UInt16(column), text, wrapped)
            }
        }
        unsafe fitForReading(sheet)
    }

    /// The hidden sheet with the lists, each under a name: a list in the rule itself may have 255 characters only.
    private func addLists(_ workbook: WorkbookFile) throws(SystemError) {
        let sheet = try unsafe workbook.addSheet("Lists")
        for row in 0..<(lists.map(\.values.count).max() ?? 0) {
            for (column, list) in lists.enumerated() where row < list.values.count {
                unsafe worksheet_write_string(sheet, UInt32(row), UInt16(column), list.values[row], nil)
            }
        }
        for (letter, list) in zip(["A", "B", "C"], lists) {
            let cells = "=Lists!$\(letter)$1:$\(letter)$\(list.values.count)"
            unsafe workbook_define_name(workbook.handle, list.name, cells)
        }
        unsafe worksheet_hide(sheet)
    }

    /// Keeps the header in sight, and a printed sheet on the width of one page.
    private func fitForReading(_ sheet: UnsafeMutablePointer<lxw_worksheet>?) {
        unsafe worksheet_freeze_panes(sheet, 1, 0)
        unsafe worksheet_set_landscape(sheet)
        unsafe worksheet_fit_to_pages(sheet, 1, 0)
    }

    private func header(
        _ workbook: WorkbookFile,
        color: UInt32
    ) -> UnsafeMutablePointer<lxw_format>? {
        let format = unsafe workbook_add_format(workbook.handle)
        unsafe format_set_bold(format)
        unsafe format_set_font_color(format, 0xFFFFFF)
        unsafe format_set_bg_color(format, color)
        return unsafe format
    }
}
