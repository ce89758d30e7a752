import Platform
import SQLite
import TestSupport
import Testing

@testable import Checkpoint

/// Checkpoints that earlier versions of Purser left.
struct CheckpointMigrationTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    /// What every version has: a run that ended, with a manifest of one row.
    private func write(version: Int64) throws {
        _ = try sample.folder.write("", to: "a.checkpoint")
        let database = try Database(path: sample.path, mode: .write)
        try Schema.migrate(database, to: version)
        try database.execute(
            """
            PRAGMA journal_mode = WAL;
            INSERT INTO services VALUES (1, 'https://service.example', 'v1');
            INSERT INTO runs (id, uuid, service, retries_rejected, started_at, ended_at, exit_code)
                VALUES (1, '00000000-0000-4000-8000-000000000001', 1, 0, 1000, 2000, 1);
            INSERT INTO manifests (id, path, header, run, row_count) VALUES (1, '/in/a.csv', x'0161', 1, 1);
            INSERT INTO records (place, line, domain, company_name, cells)
                VALUES (4294967297, 2, 'a.example', 'A', x'0161');
            INSERT INTO results (place, status, attempts) VALUES (4294967297, 'pending', 0);
            """
        )
        database.close()
    }

    @Test(arguments: 1...Schema.version)
    func aCheckpointOfAnEarlierVersionIsReadAndThenBroughtUpToDate(version: Int64) async throws {
        try write(version: version)
        let manifest = ManifestID(rawValue: 1)
        let reader = try await CheckpointReader(path: sample.path)
        #expect(try await reader.rows(of: manifest, after: 0, limit: 9).map(\.status) == [.pending])
        #expect(try await reader.latestRun()?.end == RunEnd(exitCode: 1, at: Timestamp(milliseconds: 2000)))
        #expect(try await reader.oldestOpenRow(of: manifest)?.line == 2)
        await reader.close()
        let checkpoint = try await sample.open()
        #expect(try await checkpoint.rows(of: manifest, after: 0, limit: 9).map(\.cells) == [["a"]])
        try await checkpoint.close()
        #expect(try Database(path: sample.path, mode: .write).number("PRAGMA user_version") == Schema.version)
    }
}
