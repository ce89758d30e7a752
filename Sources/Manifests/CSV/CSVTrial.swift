/// The first records of a text, read with one delimiter and one quote to see how much sense they make.
struct CSVTrial {
    let delimiter: UInt8
    let quoting: CSVQuoting
    /// What is wrong with the records' quotes.
    private(set) var problems = 0
    /// How many records are as wide as most, times the delimiters in each.
    private(set) var score = 0
    /// The line where the header starts; nil for the first record.
    private(set) var headerLine: Int?
    /// How many titles of the header mean a column.
    private var knownTitles = 0
    private var alike = 0
    private var records = 0

    init(
        _ delimiter: UInt8,
        _ quoting: CSVQuoting,
        _ text: [UInt8],
        _ firstLine: Int,
        isEnd: Bool,
        _ options: ManifestOptions
    ) {
        self.delimiter = delimiter
        self.quoting = quoting
        var scanner = CSVScanner(delimiter: delimiter, quoting: quoting, line: firstLine, limits: CSVLimits())
        var widths: [Int: Int] = [:]
        for _ in 0..<CSVDialect.sampledRecords {
            guard scanner.scan(text.span, isEnd: isEnd) == .record else { break }
            records += 1
            problems += scanner.problems.count
            widths[scanner.cells.count + scanner.extraCells, default: 0] += 1
            let known = Self.knownTitles(scanner.cells, text, quoting, options)
            if known > knownTitles {
                knownTitles = known
                headerLine = scanner.recordLine
            }
        }
        for (width, count) in widths where count * (width - 1) > score {
            score = count * (width - 1)
            alike = count
        }
        // One word alone may stand anywhere; a header of one column is the first record.
        if knownTitles < 2 { headerLine = nil }
    }

    /// Whether the text makes more sense so than another way: first by titles that mean a column, then by shape.
    func isBetter(than other: CSVTrial) -> Bool {
        if max(knownTitles, other.knownTitles) >= 2, knownTitles != other.knownTitles {
            return knownTitles > other.knownTitles
        }
        return score > other.score
    }

    /// Why it was chosen over another whose score came next.
    func reason(second: Int) -> String {
        if knownTitles >= 2 { return "\(knownTitles) titles of the header mean a column with it (99 % sure)" }
        if score == 0 { return "none stands in most records (30 % sure)" }
        let confidence = 100 * alike / max(records, 1) * score / (score + second)
        return "\(alike) of the first \(records) records are equally wide with it (\(min(max(confidence, 30), 99)) % sure)"
    }

    private static func knownTitles(
        _ cells: [CSVScanner.Cell],
        _ text: [UInt8],
        _ quoting: CSVQuoting,
        _ options: ManifestOptions
    ) -> Int {
        var count = 0
        for cell in cells.prefix(256) where cell.end > cell.start && cell.end - cell.start <= 200 {
            if options.isKnownTitle(String(decoding: text[cell.start..<cell.end], as: UTF8.self)) { count += 1 }
        }
        return count
    }
}
