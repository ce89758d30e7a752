/// Turns the bytes of a CSV text, fed in chunks of any size, into records.
///
/// It holds the bytes of the record under way and one chunk, never more than `CSVLimits.record` and a chunk.
struct CSVParser {
    /// A record with its cells as text.
    struct Row: Hashable {
        var cells: RecordCells
        /// The physical line where it starts, from 1.
        var line: Int
        var problems: [CSVProblem]
    }

    /// How many columns the header has, once it is known: from then on a record has as many cells, short ones filled up.
    var columns: Int? {
        get { scanner.columns }
        set { scanner.columns = newValue }
    }

    /// How many lines with nothing but delimiters and blanks were passed over.
    var blankRows: Int { scanner.blankRows }

    private let limits: CSVLimits
    private let delimiter: UInt8
    private let quoting: CSVQuoting
    private let decoder: CellDecoder
    private var scanner: CSVScanner
    private var window: [UInt8] = []
    private var isEnd = false
    /// Where a cell is put together without what only escapes.
    private var scratch: [UInt8] = []

    /// Makes a parser for a text that starts at a physical line, below a byte-order mark and a `sep=` line.
    init(
        delimiter: UInt8,
        quoting: CSVQuoting = CSVQuoting(),
        decoder: CellDecoder = CellDecoder(.utf8, fallbacks: [.western]),
        line: Int = 1,
        limits: CSVLimits = CSVLimits()
    ) {
        self.limits = limits
        self.delimiter = delimiter
        self.quoting = quoting
        self.decoder = decoder
        scanner = CSVScanner(delimiter: delimiter, quoting: quoting, line: line, limits: limits)
    }

    /// Takes the next bytes of the text.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let consumed = scanner.consumed
        window.removeSubrange(..<consumed)
        scanner.shift(by: consumed)
        window.append(contentsOf: bytes)
    }

    /// Says that no more bytes follow.
    mutating func finish() { isEnd = true }

    /// The next record, or nil where more bytes are needed or, after `finish()`, nothing is left.
    mutating func next() -> Row? {
        guard Self.scan(&scanner, window, isEnd: isEnd) == .record else { return nil }
        return makeRow()
    }

    /// Lends the window to the scanner; a call of its own, as a span would keep the whole parser borrowed.
    private static func scan(_ scanner: inout CSVScanner, _ window: [UInt8], isEnd: Bool) -> CSVScanner.Step {
        scanner.scan(window.span, isEnd: isEnd)
    }

    private mutating func makeRow() -> Row {
        var problems = scanner.problems
        var row = Row(cells: makeCells(&problems), line: scanner.recordLine, problems: problems)
        if let columns {
            while row.cells.count < columns { row.cells.append(at: 0..<0) }
            // Cells too many are what a misplaced quote brings about; its own problem says more.
            if scanner.extraCellsHoldText, scanner.problems.isEmpty {
                row.problems.append(CSVProblem(.tooManyCells, line: row.line))
            }
        } else if scanner.extraCells > 0 {
            row.problems.append(CSVProblem(.tooManyCells, line: row.line))
        }
        return row
    }

    /// The record's cells.
    ///
    /// Nearly every record reads alike in all encodings that come here, or is UTF-8 altogether: it is copied and looked
    /// through as a whole, with its delimiters and quotes, as to do so cell by cell would take several times as long.
    private mutating func makeCells(_ problems: inout [CSVProblem]) -> RecordCells {
        let found = scanner.cells
        // What stands beyond the header is kept, so that nothing is lost where the row is written out to be corrected.
        let width = scanner.extraCellsHoldText ? found.count : min(found.count, columns ?? .max)
        let start = found[0].start
        let room = max(width, columns ?? 0)
        let copy = copy(start..<max(found[width - 1].end, start), cells: room)
        var cells = copy ?? RecordCells(reservingCells: room)
        for column in 0..<width {
            let cell = found[column]
            if copy != nil, cell.isPlain, cell.end - cell.start <= limits.cell {
                cells.append(at: (cell.start - start)..<(cell.end - start))
            } else {
                append(cell, at: column, to: &cells, &problems)
            }
        }
        return cells
    }

    /// A record's bytes with no cells yet; nil where some cell's are not its text.
    private func copy(_ range: Range<Int>, cells: Int) -> RecordCells? {
        let record = window.span.extracting(range)
        guard record.isASCII || decoder.takesAsItStands(record) else { return nil }
        return RecordCells(copying: record, reservingCells: cells)
    }

    /// Adds a cell that takes more than to be copied.
    private mutating func append(
        _ cell: CSVScanner.Cell,
        at column: Int,
        to cells: inout RecordCells,
        _ problems: inout [CSVProblem]
    ) {
        let line = scanner.recordLine
        if cell.hasNUL { problems.append(CSVProblem(.nul, column: column, line: line)) }
        var end = cell.end
        if end - cell.start - cell.escapes > limits.cell {
            problems.append(CSVProblem(.cellTooLong, column: column, line: line))
            end = cell.start + limits.cell
            // Not in the middle of a character.
            while end > cell.start, window[end] & 0xC0 == 0x80 { end -= 1 }
        }
        if cell.escapes > 0 {
            unescape(from: cell.start, to: end, isQuoted: cell.isQuoted)
            decode(scratch.span, column: column, to: &cells, &problems)
        } else {
            decode(window.span.extracting(cell.start..<end), column: column, to: &cells, &problems)
        }
    }

    private func decode(
        _ bytes: Span<UInt8>,
        column: Int,
        to cells: inout RecordCells,
        _ problems: inout [CSVProblem]
    ) {
        guard !bytes.isASCII else { return cells.append(bytes) }
        let (text, outcome) = decoder.decode(bytes)
        cells.append(text.utf8Span.span)
        let line = scanner.recordLine
        switch outcome {
        case .clean: break
        case .foreign(let encoding):
            let encodings = [encoding, decoder.name]
            problems.append(CSVProblem(.foreignEncoding, column: column, line: line, encodings: encodings))
        case .damaged:
            problems.append(CSVProblem(.encoding, column: column, line: line, encodings: [decoder.name]))
        }
    }

    private mutating func unescape(from start: Int, to end: Int, isQuoted: Bool) {
        scratch.removeAll(keepingCapacity: true)
        var index = start
        while index < end {
            let byte = window[index]
            if byte == .backslash, index + 1 < end,
                let meant = quoting.meaning(of: window[index + 1], delimiter: delimiter)
            {
                scratch.append(meant)
                index += 2
            } else {
                scratch.append(byte)
                index += isQuoted && byte == quoting.quote ? 2 : 1
            }
        }
    }
}
