/// Reads a manifest in CSV.
final class CSVReader: ManifestReader {
    private(set) var header: [String] = []
    private(set) var headerLine = 1
    private(set) var traits: [ManifestTrait] = []
    private(set) var notices: [ManifestNotice] = []

    private let path: String
    private let source: any ByteSource
    private var parser: CSVParser
    private var chunk = [UInt8](repeating: 0, count: Head.length)
    private var row = 0
    /// Whether the manifest is a corrections file, whose formula guards come off.
    private var releasesGuards = false
    private var isFinished = false

    /// Opens a CSV text and reads its header.
    ///
    /// - Throws: `ManifestError` where the text has no header that can be read.
    init(path: String, head: Head, source: any ByteSource) throws(ManifestError) {
        self.path = path
        self.source = source
        do {
            let dialect = try CSVDialect(of: head.bytes, isWhole: head.isWhole)
            parser = CSVParser(delimiter: dialect.delimiter, line: dialect.firstLine)
            parser.append(head.bytes[dialect.prefixLength...])
            let delimiter = String(UnicodeScalar(dialect.delimiter)).debugDescription
            let reason = "the first records are widest and most alike with it"
            traits = [ManifestTrait("delimiter", delimiter, reason: reason)]
        } catch {
            let message = "the delimiter \"\(error.delimiter)\" has several characters; save the file with one"
            throw ManifestError(.malformed, path: path, line: 1, message: message)
        }
        try readHeader()
    }

    func next() throws(ManifestError) -> Record? {
        guard var next = try nextRow() else { return nil }
        row += 1
        if releasesGuards {
            for index in next.cells.indices { next.cells[index] = FormulaGuard.release(next.cells[index]) }
        }
        let faults = next.problems.map { $0.fault(header: header) }
        return Record(cells: next.cells, row: row, line: next.line, faults: faults)
    }

    /// Takes the first record that is not blank as the header.
    private func readHeader() throws(ManifestError) {
        guard let first = try nextRow() else {
            let message = "the file is empty; expected a header line such as companyName,domain,email"
            throw ManifestError(.malformed, path: path, message: message)
        }
        for problem in first.problems {
            let message = problem.fault(header: []).message
            // A name that can't be decoded is its column's trouble; a header that can't be split is the file's.
            guard problem.kind == .encoding || problem.kind == .nul else {
                let message = problem.kind == .tooManyCells ? Self.tooManyColumns : "in the header, \(message)"
                throw ManifestError(.malformed, path: path, line: problem.line, message: message)
            }
            notices.append(ManifestNotice(line: problem.line, message: "in the header, \(message)"))
        }
        headerLine = first.line
        header = first.cells.map(Self.trim)
        releasesGuards = header.contains(where: Self.isCorrectionsColumn)
        if releasesGuards { header = header.map(FormulaGuard.release) }
        parser.columns = header.count
    }

    /// Whether a column is one that only corrections have, with the leniency that every header is read with.
    private static func isCorrectionsColumn(_ name: String) -> Bool {
        let plain = name.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }
        return plain == "purser:status" || plain == "purser:problem"
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

    private func nextRow() throws(ManifestError) -> CSVParser.Row? {
        while true {
            if let row = parser.next() { return row }
            if isFinished { return nil }
            let count = try source.read(into: &chunk)
            if count == 0 {
                parser.finish()
                isFinished = true
            } else {
                parser.append(chunk[..<count])
            }
        }
    }
}
