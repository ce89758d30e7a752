/// Goes through the sheets of a workbook, and through a sheet's rows, from the first to the last, once.
protocol SheetCursor: AnyObject {
    /// Whether all sheets stand in one text, so that a fault behind the sheet that is read is one of the same text.
    var isOneText: Bool { get }

    /// What the cursor came by in the sheet so far that does not stand in its rows.
    var remarks: SheetRemarks { get }

    /// Goes to the next sheet that has cells.
    ///
    /// - Returns: the sheet; nil after the last one.
    /// - Throws: `ManifestError` where the workbook is damaged.
    func nextSheet() throws(ManifestError) -> Sheet?

    /// Reads the sheet's next row that holds text.
    ///
    /// - Parameter row: where it goes.
    /// - Returns: false after the last one.
    /// - Throws: `ManifestError` where the sheet is damaged.
    func nextRow(_ row: inout SheetRow) throws(ManifestError) -> Bool
}

/// A sheet of a workbook.
struct Sheet: Hashable {
    let name: String
    var isHidden = false
}

/// What is worth telling of a sheet besides its rows.
struct SheetRemarks: Hashable {
    /// The hidden columns, from 0.
    var hiddenColumns: [ClosedRange<Int>] = []
    /// The first rows, from 1, of merged cells that lie over several rows, and the references that name them.
    var merged: [(row: Int, reference: String)] = []

    static func == (one: SheetRemarks, other: SheetRemarks) -> Bool {
        one.hiddenColumns == other.hiddenColumns && one.merged.map(\.row) == other.merged.map(\.row)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hiddenColumns) }
}

/// A row of a sheet.
struct SheetRow: Hashable {
    /// The sheet's row number, from 1.
    var line = 0
    var isHidden = false
    /// The columns of the cells that hold text or a fault, in any order, and these faults.
    private(set) var marks: [Mark] = []
    /// The same cells' texts.
    private(set) var texts = RecordCells()
    /// Whether there were more cells than belong into memory.
    private(set) var isCut = false

    /// What a cell is besides its text.
    struct Mark: Hashable {
        /// The column, from 0.
        let column: Int
        let fault: CellFault?
    }

    /// Begins a row.
    init(line: Int = 0) { self.line = line }

    /// Begins another row in the same memory.
    mutating func removeCells() {
        marks.removeAll(keepingCapacity: true)
        texts.removeAll()
        isCut = false
    }

    /// Adds a cell, unless those before are longer than a row may be.
    ///
    /// - Parameters:
    ///   - cell: the cell.
    ///   - limit: the longest row, in bytes.
    mutating func append(_ cell: SheetCell, limit: Int) {
        isCut = texts.bytes.count > limit
        guard !isCut else { return }
        texts.append(cell.text.utf8Span.span)
        marks.append(Mark(column: cell.column, fault: cell.fault))
    }

    /// Adds a cell without fault, unless those before are longer than a row may be.
    ///
    /// - Parameters:
    ///   - text: its text, which must be valid UTF-8; no cell is added where it is empty.
    ///   - column: its column, from 0.
    ///   - limit: the longest row, in bytes.
    mutating func append(valid text: Span<UInt8>, column: Int, limit: Int) {
        guard !text.isEmpty else { return }
        isCut = texts.bytes.count > limit
        guard !isCut else { return }
        texts.append(valid: text)
        marks.append(Mark(column: column, fault: nil))
    }

    /// The cells, in any order, with their texts, which are made here.
    var cells: [SheetCell] {
        marks.indices.map { SheetCell(column: marks[$0].column, text: texts[$0], fault: marks[$0].fault) }
    }

    /// Whether there is anything but white space in it.
    var holdsText: Bool { marks.indices.contains { marks[$0].fault != nil || !texts.isBlank(at: $0) } }
}

/// A cell of a sheet.
struct SheetCell: Hashable {
    /// The column, from 0.
    var column: Int
    var text: String
    var fault: CellFault?
}

/// Why a cell's text is not what a person meant.
enum CellFault: String, Hashable {
    case date, errorValue, formula, number, repeatedCell, sharedText

    /// What is wrong with the cell at a place and what to do.
    func sentence(_ place: String, _ text: String) -> String {
        switch self {
        case .date: "the cell in \(place) is a date that can't be shown (\(text)); type it again as a date"
        case .errorValue: "the cell in \(place) holds the error \(text); correct its formula or type the value"
        case .formula:
            "the cell in \(place) is a formula without a saved result; open the workbook in a spreadsheet program and save it"
        case .repeatedCell:
            "the cell in \(place) stands in the file twice (\(text)); open the workbook in a spreadsheet program, check it and save it"
        case .number: "the cell in \(place) is no number (\(text)); type it again"
        case .sharedText:
            "the text of the cell in \(place) is missing from the file; open the workbook in a spreadsheet program and save it"
        }
    }
}
