import Foundation
import Platform
import TestSupport
import Testing

@testable import Checkpoint

/// What a run finds after one that was killed: the files as they were at that moment, in another folder.
struct CheckpointCrashTests {
    private let before: SampleCheckpoint
    private let after: SampleCheckpoint

    init() throws {
        before = try SampleCheckpoint()
        after = try SampleCheckpoint()
    }

    /// Copies what is on disk, as a crash would leave it.
    private func crash() throws {
        for (name, bytes) in try before.files() where !name.hasSuffix("-shm") {
            try bytes.write(to: URL(filePath: after.folder(name)))
        }
    }

    @Test
    func anIntentIsOnDiskBeforeItsRequestMayBeSent() async throws {
        let checkpoint = try await before.open()
        let manifest = try await checkpoint.start()
        _ = try await checkpoint.admit([manifest.row(1, "a.example"), manifest.row(2, "b.example")], mode: .send)
        try crash()
        try await after.run { checkpoint, manifest async throws in
            let rows = [manifest.row(1, "a.example"), manifest.row(2, "b.example", version: 2)]
            let submissions = try await checkpoint.admit(rows, mode: .send).compactMap(\.submission)
            #expect(submissions.map(\.mayExist) == [true, true])
            // A run that was killed may have sent its requests until this one began.
            #expect(submissions.map(\.supersededSince) == [nil, Timestamp(milliseconds: 1000)])
            #expect(submissions.map(\.idempotencyKey) == ["a.example/1/0", "b.example/1/0"])
        }
        #expect(try await checkpoint.counts(of: manifest.id) == [.unknown: 2])
    }

    @Test
    func anOutcomeIsOnDiskWhenItIsRecorded() async throws {
        let checkpoint = try await before.open()
        let manifest = try await checkpoint.start()
        try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        try crash()
        try await after.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(1, "a.example")) == .settled(.unchanged))
            #expect(try await checkpoint.result(manifest, 1)?.customerId == "c1")
        }
        #expect(try await checkpoint.result(manifest, 1)?.status == .created)
    }

    @Test
    func aPasswordIsOnDiskWhenItsCustomerIsRecorded() async throws {
        let checkpoint = try await before.open()
        let manifest = try await checkpoint.start()
        let credentials = Credentials(
            customerId: "c1",
            domain: "a.example",
            userName: "admin",
            password: Secret("one-time")
        )
        let submission = try #require(try await checkpoint.admit(manifest.row(1, "a.example")).submission)
        let result = Outcome.Result.created(customerId: "c1", credentials: credentials, note: nil)
        try await checkpoint.record(Outcome(result, httpStatus: 201, attempts: 1), of: submission)
        try crash()
        try await after.run { checkpoint, _ async throws in
            #expect(try await checkpoint.pendingCredentials() == [credentials])
        }
        #expect(try await checkpoint.pendingCredentials() == [credentials])
    }

    @Test
    func aRunThatWasKilledIsShownAsNotEnded() async throws {
        let checkpoint = try await before.open()
        _ = try await checkpoint.start()
        try crash()
        let reader = try await CheckpointReader(path: after.path)
        let run = try await reader.latestRun()
        #expect(run?.run.endpoint == "https://service.example" && run?.end == nil)
        #expect(try await checkpoint.latestRun() == run)
    }

    /// Every prefix of the log is a moment at which the power may have gone.
    @Test
    func aLogCutAnywhereIsStillACheckpoint() async throws {
        let checkpoint = try await before.open()
        let manifest = try await checkpoint.start()
        for number in 1...20 {
            try await checkpoint.create(manifest.row(number, "\(number).example"), customerId: "c\(number)")
        }
        let files = try before.files()
        let log = try #require(files["a.checkpoint-wal"])
        var created: [Int] = []
        // The log's header has 32 bytes, and its first page's another 24.
        let lengths = [0, 1, 2, 3, 4, 31, 32, 33, 56] + Array(stride(from: 57, to: log.count, by: log.count / 20))
        for length in lengths + [log.count] {
            for name in try after.files().keys { try FileManager.default.removeItem(atPath: after.folder(name)) }
            try files["a.checkpoint"]?.write(to: URL(filePath: after.path))
            try log.prefix(length).write(to: URL(filePath: after.path + "-wal"))
            let reopened = try await after.open()
            let manifest = try await reopened.start()
            created.append(try await reopened.counts(of: manifest.id)[.created] ?? 0)
            try await reopened.close()
        }
        #expect(created.first == 0 && created.last == 20)
        #expect(created == created.sorted())
        #expect(try await checkpoint.counts(of: manifest.id) == [.created: 20])
    }

    @Test
    func aCrashWhileTheFileIsMadeLeavesNothingInTheWay() async throws {
        try Data("half".utf8).write(to: URL(filePath: after.path + ".new"))
        try Data().write(to: URL(filePath: after.path))
        try await after.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        }
        #expect(try Set(after.files().keys) == ["a.checkpoint", "a.checkpoint.lock"])
    }

    @Test
    func aLogLeftFromARemovedCheckpointIsNotTakenForTheNewOnes() async throws {
        let checkpoint = try await before.open()
        let manifest = try await checkpoint.start()
        try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        try crash()
        try FileManager.default.removeItem(atPath: after.path)
        try await after.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(1, "a.example")).submission?.mayExist == false)
        }
        #expect(try await checkpoint.result(manifest, 1)?.status == .created)
    }
}
