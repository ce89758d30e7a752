internal import CXLSXWriter
internal import Checkpoint
internal import Workbooks

/// The formats of a workbook's cells.
@safe struct WorkbookStyles {
    typealias Format = UnsafeMutablePointer<lxw_format>?

    let title: Format
    let notice: Format
    let header: Format
    /// The header of the columns that Purser adds.
    let ownHeader: Format
    let text: Format
    /// A cell at fault.
    let fault: Format
    let advice: Format
    let number: Format
    let plain: Format
    let indented: Format
    private let good: Format
    private let bad: Format
    private let open: Format

    init(_ workbook: WorkbookFile) {
        func format(_ set: (Format) -> Void) -> Format {
            let format = unsafe workbook_add_format(workbook.handle)
            unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            unsafe set(format)
            return unsafe format
        }
        func filled(_ background: UInt32, _ font: UInt32, isBold: Bool = false) -> Format {
            unsafe format { format in
                // Text, so that no program takes a number for what it is not.
                unsafe format_set_num_format(format, "@")
                unsafe format_set_bg_color(format, background)
                unsafe format_set_font_color(format, font)
                if isBold { unsafe format_set_bold(format) }
            }
        }
        unsafe title = format { format in
            unsafe format_set_bold(format)
            unsafe format_set_font_size(format, 14)
        }
        unsafe notice = format { unsafe format_set_bold($0) }
        unsafe header = filled(0x1F4E78, 0xFFFFFF, isBold: true)
        unsafe ownHeader = filled(0x404040, 0xFFFFFF, isBold: true)
        unsafe text = format { unsafe format_set_num_format($0, "@") }
        unsafe fault = filled(0xFFC7CE, 0x9C0006)
        unsafe advice = format { format in
            unsafe format_set_num_format(format, "@")
            unsafe format_set_text_wrap(format)
        }
        unsafe number = format { unsafe format_set_num_format($0, "#,##0") }
        unsafe plain = format { format in
            unsafe format_set_text_wrap(format)
            unsafe format_set_indent(format, 1)
        }
        unsafe indented = format { unsafe format_set_indent($0, 1) }
        unsafe good = filled(0xC6EFCE, 0x006100)
        unsafe bad = filled(0xFFC7CE, 0x9C0006)
        unsafe open = filled(0xFFEB9C, 0x7F6000)
    }

    /// The format of a status.
    func status(_ status: RowStatus) -> Format {
        switch status.outlook {
        case .good: unsafe good
        case .bad: unsafe bad
        case .open: unsafe open
        }
    }
}

extension RowStatus {
    /// What a status means for the person who looks at the row.
    enum Outlook {
        case good, bad, open

        /// The colour of its part of a chart.
        var color: UInt32 {
            switch self {
            case .good: 0x2E8B57
            case .bad: 0xC0392B
            case .open: 0xD9A400
            }
        }
    }

    var outlook: Outlook {
        switch self {
        case .created, .unchanged, .ready: .good
        case .invalid, .duplicate, .conflict, .rejected: .bad
        case .failed, .unknown, .pending: .open
        }
    }
}
