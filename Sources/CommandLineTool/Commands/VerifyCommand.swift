internal import Checkpoint
internal import Jobs
internal import Platform

/// `purser verify`: compares what was created with what the service holds now.
struct VerifyCommand: Command {
    static let specification = CommandSpecification(
        name: "verify",
        summary: "Compare what was created with what the service holds now.",
        discussion: """
            Each customer that the checkpoint has as created is looked up: present, different (and in which columns),
            missing, or refused. One that was created less than --visible-within ago may not be visible yet: it is new,
            and not missing. Only what was sent and what the service tells is compared, without regard to case and spaces.

            exit codes: 0 every customer is there as it was created; 1 some are not, see the report; 69 the service is
            down; 73 the report can't be written; 75 stopped; 77 credentials refused.
            """,
        options: [CommonOptions.job] + ServiceOptions.specification + [
            ServiceOptions.visibleWithin,
            CommonOptions.checkpoint,
            CommonOptions.reports,
            RunRecord.option,
            Option("to", "FILE", "the report, as CSV", standard: "<reports>/verify.csv"),
            Option("all", nil, "list the service's other customers, too, as not ours"),
            CommonOptions.quiet,
        ]
    )

    let arguments: Arguments
    let tally: RunTally? = .ofVerification()

    func run(_ console: Console) async throws -> ExitCode {
        let options = try ServiceOptions(arguments)
        let target = arguments.value("to") ?? Folder.join(CommonOptions.reportsFolder(arguments), "verify.csv")
        var settings = VerifyJob.Settings(endpoint: options.identity, apiVersion: options.apiVersion, target: target)
        settings.tellsOthers = arguments.flag("all")
        settings.visibleWithin = options.visibleWithin
        settings.maxInFlight = try ServiceOptions.maxInFlight(arguments)
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        defer { withExtendedLifetime(signals) {} }
        let checkpoint = try await CommonOptions.checkpointReader(arguments)
        return try await closing({ await checkpoint.close() }) {
            let connection = try await options.connect(checkpoint: CommonOptions.checkpointPath(arguments))
            return try await closing({ await connection.close() }) {
                let job = VerifyJob(settings, checkpoint: checkpoint, directory: connection.client, stop: stop)
                let summary = try await job.run()
                tally?.add(summary)
                console.report(Self.line(summary, target))
                return summary.needsAttention ? .needsAttention : .success
            }
        }
    }

    private static func line(_ summary: VerifyJob.Summary, _ target: String) -> String {
        let counts = VerifiedCustomer.Status.allCases.compactMap { status in
            summary.counts[status].flatMap { $0 > 0 ? "\($0) \(status.rawValue)" : nil }
        }
        let customers = summary.customers == 1 ? "1 customer" : "\(summary.customers) customers"
        let others =
            summary.otherServices.isEmpty
            ? "" : " (the checkpoint has been used with \(summary.otherServices.joined(separator: ", ")))"
        let found = counts.isEmpty ? "" : ": \(counts.joined(separator: ", "))"
        return "\(customers) of the checkpoint\(found)\(others); see \(target)"
    }
}
