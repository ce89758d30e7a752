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
import TestDoubles
import TestSupport
import Testing

/// The whole program, but for the command line, against a local Partner Center that misbehaves on purpose.
struct FaultyServiceTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let rows = 120

    private func writeManifest(rows: Int = rows, domain: String = "harbour") throws {
        let header = "externalId,companyName,domain,email,culture,language,addressLine1,city,state,postalCode,country"
        let lines = (1...rows).map { number in
            "crm-\(number),Harbour Mills \(number),\(domain)\(number).onmicrosoft.com,office@example.com,en-US,en,"
                + "1 Quay Street,Seattle,WA,98101,US"
        }
        _ = try folder.write(([header] + lines).joined(separator: "\n") + "\n", to: "customers.csv")
    }

    private func run(against emulator: Emulator, timeout: Duration = .seconds(180)) async throws -> [RowStatus: Int] {
        let end = try await importJob(against: emulator, timeout: timeout) { $0 }
        // A run whose every request went unanswered ends as if the service were down; the next one goes on.
        #expect(end.error == nil || (end.error as? ServiceError)?.kind == .unavailable)
        return end.counts
    }

    /// Runs until an outcome is to be recorded, which never reaches the disk.
    private func runAndKill(against emulator: Emulator) async throws {
        await #expect(throws: Killed.self) { _ = try await importJob(against: emulator) { KilledCheckpoint(base: $0) } }
    }

    private func client(
        of emulator: Emulator,
        _ transport: CurlTransport,
        correlationId: String,
        timeout: Duration = .seconds(180),
        asksForConsistencyToken: Bool = false
    ) -> PartnerCenterClient {
        var settings = PartnerCenterClient.Settings(
            endpoint: emulator.url,
            apiVersion: "v1",
            correlationId: correlationId,
            version: "test"
        )
        settings.requestsPerMinute = 0
        settings.attempts = 3
        settings.timeout = timeout
        settings.asksForConsistencyToken = asksForConsistencyToken
        let logger = Logger(level: .error, sink: MemoryLogSink())
        var ports = PartnerCenterClient.Ports(
            transport: transport,
            tokens: StaticToken(Secret("emulator")),
            logger: logger
        )
        ports.clock = HastyClock()
        return PartnerCenterClient(settings, ports)
    }

    private func importJob(
        against emulator: Emulator,
        timeout: Duration = .seconds(180),
        wrapping wrap: (SQLiteCheckpoint) -> any CheckpointStore
    ) async throws -> ImportJob.End {
        let run = Run(
            id: UUID().uuidString.lowercased(),
            startedAt: .now(),
            endpoint: "http://embedded",
            apiVersion: "v1",
            retriesRejected: false
        )
        let transport = try CurlTransport()
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
            checkpoint: wrap(checkpoint),
            service: client(of: emulator, transport, correlationId: run.id, timeout: timeout),
            stop: StopRequest()
        )
        let end: ImportJob.End
        do {
            end = try await job.run(notice: { _, _ in }, exitCode: { _ in 0 })
        } catch {
            try await checkpoint.close()
            throw error
        }
        try await checkpoint.close()
        if let error = end.error as? Killed { throw error }
        return end
    }

    /// A run is killed with an open request, and its row is given another domain: what the next run makes of it.
    @Test(arguments: [
        (RequestPoint.beforeCommit, RowStatus.created, "quay1.onmicrosoft.com"),
        (.afterCommit, .conflict, "harbour1.onmicrosoft.com"),
    ])
    func aRowCorrectedAfterTheRunWasKilledGivesOneCustomer(
        point: RequestPoint,
        status: RowStatus,
        domain: String
    ) async throws {
        try writeManifest(rows: 1)
        let store = EmulatorConfiguration.Store.file(folder("service.db"))
        let faults = FaultPlan([.init(.cutConnection, at: point, of: .create, .chance(1))], seed: 1)
        let faulty = try await Emulator.start(EmulatorConfiguration(store: store, scenario: PlannedFaults(faults)))
        try await runAndKill(against: faulty)
        await faulty.stop()

        try writeManifest(rows: 1, domain: "quay")
        let emulator = try await Emulator.start(EmulatorConfiguration(store: store))
        #expect(try await run(against: emulator) == [status: 1])
        #expect(try await run(against: emulator) == [status == .created ? .unchanged : status: 1])
        #expect(try await domains(at: emulator) == [domain])
        await emulator.stop()
        let credentials = try folder.read("reports/credentials.csv").split(whereSeparator: \.isNewline).dropFirst()
        #expect(credentials.map { $0.split(separator: ",")[1] } == [domain[...]])
    }

    /// The domains of all customers that the service has.
    private func domains(at emulator: Emulator) async throws -> [String] {
        let transport = try CurlTransport()
        return try await client(of: emulator, transport, correlationId: UUID().uuidString).customers(after: nil)
            .customers
            .compactMap(\.companyProfile?.domain)
    }

    private static let scenarios = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "samples/scenarios")

    /// Every sample, and which of the rows it refuses for good, by the last digit of their domains.
    private static let samples = [
        ("absolute-links", ""), ("absurd-throttling", ""), ("consumed-domains", "7"), ("cut-bodies", ""),
        ("errors", ""), ("expiring-tokens", ""),
        ("late-visibility", ""), ("latency", ""), ("lost-answers", ""), ("no-idempotency", ""),
        ("no-passwords-again", ""),
        ("other-spellings", ""), ("refusals", "1235"), ("throttling", ""), ("versioned-links", ""),
    ]

    @Test func everySampleScenarioHasATest() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.scenarios.path)
        #expect(names.sorted() == Self.samples.map { "\($0.0).json" }.sorted())
    }

    @Test(arguments: Self.samples)
    func everySampleScenarioEndsWithOneCustomerPerRowAndATrueReport(name: String, refused: String) async throws {
        let count = 60
        try writeManifest(rows: count)
        let bytes = [UInt8](try Data(contentsOf: Self.scenarios.appending(path: "\(name).json")))
        let plan = try ScenarioFile.read(bytes, path: name)
        let faults = Set(plan.rules.map(\.fault))
        let store = EmulatorConfiguration.Store.file(folder("service.db"))
        let scenario = HastyFaults(base: PlannedFaults(plan))
        let emulator = try await Emulator.start(EmulatorConfiguration(store: store, scenario: scenario))
        // The transport's clock is the system's own, so that its timeout has to be hasty, too, where it is to strike.
        let timeout = Duration.seconds(180) / (name == "latency" ? HastyClock.usualFactor : 1)
        var counts: [RowStatus: Int] = [:]
        for _ in 1...10 {
            counts = try await run(against: emulator, timeout: timeout)
            #expect(counts.values.reduce(0, +) == count)
            if !counts.keys.contains(where: \.isOpen) { break }
        }
        await emulator.stop()
        // A scenario that strikes nobody proves nothing; those with few faults must show each of them.
        #expect(scenario.struck.value.isEmpty == faults.isEmpty)
        if faults.count <= 2 { #expect(scenario.struck.value == faults) }

        let rejected = (1...count).filter { refused.contains(String($0).last ?? " ") }
        let settled = counts[.created, default: 0] + counts[.unchanged, default: 0]
        #expect(counts[.rejected, default: 0] == rejected.count)
        #expect(settled == count - rejected.count)
        let calm = try await Emulator.start(EmulatorConfiguration(store: store))
        let expected = (1...count).filter { !rejected.contains($0) }.map { "harbour\($0).onmicrosoft.com" }
        #expect(try await domains(at: calm).sorted() == expected.sorted())
        await calm.stop()
    }

    /// The service shows a new customer late, but at once to who has the token that came with it.
    @Test(arguments: [true, false])
    func aCustomerThatIsNotShownYetIsReadWithTheTokenThatCameWithIt(isAskedFor: Bool) async throws {
        var behaviour = ServiceBehaviour()
        behaviour.visibleAfter = .seconds(90)
        let emulator = try await Emulator.start(EmulatorConfiguration(scenario: NoFaults(behaviour)))
        let client = client(
            of: emulator,
            try CurlTransport(),
            correlationId: UUID().uuidString.lowercased(),
            asksForConsistencyToken: isAskedFor
        )
        let address = """
            {"addressLine1":"1 Quay Street","city":"Seattle","country":"US","postalCode":"98101","state":"WA"}
            """
        let payload = """
            {"billingProfile":{"companyName":"Harbour Mills","culture":"en-US","defaultAddress":\(address),
             "email":"office@example.com","language":"en"},
             "companyProfile":{"companyName":"Harbour Mills","domain":"harbour.onmicrosoft.com"}}
            """
        let order = CreateOrder(
            payload: Array(payload.utf8),
            idempotencyKey: UUID().uuidString.lowercased(),
            domain: "harbour.onmicrosoft.com",
            mayExist: false,
            sequence: 1
        )
        guard case .created(let id, _, _) = await client.create(order, onAttempt: { _ in }).verdict else {
            Issue.record("the customer was not created")
            return
        }
        #expect(try await client.customer(id: id)?.id == (isAskedFor ? id : nil))
        await emulator.stop()
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

/// Faults whose delays are as many times shorter as the clients' clock is faster.
private struct HastyFaults: Scenario {
    let base: PlannedFaults
    /// What has struck, as the plan says it.
    let struck = Shared<Set<Fault>>([])

    var behaviour: ServiceBehaviour { base.behaviour }

    func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault] {
        let faults = base.faults(at: point, of: request)
        struck.withLock { $0.formUnion(faults) }
        return faults.map { fault in
            if case .delay(let duration) = fault { .delay(duration / HastyClock.usualFactor) } else { fault }
        }
    }
}

private struct Killed: Error {}

/// A checkpoint whose run is killed when it is to record an outcome: nothing of it, nor the run's end, is kept.
private struct KilledCheckpoint: AlteredCheckpoint {
    let base: SQLiteCheckpoint

    func record(_ events: [SubmissionEvent]) async throws {
        guard events.contains(where: \.isOutcome) else { return try await base.record(events) }
        throw Killed()
    }
    func end(_ end: RunEnd) async throws { throw Killed() }
}
