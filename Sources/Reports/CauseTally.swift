internal import Checkpoint

/// Counts what the rows that somebody must look at have in common.
struct CauseTally {
    /// How many causes are told apart; beyond, those of a code count as one.
    private static let mostCauses = 1000

    /// What such rows have in common.
    struct Cause: Hashable {
        var status: RowStatus
        var code: String
        var field: String
    }

    /// A cause with its rows.
    struct Entry {
        var cause: Cause
        var rows = 0
        /// What is wrong with the first row, as an example.
        var message: String
        /// The first row's number, which orders causes of as many rows.
        var first: Int
        /// Where the first row starts in the manifest.
        var line: Int
    }

    private var entries: [Cause: Entry] = [:]

    /// Counts a row where somebody must look at it.
    mutating func add(_ row: RowResult) {
        guard row.status.isToLookAt else { return }
        var cause = Cause(status: row.status, code: row.problem?.code ?? "", field: row.problem?.field ?? "")
        if entries[cause] == nil, entries.count >= Self.mostCauses { cause.field = "" }
        // Of a row with several faults, the cause is the first: its code and its column are of that one.
        let message = row.problem?.parts.first?.message ?? row.problem?.message ?? ""
        entries[cause, default: Entry(cause: cause, message: message, first: row.row, line: row.line)].rows += 1
    }

    /// The causes, those of most rows first.
    var ordered: [Entry] { entries.values.sorted { ($1.rows, $0.first) < ($0.rows, $1.first) } }
}
