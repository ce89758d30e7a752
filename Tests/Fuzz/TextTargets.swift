@testable import Manifests

/// The titles that mean a column.
private let titles: Set<String> = ["companyName", "domain", "email", "Firma"]

/// Options that know a few titles.
let knowingOptions = ManifestOptions { titles.contains($0) }

/// Converters that stay open, so that the system does not load their tables anew for each input.
nonisolated(unsafe) private let converters =
    (["CP932", "GB18030", "BIG5", "UHC", "EUC-JP-MS", "EUC-TW", "KOI8-R", "KOI8-U", "TIS-620", "macintosh"]
    + [
        "IBM866", "IBM855", "IBM850", "IBM852", "IBM437", "MAC-CYRILLIC", "UTF-16LE", "UTF-16BE", "UTF-32LE",
        "UTF-32BE",
    ]
    + (1250...1258).map { "CP\($0)" } + (1...16).map { "ISO-8859-\($0)" }).compactMap(Converter.init)

/// Reads bytes as CSV, mostly as what they seem to be.
func feedCSV(_ bytes: [UInt8]) {
    precondition(!converters.isEmpty, "the system converts texts")
    guard UnreadableFormat(bytes) == nil else { return }
    var options = knowingOptions
    // The length chooses, so that an input alone says all.
    switch bytes.count % 32 {
    case 0: options.headerRow = 3
    case 1: options.delimiter = ";"
    case 2: options.quote = "'"
    case 3: options.encoding = "UTF-16"
    case 4: options.encoding = "Shift_JIS"
    case 5: options.encoding = "GB18030"
    default: break
    }
    func read() -> Reading {
        Reading(.rise) { () throws(ManifestError) in
            try CSVReader(path: "fuzz.csv", head: Head(bytes), source: MemorySource(), options: options)
        }
    }
    let reading = read()
    if bytes.count % 8 == 7 { precondition(read() == reading, "the same bytes give the same records") }
    if reading.error == nil { writeBack(reading) }
    parseInPieces(bytes)
}

/// Writes what was read, which must read back as the same cells.
private func writeBack(_ reading: Reading) {
    let rows = [reading.header] + reading.records.map { Array($0.cells) }
    var bytes: [UInt8] = []
    for row in rows { CSVWriter.append(row, guarded: false, to: &bytes) }
    var parser = CSVParser(delimiter: UInt8(ascii: ","))
    parser.append(bytes[...])
    parser.finish()
    for row in rows {
        guard let read = parser.next() else { preconditionFailure("as many records as were written") }
        precondition(Array(read.cells) == row, "the cells that were written")
        precondition(read.problems.allSatisfy { $0.kind == .nul }, "what is written has no fault")
    }
    precondition(parser.next() == nil, "no more records than were written")
}

/// Parses bytes whole and in pieces, with limits that small inputs reach; both must give the same.
private func parseInPieces(_ bytes: [UInt8]) {
    func rows(_ length: Int) -> [CSVParser.Row] {
        let limits = CSVLimits(cell: 24, record: 96, columns: 8)
        var parser = CSVParser(delimiter: UInt8(ascii: ","), limits: limits)
        var rows: [CSVParser.Row] = []
        var rest = bytes[...]
        while true {
            if let row = parser.next() {
                rows.append(row)
                parser.columns = parser.columns ?? row.cells.count
            } else if !rest.isEmpty {
                parser.append(rest.prefix(length))
                rest = rest.dropFirst(length)
                if rest.isEmpty { parser.finish() }
            } else {
                return rows
            }
        }
    }
    let whole = rows(max(bytes.count, 1))
    precondition(rows(1 + bytes.count % 13) == whole, "pieces give the same records")
}

/// Reads bytes as a manifest in XML: whole, and some in pieces too.
func feedXML(_ bytes: [UInt8]) {
    let path = "fuzz.xml"
    var root: XMLRoot?
    let opened = Reading(.neverFall) { () throws(ManifestError) in
        let text = try XMLText(path: path, head: Head(bytes), source: MemorySource(), encoding: nil)
        root = try text.flatMap { text throws(ManifestError) in try XMLRoot(text, path: path) }
        guard let text, let root, root.name == "customers" else {
            throw ManifestError(.malformed, path: path, message: "not a manifest")
        }
        return try XMLManifestReader(path: path, isQualified: !root.namespace.isEmpty, text: text)
    }
    let head = Array(bytes.prefix(64))
    guard let root, root.name == "customers", bytes.count % 4 == 0, XMLRoot.begins(head) else { return }
    let pieces = Reading(.neverFall) { () throws(ManifestError) in
        let rest = MemorySource(Array(bytes.dropFirst(head.count)), most: 1 + bytes.count % 64)
        let text = try XMLText(path: path, head: Head(head, isWhole: false), source: rest, encoding: nil)
        guard let text else { preconditionFailure("a text that begins as XML is opened as such") }
        return try XMLManifestReader(path: path, isQualified: !root.namespace.isEmpty, text: text)
    }
    precondition((pieces.error == nil) == (opened.error == nil), "pieces are well-formed where the whole is")
    guard opened.error == nil else { return }
    // A fault in a text may be told of on another line of it.
    precondition(pieces.records.map(\.cells) == opened.records.map(\.cells), "pieces give the same records")
    precondition(pieces.records.map(\.faults.count) == opened.records.map(\.faults.count), "and the same faults")
}
