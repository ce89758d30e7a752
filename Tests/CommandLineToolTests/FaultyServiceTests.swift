import Checkpoint
import Emulator
import Foundation
import HTTP
import Jobs
import PartnerCenter
import PartnerCenterClient
import Platform
import Reports
import Telemetry
import TestSupport
import Testing

/// The whole program, but for the command line, against a local Partner Center that misbehaves on purpose.
struct FaultyServiceTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let rows = 120

    private func writeManifest() throws {
        let header = "externalId,companyName,domain,email,culture,language,addressLine1,city,state,postalCode,country"
        let lines = (1...Self.rows).map { number in
            "crm-\(number),Harbour Mills \(number),harbour\(number).onmicrosoft.com,office@example.com,en-US,en,"
                + "1 Quay Street,Seattle,WA,98101,US"
        }
        _ = try folder.write(([header] + lines).joined(separator: "\n") + "\n", to: "customers.csv")
    }

    private func run(against emulator: Emulator) async throws -> [RowStatus: Int] {
        let run = Run(
            id: UUID().uuidString.lowercased(),
            startedAt: .now(),
            endpoint: "http://embedded",
            apiVersion: "v1",
            retriesRejected: false
        )
        let transport = try CurlTransport()
        var settings = PartnerCenterClient.Settings(
            endpoint: emulator.url,
            apiVersion: "v1",
            correlationId: run.id,
            version: "test"
        )
        settings.requestsPerMinute = 0
        settings.attempts = 3
        let logger = Logger(level: .error, sink: MemoryLogSink())
        var ports = PartnerCenterClient.Ports(
            transport: transport,
            tokens: StaticToken(Secret("emulator")),
            logger: logger
        )
        ports.clock = HastyClock()
        let rules = SubmissionRules(endpoint: "http://embedded", apiVersion: "v1")
        let checkpoint = try await SQLiteCheckpoint(path: folder("state"), rules: rules)
        let job = ImportJob(
            settings: .init(
                manifests: [folder("customers.csv")],
                reports: folder("reports"),
                credentials: folder("reports/credentials.csv"),
                version: "test"
            ),
            run: run,
            checkpoint: checkpoint,
            service: PartnerCenterClient(settings, ports),
            stop: StopRequest()
        )
        let end = try await job.run(notice: { _, _ in }, exitCode: { _ in 0 })
        try await checkpoint.close()
        // A run whose every request went unanswered ends as if the service were down; the next one goes on.
        #expect(end.error == nil || (end.error as? ServiceError)?.kind == .unavailable)
        return end.counts
    }

    @Test(arguments: 1...5)
    func lostAnswersCostNoCustomerNoRowAndNoPassword(seed: UInt64) async throws {
        try writeManifest()
        let faults = FaultPlan(
            [
                .init(.cutConnection, at: .beforeCommit, of: .create, .chance(0.1)),
                .init(.cutConnection, at: .afterCommit, of: .create, .chance(0.2)),
                .init(.unavailable, at: .beforeAnswer, of: .create, .chance(0.1)),
                .init(.throttled(retryAfter: 1), at: .received, of: .create, .chance(0.05)),
            ],
            seed: seed
        )
        let store = folder("service.db")
        let emulator = try await Emulator.start(
            EmulatorConfiguration(store: .file(store), scenario: PlannedFaults(faults))
        )
        var settled = 0
        for _ in 1...10 where settled < Self.rows {
            let counts = try await run(against: emulator)
            #expect(counts.values.reduce(0, +) == Self.rows)
            #expect(counts.keys.allSatisfy { $0.isSettledWell || $0.isOpen })
            settled = counts[.created, default: 0] + counts[.unchanged, default: 0]
        }
        await emulator.stop()
        #expect(settled == Self.rows)

        let lines = try folder.read("reports/credentials.csv").split(whereSeparator: \.isNewline).dropFirst()
        let customers = lines.map { $0.prefix { $0 != "," } }
        #expect(customers.count == Self.rows)
        #expect(Set(customers).count == Self.rows)
        let results = try folder.read("reports/customers.csv.results.csv").split(whereSeparator: \.isNewline)
            .dropFirst()
        #expect(Set(results.map { $0.split(separator: ",", omittingEmptySubsequences: false)[3] }) == Set(customers))
    }
}
