internal import Checkpoint
internal import Manifests
internal import Platform

/// `.corrections.csv`: the rows that need a person, as the manifest has them, each with what is wrong.
///
/// Those are the rows that no later run would settle by itself: `invalid`, `duplicate`, `conflict` and `rejected`. The
/// next run goes on with a `failed`, `unknown` or `pending` row of the manifest; a copy of it in a second file would
/// only invite an import of both. For the same reason a `duplicate` waits until no row before it is open: it may be that
/// row's, and imported by itself it would be sent in its place.
final class CorrectionsCSV: RowReport {
    let path: String
    /// The manifest's columns that are written, by position: all but those that corrections add.
    private let columns: [Int]
    private let header: [String]
    /// Made when there is a row for it.
    private var file: ReplacementFile?
    private var line: [UInt8] = []
    /// Whether the next run goes on with a row that came before.
    private var hasOpenRow = false

    /// Makes the report; nothing is written before the first row that needs a person.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - header: the manifest's column names as read; a corrections file's own two columns are replaced.
    init(_ path: String, header: [String]) {
        self.path = path
        columns = header.indices.filter { !CorrectionsColumn.isOne(header[$0]) }
        self.header = header
    }

    func add(_ row: RowResult) throws(SystemError) {
        if row.status.isOpen { hasOpenRow = true }
        guard row.status.needsPerson, row.status != .duplicate || !hasOpenRow else { return }
        if file == nil {
            file = try ReplacementFile(path)
            try write(columns.map { header[$0] } + CorrectionsColumn.allCases.map(\.rawValue))
        }
        let cells = columns.map { row.cells.indices.contains($0) ? row.cells[$0] : "" }
        // Cells that no column has stay beyond the header, so that the row is at fault until a person moves them.
        let surplus = row.cells.dropFirst(header.count)
        var text = Self.text(of: row.problem)
        if let advice = row.status.advice { text += text.isEmpty ? advice : " (\(advice))" }
        if row.status == .invalid, let problem = row.problem, MisreadMark.isNeeded(for: problem.code) {
            let column = columns.firstIndex { header[$0] == problem.field }
            text += MisreadMark.suffix(column: column, cells: cells + surplus)
        }
        try write(cells + [row.status.rawValue, text] + surplus)
    }

    func finish() throws(SystemError) -> Bool {
        guard let file = file.take() else {
            try Folder.remove(path)
            return false
        }
        try file.commit()
        return true
    }

    private func write(_ cells: [String]) throws(SystemError) {
        line.removeAll(keepingCapacity: true)
        CSVWriter.append(cells, guarded: true, to: &line)
        try file?.write(line)
    }

    private static func text(of problem: Problem?) -> String {
        guard let problem else { return "" }
        return problem.field.isEmpty ? problem.message : "\(problem.field): \(problem.message)"
    }
}

/// The columns that corrections add to a manifest's own.
enum CorrectionsColumn: String, CaseIterable {
    case status = "purser:status"
    case problem = "purser:problem"

    /// Whether a column is one of them, by the leniency with which every header is read.
    ///
    /// - Parameter name: the column's name as read.
    /// - Returns: true for either.
    static func isOne(_ name: String) -> Bool {
        let folded = name.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }
        return allCases.contains { $0.rawValue == folded }
    }
}

extension RowStatus {
    /// Whether a person must correct the row before it can be settled.
    var needsPerson: Bool {
        switch self {
        case .invalid, .duplicate, .conflict, .rejected: true
        case .created, .unchanged, .failed, .unknown, .pending, .ready: false
        }
    }
}
