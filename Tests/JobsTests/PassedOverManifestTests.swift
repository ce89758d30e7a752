import Checkpoint
import Jobs
import Manifests
import Platform
import TestSupport
import Testing

/// Imports in which a manifest that can't be read stops nobody but itself.
struct PassedOverManifestTests {
    private let fixture: ImportFixture
    private var folder: TemporaryFolder { fixture.folder }

    init() throws { fixture = try ImportFixture() }

    @Test func theOthersAreImportedAndEachEndIsTold() async throws {
        let paths = [
            try folder.write("no manifest\n", to: "a.txt"), try folder.write(fixture.text(1...3), to: "b.csv"),
            folder("missing.csv"), try folder.write(fixture.text(4...5), to: "d.csv"),
            try folder.write(
                fixture.text(1...1).replacing("Seattle", with: ""),
                to: String(repeating: "e", count: 201)
            ),
        ]
        let end = try await fixture.run(ScriptedService(), manifests: paths, passesOverFaults: true).end
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
        let path = try folder.write(fixture.text(1...12_000), to: "a.csv")
        let other = try folder.write(fixture.text(20_001...20_003), to: "b.csv")
        let service = ScriptedService { _, call in
            guard call == 1 else { return nil }
            do {
                try File(path, .append).write(Array("more\n".utf8))
            } catch {
                Issue.record(error)
            }
            return nil
        }
        let end = try await fixture.run(service, manifests: [path, other], passesOverFaults: true).end
        #expect(end.error == nil)
        #expect(end.manifests[0].fault?.message.contains("was changed while it was read") == true)
        #expect(!end.manifests[0].isWhole)
        let rows = end.manifests[0].counts.values.reduce(0, +)
        #expect(rows > 0 && rows < 12_000)
        #expect(end.manifests[1].isFinished)
        #expect(end.manifests[1].counts == [.created: 3])
    }
}
