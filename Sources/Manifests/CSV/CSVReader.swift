/// Reads a manifest in CSV.
final class CSVReader: TableReader {
    private(set) var header: [String] = []
    private(set) var headerLine = 1
    private(set) var traits: [ManifestTrait] = []
    var notices: [ManifestNotice] = []
    var row = 0
    var ahead: Record?

    var blankRows: Int { parser.blankRows - blankRowsAbove }

    /// The blank rows above the header, which nobody misses.
    private var blankRowsAbove = 0
    private let path: String
    private let source: any ByteSource
    private var parser: CSVParser
    private var chunk = [UInt8](repeating: 0, count: 1 << 17)
    /// Whether the manifest is a corrections file, whose formula guards come off.
    private var releasesGuards = false
    private var isFinished = false
    /// How many end-of-file marks of DOS stand at the end of what was read; what follows them makes them text.
    private var endMarks = 0
    /// The columns without a title in which no text was found yet; told of once.
    private var untitled: [Int] = []
    /// Where a corrections file says what is wrong.
    private var problemColumn: Int?

    /// Opens a CSV text and reads its header.
    ///
    /// - Throws: `ManifestError` where the text has no header that can be read, or an option can't be followed.
    init(
        path: String,
        head: Head,
        source: any ByteSource,
        options: ManifestOptions = ManifestOptions()
    ) throws(ManifestError) {
        self.path = path
        try Self.check(options, path: path)
        let text = try OpenedText(path: path, head: head, source: source, encoding: options.encoding)
        self.source = text.source
        do {
            let dialect = try CSVDialect(of: text.head.bytes, isWhole: text.head.isWhole, options: options)
            parser = CSVParser(
                delimiter: dialect.delimiter,
                quoting: dialect.quoting,
                decoder: text.decoder,
                line: dialect.firstLine
            )
            feed(text.head.bytes[dialect.prefixLength...])
            traits = [text.trait] + dialect.traits
            if let notice = text.notice { notices.append(notice) }
            try readHeader(at: options.headerRow ?? dialect.headerLine, options)
        } catch let error as CSVDialect.DelimiterTooLong {
            let message = "the delimiter \"\(error.delimiter)\" has several characters; save the file with one"
            throw ManifestError(.malformed, path: path, line: 1, message: message)
        } catch let error as ManifestError {
            throw error
        } catch {
            throw ManifestError(.malformed, path: path, message: "\(error)")
        }
    }

    func nextRecord() throws(ManifestError) -> Record? {
        guard var next = try nextRow() else { return nil }
        if releasesGuards {
            for (index, cell) in next.cells.enumerated() where FormulaGuard.isOn(cell) {
                next.cells[index] = FormulaGuard.release(cell)
            }
        }
        tellOfUntitled(next)
        var faults = next.problems.map { $0.fault(header: header) }
        if faults.isEmpty, let problemColumn, let mark = MisreadMark(in: next.cells[problemColumn]) {
            faults += mark.fault(of: next.cells, header: header).map { [$0] } ?? []
        }
        return Record(cells: next.cells, row: 0, line: next.line, faults: faults)
    }

    /// Tells, once, of text in a column that no title says anything of.
    private func tellOfUntitled(_ row: CSVParser.Row) {
        guard let column = untitled.first(where: { !row.cells.isBlank(at: $0) }) else { return }
        untitled = []
        tell(
            row.line,
            "there is text in column \(column + 1), but that column has no title on line \(headerLine): what stands "
                + "there is not read"
        )
    }

    /// Gives the parser the next bytes, but for end-of-file marks that may end the text.
    private func feed(_ bytes: ArraySlice<UInt8>) {
        guard let last = bytes.lastIndex(where: { $0 != 0x1A }) else {
            endMarks += bytes.count
            return
        }
        if endMarks > 0 { parser.append([UInt8](repeating: 0x1A, count: endMarks)[...]) }
        parser.append(bytes[...last])
        endMarks = bytes.endIndex - last - 1
    }

    private func nextRow() throws(ManifestError) -> CSVParser.Row? {
        while true {
            if let row = parser.next() { return row }
            if isFinished { return nil }
            let count = try source.read(into: &chunk)
            if count == 0 {
                parser.finish()
                isFinished = true
            } else {
                feed(chunk[..<count])
            }
        }
    }

    private static func check(_ options: ManifestOptions, path: String) throws(ManifestError) {
        if let delimiter = options.delimiter {
            guard let byte = delimiter.asciiValue, CSVDialect.isDelimiter(byte), byte != options.quote?.asciiValue
            else {
                let message = "'\(delimiter)' can't be a delimiter; use one such as , ; | or a tab"
                throw ManifestError(.malformed, path: path, message: message)
            }
        }
        if let quote = options.quote, quote != "\"", quote != "'" {
            throw ManifestError(.malformed, path: path, message: "'\(quote)' can't be a quote; use \" or '")
        }
    }
}

// MARK: - Header

extension CSVReader {
    /// Takes the first record at a line or below it as the header, and passes over what stands above and, where it
    /// says the header again, below.
    private func readHeader(at line: Int?, _ options: ManifestOptions) throws(ManifestError) {
        var lineAbove: Int?
        var found = try nextRow()
        while let row = found, let line, row.line < line {
            // Where the line that is asked for lies within a record, that record is it.
            lineAbove = lineAbove ?? row.line
            found = try nextRow()
        }
        guard let first = found else { throw noHeader(lineAbove == nil ? nil : line) }
        try check(first)
        headerLine = first.line
        blankRowsAbove = parser.blankRows
        header = first.cells.map(Self.trim)
        releasesGuards = header.contains { MisreadMark.columnName($0) != nil }
        if releasesGuards { header = header.map(FormulaGuard.release) }
        problemColumn = header.firstIndex { MisreadMark.columnName($0) == "purser:problem" }
        untitled = header.indices.filter { header[$0].isEmpty }
        parser.columns = header.count
        if let lineAbove { tellOfPreamble(from: lineAbove) }
        let reason = headerReason(isFound: line != nil, options)
        traits.append(ManifestTrait("header row", "line \(first.line)", reason: reason))
        try passSecondHeader(options)
    }

    private func headerReason(isFound: Bool, _ options: ManifestOptions) -> String {
        if options.headerRow != nil { return "it is said by --header-row" }
        let known = header.count(where: options.isKnownTitle)
        if known >= 2 { return "\(known) of its \(header.count) titles mean a column; 99 % sure" }
        return isFound
            ? "it is the first line that is as wide as most; 80 % sure" : "it is the first line that is not blank"
    }

    private func noHeader(_ line: Int?) -> ManifestError {
        let message =
            line.map { "there is no line \($0) to take as the header; the file ends before it" }
            ?? "the file is empty; expected a header line such as companyName,domain,email"
        return ManifestError(.malformed, path: path, message: message)
    }

    private func check(_ first: CSVParser.Row) throws(ManifestError) {
        for problem in first.problems {
            let message = problem.fault(header: []).message
            // A name that can't be decoded is its column's trouble; a header that can't be split is the file's.
            guard [.encoding, .foreignEncoding, .nul].contains(problem.kind) else {
                let message = problem.kind == .tooManyCells ? Self.tooManyColumns : "in the header, \(message)"
                throw ManifestError(.malformed, path: path, line: problem.line, message: message)
            }
            notices.append(ManifestNotice(line: problem.line, message: "in the header, \(message)"))
        }
    }

    private static let tooManyColumns =
        "the header has more than \(CSVLimits().columns) columns; check that this is a table"

    /// A header cell without the white space around it.
    private static func trim(_ cell: String) -> String {
        guard cell.first?.isWhitespace == true || cell.last?.isWhitespace == true else { return cell }
        let start = cell.drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }
}
