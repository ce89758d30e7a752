import Checkpoint
import Foundation
import HTTP
import Jobs
import Onboarding
import PartnerCenterClient
import Platform
import Reports
import TestSupport

/// A folder with a manifest, a checkpoint and reports, and runs of an import in it.
struct ImportFixture {
    let folder: TemporaryFolder
    private let rules = SubmissionRules(endpoint: "http://embedded", apiVersion: "v1")

    init() throws { folder = try TemporaryFolder() }

    /// What a run came to.
    struct Run {
        let end: ImportJob.End
        let statuses: [RowStatus]
        let rows: [RowResult]
    }

    /// A manifest's text.
    ///
    /// - Parameter rows: a number for each row, and its city.
    func text(_ rows: [(number: Int, city: String)]) -> String {
        let header = "externalId,companyName,domain,email,culture,language,addressLine1,city,state,postalCode,country"
        let lines = rows.map { number, city in
            "crm-\(number),Harbour Mills \(number),harbour\(number).onmicrosoft.com,office@example.com,en-US,en,"
                + "1 Quay Street,\(city),WA,98101,US"
        }
        return ([header] + lines).joined(separator: "\n") + "\n"
    }

    func text(_ numbers: some Sequence<Int>) -> String { text(numbers.map { ($0, "Seattle") }) }

    /// Writes the manifest.
    ///
    /// - Parameter rows: a number for each row, and its city.
    func write(_ rows: [(number: Int, city: String)]) throws { _ = try folder.write(text(rows), to: "customers.csv") }

    /// Changes the manifest's text.
    func edit(_ old: String, to new: String) throws {
        _ = try folder.write(try folder.read("customers.csv").replacing(old, with: new), to: "customers.csv")
    }

    func write(_ numbers: some Sequence<Int>) throws { try write(numbers.map { ($0, "Seattle") }) }

    /// Opens the checkpoint.
    func checkpoint() async throws -> SQLiteCheckpoint {
        try await SQLiteCheckpoint(path: folder("state.checkpoint"), rules: rules, groupWait: .zero)
    }

    /// Runs the import to its end.
    ///
    /// - Parameter manifests: the manifests' paths, where it is not of the one that was written.
    func run(
        _ service: any CustomerService,
        manifests: [String]? = nil,
        passesOverFaults: Bool = false,
        stop: StopRequest = StopRequest(),
        maxInFlight: Int = 4,
        retriesRejected: Bool = false,
        preflight: (any PreflightService)? = nil,
        acceptedRepairs: Set<String> = [],
        wrapping wrap: (SQLiteCheckpoint) -> any CheckpointStore = { $0 }
    ) async throws -> Run {
        let checkpoint = try await checkpoint()
        var settings = ImportJob.Settings(
            manifests: manifests ?? [folder("customers.csv")],
            reports: folder("reports"),
            credentials: folder("reports/credentials.csv"),
            version: "test"
        )
        settings.passesOverFaults = passesOverFaults
        settings.maxInFlight = maxInFlight
        settings.onboarding.acceptedRepairs = acceptedRepairs
        let run = Checkpoint.Run(
            id: UUID().uuidString.lowercased(),
            startedAt: Timestamp(milliseconds: 0),
            endpoint: "http://embedded",
            apiVersion: "v1",
            retriesRejected: retriesRejected
        )
        let job = ImportJob(
            settings: settings,
            run: run,
            checkpoint: wrap(checkpoint),
            service: service,
            preflight: preflight,
            stop: stop,
            now: { Timestamp(milliseconds: 1000) }
        )
        let end = try await job.run(notice: { _, _ in }, exitCode: { _ in 0 })
        var rows: [RowResult] = []
        for manifest in try await checkpoint.manifests() {
            rows += try await checkpoint.rows(of: manifest.id, after: 0, limit: 100_000)
        }
        try await checkpoint.close()
        return Run(end: end, statuses: rows.map(\.status), rows: rows)
    }

    /// The customers whose passwords are on file, once for each line.
    func customersWithCredentials() throws -> [String] {
        try folder.read("reports/credentials.csv").split(whereSeparator: \.isNewline).dropFirst().map {
            String($0.prefix { $0 != "," })
        }
    }
}
