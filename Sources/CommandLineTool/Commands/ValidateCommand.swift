internal import Jobs
internal import Manifests
internal import Onboarding
internal import PartnerCenterClient

/// `purser validate`: checks manifests, without the network unless a preflight is asked for.
struct ValidateCommand: Command {
    static let specification = CommandSpecification(
        name: "validate",
        summary: "Check manifests with the rules that an import applies; nothing is sent.",
        operands: "MANIFEST...",
        operandCount: 0...Int.max,
        discussion: """
            Each finding is one line: FILE:LINE: COLUMN: error or warning: what is wrong (rule). A summary follows on
            standard error. The exit code is 0 where there is no error, else 1.

            With --preflight the service that --endpoint names is asked, too, about the rows in which nothing is wrong:
            whether the domain is free, what it thinks of the address, its own rules of the country. It does not look
            into a checkpoint: the domain of a customer that you have created already is taken. Where it can't be asked,
            the exit code is 69, or 77 where it refuses the credentials. The options from --endpoint to --log-level only
            concern this.

            \(ServiceOptions.health)
            """,
        options: [
            Option("format", "text|jsonl|csv", "how findings are written to standard output", standard: "text"),
            Option("max-findings", "N", "write at most so many findings; all are counted"),
            Option("list-rules", nil, "write what the rules are, and check nothing"),
            Option("preflight", nil, "ask the service, too; nothing is created"),
        ] + RepairOptions.specification + CommonOptions.onboarding
            + ServiceOptions.specification.map { option in own.first { $0.name == option.name } ?? option }
            + [CommonOptions.job]
    )

    /// What is checked beside the checkpoint has no service of its own to ask.
    private static let own = [
        Option("endpoint", "URL", "the base URL of the service that a preflight asks"),
        Option("requests-per-minute", "N", "the throttle to stay under; 0 is none", standard: "500"),
    ]

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        guard !arguments.flag("list-rules") else {
            console.write(RuleTable.text)
            return .success
        }
        if let notice = arguments.idleNotice {
            console.report(notice)
            return .success
        }
        guard !arguments.operands.isEmpty else { throw UsageError("MANIFEST... is missing", command: "validate") }
        var settings = try CommonOptions.onboardingSettings(arguments)
        try RepairOptions.apply(arguments, to: &settings, command: Self.specification.name)
        let format = try arguments.choice("format", FindingWriter.Format.self) ?? .text
        let limit = try arguments.integer("max-findings", in: 0...Int.max) ?? Int.max
        let writer = FindingWriter(format, limit: limit, console: console)
        guard arguments.flag("preflight") else {
            return try await run(ValidateJob(settings: settings), writer, console)
        }
        guard let endpoint = arguments.value("endpoint"), endpoint != ServiceOptions.embedded else {
            throw UsageError("--preflight asks the service; say which with --endpoint URL", command: "validate")
        }
        let maxInFlight = try ServiceOptions.maxInFlight(arguments)
        let connection = try await ServiceOptions(arguments).connect(
            checkpoint: CommonOptions.checkpointPath(arguments)
        )
        return try await closing({ await connection.close() }) {
            let job = ValidateJob(settings: settings, preflight: connection.client, maxInFlight: maxInFlight)
            return try await run(job, writer, console)
        }
    }

    private func run(_ job: ValidateJob, _ writer: FindingWriter, _ console: Console) async throws -> ExitCode {
        defer { writer.flush() }
        let manifests = CommonOptions.manifests(arguments, console)
        let summary = try await job.run(manifests) { path, notice in
            console.report("\(path):\(notice.line): \(notice.message)")
        } found: { placed in
            try writer.write(placed)
        }
        writer.flush()
        if writer.withheld > 0 { console.report("findings past --max-findings that are not shown: \(writer.withheld)") }
        console.report(summary.text)
        // Where the service could not be asked to the end, the findings are not all that there are.
        if let failure = summary.preflightFailure { throw failure }
        let isGood = summary.errors == 0
        return isGood ? .success : .needsAttention
    }
}
