internal import Platform
internal import Reports

/// What monitoring is told of a command's run, where `--metrics-file` names a file for it.
struct RunRecord {
    static let option = CommandSpecification.Option(
        "metrics-file",
        "FILE",
        "the run in figures (*.prom) for node_exporter, also where it fails; none in a dry run"
    )

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
    /// - Throws: `ReportError` where it can't.
    mutating func open(_ arguments: Arguments) async throws {
        // A rehearsal is not the run that monitoring waits for; a job file may say that it is one.
        guard !arguments.flag("dry-run") else {
            file = nil
            return
        }
        guard file == nil, let path = arguments.value(Self.option.name) else { return }
        let file = MetricsFile(path)
        try await file.prepare()
        self.file = file
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
