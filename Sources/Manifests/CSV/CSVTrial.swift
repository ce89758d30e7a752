/// The first records of a text, read with one delimiter and one quote to see how much sense they make.
struct CSVTrial {
    let delimiter: UInt8
    let quoting: CSVQuoting
    /// What is wrong with the records' quotes.
    private(set) var problems = 0
    /// How much the records look like a table's.
    let score: Int
    /// The line where the header starts; nil for the first record.
    let headerLine: Int?
    /// How many titles of the header mean a column.
    private let knownTitles: Int
    private let alike: Int
    /// How many records were read.
    let records: Int
    /// How many cells are `\N`.
    let nulls: Int

    init(
        _ delimiter: UInt8,
        _ quoting: CSVQuoting,
        _ text: [UInt8],
        _ firstLine: Int,
        isEnd: Bool,
        _ options: ManifestOptions,
        most: Int = CSVDialect.sampledRecords
    ) {
        self.delimiter = delimiter
        self.quoting = quoting
        var scanner = CSVScanner(delimiter: delimiter, quoting: quoting, line: firstLine, limits: CSVLimits())
        var search = HeaderSearch()
        while search.records < most, scanner.scan(text.span, isEnd: isEnd) == .record {
            let isSampled = search.records < CSVDialect.sampledRecords
            problems += scanner.problems.count
            search.add(
                line: scanner.recordLine,
                width: scanner.cells.count + scanner.extraCells,
                knownTitles: isSampled ? Self.knownTitles(scanner.cells, text, options) : 0
            )
        }
        nulls = scanner.nulls
        let shape = search.shape
        (score, alike, records) = (shape.score, shape.count, search.records)
        (headerLine, knownTitles) = (search.line, search.knownTitles)
    }

    /// How many records are not as wide as most.
    var misfits: Int { records - alike }

    /// Whether the text makes more sense so than another way: first by titles that mean a column, then by shape.
    func isBetter(than other: CSVTrial) -> Bool {
        if max(knownTitles, other.knownTitles) >= 2, knownTitles != other.knownTitles {
            return knownTitles > other.knownTitles
        }
        return score > other.score
    }

    /// Why it was chosen over another whose score came next.
    func reason(second: Int) -> String {
        if knownTitles >= 2 { return "\(knownTitles) titles of the header mean a column with it; 99 % sure" }
        if score == 0 { return "none stands in most records; 30 % sure" }
        // As for encodings, few records can't make sure of anything.
        let most = min(100 * (records + 1) / (records + 2), 99)
        let confidence = min(max(100 * alike / max(records, 1) * score / (score + second), 30), most)
        if records == 1 { return "the only record has several cells with it; \(confidence) % sure" }
        let extent = records < CSVDialect.sampledRecords ? "its" : "the first"
        return "\(alike) of \(extent) \(records) records are equally wide with it; \(confidence) % sure"
    }

    private static func knownTitles(
        _ cells: [CSVScanner.Cell],
        _ text: [UInt8],
        _ options: ManifestOptions
    ) -> Int {
        var count = 0
        for cell in cells.prefix(256) where cell.end > cell.start && cell.end - cell.start <= 200 {
            if options.isKnownTitle(String(decoding: text[cell.start..<cell.end], as: UTF8.self)) { count += 1 }
        }
        return count
    }
}
