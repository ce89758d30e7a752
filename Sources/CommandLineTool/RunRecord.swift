internal import Platform
internal import Reports

/// What monitoring is told of a command's run, where `--metrics-file` names a file for it.
struct RunRecord {
    static let option = CommandSpecification.Option(
        "metrics-file",
        "FILE",
        "the run in figures for node_exporter, also where it fails; named *\(ending), none in a dry run"
    )
    /// What the names end in that node_exporter's textfile collector reads.
    private static let ending = ".prom"

    private let command: String
    private let startedAt = Timestamp.now()
    private var file: MetricsFile?
    /// What the command counts.
    var tally: RunTally?

    /// Begins with a run.
    ///
    /// - Parameter command: the command's name.
    init(of command: String) {
        self.command = command
    }

    /// Sees to it, before anything is done, that the file can be written.
    ///
    /// - Parameter arguments: what may name the file.
    /// - Throws: `ReportError` where it can't, `UsageError` where nobody would read it.
    mutating func open(_ arguments: Arguments) async throws {
        let path = try Self.path(arguments)
        // A rehearsal is not the run that monitoring waits for; a job file may say that it is one.
        guard !arguments.flag("dry-run") else {
            file = nil
            return
        }
        guard file == nil, let path else { return }
        let file = MetricsFile(path)
        try await file.prepare()
        self.file = file
    }

    /// Where the file goes.
    ///
    /// - Parameter arguments: what may name it.
    /// - Returns: its path; nil where none is named.
    /// - Throws: `UsageError` where it has a name that the collector passes over without a word.
    static func path(_ arguments: Arguments) throws(UsageError) -> String? {
        guard let path = arguments.value(option.name) else { return nil }
        guard path.hasSuffix(ending) else {
            let rule = "takes a name that ends in \(ending), as node_exporter reads no other"
            throw UsageError("--\(option.name) \(rule), not '\(path)'")
        }
        return path
    }

    /// Writes the file, where one is open.
    ///
    /// - Parameter code: how the run ended.
    /// - Throws: `ReportError` where it can't be written.
    func close(_ code: ExitCode) async throws {
        try await file?.write(
            MeasuredRun(
                command: command,
                version: CommandLineTool.version,
                startedAt: startedAt,
                endedAt: Timestamp.now(),
                exitCode: code.rawValue,
                samples: tally?.samples ?? []
            )
        )
    }
}
