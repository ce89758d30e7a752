/// Turns the bytes of a CSV text, fed in chunks of any size, into records.
///
/// It holds the bytes of the record under way and one chunk, never more than `CSVLimits.record` and a chunk.
struct CSVParser {
    /// A record with its cells as text.
    struct Row: Hashable {
        var cells: [String]
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
        var row = Row(cells: [], line: scanner.recordLine, problems: scanner.problems)
        row.cells.reserveCapacity(columns ?? scanner.cells.count)
        // What stands beyond the header is kept, so that nothing is lost where the row is written out to be corrected.
        let width = scanner.extraCellsHoldText ? scanner.cells.count : min(scanner.cells.count, columns ?? .max)
        for column in 0..<width {
            row.cells.append(plainText(column) ?? text(column, problems: &row.problems))
        }
        if let columns {
            while row.cells.count < columns { row.cells.append("") }
            // Cells too many are what a misplaced quote brings about; its own problem says more.
            if scanner.extraCellsHoldText, scanner.problems.isEmpty {
                row.problems.append(CSVProblem(.tooManyCells, line: row.line))
            }
        } else if scanner.extraCells > 0 {
            row.problems.append(CSVProblem(.tooManyCells, line: row.line))
        }
        return row
    }

    /// The text of a cell that is nothing but ASCII as it stands there, as nearly every one is; nil of any other.
    private func plainText(_ column: Int) -> String? {
        let cell = scanner.cells[column]
        let count = cell.end - cell.start
        guard count > 0 else { return "" }
        // ASCII reads alike in all encodings that come here.
        guard count <= limits.cell, cell.escapes == 0, !cell.hasNUL else { return nil }
        return window.span.extracting(cell.start..<cell.end).textOfASCII
    }

    private mutating func text(_ column: Int, problems: inout [CSVProblem]) -> String {
        let cell = scanner.cells[column]
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
            return decode(scratch.span, column: column, problems: &problems)
        }
        return decode(window.span.extracting(cell.start..<end), column: column, problems: &problems)
    }

    private func decode(_ bytes: Span<UInt8>, column: Int, problems: inout [CSVProblem]) -> String {
        // One that was put together, or cut.
        if bytes.isASCII { return decoder.ascii(bytes) }
        let (text, outcome) = decoder.decode(bytes)
        switch outcome {
        case .clean: break
        case .foreign(let encoding):
            let main = decoder.name
            let problem = CSVProblem(
                .foreignEncoding,
                column: column,
                line: scanner.recordLine,
                encodings: [encoding, main]
            )
            problems.append(problem)
        case .damaged:
            let problem = CSVProblem(.encoding, column: column, line: scanner.recordLine, encodings: [decoder.name])
            problems.append(problem)
        }
        return text
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
