import Foundation
import TestSupport
import Testing

/// A checkpoint that is not what it was: it is refused and left as it is, and a copy put back goes on.
struct DamagedCheckpointTests {
    /// A run that was killed half-way, whose checkpoint is then harmed.
    private func killedSite() throws -> ImportSite {
        let site = try ImportSite(rows: 200)
        let run = try site.start(["--max-in-flight", "2"])
        site.folder.waitForLines(40)
        run.signal(SIGKILL)
        _ = run.wait()
        return site
    }

    private func bytes(_ site: ImportSite, _ name: String = "purser.checkpoint") throws -> Data {
        try Data(contentsOf: URL(filePath: site.folder(name)))
    }

    private func put(_ data: Data, _ site: ImportSite, _ name: String = "purser.checkpoint") throws {
        try data.write(to: URL(filePath: site.folder(name)))
    }

    /// The run is refused, and neither file is touched.
    private func expectRefused(
        _ site: ImportSite,
        _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try bytes(site)
        let held = try site.customers().count
        let result = try site.run()
        #expect(result.exitCode == 78, "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errorLines.count == 1, "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errors.contains(words), "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errors.contains("it is left as it is"), "\(result.errors)", sourceLocation: sourceLocation)
        #expect(try bytes(site) == before, sourceLocation: sourceLocation)
        #expect(try site.customers().count == held, sourceLocation: sourceLocation)
    }

    @Test func garbageAnEmptyFileWithALogAndAnotherProgramsDatabaseAreRefusedAndACopyPutBackGoesOn() throws {
        let site = try killedSite()
        let good = try bytes(site)
        let log = try bytes(site, "purser.checkpoint-wal")
        try put(Data((0..<good.count).map { _ in .random(in: 0...255) }), site)
        try expectRefused(site, "not a checkpoint")
        try put(Data(), site)
        try expectRefused(site, "it is empty, but its log is not")
        try put(try bytes(site, "service.db"), site)
        try expectRefused(site, "another program's database")
        try put(good, site)
        try put(log, site, "purser.checkpoint-wal")
        #expect(try site.run().exitCode == 0)
        try site.expectNothingLost(rows: 200)
    }

    @Test func aCheckpointOfANewerPurserIsRefusedAndTold() throws {
        let site = try ImportSite(rows: 5)
        #expect(try site.run().exitCode == 0)
        var data = try bytes(site)
        data[63] = 99
        try put(data, site)
        try expectRefused(site, "of a newer Purser (version 99")
    }

    @Test func aCheckpointThatIsCutAnywhereIsRefusedAndLeftAsItIs() throws {
        let site = try ImportSite(rows: 200)
        #expect(try site.run().exitCode == 0)
        let good = try bytes(site)
        var generator = SystemRandomNumberGenerator()
        for length in (0..<8).map({ _ in Int.random(in: 1..<good.count, using: &generator) }) {
            try put(good.prefix(length), site)
            try expectRefused(site, "damaged")
        }
        try put(good, site)
        #expect(try site.run().exitCode == 0)
        try site.expectNothingLost(rows: 200)
    }

    /// With the same keys the service answers what it answered before, so even a lost checkpoint doubles nothing.
    @Test(arguments: [false, true])
    func aCheckpointThatIsLostOrEmptiedDoublesNoCustomerAndNoPassword(isEmptied: Bool) throws {
        let site = try ImportSite(rows: 100)
        #expect(try site.run().exitCode == 0)
        let held = try site.customers().sorted()
        try FileManager.default.removeItem(atPath: site.folder("purser.checkpoint"))
        if isEmptied { try put(Data(), site) }
        #expect(try site.run().exitCode == 0)
        #expect(try site.customers().sorted() == held)
        #expect(try site.credentials().sorted() == held)
    }
}
