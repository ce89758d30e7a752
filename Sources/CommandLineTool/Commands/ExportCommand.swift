internal import Jobs

/// `purser export`: writes every customer of the partner to a file.
struct ExportCommand: Command {
    static let specification = CommandSpecification(
        name: "export",
        summary: "Write every customer of the partner to a file, with all details.",
        operands: "--to FILE",
        discussion: """
            The file appears when it is whole. Imported again it sends nothing: its customers exist.

            \(ServiceOptions.health)
            """,
        options: [
            Option("to", "FILE", "the file to write, which must be said; its ending tells the format"),
            Option("format", "csv|jsonl", "the format, whatever the file's ending", standard: "by the ending"),
        ] + ServiceOptions.specification + [checkpoint, CommonOptions.job]
    )

    /// Nothing is read from it: only the embedded service is found by it.
    private static let checkpoint = Option(
        "checkpoint",
        "FILE",
        "the checkpoint that the embedded service stands beside",
        standard: CommonOptions.checkpoint.standard
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        guard let target = arguments.value("to") else {
            throw UsageError("--to FILE is missing", command: Self.specification.name)
        }
        let format = try format(of: target)
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        defer { withExtendedLifetime(signals) {} }
        let options = try ServiceOptions(arguments)
        let connection = try await options.connect(checkpoint: CommonOptions.checkpointPath(arguments))
        return try await closing({ await connection.close() }) {
            let job = ExportJob(
                service: connection.client,
                target: target,
                format: format,
                maxInFlight: try ServiceOptions.maxInFlight(arguments),
                stop: stop
            )
            let summary = try await job.run()
            let customers = summary.customers == 1 ? "1 customer" : "\(summary.customers) customers"
            // Where standard output is the target, the line must not get into it.
            console.report("\(customers) written to \(target)")
            for id in summary.vanished {
                console.report("purser: customer \(id) was listed, but gone when its details were asked for; left out")
            }
            return .success
        }
    }

    private func format(of target: String) throws -> CustomerFileFormat {
        if let format = try arguments.choice("format", CustomerFileFormat.self) { return format }
        let ending = target.split(separator: ".").last.map { $0.lowercased() }
        guard let format = ending.flatMap(CustomerFileFormat.init(rawValue:)) else {
            throw UsageError("'\(target)' ends in neither .csv nor .jsonl; give --format csv or --format jsonl")
        }
        return format
    }
}
