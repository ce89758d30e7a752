internal import Manifests
internal import Onboarding
internal import PartnerCenter
internal import Platform

/// `purser read`: shows a manifest as it is read, before any mapping.
struct ReadCommand: Command {
    static let specification = CommandSpecification(
        name: "read",
        summary: "Show a manifest as Purser reads it, before any mapping.",
        operands: "MANIFEST",
        operandCount: 1...1,
        discussion: """
            The output has one array of strings per record, the header first. What is wrong with a record as text goes
            to standard error, as FILE:LINE: error or warning: what is wrong (rule).
            """,
        options: [
            Option("as", "jsonl|csv", "JSON Lines, or UTF-8 CSV as RFC 4180 has it", standard: "jsonl"),
            Option("limit", "N", "show at most so many records below the header"),
            Option("explain", nil, "say how the file was read, and why; show no records unless --limit is given"),
        ] + CommonOptions.reading
    )

    private enum Format: String, CaseIterable {
        case jsonl, csv
    }

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let format = try arguments.choice("as", Format.self) ?? .jsonl
        let explains = arguments.flag("explain")
        let limit = try arguments.integer("limit", in: 0...Int.max) ?? (explains ? 0 : .max)
        let settings = try CommonOptions.onboardingSettings(arguments)
        let output = RecordOutput(console, writesCSV: format == .csv)
        return try await ManifestListing(path: arguments.operands[0], settings: settings)
            .run(limit: limit, explains: explains, output)
    }
}

/// Reads a manifest for `purser read`, on a thread of its own.
private actor ManifestListing {
    private let executor = QueueExecutor("purser.read")
    private let path: String
    private let settings: OnboardingSettings

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(path: String, settings: OnboardingSettings) {
        self.path = path
        self.settings = settings
    }

    func run(limit: Int, explains: Bool, _ output: RecordOutput) throws -> ExitCode {
        var output = output
        let reader = try Manifest.open(path, settings.manifestOptions)
        if explains { output.explain(reader.traits) }
        let told = reader.notices.count
        output.report(reader.notices, of: path)
        var hasErrors = false
        if !explains || limit > 0 { try output.write(reader.header) }
        var count = 0
        while count < limit, !output.isClosed, let record = try reader.next() {
            count += 1
            try output.write(record.cells)
            output.report(record, of: path)
            if record.faults.contains(where: { $0.severity == .error }) { hasErrors = true }
        }
        output.finish()
        // What only the end of the file tells.
        output.report(Array(reader.notices.dropFirst(told)), of: path)
        return hasErrors ? .needsAttention : .success
    }
}

/// Where `purser read` writes.
private struct RecordOutput: Sendable {
    private let console: Console
    private let writesCSV: Bool
    private var bytes: [UInt8] = []

    init(_ console: Console, writesCSV: Bool) {
        self.console = console
        self.writesCSV = writesCSV
    }

    /// Whether nobody reads any more.
    var isClosed: Bool { console.isOutputClosed }

    mutating func write(_ cells: [String]) throws {
        if writesCSV {
            CSVWriter.append(cells, guarded: false, to: &bytes)
        } else {
            bytes += try JSONWire.encode(cells)
            bytes.append(UInt8(ascii: "\n"))
        }
        if bytes.count >= 1 << 16 { finish() }
    }

    /// Writes out what is held back.
    mutating func finish() {
        guard !bytes.isEmpty else { return }
        console.write(String(decoding: bytes, as: UTF8.self))
        bytes.removeAll(keepingCapacity: true)
    }

    func explain(_ traits: [ManifestTrait]) {
        for trait in traits { console.print("\(trait.name): \(trait.value) (\(trait.reason))") }
    }

    func report(_ notices: [ManifestNotice], of path: String) {
        for notice in notices { console.report("\(path):\(notice.line): \(notice.message)") }
    }

    func report(_ record: Record, of path: String) {
        for fault in record.faults {
            let severity = fault.severity == .error ? "error" : "warning"
            console.report("\(path):\(record.line): \(severity): \(fault.message) (\(fault.rule))")
        }
    }
}
