internal import Jobs
internal import PartnerCenterClient

/// `purser export`: writes every customer of the partner to a file.
struct ExportCommand: Command {
    static let specification = CommandSpecification(
        name: "export",
        summary: "Write every customer of the partner to a file, with all details.",
        operands: "--to FILE",
        discussion: """
            The file appears when it is whole. Until then FILE.part, which only you can read, holds what was fetched: the
            same command goes on from it within 12 hours after a kill or an outage. Imported again an export sends nothing:
            its customers exist.

            Details take a request for each customer. A customer that is gone when they are asked for is left out; one
            whose details the service refuses is written as the list has it; each is told.

            \(ServiceOptions.health)
            """,
        options: [
            Option("to", "FILE", "the file to write, which must be said; its ending tells the format"),
            Option("format", "csv|jsonl|xml|xlsx", "the format, whatever the file's ending", standard: "by the ending"),
            Option("filter-name", "TEXT", "only customers whose company name starts with it, in any case"),
            Option("filter-domain", "TEXT", "only customers whose domain starts with it, in any case"),
            Option(
                "details",
                "on|off",
                "off: only identifier, name, domain and relationship, and much sooner",
                standard: "on"
            ),
        ] + ServiceOptions.specification + [
            ServiceOptions.besides, RunRecord.option, CommonOptions.job, CommonOptions.quiet,
        ]
    )

    private enum Switch: String, CaseIterable {
        case on, off
    }

    let arguments: Arguments
    let tally: RunTally? = .ofExport()

    func run(_ console: Console) async throws -> ExitCode {
        guard let target = arguments.value("to") else {
            throw UsageError("--to FILE is missing", command: Self.specification.name)
        }
        let format = try format(of: target)
        let search = try search()
        let hasDetails = try arguments.choice("details", Switch.self) != .off
        let stop = StopRequest()
        let signals = Signals(stop: stop)
        defer { withExtendedLifetime(signals) {} }
        let options = try ServiceOptions(arguments)
        var parameters = ExportParameters(
            service: "\(options.identity)/\(options.apiVersion)",
            account: try await options.account(checkpoint: CommonOptions.checkpointPath(arguments))
        )
        parameters.search = search
        parameters.hasDetails = hasDetails
        let connection = try await options.connect(checkpoint: CommonOptions.checkpointPath(arguments))
        return try await closing({ await connection.close() }) {
            let job = ExportJob(
                directory: connection.client,
                target: target,
                format: format,
                parameters: parameters,
                maxInFlight: try ServiceOptions.maxInFlight(arguments),
                stop: stop
            )
            let summary = try await job.run()
            tally?.add(summary)
            tell(summary, target, console)
            return .success
        }
    }

    private func tell(_ summary: ExportJob.Summary, _ target: String, _ console: Console) {
        if let reason = summary.restart {
            console.report("purser: what the export before had fetched is of no use (\(reason)); begun again")
        }
        for note in summary.notes { console.report("purser: \(Self.sentence(note))") }
        if summary.noteCount > summary.notes.count {
            console.report(
                "purser: \(summary.noteCount - summary.notes.count) more customers were left out or lack details"
            )
        }
        let customers = summary.customers == 1 ? "1 customer" : "\(summary.customers) customers"
        let resumed = summary.resumed > 0 ? ", \(summary.resumed) of them fetched by the export before" : ""
        // Where standard output is the target, the line must not get into it.
        console.report("\(customers) written to \(target)\(resumed)")
    }

    private static func sentence(_ note: ExportNote) -> String {
        switch note.kind {
        case .vanished: "customer \(note.customer) was listed, but gone when its details were asked for; left out"
        case .refused:
            "customer \(note.customer): the service refuses its details (\(note.message)); written as the list has it"
        case .nameless: "the list has a customer without an identifier (\(note.customer)); left out"
        }
    }

    private func search() throws(UsageError) -> CustomerSearch? {
        let name = arguments.value("filter-name")
        let domain = arguments.value("filter-domain")
        switch (name, domain) {
        case (nil, nil): return nil
        case (let name?, nil) where !name.isEmpty: return CustomerSearch(.companyName, startsWith: name)
        case (nil, let domain?) where !domain.isEmpty: return CustomerSearch(.domain, startsWith: domain)
        case (nil, _), (_, nil): throw UsageError("a filter is empty; leave it out to export all customers")
        default: throw UsageError("the service knows one filter at a time; give --filter-name or --filter-domain")
        }
    }

    private func format(of target: String) throws -> CustomerFileFormat {
        if let format = try arguments.choice("format", CustomerFileFormat.self) { return format }
        let ending = target.split(separator: ".").last.map { $0.lowercased() }
        guard let format = ending.flatMap(CustomerFileFormat.init(rawValue:)) else {
            let names = CustomerFileFormat.allCases.map(\.rawValue)
            throw UsageError(
                "'\(target)' ends in none of .\(names.joined(separator: ", .")); give --format \(names.joined(separator: "|"))"
            )
        }
        return format
    }
}
