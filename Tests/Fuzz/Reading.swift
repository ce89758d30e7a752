@testable import Manifests

/// All that a reader made of its bytes; equal bytes give equal readings.
struct Reading: Equatable {
    var header: [String] = []
    var records: [Record] = []
    var notices: [ManifestNotice] = []
    var traits: [ManifestTrait] = []
    var error: ManifestError?

    /// How the lines of a reader's records go.
    enum Lines {
        /// Each record begins on a line of its own, below the one before.
        case rise
        /// Several records may begin on one line.
        case neverFall
        /// A sheet's rows have the numbers that it gives them.
        case areSheetRows
    }

    /// The most records that are kept, where a sheet says one row again and again.
    private static let kept = 1 << 12

    /// Reads to the end, and makes sure of what every reader promises.
    init(_ lines: Lines, _ open: () throws(ManifestError) -> any ManifestReader) {
        do {
            let reader = try open()
            header = reader.header
            precondition(reader.headerLine >= 1, "the header stands on a line")
            var (row, line) = (0, lines == .rise ? reader.headerLine : 1)
            while let record = try reader.next() {
                precondition(record.row == row + 1, "rows go up by one")
                let surplus = record.cells.count - reader.header.count
                precondition(surplus >= 0, "a record is as wide as the header")
                precondition(surplus == 0 || !record.faults.isEmpty, "a record that is wider has a fault")
                precondition(record.faults.allSatisfy { ($0.column ?? 0) >= 0 && !$0.message.isEmpty })
                switch lines {
                case .rise: precondition(record.line > line, "lines go up")
                case .neverFall: precondition(record.line >= line, "lines do not go down")
                case .areSheetRows: precondition((1...WorkbookLimits().rows).contains(record.line))
                }
                (row, line) = (record.row, record.line)
                if records.count < Self.kept { records.append(record) }
            }
            let next = try reader.next()
            precondition(next == nil, "the end is the end")
            notices = reader.notices
            traits = reader.traits
            precondition(notices.allSatisfy { $0.line >= 1 && !$0.message.isEmpty })
        } catch {
            precondition(error.kind == .malformed, "only bytes are at fault")
            precondition(!error.message.isEmpty && (error.line ?? 1) >= 1 && (error.column ?? 1) >= 0)
            self.error = error
        }
    }
}
