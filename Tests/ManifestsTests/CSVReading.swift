@testable import Manifests

/// Bytes in memory that are read a few at a time.
final class ByteArraySource: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let most: Int

    init(_ bytes: [UInt8], most: Int = .max) {
        rest = bytes[...]
        self.most = most
    }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        let next = rest.prefix(min(most, buffer.count))
        buffer.replaceSubrange(..<next.count, with: next)
        rest = rest.dropFirst(next.count)
        return next.count
    }
}

/// Opens a text as CSV.
func openCSV(_ bytes: [UInt8]) throws(ManifestError) -> CSVReader {
    let source = ByteArraySource(bytes)
    return try CSVReader(path: "customers.csv", head: Head(of: source), source: source)
}

/// Reads all records of a text as CSV.
func readCSV(_ text: String) throws(ManifestError) -> [Record] {
    try readCSV([UInt8](text.utf8))
}

/// Reads all records of a text as CSV.
func readCSV(_ bytes: [UInt8]) throws(ManifestError) -> [Record] {
    try openCSV(bytes).records()
}

extension ManifestReader {
    /// All records that are left.
    func records() throws(ManifestError) -> [Record] {
        var records: [Record] = []
        while let record = try next() { records.append(record) }
        return records
    }
}

extension Record {
    /// The cells as texts.
    var texts: [String] { Array(cells) }
}

extension CSVParser.Row {
    /// The cells as texts.
    var texts: [String] { Array(cells) }
}

/// Parses a text that is fed in chunks of a size; the first record gives the columns, as a header does.
func parse(
    _ bytes: [UInt8],
    chunk: Int,
    escape: CSVQuoting.Escape = .none,
    limits: CSVLimits = CSVLimits()
) -> [CSVParser.Row] {
    let quoting = CSVQuoting(escape: escape)
    var parser = CSVParser(delimiter: UInt8(ascii: ","), quoting: quoting, limits: limits)
    var rows: [CSVParser.Row] = []
    var rest = bytes[...]
    func take() {
        while let row = parser.next() {
            rows.append(row)
            parser.columns = parser.columns ?? row.cells.count
        }
    }
    while !rest.isEmpty {
        parser.append(rest.prefix(chunk))
        rest = rest.dropFirst(chunk)
        take()
    }
    parser.finish()
    take()
    return rows
}
