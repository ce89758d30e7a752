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
        // What stands beyond the header is kept, so that nothing is lost where the row is written out to be corrected.
        let width = scanner.extraCellsHoldText ? scanner.cells.count : min(scanner.cells.count, columns ?? .max)
        var problems = scanner.problems
        let cells = copiedCells(width) ?? madeCells(width, &problems)
        var row = Row(cells: cells, line: scanner.recordLine, problems: problems)
        let hasTooMany =
            if columns == nil { scanner.extraCells > 0 } else {
                // A misplaced quote may have brought them about; its own problem says more.
                scanner.extraCellsHoldText && scanner.problems.isEmpty
            }
        if hasTooMany { row.problems.append(CSVProblem(.tooManyCells, line: row.line)) }
        return row
    }

    /// The cells of a record that is text as it stands there; nil where some are not.
    ///
    /// Nearly every record reads alike in all encodings that come here, or is UTF-8 altogether: it is looked through and
    /// copied as a whole, with its delimiters and quotes, as to do so cell by cell would take several times as long.
    private func copiedCells(_ width: Int) -> RecordCells? {
        let found = scanner.cells
        let start = found[0].start
        let record = window.span.extracting(start..<max(found[width - 1].end, start))
        guard !scanner.holdsIntricateCells, record.count <= limits.cell,
            record.isASCII || decoder.takesAsItStands(record)
        else { return nil }
        return RecordCells(copying: record, count: max(width, columns ?? 0)) { position in
            position < width ? (found[position].start - start)..<(found[position].end - start) : 0..<0
        }
    }

    /// The cells of any record, one by one.
    private mutating func madeCells(_ width: Int, _ problems: inout [CSVProblem]) -> RecordCells {
        var cells = RecordCells(reservingCells: max(width, columns ?? 0))
        for column in 0..<width { append(scanner.cells[column], at: column, to: &cells, &problems) }
        while cells.count < columns ?? 0 { cells.append(Span()) }
        return cells
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
