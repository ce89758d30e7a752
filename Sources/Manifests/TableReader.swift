/// A reader of a table that people made: some of the rows below its header are no records but stand there for them.
protocol TableReader: ManifestReader {
    var notices: [ManifestNotice] { get set }
    /// How many records were given.
    var row: Int { get set }
    /// A record that was read to see what the one before it is.
    var ahead: Record? { get set }

    /// Reads the next row that holds text as a record; its number is not told yet.
    func nextRecord() throws(ManifestError) -> Record?
}

extension TableReader {
    func next() throws(ManifestError) -> Record? {
        var next = ahead.take()
        if next == nil { next = try nextRecord() }
        guard var record = next else { return nil }
        if TotalRow.matches(record.cells) {
            ahead = try nextRecord()
            if ahead == nil {
                let label = TotalRow.label(of: record.cells) ?? ""
                tell(
                    record.line,
                    "the last row begins with '\(label)' and is a total, not a customer; it was passed over"
                )
                return nil
            }
        }
        row += 1
        record.row = row
        return record
    }

    /// Passes over a row below the header that says it again in other words, or says what is to be filled in.
    func passSecondHeader(_ options: ManifestOptions) throws(ManifestError) {
        ahead = try nextRecord()
        guard let second = ahead, SecondHeader.matches(second.cells, options.isKnownTitle) else { return }
        ahead = nil
        tell(second.line, "the row below the header explains or repeats the titles; it was passed over")
    }

    /// Tells of what stands above the header.
    func tellOfPreamble(from line: Int) {
        tell(line, "what stands above the header on line \(headerLine) was passed over")
    }

    /// Keeps a notice.
    func tell(_ line: Int, _ message: String) {
        notices.append(ManifestNotice(line: line, message: message))
    }
}
