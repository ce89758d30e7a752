import Checkpoint
import Foundation
import Jobs
import Manifests
import PartnerCenterClient
import Platform
import TestSupport
import Testing

/// Imports in which a manifest that can't be read stops nobody but itself.
struct PassedOverManifestTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func rows(_ numbers: some Sequence<Int>) -> String {
        let header = "externalId,companyName,domain,email,culture,language,addressLine1,city,state,postalCode,country"
        let lines = numbers.map { number in
            "crm-\(number),Harbour Mills \(number),harbour\(number).onmicrosoft.com,office@example.com,en-US,en,"
                + "1 Quay Street,Seattle,WA,98101,US"
        }
        return ([header] + lines).joined(separator: "\n") + "\n"
    }

    private func run(_ manifests: [String], _ service: ScriptedService) async throws -> ImportJob.End {
        let rules = SubmissionRules(endpoint: "http://embedded", apiVersion: "v1")
        let checkpoint = try await SQLiteCheckpoint(path: folder("checkpoint"), rules: rules, groupWait: .zero)
        var settings = ImportJob.Settings(
            manifests: manifests,
            reports: folder("reports"),
            credentials: folder("reports/credentials.csv"),
            version: "test"
        )
        settings.passesOverFaults = true
        let run = Checkpoint.Run(
            id: UUID().uuidString.lowercased(),
            startedAt: Timestamp(milliseconds: 0),
            endpoint: "http://embedded",
            apiVersion: "v1",
            retriesRejected: false
        )
        let job = ImportJob(
            settings: settings,
            run: run,
            checkpoint: checkpoint,
            service: service,
            stop: StopRequest(),
            now: { Timestamp(milliseconds: 1000) }
        )
        let end = try await job.run(notice: { _, _ in }, exitCode: { _ in 0 })
        try await checkpoint.close()
        return end
    }

    @Test func theOthersAreImportedAndEachEndIsTold() async throws {
        let paths = [
            try folder.write("no manifest\n", to: "a.txt"), try folder.write(rows(1...3), to: "b.csv"),
            folder("missing.csv"), try folder.write(rows(4...5), to: "d.csv"),
            try folder.write(rows(1...1).replacing("Seattle", with: ""), to: String(repeating: "e", count: 201)),
        ]
        let end = try await run(paths, ScriptedService())
        #expect(end.error == nil)
        #expect(end.counts == [.created: 5])
        #expect(end.manifests.map(\.path) == paths)
        #expect(end.manifests.map { $0.fault?.kind } == [.malformed, nil, .unavailable, nil, .unavailable])
        #expect(end.manifests.map(\.isFinished) == [false, true, false, true, false])
        #expect(end.manifests.map(\.counts) == [[:], [.created: 3], [:], [.created: 2], [:]])
        #expect(end.manifests[1].reports == [folder("reports/b.csv.results.csv")])
    }

    @Test func oneThatIsWrittenToWhileItIsReadEndsThereAndTheNextOneIsImported() async throws {
        // More than is read at once.
        let path = try folder.write(rows(1...12_000), to: "a.csv")
        let other = try folder.write(rows(20_001...20_003), to: "b.csv")
        let service = ScriptedService { _, call in
            guard call == 1 else { return nil }
            do {
                try File(path, .append).write(Array("more\n".utf8))
            } catch {
                Issue.record(error)
            }
            return nil
        }
        let end = try await run([path, other], service)
        #expect(end.error == nil)
        #expect(end.manifests[0].fault?.message.contains("was changed while it was read") == true)
        #expect(!end.manifests[0].isWhole)
        let rows = end.manifests[0].counts.values.reduce(0, +)
        #expect(rows > 0 && rows < 12_000)
        #expect(end.manifests[1].isFinished)
        #expect(end.manifests[1].counts == [.created: 3])
    }
}
