/// Reads a manifest that is a sheet of a workbook, whatever its format.
final class WorkbookReader: TableReader {
    private(set) var header: [String] = []
    private(set) var headerLine = 1
    private(set) var traits: [ManifestTrait] = []
    var notices: [ManifestNotice] = []
    var row = 0
    var ahead: Record?

    /// Those between the header and the last row with text.
    private(set) var blankRows = 0

    /// The last row that was read.
    private var lastLine: Int
    private let path: String
    private let cursor: any SheetCursor
    private let limits: WorkbookLimits
    private let search: SheetSearch
    private let knownTitles: Int
    /// The rows below the header that were read to find it, the next one last.
    private var waiting: [SheetRow] = []
    private var current = SheetRow()
    /// Where the cells of the current row stand, by column.
    private var places: [Range<Int>] = []
    private var hiddenRows = HiddenRows()
    /// The columns without a title whose text was told of; those beside the table count as one.
    private var untitled: Set<Int> = []
    private var isFinished = false
    /// How many bytes of cells may still be given.
    private var allowance: Int
    /// Where a workbook that Purser wrote tells what is wrong with a row.
    private var problemColumn: Int?

    /// Opens the sheet that is meant and reads its header.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - format: the format's name, for a person.
    ///   - size: the file's size in bytes.
    ///   - options: which sheet and which row are meant.
    ///   - limits: how much may be given.
    ///   - open: makes a cursor that stands before the first sheet.
    /// - Throws: `ManifestError` where there is no such sheet, or none that has a header.
    init(
        path: String,
        format: String,
        size: Int,
        options: ManifestOptions,
        limits: WorkbookLimits,
        open: () throws(ManifestError) -> any SheetCursor
    ) throws(ManifestError) {
        search = SheetSearch(path: path, options: options, limits: limits)
        let found = try search.find(open)
        knownTitles = found.knownTitles
        self.path = path
        self.limits = limits
        cursor = found.cursor
        allowance = limits.given + size * limits.givenRatio
        waiting = found.rowsBelow.reversed()
        header = found.header
        places = [Range<Int>](repeating: 0..<0, count: header.count)
        problemColumn = found.header.firstIndex { MisreadMark.columnName($0) == "purser:problem" }
        headerLine = found.headerLine
        lastLine = headerLine
        traits = [
            ManifestTrait("format", format, reason: "the file's content says so"),
            ManifestTrait("sheet", found.sheet.name.quoted, reason: found.reason),
            ManifestTrait("header row", "\(headerLine)", reason: found.headerReason),
        ]
        if found.sheet.isHidden {
            tell(headerLine, "the sheet \(found.sheet.name.quoted) is hidden; it is read all the same")
        }
        if let line = found.lineAbove { tellOfPreamble(from: line) }
        let hidden = cursor.remarks.hiddenColumns.filter { $0.lowerBound < header.count }
        if !hidden.isEmpty {
            let names = hidden.map { $0.clamped(to: 0...header.count - 1).letters }.joined(separator: ", ")
            tell(headerLine, "hidden columns are read too: \(names)")
        }
        tellOf(found.others)
        try passSecondHeader(options)
    }

    func nextRecord() throws(ManifestError) -> Record? {
        // The cursor may stand in another sheet by then.
        guard !isFinished else { return nil }
        while try nextRow() {
            blankRows += max(current.line - lastLine - 1, 0)
            lastLine = current.line
            if current.isHidden { hiddenRows.add(current.line) }
            guard let record = try makeRecord() else { continue }
            return record
        }
        try finish()
        return nil
    }

    private func nextRow() throws(ManifestError) -> Bool {
        guard let waiting = waiting.popLast() else { return try cursor.nextRow(&current) }
        current = waiting
        return true
    }

    /// Makes the record of the current row; nil where all its text stands beside the table.
    private func makeRecord() throws(ManifestError) -> Record? {
        // Millions of cells come by here: each use of an object's property would be checked for exclusive access.
        let (header, row) = (header, current)
        var places: [Range<Int>] = []
        swap(&places, &self.places)
        defer { swap(&places, &self.places) }
        for column in places.indices { places[column] = 0..<0 }
        var faults: [RecordFault] = []
        var length = header.count * 8
        var hasCells = false
        for index in row.marks.indices {
            let (column, fault) = (row.marks[index].column, row.marks[index].fault)
            guard column < header.count else {
                passOver(row, index)
                continue
            }
            if header[column].isEmpty { passOver(row, index) }
            hasCells = hasCells || fault != nil || !row.texts.isBlank(at: index)
            let place = row.texts.range(of: index)
            length += place.count
            if let fault = places[column].isEmpty ? fault : .repeatedCell {
                faults.append(self.fault(fault, column, row.texts[index]))
            }
            places[column] = place
            if length > limits.record { break }
        }
        guard hasCells else { return nil }
        let cells = RecordCells(copying: row.texts.bytes.span, count: header.count) { places[$0] }
        var record = Record(cells: cells, row: 0, line: row.line, faults: faults)
        if length > limits.record || current.isCut {
            let message = "the row is longer than \(limits.record >> 20) MiB and was cut; shorten its cells"
            record.faults.append(RecordFault(rule: "workbook.rowTooLong", spoils: .record, message: message))
        }
        if record.faults.isEmpty, let problemColumn, let mark = MisreadMark(in: record.cells[problemColumn]),
            let fault = mark.fault(of: record.cells, header: header)
        {
            record.faults.append(fault)
        }
        allowance -= length
        guard allowance >= 0 else {
            let message =
                "the workbook repeats its rows or texts until they are far larger than the file; "
                + "remove the rows that are not meant and save it again"
            throw ManifestError(.malformed, path: path, line: current.line, message: message)
        }
        return record
    }

    private func fault(_ fault: CellFault, _ column: Int, _ text: String) -> RecordFault {
        RecordFault(rule: "workbook.\(fault.rawValue)", column: column, message: fault.sentence(place(column), text))
    }

    private func place(_ column: Int) -> String {
        let letters = CellReference.letters(column)
        let title = header[column]
        return "\(letters)\(current.line)" + (title.isEmpty ? "" : " (\(title.quotedWithoutBreaks))")
    }

    /// Tells, once, of text in a column within the table that has no title, and of text beside the table.
    private func passOver(_ row: SheetRow, _ index: Int) {
        let column = row.marks[index].column
        let place = min(column, header.count)
        guard !row.texts.isBlank(at: index), untitled.count < 16, untitled.insert(place).inserted else { return }
        let letters = CellReference.letters(column)
        tell(
            current.line,
            "there is text in \(letters)\(current.line), but column \(letters) has no title in row \(headerLine): "
                + "what stands there is not read"
        )
    }

    /// Tells what is known only at the sheet's end.
    private func finish() throws(ManifestError) {
        isFinished = true
        if let message = hiddenRows.message { tell(hiddenRows.first, message) }
        let merged = cursor.remarks.merged.filter { $0.row > headerLine }
        if let first = merged.first {
            let references = merged.prefix(3).map(\.reference).joined(separator: ", ") + (merged.count > 3 ? " …" : "")
            let message =
                "the value of merged cells counts for the first of their rows only, the others are empty: \(references)"
            tell(first.row, message)
        }
        do throws(ManifestError) {
            tellOf(try search.others(behind: cursor, known: knownTitles))
        } catch {
            // Nothing that was read comes from there.
            guard !cursor.isOneText else { throw error }
            tell(headerLine, "another sheet of the workbook can't be read: \(error.message)")
        }
    }

    /// Tells of sheets that may be meant as well.
    private func tellOf(_ sheets: [Sheet]) {
        for sheet in sheets.prefix(8) {
            let kind = sheet.isHidden ? "the hidden sheet" : "the sheet"
            tell(
                headerLine,
                "\(kind) \(sheet.name.quoted) has a header that is known too, and is not read; name it with --sheet to read it"
            )
        }
        if sheets.count > 8 {
            tell(headerLine, "\(sheets.count - 8) more sheets have a header that is known too, and are not read")
        }
    }
}

/// The hidden rows of a sheet, counted.
private struct HiddenRows {
    private var count = 0
    private(set) var first = 0
    private var last = 0

    mutating func add(_ line: Int) {
        if count == 0 { first = line }
        count += 1
        last = line
    }

    var message: String? {
        switch count {
        case 0: nil
        case 1: "row \(first) is hidden; it is read all the same"
        default: "\(count) rows from row \(first) to row \(last) are hidden; they are read all the same"
        }
    }
}

extension ClosedRange<Int> {
    /// The letters of a range of columns: `C` or `C to E`.
    fileprivate var letters: String {
        let first = CellReference.letters(lowerBound)
        return lowerBound == upperBound ? first : "\(first) to \(CellReference.letters(upperBound))"
    }
}

extension String {
    /// The text on one line.
    fileprivate var quotedWithoutBreaks: String {
        String(prefix(60).map { $0.isNewline ? " " : $0 })
    }
}
