/// Goes through the sheets and rows of an XLSX workbook.
final class XLSXCursor: SheetCursor {
    private(set) var remarks = SheetRemarks()

    private let workbook: XLSXWorkbook
    private var entries: ArraySlice<XLSXWorkbook.Entry>
    private var stream: XLSXStream?
    private var isInRows = false
    /// The row before, from 1, and the column of the cell before, from 0.
    private var line = 0
    private var column = -1
    private var cell = XLSXCell()

    init(_ workbook: XLSXWorkbook) {
        self.workbook = workbook
        entries = workbook.entries[...]
    }

    func nextSheet() throws(ManifestError) -> Sheet? {
        guard let entry = entries.popFirst() else { return nil }
        stream = try XLSXStream(workbook.archive, part: entry.part)
        remarks = SheetRemarks()
        (isInRows, line) = (false, 0)
        return entry.sheet
    }

    func nextRow(_ row: inout SheetRow) throws(ManifestError) -> Bool {
        guard let stream else { return false }
        while let event = try stream.next() {
            guard isInRows else {
                readAround(event, stream)
                continue
            }
            switch event {
            case .start(.row): try beginRow(&row, stream)
            case .start(.cell): try beginCell(stream)
            case .end(.cell): if let read = cell.finish(column: column, workbook) { row.cells.append(read) }
            case .end(.row): if row.holdsText { return true }
            case .end(.rows): isInRows = false
            default: cell.take(event, stream)
            }
        }
        self.stream = nil
        return false
    }

    private func beginRow(_ row: inout SheetRow, _ stream: XLSXStream) throws(ManifestError) {
        line = stream.attribute(.reference).flatMap { Int($0) } ?? line + 1
        guard (1...workbook.archive.limits.rows).contains(line) else {
            throw workbook.archive.error(
                "the sheet has a row \(line), but no sheet has more than \(workbook.archive.limits.rows)"
            )
        }
        column = -1
        row.line = line
        row.isHidden = stream.flag(.hidden)
        row.cells.removeAll(keepingCapacity: true)
    }

    private func beginCell(_ stream: XLSXStream) throws(ManifestError) {
        column = stream.attribute(.reference).flatMap { CellReference.column($0.utf8) } ?? column + 1
        guard column < workbook.archive.limits.columns else {
            let message =
                "row \(line) has more than \(workbook.archive.limits.columns) columns; check that this is a table"
            throw workbook.archive.error(message)
        }
        cell.begin(stream)
    }

    /// Takes what stands before and behind the rows.
    private func readAround(_ event: XLSXStream.Event, _ stream: XLSXStream) {
        switch event {
        case .start(.rows): isInRows = true
        case .start(.column) where stream.flag(.hidden) && remarks.hiddenColumns.count < 100:
            guard let first = stream.attribute(.first).flatMap({ Int($0) }),
                let last = stream.attribute(.last).flatMap({ Int($0) }), first >= 1, last >= first
            else { return }
            remarks.hiddenColumns.append(first - 1...last - 1)
        case .start(.mergedCells):
            guard let reference = stream.attribute(.range), remarks.merged.count < 100 else { return }
            let rows = reference.split(separator: ":").compactMap { CellReference.row($0) }
            if let first = rows.first, let last = rows.last, last > first { remarks.merged.append((first, reference)) }
        default: break
        }
    }
}

/// The cell of a sheet that is being read.
struct XLSXCell {
    private enum Place {
        case outside, value, inlineText
    }

    private var type = ""
    private var style = 0
    private var hasFormula = false
    private var place = Place.outside
    private var value: [UInt8] = []
    private var inlineText = RichText()

    mutating func begin(_ stream: XLSXStream) {
        type = stream.attribute(.cellType) ?? "n"
        style = stream.attribute(.style).flatMap { Int($0) } ?? 0
        hasFormula = false
        place = .outside
        value.removeAll(keepingCapacity: true)
        inlineText.removeAll()
    }

    mutating func take(_ event: XLSXStream.Event, _ stream: XLSXStream) {
        switch event {
        case .start(.value): place = .value
        case .start(.inlineText): place = .inlineText
        case .end(.value), .end(.inlineText): place = .outside
        case .start(.formula): hasFormula = true
        case .text where place == .value: value += stream.textBytes
        default: if place == .inlineText { inlineText.take(event, stream) }
        }
    }

    /// What the cell says; nil for an empty one.
    mutating func finish(column: Int, _ workbook: XLSXWorkbook) -> SheetCell? {
        switch type {
        case "inlineStr": return text(inlineText.finish(), column)
        case "str":
            EscapedText.resolve(&value)
            return text(value, column)
        case "s": return sharedText(column, workbook)
        default: trim()
        }
        guard !value.isEmpty else {
            return hasFormula ? SheetCell(column: column, text: "", fault: .formula) : nil
        }
        let stored = String(decoding: value, as: UTF8.self)
        switch type {
        case "b": return SheetCell(column: column, text: stored == "1" || stored == "true" ? "TRUE" : "FALSE")
        case "e": return SheetCell(column: column, text: stored, fault: .errorValue)
        case "d": return SheetCell(column: column, text: StoredDate.text(stored))
        default: return number(stored, column, workbook)
        }
    }

    private func text(_ bytes: [UInt8], _ column: Int) -> SheetCell? {
        bytes.isEmpty ? nil : SheetCell(column: column, text: String(decoding: bytes, as: UTF8.self))
    }

    private mutating func sharedText(_ column: Int, _ workbook: XLSXWorkbook) -> SheetCell? {
        trim()
        guard !value.isEmpty else { return nil }
        let stored = String(decoding: value, as: UTF8.self)
        guard let text = Int(stored).flatMap({ workbook.strings[$0] }) else {
            return SheetCell(column: column, text: "", fault: .sharedText)
        }
        return text.isEmpty ? nil : SheetCell(column: column, text: text)
    }

    private func number(_ stored: String, _ column: Int, _ workbook: XLSXWorkbook) -> SheetCell {
        let format = workbook.styles[style]
        if let text = format.text(of: value, dates: workbook.dates) { return SheetCell(column: column, text: text) }
        let isNumber = DecimalNumber(value) != nil
        return SheetCell(column: column, text: stored, fault: isNumber ? .date : .number)
    }

    private mutating func trim() {
        while let last = value.last, last.isXMLSpace { value.removeLast() }
        while let first = value.first, first.isXMLSpace { value.removeFirst() }
    }
}
