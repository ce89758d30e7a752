/// Goes through the sheets and rows of an Excel 2003 XML workbook.
final class Excel2003Cursor: SheetCursor {
    let isOneText = true
    private(set) var remarks = SheetRemarks()

    private let stream: Excel2003Stream
    private let limits: WorkbookLimits
    private let hidden: Excel2003HiddenSheets
    private var sheetCount = 0
    private var formats: [String: NumberFormat] = [:]
    private var styleIdentifier = ""
    private var isInSheet = false
    private var isInComment = false
    /// The row before, from 1, and the column of the cell under way, from 0.
    private var line = 0
    private var column = 0
    private var nextColumn = 0
    private var columnOfSheet = 0
    private var cell = Excel2003Cell()

    init(_ stream: Excel2003Stream, hidden: Excel2003HiddenSheets, limits: WorkbookLimits) {
        self.stream = stream
        self.hidden = hidden
        self.limits = limits
    }

    func nextSheet() throws(ManifestError) -> Sheet? {
        var row = SheetRow()
        while try nextRow(&row) {}
        (remarks, line, rowSpan, columnOfSheet) = (SheetRemarks(), 0, 0, 0)
        while let event = try stream.next() {
            switch event {
            case .start(.style):
                styleIdentifier = stream.attribute(.identifier) ?? ""
                if formats.count < 1 << 16 {
                    formats[styleIdentifier] = stream.attribute(.parent).flatMap { formats[$0] }
                }
            case .start(.numberFormat) where formats.count < 1 << 16:
                formats[styleIdentifier] = NumberFormat(code: stream.attribute(.format) ?? "General")
            case .start(.worksheet):
                isInSheet = true
                sheetCount += 1
                return Sheet(name: stream.attribute(.name) ?? "", isHidden: hidden.places.contains(sheetCount - 1))
            default: break
            }
        }
        return nil
    }

    func nextRow(_ row: inout SheetRow) throws(ManifestError) -> Bool {
        while isInSheet, let event = try stream.next() {
            guard !isInComment else {
                if case .end(.comment) = event { isInComment = false }
                continue
            }
            switch event {
            case .start(.comment): isInComment = true
            case .start(.column): readColumn()
            case .start(.row): try beginRow(&row)
            case .end(.row): if row.holdsText { return true }
            case .start(.cell): try beginCell()
            case .end(.cell): if let read = cell.finish(column: column) { row.append(read, limit: limits.record) }
            case .end(.worksheet): isInSheet = false
            default: try cell.take(event, stream, limit: limits.cell)
            }
        }
        return false
    }

    private var rowSpan = 0

    private func beginRow(_ row: inout SheetRow) throws(ManifestError) {
        let next = stream.number(.index) ?? line + 1 + rowSpan
        guard next > line else {
            let message =
                "row \(next) stands below row \(line); "
                + "open the workbook in a spreadsheet program, check it and save it again"
            throw stream.error(message, stream.line)
        }
        line = next
        // Rows without cells that are told together.
        rowSpan = stream.number(.span) ?? 0
        guard (1...limits.rows).contains(line) else {
            throw stream.error("the sheet has a row \(line), but no sheet has more than \(limits.rows)", stream.line)
        }
        nextColumn = 0
        row.line = line
        row.isHidden = stream.attribute(.hidden) == "1"
        row.removeCells()
    }

    private func beginCell() throws(ManifestError) {
        column = stream.number(.index).map { $0 - 1 } ?? nextColumn
        guard (0..<limits.columns).contains(column) else {
            let message = "row \(line) has more than \(limits.columns) columns; check that this is a table"
            throw stream.error(message, stream.line)
        }
        nextColumn = column + 1 + (stream.number(.mergeAcross) ?? 0)
        if let down = stream.number(.mergeDown), down > 0, remarks.merged.count < 100 {
            let letters = CellReference.letters(column)
            remarks.merged.append((line, "\(letters)\(line):\(letters)\(line + down)"))
        }
        let format = stream.attribute(.styleIdentifier).flatMap { formats[$0] } ?? .general
        cell.begin(format: format, hasFormula: stream.attribute(.formula) != nil)
    }

    private func readColumn() {
        let first = stream.number(.index).map { max($0 - 1, 0) } ?? columnOfSheet
        columnOfSheet = first + 1 + (stream.number(.span) ?? 0)
        if stream.attribute(.hidden) == "1", remarks.hiddenColumns.count < 100 {
            remarks.hiddenColumns.append(first...columnOfSheet - 1)
        }
    }
}

/// The cell of an Excel 2003 sheet that is being read.
struct Excel2003Cell {
    private var format = NumberFormat.general
    private var hasFormula = false
    private var type: String?
    private var isInData = false
    private var bytes: [UInt8] = []

    mutating func begin(format: NumberFormat, hasFormula: Bool) {
        self.format = format
        self.hasFormula = hasFormula
        type = nil
        isInData = false
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func take(_ event: Excel2003Stream.Event, _ stream: Excel2003Stream, limit: Int) throws(ManifestError) {
        switch event {
        case .start(.data):
            type = stream.attribute(.type) ?? "String"
            isInData = true
        case .end(.data): isInData = false
        case .text where isInData:
            stream.appendText(to: &bytes)
            guard bytes.count <= limit else {
                throw stream.error("a cell is longer than \(limit >> 20) MiB; shorten it", stream.line)
            }
        default: break
        }
    }

    /// What the cell says; nil for an empty one.
    func finish(column: Int) -> SheetCell? {
        let text = String(decoding: bytes, as: UTF8.self)
        // Only a text may come out empty.
        guard let type, !text.isEmpty else {
            return hasFormula && type != "String" ? SheetCell(column: column, text: "", fault: .formula) : nil
        }
        switch type {
        case "Number":
            guard let shown = format.text(of: bytes, dates: .from1900) else {
                let isNumber = DecimalNumber(bytes) != nil
                return SheetCell(column: column, text: text, fault: isNumber ? .date : .number)
            }
            return SheetCell(column: column, text: shown)
        case "DateTime": return SheetCell(column: column, text: StoredDate.text(text))
        case "Boolean": return SheetCell(column: column, text: text == "1" || text == "true" ? "TRUE" : "FALSE")
        case "Error": return SheetCell(column: column, text: text, fault: .errorValue)
        default: return SheetCell(column: column, text: text)
        }
    }
}
