internal import Manifests

/// Where `purser read` writes.
struct RecordOutput: Sendable {
    private let console: Console
    private let writesCSV: Bool
    private var bytes: [UInt8] = []

    init(_ console: Console, writesCSV: Bool) {
        self.console = console
        self.writesCSV = writesCSV
    }

    /// Whether nobody reads any more.
    var isClosed: Bool { console.isOutputClosed }

    mutating func write(_ cells: [String]) {
        if writesCSV {
            CSVWriter.append(cells, guarded: false, to: &bytes)
        } else {
            JSONLinesWriter.append(cells, to: &bytes)
        }
        if bytes.count >= 1 << 16 { finish() }
    }

    /// Writes out what is held back.
    mutating func finish() {
        guard !bytes.isEmpty else { return }
        console.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    func explain(_ traits: [ManifestTrait]) {
        for trait in traits { console.print("\(trait.name): \(trait.value) (\(trait.reason))") }
    }

    func report(_ notices: [ManifestNotice], of path: String) {
        for notice in notices { report("\(path):\(notice.line): \(notice.message)") }
    }

    func report(_ record: Record, of path: String) {
        for fault in record.faults {
            let severity = fault.severity == .error ? "error" : "warning"
            report("\(path):\(record.line): \(severity): \(fault.message) (\(fault.rule))")
        }
    }

    /// One line, whatever the path or a title has in it.
    private func report(_ text: String) {
        console.report(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}
