internal import Jobs
internal import Manifests
internal import Onboarding
internal import PartnerCenter
internal import Synchronization

/// Writes findings to standard output, gathered into large pieces.
final class FindingWriter: Sendable {
    /// How findings are written.
    enum Format: String, CaseIterable {
        case text, jsonl, csv
    }

    private struct State {
        var bytes: [UInt8] = []
        var count = 0
    }

    private let format: Format
    private let limit: Int
    private let console: Console
    private let state = Mutex(State())

    /// How many findings were not written, as they are past the limit.
    var withheld: Int { state.withLock { max(0, $0.count - limit) } }

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - format: how findings are written.
    ///   - limit: how many are written at most.
    ///   - console: where they are written.
    init(_ format: Format, limit: Int, console: Console) {
        self.format = format
        self.limit = limit
        self.console = console
        if format == .csv { state.withLock { CSVWriter.append(Self.columns, guarded: false, to: &$0.bytes) } }
    }

    /// Writes a finding, or only counts it past the limit.
    ///
    /// - Parameter placed: the finding.
    /// - Throws: `EncodingError` where it can't be written as JSON, which no text can bring about.
    func write(_ placed: ValidateJob.PlacedFinding) throws {
        try state.withLock { state in
            state.count += 1
            guard state.count <= limit else { return }
            switch format {
            case .text: state.bytes += Array((placed.text + "\n").utf8)
            case .jsonl: state.bytes += try JSONWire.encode(JSONFinding(placed)) + [UInt8(ascii: "\n")]
            case .csv: CSVWriter.append(placed.cells, guarded: true, to: &state.bytes)
            }
            if state.bytes.count >= Self.pieceSize { flush(&state) }
        }
    }

    /// Writes what is still held back.
    func flush() { state.withLock { flush(&$0) } }

    private func flush(_ state: inout State) {
        console.write(state.bytes)
        state.bytes.removeAll(keepingCapacity: true)
    }

    private static let pieceSize = 1 << 15

    /// The columns of the CSV, which are the members of the JSON.
    private static let columns = JSONFinding.CodingKeys.allCases.map(\.rawValue)
}

extension ValidateJob.PlacedFinding {
    /// The finding as a compiler would say it.
    fileprivate var text: String {
        let column = finding.column.isEmpty ? "" : " \(Text.visible(finding.column)):"
        return "\(path):\(line):\(column) \(finding.severity.rawValue): \(finding.sentence) (\(finding.rule))"
    }

    /// The finding as a record, in the order of the columns.
    fileprivate var cells: [String] {
        [
            path, String(row), String(line), finding.column, finding.value, finding.severity.rawValue, finding.rule,
            finding.message, finding.suggestion ?? "",
        ]
    }
}

/// A finding with the member names that people rely on.
private struct JSONFinding: Encodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case file, row, line, column, value, severity, rule, message, suggestion
    }

    private let placed: ValidateJob.PlacedFinding

    init(_ placed: ValidateJob.PlacedFinding) { self.placed = placed }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(placed.path, forKey: .file)
        try container.encode(placed.row, forKey: .row)
        try container.encode(placed.line, forKey: .line)
        try container.encode(placed.finding.column, forKey: .column)
        try container.encode(placed.finding.value, forKey: .value)
        try container.encode(placed.finding.severity.rawValue, forKey: .severity)
        try container.encode(placed.finding.rule, forKey: .rule)
        try container.encode(placed.finding.message, forKey: .message)
        // Null where there is none, so that every line has every member.
        try container.encode(placed.finding.suggestion, forKey: .suggestion)
    }
}
