/// Turns the bytes of a CSV text, in UTF-8 and fed in chunks of any size, into records.
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

    private let limits: CSVLimits
    private var scanner: CSVScanner
    private var window: [UInt8] = []
    private var isEnd = false
    /// Where a cell's doubled quotes are made single.
    private var scratch: [UInt8] = []

    /// Makes a parser for a text that starts at a physical line, below a byte-order mark and a `sep=` line.
    init(delimiter: UInt8, line: Int = 1, limits: CSVLimits = CSVLimits()) {
        self.limits = limits
        scanner = CSVScanner(delimiter: delimiter, line: line, limits: limits)
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
        for column in scanner.cells.indices {
            row.cells.append(text(column, problems: &row.problems))
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

    private mutating func text(_ column: Int, problems: inout [CSVProblem]) -> String {
        let cell = scanner.cells[column]
        let line = scanner.recordLine
        if cell.hasNUL { problems.append(CSVProblem(.nul, column: column, line: line)) }
        var end = cell.end
        if end - cell.start - cell.doubledQuotes > limits.cell {
            problems.append(CSVProblem(.cellTooLong, column: column, line: line))
            end = cell.start + limits.cell
            // Not in the middle of a character.
            while end > cell.start, window[end] & 0xC0 == 0x80 { end -= 1 }
        }
        if cell.doubledQuotes > 0 {
            singleQuotes(from: cell.start, to: end)
            return Self.decode(scratch.span) { problems.append(CSVProblem(.encoding, column: column, line: line)) }
        }
        return Self.decode(window.span.extracting(cell.start..<end)) {
            problems.append(CSVProblem(.encoding, column: column, line: line))
        }
    }

    /// The text of some bytes, with U+FFFD for what is not UTF-8.
    private static func decode(_ bytes: Span<UInt8>, onFault: () -> Void) -> String {
        do {
            return String(copying: try UTF8Span(validating: bytes))
        } catch {
            onFault()
            return unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }

    private mutating func singleQuotes(from start: Int, to end: Int) {
        scratch.removeAll(keepingCapacity: true)
        var index = start
        while index < end {
            scratch.append(window[index])
            index += window[index] == .quote ? 2 : 1
        }
    }
}
