internal import Checkpoint
internal import Manifests
internal import Platform

/// `.results.csv`: one line per row, RFC 4180, with formulas guarded.
final class ResultsCSV: RowReport {
    let path: String
    private var file: ReplacementFile?
    private var line: [UInt8] = []

    init(_ path: String) throws(SystemError) {
        self.path = path
        file = try ReplacementFile(path)
        CSVWriter.append(ResultColumn.all.map(\.name), guarded: false, to: &line)
        try file?.write(line)
    }

    func add(_ row: RowResult) throws(SystemError) {
        line.removeAll(keepingCapacity: true)
        CSVWriter.append(ResultColumn.all.map { Self.cell($0.value(row)) }, guarded: true, to: &line)
        try file?.write(line)
    }

    func finish() throws(SystemError) -> Bool {
        try file.take()?.commit()
        return true
    }

    private static func cell(_ value: ResultColumn.Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): String(number)
        case .empty: ""
        }
    }
}
