/// Goes through the sheets and rows of an XLSX workbook.
final class XLSXCursor: SheetCursor {
    let isOneText = false
    private(set) var remarks = SheetRemarks()

    private let workbook: XLSXWorkbook
    private var entries: ArraySlice<XLSXWorkbook.Entry>
    private var stream: XLSXStream?
    private var isInRows = false
    /// The row before, from 1.
    private var line = 0
    /// Whether the row says its number.
    private var isLineStated = false
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
            case .start(.row):
                try beginRow(&row, stream)
                try readCells(&row, &cell, stream)
                if row.holdsText { return true }
            case .end(.rows): isInRows = false
            default: break
            }
        }
        self.stream = nil
        return false
    }

    /// Reads the cells of a row, to its end.
    ///
    /// A sheet may have millions of them: what is under way is handed in, once a row, since each use of an object's
    /// property would be checked for exclusive access.
    private func readCells(
        _ row: inout SheetRow,
        _ cell: inout XLSXCell,
        _ stream: XLSXStream
    ) throws(ManifestError) {
        let limits = workbook.archive.limits
        var column = -1
        while let event = try stream.next() {
            switch event {
            case .start(.cell):
                column += 1
                cell.begin(stream)
                if cell.hasReference { column = try place(cell.reference, &row, isFirst: column == 0, stream) }
                try checkColumn(column)
            case .end(.cell):
                cell.finish(&row, column: column, workbook)
            case .end(.row): return
            default: try cell.take(event, stream, limit: limits.cell)
            }
        }
    }

    private func beginRow(_ row: inout SheetRow, _ stream: XLSXStream) throws(ManifestError) {
        var (number, isStated, isHidden): (Int?, Bool, Bool) = (line + 1, false, false)
        stream.forEachAttribute { name, value in
            switch name {
            case .reference: (number, isStated) = (Int(ascii: value), true)
            case .hidden: isHidden = value.holds("1") || value.holds("true")
            default: break
            }
        }
        isLineStated = isStated
        guard let next = number, (1...workbook.archive.limits.rows).contains(next) else {
            let name = isStated ? referenceName(stream) : "\(line + 1)"
            throw workbook.archive.error(
                "the sheet has a row \(name), but no sheet has more than \(workbook.archive.limits.rows)"
            )
        }
        guard next > line else {
            throw damaged("row \(next) stands below row \(line)")
        }
        line = next
        row.line = line
        row.isHidden = isHidden
        row.removeCells()
    }

    /// The column that a cell's reference names; the first cell of a row without a number tells the row as well.
    private func place(
        _ place: (column: Int, row: Int)?,
        _ row: inout SheetRow,
        isFirst: Bool,
        _ stream: XLSXStream
    ) throws(ManifestError) -> Int {
        if let place, place.row == row.line || place.row == 0 { return place.column }
        let name = referenceName(stream)
        guard let place, isFirst, !isLineStated, place.row > line, place.row <= workbook.archive.limits.rows else {
            throw damaged("row \(line) has a cell that is called \(name.quoted)")
        }
        line = place.row
        row.line = line
        return place.column
    }

    /// What a row or a cell says where it stands, short enough for a message.
    private func referenceName(_ stream: XLSXStream) -> String {
        String(decoding: (stream.attribute(.reference) ?? "").utf8.prefix(40), as: UTF8.self)
    }

    private func damaged(_ what: String) -> ManifestError {
        workbook.archive.error("\(what); open the workbook in a spreadsheet program, check it and save it again")
    }

    private func checkColumn(_ column: Int) throws(ManifestError) {
        guard column >= workbook.archive.limits.columns else { return }
        let message =
            "row \(line) has more than \(workbook.archive.limits.columns) columns; check that this is a table"
        throw workbook.archive.error(message)
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
