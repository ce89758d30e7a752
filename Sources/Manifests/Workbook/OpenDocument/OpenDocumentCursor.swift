/// Goes through the sheets and rows of an OpenDocument spreadsheet.
final class OpenDocumentCursor: SheetCursor {
    let isOneText = true
    private(set) var remarks = SheetRemarks()

    private let stream: OpenDocumentStream
    private let limits: WorkbookLimits
    private var hiddenStyles: Set<String> = []
    private var styleName = ""
    private var isInTable = false
    /// How deep the element is nested that is passed over; 0 outside.
    private var skipped = 0
    /// The row that is read, which stands for several where it is repeated.
    private var row = SheetRow()
    private var repeats = 0
    private var lastLine = 0
    private var rowCount = 1
    private var column = 0
    private var columnOfSheet = 0
    private var isInCell = false
    private var cell = OpenDocumentCell()

    init(_ stream: OpenDocumentStream, limits: WorkbookLimits) {
        self.stream = stream
        self.limits = limits
    }

    func nextSheet() throws(ManifestError) -> Sheet? {
        while isInTable, let event = try stream.next() { _ = try take(event) }
        (remarks, repeats, lastLine, columnOfSheet) = (SheetRemarks(), 0, 0, 0)
        while let event = try stream.next() {
            guard !skips(event) else { continue }
            switch event {
            case .start(.style): styleName = stream.attribute(.styleName) ?? ""
            case .start(.tableProperties)
            where stream.attribute(.display) == "false" && hiddenStyles.count < limits.sheets:
                hiddenStyles.insert(styleName)
            case .start(.table):
                let name = stream.attribute(.name) ?? ""
                isInTable = true
                // What was fetched from another file, and kept, is no sheet of this one.
                if name.hasPrefix("'file:") {
                    while isInTable, let event = try stream.next() { _ = try take(event) }
                } else {
                    let isHidden = stream.attribute(.tableStyle).map(hiddenStyles.contains) ?? false
                    return Sheet(name: name, isHidden: isHidden)
                }
            case .start(.row):
                let message =
                    "a row stands outside of every sheet; open the workbook in a spreadsheet program and save it again"
                throw stream.error(message, stream.line)
            default: break
            }
        }
        return nil
    }

    func nextRow(_ result: inout SheetRow) throws(ManifestError) -> Bool {
        while repeats == 0 {
            guard isInTable, let event = try stream.next() else { return false }
            guard try take(event) else { continue }
            repeats = rowCount
        }
        repeats -= 1
        row.line += 1
        guard row.line <= limits.rows else {
            let message = "the sheet has a row \(row.line), but no sheet has more than \(limits.rows)"
            throw stream.error(message, stream.line)
        }
        result = row
        return true
    }

    /// Takes an event within a table.
    ///
    /// - Returns: whether a row with text has been read.
    private func take(_ event: OpenDocumentStream.Event) throws(ManifestError) -> Bool {
        guard !skips(event) else { return false }
        switch event {
        case .start(.column): try readColumn()
        case .start(.row):
            row = SheetRow(line: lastLine)
            let visibility = stream.attribute(.visibility)
            row.isHidden = visibility == "collapse" || visibility == "filter"
            rowCount = min(try stream.repeats(.rowsRepeated), limits.rows * 16)
            column = 0
        case .end(.row):
            lastLine = min(lastLine + rowCount, limits.rows * 16)
            return row.holdsText
        case .start(.cell), .start(.coveredCell): try beginCell(isCovered: event.isCovered)
        case .end(.cell), .end(.coveredCell): try endCell()
        case .end(.table): isInTable = false
        default: if isInCell { try cell.take(event, stream, limit: limits.cell) }
        }
        return false
    }

    private func readColumn() throws(ManifestError) {
        let count = try stream.repeats(.columnsRepeated)
        let visibility = stream.attribute(.visibility)
        let first = columnOfSheet
        columnOfSheet = min(first + min(count, limits.columns), limits.columns)
        if visibility == "collapse" || visibility == "filter", remarks.hiddenColumns.count < 100, columnOfSheet > first
        {
            remarks.hiddenColumns.append(first...columnOfSheet - 1)
        }
    }

    private func beginCell(isCovered: Bool) throws(ManifestError) {
        isInCell = true
        try cell.begin(stream, isCovered: isCovered)
        let spanned = stream.count(.rowsSpanned)
        if spanned > 1, !isCovered, remarks.merged.count < 100 {
            let letters = CellReference.letters(column)
            let first = row.line + 1
            remarks.merged.append((first, "\(letters)\(first):\(letters)\(first + min(spanned, limits.rows) - 1)"))
        }
    }

    private func endCell() throws(ManifestError) {
        isInCell = false
        let count = cell.count
        if let read = cell.finish() {
            guard column + count <= limits.columns else {
                let message = "row \(row.line + 1) has more than \(limits.columns) columns; check that this is a table"
                throw stream.error(message, stream.line)
            }
            for index in column..<column + count {
                row.append(SheetCell(column: index, text: read.text, fault: read.fault), limit: limits.record)
            }
        }
        column = min(column + count, limits.columns)
    }

    /// Whether an event belongs to an element whose text is no cell's.
    private func skips(_ event: OpenDocumentStream.Event) -> Bool {
        switch event {
        case .start(let name):
            guard skipped > 0 || isAside(name) else { return false }
            skipped += 1
        case .end:
            guard skipped > 0 else { return false }
            skipped -= 1
        default: return skipped > 0
        }
        return true
    }

    private func isAside(_ name: OpenDocumentName?) -> Bool {
        switch name {
        case .annotation, .note, .phonetic, .shapes, .forms, .trackedChanges: true
        // A picture or a table within a cell.
        case nil, .table: isInCell && !cell.isInParagraph
        default: false
        }
    }
}

extension OpenDocumentStream.Event {
    fileprivate var isCovered: Bool {
        guard case .start(.coveredCell) = self else { return false }
        return true
    }
}
