/// Goes through the sheets and rows of an XLSX workbook.
final class XLSXCursor: SheetCursor {
    private(set) var remarks = SheetRemarks()

    private let workbook: XLSXWorkbook
    private var entries: ArraySlice<XLSXWorkbook.Entry>
    private var stream: XLSXStream?
    private var isInRows = false
    /// The row before, from 1.
    private var line = 0
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
                column = stream.attributeBytes(.reference).flatMap { CellReference.column($0) } ?? column + 1
                try checkColumn(column)
                cell.begin(stream)
            case .end(.cell):
                guard let read = cell.finish(column: column, workbook) else { continue }
                row.append(read, limit: limits.record)
            case .end(.row): return
            default: try cell.take(event, stream, limit: limits.cell)
            }
        }
    }

    private func beginRow(_ row: inout SheetRow, _ stream: XLSXStream) throws(ManifestError) {
        line = stream.attributeBytes(.reference).flatMap { Int(ascii: $0) } ?? line + 1
        guard (1...workbook.archive.limits.rows).contains(line) else {
            throw workbook.archive.error(
                "the sheet has a row \(line), but no sheet has more than \(workbook.archive.limits.rows)"
            )
        }
        row.line = line
        row.isHidden = stream.flag(.hidden)
        row.removeCells()
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
