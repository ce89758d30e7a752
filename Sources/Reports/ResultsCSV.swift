internal import Checkpoint
internal import Manifests
internal import Platform

/// `.results.csv`: one line per row, RFC 4180, with formulas guarded.
final class ResultsCSV: RowReport {
    /// The columns of a result, which every format shares (contract, section 8).
    static let columns = [
        "row", "line", "status", "customerId", "domain", "companyName", "idempotencyKey", "httpStatus", "attempts",
        "code",
        "field", "message",
    ]

    let path: String
    private var file: ReplacementFile?
    private var line: [UInt8] = []

    init(_ path: String) throws(SystemError) {
        self.path = path
        file = try ReplacementFile(path)
        CSVWriter.append(Self.columns, guarded: false, to: &line)
        try file?.write(line)
    }

    func add(_ row: RowResult) throws(SystemError) {
        line.removeAll(keepingCapacity: true)
        CSVWriter.append(Self.cells(of: row), guarded: true, to: &line)
        try file?.write(line)
    }

    func finish() throws(SystemError) -> Bool {
        try file.take()?.commit()
        return true
    }

    private static func cells(of row: RowResult) -> [String] {
        [
            String(row.row), String(row.line), row.status.rawValue, row.customerId ?? "", row.domain, row.companyName,
            row.idempotencyKey ?? "", row.httpStatus.map { String($0) } ?? "", String(row.attempts),
            row.problem?.code ?? "", row.problem?.field ?? "", row.problem?.message ?? "",
        ]
    }
}
