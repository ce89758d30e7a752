internal import Checkpoint
internal import FoundationEssentials
internal import Glibc
internal import HTTP
internal import Jobs
internal import PartnerCenterClient
internal import Platform
internal import Telemetry

/// Imports without a checkpoint, for scripts/bench: `ImportWithoutCheckpoint MANIFEST ENDPOINT REPORTS IN-FLIGHT`.
///
/// All else is as `purser import` has it: the rows are read, checked and sent, and passwords and results are put on file.
@main
struct ImportWithoutCheckpoint {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let inFlight = Int(arguments[4]) else {
            print("usage: ImportWithoutCheckpoint MANIFEST ENDPOINT REPORTS IN-FLIGHT")
            exit(64)
        }
        let endpoint = arguments[2]
        let run = Run(
            id: UUID().uuidString.lowercased(),
            startedAt: Timestamp.now(),
            endpoint: endpoint,
            apiVersion: "v1",
            retriesRejected: false
        )
        var settings = PartnerCenterClient.Settings(
            endpoint: endpoint,
            apiVersion: run.apiVersion,
            correlationId: run.id,
            version: version
        )
        settings.maximumInFlight = inFlight
        settings.requestsPerMinute = 0
        let ports = PartnerCenterClient.Ports(
            transport: try CurlTransport(CurlTransport.Options()),
            tokens: StaticToken(Secret("none")),
            logger: Logger(level: .error, sink: PrintedLog())
        )
        let reports = arguments[3]
        var job = ImportJob.Settings(
            manifests: [arguments[1]],
            reports: reports,
            credentials: "\(reports)/credentials.csv",
            version: version
        )
        job.maxInFlight = inFlight
        let end = try await ImportJob(
            settings: job,
            run: run,
            checkpoint: MemoryCheckpoint(rules: SubmissionRules(endpoint: endpoint, apiVersion: run.apiVersion)),
            service: PartnerCenterClient(settings, ports),
            stop: StopRequest()
        )
        .run { _, _ in
        } exitCode: { _ in
            0
        }
        if let error = end.error { throw error }
    }

    private static let version = "benchmark"
}

/// Log lines, as they are.
private struct PrintedLog: LogSink {
    func write(_ entry: LogEntry) { print(entry.text) }
}
