/// Reads a manifest record by record, pulled by the caller, in memory that does not grow with the file.
///
/// Every call blocks on the file: use it on a thread of your own, never on the cooperative pool.
package protocol ManifestReader: AnyObject {
    /// The column names as the manifest has them, without outer white space; a corrections file's lose their guards.
    var header: [String] { get }

    /// The physical line where the header stands, from 1; for a workbook the sheet's row number.
    var headerLine: Int { get }

    /// What the reader found out about the file, for a person who asks why it was read so.
    var traits: [ManifestTrait] { get }

    /// What the reader found worth telling of the file as a whole, such as a preamble it passed over.
    var notices: [ManifestNotice] { get }

    /// How many rows were passed over so far since they hold nothing but spaces; the empty lines of a text don't count.
    var blankRows: Int { get }

    /// Reads the next record.
    ///
    /// - Returns: the record, or nil after the last one. A record that is at fault carries its faults and does not end
    ///   the file.
    /// - Throws: `ManifestError` where the file can't be read any further as what it is.
    func next() throws(ManifestError) -> Record?
}

extension ManifestReader {
    package var blankRows: Int { 0 }
}

/// One record of a manifest, below the header.
package struct Record: Hashable, Sendable {
    /// The cells in the header's order, as many as the header has columns; a missing cell is empty.
    ///
    /// A record at fault for having more has them all.
    package var cells: RecordCells
    /// The record's number, from 1, the header not counted.
    package var row: Int
    /// The physical line where the record starts, from 1; for a workbook the sheet's row number.
    package var line: Int
    /// What keeps this record from being read as it was meant; empty where nothing does.
    package var faults: [RecordFault]

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - cells: the cells in the header's order.
    ///   - row: the record's number, from 1.
    ///   - line: the physical line where it starts, from 1.
    ///   - faults: what is wrong with it as text.
    package init(cells: some Sequence<String>, row: Int, line: Int, faults: [RecordFault] = []) {
        self.init(cells: RecordCells(cells), row: row, line: line, faults: faults)
    }

    /// Makes a record.
    ///
    /// - Parameters:
    ///   - cells: the cells in the header's order.
    ///   - row: the record's number, from 1.
    ///   - line: the physical line where it starts, from 1.
    ///   - faults: what is wrong with it as text.
    package init(cells: RecordCells, row: Int, line: Int, faults: [RecordFault] = []) {
        self.cells = cells
        self.row = row
        self.line = line
        self.faults = faults
    }
}

/// What is wrong with a record as text: a cell that can't be decoded, a quote never closed, cells too many.
package struct RecordFault: Hashable, Sendable {
    /// The rule's stable name: `csv.unclosedQuote`.
    package let rule: String
    /// The column's position, from 0, where the fault lies in one cell.
    package let column: Int?
    /// Whether the record can't be used as it was read.
    package let severity: Severity
    /// Which cells are not what was meant.
    package let spoils: Reach
    /// What is wrong and what to do, one sentence.
    package let message: String

    /// How bad a fault is.
    package enum Severity: Hashable, Sendable {
        /// The record was not read as it was meant.
        case error
        /// The record was most likely read as it was meant, but that took a guess.
        case warning
    }

    /// How far a fault reaches.
    package enum Reach: Hashable, Sendable {
        /// No cell is known to be another than was meant.
        case nothing
        /// The fault's own cell is.
        case cell
        /// That and all behind it are.
        case rest
        /// The whole record is.
        case record
    }

    /// Makes a fault.
    ///
    /// - Parameters:
    ///   - rule: the rule's stable name.
    ///   - column: the column's position, from 0.
    ///   - severity: how bad it is.
    ///   - reach: which cells an error spoils; nil for its own, where it has one.
    ///   - message: what is wrong and what to do.
    package init(
        rule: String,
        column: Int? = nil,
        severity: Severity = .error,
        spoils reach: Reach? = nil,
        message: String
    ) {
        self.rule = rule
        self.column = column
        self.severity = severity
        spoils = severity == .warning ? .nothing : reach ?? (column == nil ? .nothing : .cell)
        self.message = message
    }

    /// Whether a cell is not what was meant, so that whatever is wrong with it is this fault.
    ///
    /// - Parameter position: the cell's position, from 0.
    /// - Returns: whether it is.
    package func spoils(_ position: Int) -> Bool {
        switch spoils {
        case .nothing: false
        case .cell: position == column
        case .rest: column.map { position >= $0 } ?? false
        case .record: true
        }
    }
}

/// Something worth telling of a file as a whole that does not stop it.
package struct ManifestNotice: Hashable, Sendable {
    /// The physical line it is about, from 1.
    package let line: Int
    /// What was seen and what was done about it, one sentence.
    package let message: String

    /// Makes a notice.
    ///
    /// - Parameters:
    ///   - line: the physical line, from 1.
    ///   - message: one sentence.
    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}

/// Why a manifest can't be read (any further).
package struct ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which kind of trouble it is, as the exit code tells it.
    package enum Kind: Hashable, Sendable {
        /// The file does not exist or can't be opened or read: exit 66.
        case unavailable
        /// The file can't be read as what it is: exit 65.
        case malformed
        /// An option says something that a file of its kind does not have: exit 64.
        case misused
    }

    package let kind: Kind
    /// The file's path, as it was given.
    package let path: String
    /// The line, from 1, where there is one.
    package let line: Int?
    /// The column, from 1, where there is one.
    package let column: Int?
    /// What is wrong and what to do, one sentence.
    package let message: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - kind: which kind of trouble it is.
    ///   - path: the file's path.
    ///   - line: the line, from 1.
    ///   - column: the column, from 1.
    ///   - message: what is wrong and what to do.
    package init(_ kind: Kind, path: String, line: Int? = nil, column: Int? = nil, message: String) {
        self.kind = kind
        self.path = path
        self.line = line
        self.column = column
        self.message = message
    }

    /// `customers.csv:3:14: what is wrong`, with as much of a position as there is.
    package var description: String {
        let position = [line, column].compactMap { $0 }.map { ":\($0)" }.joined()
        return "\(path)\(position): \(message)"
    }
}
