/// Finds the records and cells of a CSV text: a byte state machine that makes no text and reads no file.
///
/// It is given a window of bytes that always starts at or before the record under way, so that it can go back to a
/// quote that was never closed. Where the window ends in the middle of a record it stops and later goes on from there;
/// the outcome does not depend on where windows end.
///
/// A quoted cell counts as never closed where the file or the record limit ends it; where it spans
/// lines and text follows the quote that would close it (that quote opens a cell further down); or where the lines it
/// spans look like records of this file. Its quote is then read as plain text, so that only its own row is at fault.
/// Between such a quote and the one that would have closed it no other cell can stay open, so that no byte is read
/// more than a few times.
struct CSVScanner {
    /// What came of a scan.
    enum Step {
        /// A record is complete: see `cells`, `extraCells`, `recordLine` and `problems`.
        case record
        /// The window ended within a record.
        case needsMore
        /// Nothing is left.
        case end
    }

    /// Where a cell's text stands in the window.
    struct Cell {
        var start: Int
        var end = 0
        /// How many of its bytes only escape the next: the first of a doubled quote, a backslash before a quote.
        var escapes = 0
        var hasNUL = false
        /// Whether its quotes stood around it, and doubled ones are in it.
        var isQuoted = false
        /// How many blanks stand between the delimiter and its quote.
        var indent = 0
    }

    private enum State {
        case recordStart, cellStart, unquoted, quoted, closingQuote, afterQuote, discarding
    }

    /// How many columns the header has, once it is known.
    var columns: Int?
    /// The cells of the record, also those beyond the columns, up to the limit.
    private(set) var cells: [Cell] = []
    /// How many cells follow those.
    private(set) var extraCells = 0
    /// Whether any cell beyond the columns holds more than blanks.
    private(set) var extraCellsHoldText = false
    /// Whether the bytes of any cell are more than its text: some of them only escape, or are a NUL.
    private(set) var holdsIntricateCells = false
    /// The physical line where the record starts.
    private(set) var recordLine = 1
    /// What is wrong with the record's quotes or its length.
    private(set) var problems: [CSVProblem] = []
    /// How many lines with nothing but delimiters and blanks were passed over; empty lines don't count.
    private(set) var blankRows = 0
    /// How many cells were `\N`, by which databases write that there is no value; they are empty.
    private(set) var nulls = 0

    private let delimiter: UInt8
    private let quoting: CSVQuoting
    private let limits: CSVLimits
    /// What else an unquoted cell stops at: a backslash where that escapes, or once more the delimiter.
    private let escape: UInt8
    private var state = State.recordStart
    private var position = 0
    private var recordStart = 0
    private var cell = Cell(start: 0)
    /// The line where the cell under way starts.
    private var line: Int
    /// The line breaks in the quoted cell under way.
    private var breaks = 0
    private var holdsText = false

    init(delimiter: UInt8, quoting: CSVQuoting = CSVQuoting(), line: Int, limits: CSVLimits) {
        self.delimiter = delimiter
        self.quoting = quoting
        self.limits = limits
        escape = quoting.escapesAnywhere ? .backslash : delimiter
        self.line = line
    }

    /// How many bytes at the window's start are no longer needed.
    var consumed: Int { state == .recordStart || state == .discarding ? position : recordStart }

    /// Follows the window when bytes are taken from its start.
    mutating func shift(by count: Int) {
        position -= count
        recordStart -= count
        cell.start -= count
        cell.end -= count
        for index in cells.indices {
            cells[index].start -= count
            cells[index].end -= count
        }
    }

    /// Goes on to the end of the record under way or, after that, of the next one that is not blank.
    mutating func scan(_ bytes: Span<UInt8>, isEnd: Bool) -> Step {
        while true {
            let step: Step? =
                switch state {
                case .recordStart: beginRecord()
                case .cellStart: beginCell(bytes, isEnd)
                case .unquoted: scanUnquoted(bytes, isEnd)
                case .quoted: scanQuoted(bytes, isEnd)
                case .closingQuote: scanClosingQuote(bytes, isEnd)
                case .afterQuote: scanAfterQuote(bytes, isEnd)
                case .discarding: discard(bytes, isEnd)
                }
            if let step { return step }
        }
    }
}

// MARK: - States

extension CSVScanner {
    private mutating func beginRecord() -> Step? {
        cells.removeAll(keepingCapacity: true)
        problems.removeAll()
        extraCells = 0
        extraCellsHoldText = false
        holdsText = false
        holdsIntricateCells = false
        recordStart = position
        recordLine = line
        state = .cellStart
        return nil
    }

    private mutating func beginCell(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Step? {
        cell = Cell(start: position)
        breaks = 0
        guard position < bytes.count else {
            if !isEnd { return .needsMore }
            if position == recordStart { return .end }
            state = .unquoted
            return nil
        }
        if bytes[position].isBlank, !skipIndent(bytes, isEnd) { return .needsMore }
        if bytes[position] == quoting.quote {
            position += 1
            cell.start = position
            state = .quoted
            return nil
        }
        state = .unquoted
        // Nearly every cell ends in the same window; it need not go round by the states.
        return scanUnquoted(bytes, isEnd)
    }

    /// Goes to the quote that a cell begins with behind blanks, as some programs put them behind each delimiter.
    ///
    /// - Returns: false where the window ends too early to tell whether there is one.
    private mutating func skipIndent(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Bool {
        let limit = recordStart + limits.record
        var index = position
        while index < min(bytes.count, limit), bytes[index].isBlank, bytes[index] != delimiter { index += 1 }
        if index == bytes.count, index < limit { return isEnd }
        guard index < limit, bytes[index] == quoting.quote else { return true }
        cell.indent = index - position
        position = index
        return true
    }

    private mutating func scanUnquoted(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Step? {
        let limit = recordStart + limits.record
        let stop = min(bytes.count, limit)
        while true {
            position = bytes.firstStop(delimiter, escape, from: position, to: stop)
            guard position < stop else {
                if position >= limit { return giveUpRecord(bytes) }
                return isEnd ? finishCell(bytes, isEnd, cellEnd: position) : .needsMore
            }
            let byte = bytes[position]
            if byte == .backslash, escape == .backslash {
                guard let length = escapedLength(bytes, isEnd, limit: limit) else { return .needsMore }
                position += 1 + length
            } else if byte == 0 {
                cell.hasNUL = true
                position += 1
            } else if byte == delimiter, beginsPlainCell(bytes, at: position + 1) {
                // Nearly every cell is followed by another of its kind: that takes no step through the states.
                closeCell(bytes, end: position)
                position += 1
                cell = Cell(start: position)
            } else {
                return finishCell(bytes, isEnd, cellEnd: position)
            }
        }
    }

    /// Whether a cell begins at a place that has neither blanks nor a quote there, so that it is surely unquoted.
    private func beginsPlainCell(_ bytes: Span<UInt8>, at place: Int) -> Bool {
        place < bytes.count && !bytes[place].isBlank && bytes[place] != quoting.quote
    }

    private mutating func scanQuoted(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Step? {
        while true {
            // A cell that is too long still ends at its quote: what it holds are no records.
            let limit = recordStart + limits.record
            let stop = min(bytes.count, limit)
            let second = quoting.escape == .none ? quoting.quote : .backslash
            position = bytes.firstStop(quoting.quote, second, from: position, to: stop)
            guard position < stop else {
                if position < limit, !isEnd { return .needsMore }
                return reopenAsText()
            }
            switch bytes[position] {
            case quoting.quote:
                cell.end = position
                position += 1
                state = .closingQuote
                return nil
            case .backslash:
                guard let length = escapedLength(bytes, isEnd, limit: limit) else { return .needsMore }
                position += length
            case .lineFeed: if bytes[position - 1] != .carriageReturn { breaks += 1 }
            case .carriageReturn: breaks += 1
            default: cell.hasNUL = true
            }
            position += 1
        }
    }

    /// Takes what the backslash at the position escapes.
    ///
    /// - Returns: how many bytes that is, 0 where the backslash is text; nil where the window ends too early to tell.
    private mutating func escapedLength(_ bytes: Span<UInt8>, _ isEnd: Bool, limit: Int) -> Int? {
        let next = position + 1
        guard next < limit else { return 0 }
        guard next < bytes.count else { return isEnd ? 0 : nil }
        guard let meant = quoting.meaning(of: bytes[next], delimiter: delimiter) else { return 0 }
        var length = 1
        if meant.isLineBreak, meant == bytes[next] {
            // Both halves of a CRLF are one line break.
            guard next + 1 < bytes.count || isEnd || next + 1 >= limit else { return nil }
            let hasPair = meant == .carriageReturn && next + 1 < min(bytes.count, limit)
            if hasPair, bytes[next + 1] == .lineFeed { length = 2 }
            breaks += 1
        }
        if meant == 0 { cell.hasNUL = true }
        cell.escapes += 1
        return length
    }

    private mutating func scanClosingQuote(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Step? {
        guard position < bytes.count || isEnd else { return .needsMore }
        if position < bytes.count, bytes[position] == quoting.quote {
            cell.escapes += 1
            position += 1
            state = .quoted
        } else {
            state = .afterQuote
        }
        return nil
    }

    private mutating func scanAfterQuote(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Step? {
        let limit = recordStart + limits.record
        while position < min(bytes.count, limit), bytes[position].isBlank, bytes[position] != delimiter {
            position += 1
        }
        if position >= limit { return giveUpRecord(bytes) }
        guard position < bytes.count || isEnd else { return .needsMore }
        let isClosed = position == bytes.count || bytes[position] == delimiter || bytes[position].isLineBreak
        if isClosed {
            if breaks > 0, spansRecords(bytes) { return reopenAsText() }
            return finishCell(bytes, isEnd, cellEnd: cell.end)
        }
        // Behind blanks a quote that closes nothing is text, as any quote within a cell.
        if breaks > 0 || cell.indent > 0 { return reopenAsText() }
        problems.append(CSVProblem(.textAfterQuote, column: column, line: line))
        cell = Cell(start: cell.start - 1, hasNUL: cell.hasNUL)
        state = .unquoted
        return nil
    }

    /// Passes over the rest of a record that was given up.
    private mutating func discard(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Step? {
        while position < bytes.count, !bytes[position].isLineBreak { position += 1 }
        guard let length = lineBreakLength(bytes, isEnd) else { return .needsMore }
        passLineBreak(length)
        return nil
    }
}

// MARK: - Steps

extension CSVScanner {
    private var column: Int { cells.count + extraCells }

    /// Ends the cell at the delimiter, line break or end of the file that the position is at.
    private mutating func finishCell(_ bytes: Span<UInt8>, _ isEnd: Bool, cellEnd: Int) -> Step? {
        if position < bytes.count, bytes[position] == delimiter {
            closeCell(bytes, end: cellEnd)
            position += 1
            state = .cellStart
            return nil
        }
        guard let length = lineBreakLength(bytes, isEnd) else { return .needsMore }
        closeCell(bytes, end: cellEnd)
        if !holdsText, position > recordStart { blankRows += 1 }
        passLineBreak(length)
        return holdsText ? .record : nil
    }

    private mutating func closeCell(_ bytes: Span<UInt8>, end: Int) {
        cell.end = end
        cell.isQuoted = state == .afterQuote
        if end - cell.start == 2, !cell.isQuoted, bytes[cell.start] == .backslash,
            bytes[cell.start + 1] == UInt8(ascii: "N")
        {
            nulls += 1
            cell.end = cell.start
        }
        // A quoted cell is there on purpose, even an empty one; only a line without any is blank.
        holdsText = holdsText || state == .afterQuote || !bytes.isBlank(from: cell.start, to: cell.end)
        if let columns, self.column >= columns, !bytes.isBlank(from: cell.start, to: cell.end) {
            extraCellsHoldText = true
        }
        if cell.escapes > 0 || cell.hasNUL { holdsIntricateCells = true }
        if cells.count < limits.columns {
            cells.append(cell)
        } else {
            extraCells += 1
        }
        line += breaks
        breaks = 0
    }

    /// The length of the line break at the position, 0 at the end of the file, nil where the window ends too early to
    /// tell a CR from a CRLF.
    private func lineBreakLength(_ bytes: Span<UInt8>, _ isEnd: Bool) -> Int? {
        guard position < bytes.count else { return isEnd ? 0 : nil }
        guard bytes[position] == .carriageReturn else { return 1 }
        guard position + 1 < bytes.count else { return isEnd ? 1 : nil }
        return bytes[position + 1] == .lineFeed ? 2 : 1
    }

    private mutating func passLineBreak(_ length: Int) {
        position += length
        line += length > 0 ? 1 : 0
        state = .recordStart
    }

    /// Goes back to the quote of a cell that is never closed, to read it as plain text.
    private mutating func reopenAsText() -> Step? {
        if cell.indent == 0 { problems.append(CSVProblem(.unclosedQuote, column: column, line: line)) }
        cell = Cell(start: cell.start - 1 - cell.indent)
        position = cell.start
        breaks = 0
        state = .unquoted
        return nil
    }

    /// Ends a record that is too long; the rest of its line is passed over.
    private mutating func giveUpRecord(_ bytes: Span<UInt8>) -> Step? {
        problems.append(CSVProblem(.recordTooLong, line: recordLine))
        closeCell(bytes, end: state == .afterQuote ? cell.end : position)
        state = .discarding
        return .record
    }

    /// Whether the lines of a quoted cell look like records, so that its quote was opened by mistake.
    ///
    /// They do where every whole line in it has the delimiters of a record, the line it opened on counting too where it
    /// would be whole as plain text, and these are too many to be the commas of an address.
    private func spansRecords(_ bytes: Span<UInt8>) -> Bool {
        guard let columns, columns >= 4 else { return false }
        var evidence = 0
        var delimiters = 0
        var isFirst = true
        for index in cell.start..<cell.end {
            if bytes[index] == delimiter { delimiters += 1 }
            guard bytes[index].isLineBreak else { continue }
            if isFirst {
                isFirst = false
                evidence += column + delimiters + 1 == columns ? delimiters : 0
            } else if delimiters + 1 == columns {
                evidence += delimiters
            } else if !bytes[index - 1].isLineBreak {
                return false
            }
            delimiters = 0
        }
        return evidence >= 8
    }
}
