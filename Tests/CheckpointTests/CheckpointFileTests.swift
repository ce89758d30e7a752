import Foundation
import Platform
import SQLite
import TestSupport
import Testing

@testable import Checkpoint

struct CheckpointFileTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    /// A checkpoint with some rows, closed in order.
    private func fill() async throws {
        try await sample.run { checkpoint, manifest async throws in
            let rows = (1...400).map { manifest.row($0, "\($0).example") }
            for admission in try await checkpoint.admit(rows, mode: .send) {
                let submission = try #require(admission.submission)
                let result = Outcome.Result.created(customerId: submission.domain, credentials: nil, note: nil)
                async let recorded: Void = checkpoint.record(Outcome(result, attempts: 1), of: submission)
                try await recorded
            }
        }
    }

    /// Opening what is at the path fails as foreign, with a message, and leaves every file as it was.
    private func expectForeign(_ words: String, besides ignored: Set<String> = []) async throws {
        let files = try sample.files()
        let error = await #expect(throws: CheckpointError.self) { _ = try await sample.open() }
        #expect(error?.kind == .foreign && error?.path == sample.path)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(try sample.files().filter { !ignored.contains($0.key) } == files.filter { !ignored.contains($0.key) })
        await #expect(throws: CheckpointError.self) {
            _ = try await SQLiteCheckpoint.rehearsal(of: sample.path, rules: ReadableRules())
        }
        #expect(try sample.files()["a.checkpoint"] == files["a.checkpoint"])
    }

    /// A reader refuses it too.
    private func expectUnreadable() async throws {
        let files = try sample.files()
        let error = await #expect(throws: CheckpointError.self) { _ = try await CheckpointReader(path: sample.path) }
        #expect(error?.kind == .foreign)
        #expect(try sample.files() == files)
    }

    @Test(arguments: ["hello", String(repeating: "row,line,status\n", count: 1000)])
    func aFileOfAnotherKindIsRefused(text: String) async throws {
        _ = try sample.folder.write(text, to: "a.checkpoint")
        try await expectForeign("not a checkpoint")
        try await expectUnreadable()
    }

    @Test
    func anotherProgramsDatabaseIsRefused() async throws {
        let database = try Database(path: sample.path, mode: .create)
        try database.execute("CREATE TABLE t (a); PRAGMA application_id = 7")
        database.close()
        try await expectForeign("another program's")
        try await expectUnreadable()
    }

    @Test
    func aNewerVersionIsRefused() async throws {
        try await fill()
        let database = try Database(path: sample.path, mode: .write)
        try database.execute("PRAGMA user_version = 99")
        database.close()
        try await expectForeign("newer Purser (version 99; this one knows \(Schema.version))")
        try await expectUnreadable()
    }

    @Test(arguments: [false, true])
    func aVersionThatNobodyWroteIsRefused(inLog: Bool) async throws {
        try await fill()
        let database = try Database(path: sample.path, mode: .write)
        try database.keepLogOnClose(inLog)
        try database.execute("PRAGMA user_version = -1")
        database.close()
        try await expectForeign("damaged: its version is -1", besides: ["a.checkpoint.lock", "a.checkpoint-shm"])
        try await expectUnreadable()
    }

    @Test(arguments: [16, 99, 100, 4096, 40_960, 65_000])
    func aFileThatIsCutOffIsRefused(length: Int) async throws {
        try await fill()
        let bytes = try #require(try sample.files()["a.checkpoint"])
        #expect(bytes.count > 65_000)
        try bytes.prefix(length).write(to: URL(filePath: sample.path))
        try await expectForeign("damaged", besides: ["a.checkpoint.lock"])
    }

    @Test(arguments: [0, 100, 5000, 20_000, 60_000])
    func aFileThatWasOverwrittenIsRefused(offset: Int) async throws {
        try await fill()
        var bytes = try #require(try sample.files()["a.checkpoint"])
        var generator = SystemRandomNumberGenerator()
        for index in offset..<offset + 6000 { bytes[index] = .random(in: 0...255, using: &generator) }
        try bytes.write(to: URL(filePath: sample.path))
        try await expectForeign("damaged", besides: ["a.checkpoint.lock"])
        try await expectUnreadable()
    }

    @Test
    func aLogThatWasOverwrittenIsRefused() async throws {
        let original = try SampleCheckpoint()
        let checkpoint = try await original.open()
        let manifest = try await checkpoint.start()
        _ = try await checkpoint.admit(manifest.row(1, "a.example"))
        let files = try original.files()
        try files["a.checkpoint"]?.write(to: URL(filePath: sample.path))
        try Data(repeating: 65, count: 40_000).write(to: URL(filePath: sample.path + "-wal"))
        try await expectForeign("-wal) is damaged")
        try Data().write(to: URL(filePath: sample.path))
        try await expectForeign("empty, but its log is not")
        try await expectUnreadable()
        #expect(try await checkpoint.counts(of: manifest.id) == [.unknown: 1])
    }

    @Test
    func aFolderIsRefused() async throws {
        try FileManager.default.createDirectory(atPath: sample.path, withIntermediateDirectories: false)
        let error = await #expect(throws: CheckpointError.self) { _ = try await sample.open() }
        #expect(error?.kind == .foreign && error?.message.contains("folder") == true)
    }

    @Test
    func anEmptyFileIsANewCheckpoint() async throws {
        _ = try sample.folder.write("", to: "a.checkpoint")
        try await fill()
        #expect(try await CheckpointReader(path: sample.path).manifests().map(\.path) == ["/in/a.csv"])
    }

    @Test
    func aMissingFolderIsMade() async throws {
        let path = sample.folder("state/deep/a.checkpoint")
        let checkpoint = try await SQLiteCheckpoint(path: path, rules: ReadableRules())
        try await checkpoint.close()
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test
    func nobodyElseMayReadTheFiles() async throws {
        let checkpoint = try await sample.open()
        _ = try await checkpoint.start()
        let files = try sample.files().keys.sorted()
        #expect(files == ["a.checkpoint", "a.checkpoint-shm", "a.checkpoint-wal", "a.checkpoint.lock"])
        for name in files {
            let attributes = try FileManager.default.attributesOfItem(atPath: sample.folder(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        try await checkpoint.close()
    }

    @Test
    func theFileIsMarkedAndVersioned() async throws {
        try await fill()
        let database = try Database(path: sample.path, mode: .write)
        #expect(try database.number("PRAGMA application_id") == 0x5052_5352)
        #expect(try database.number("PRAGMA user_version") == Schema.version)
        let mode = try database.prepare("PRAGMA journal_mode")
        #expect(try mode.step() && mode.text(at: 0) == "wal")
    }

    @Test(arguments: ["services", "customers", "results"])
    func aFileThatLacksATableIsDamaged(table: String) async throws {
        try await fill()
        try Database(path: sample.path, mode: .write).execute("PRAGMA foreign_keys = OFF; DROP TABLE \(table)")
        let error = await #expect(throws: CheckpointError.self) {
            let checkpoint = try await sample.open()
            _ = try await checkpoint.start()
        }
        #expect(error?.kind == .foreign && error?.message.contains("no such") == true)
    }

    @Test(arguments: [
        "UPDATE customers SET state = 'lost'", "DELETE FROM payloads", "UPDATE results SET status = 'odd'",
        "UPDATE records SET cells = x'FF'",
    ])
    func damageThatShowsInMidRunEndsTheRun(sql: String) async throws {
        try await fill()
        let checkpoint = try await sample.open()
        let manifest = try await checkpoint.start()
        try Database(path: sample.path, mode: .write).execute(sql)
        let error = await #expect(throws: CheckpointError.self) {
            _ = try await checkpoint.rows(of: manifest.id, after: 0, limit: 10)
            _ = try await checkpoint.admit(manifest.row(401, "1.example", version: 2))
        }
        #expect(error?.kind == .foreign && error?.message.contains("damaged") == true)
        await #expect(throws: try #require(error)) { _ = try await checkpoint.manifests() }
    }
}
