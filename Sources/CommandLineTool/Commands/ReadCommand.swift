internal import Manifests
internal import Onboarding
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
        if !explains || limit > 0 { output.write(reader.header) }
        var count = 0
        while count < limit, !output.isClosed, let record = try reader.next() {
            count += 1
            output.write(Array(record.cells))
            output.report(record, of: path)
            if record.faults.contains(where: { $0.severity == .error }) { hasErrors = true }
        }
        output.finish()
        // What only the end of the file tells.
        output.report(Array(reader.notices.dropFirst(told)), of: path)
        return hasErrors ? .needsAttention : .success
    }
}
