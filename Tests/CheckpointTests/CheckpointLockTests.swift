import Foundation
import Platform
import TestSupport
import Testing

@testable import Checkpoint

struct CheckpointLockTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    @Test
    func aSecondRunIsToldWhoHoldsTheCheckpoint() async throws {
        let first = try await sample.open()
        let error = await #expect(throws: CheckpointError.self) { _ = try await sample.open() }
        #expect(error?.kind == .held && error?.path == sample.path)
        let process = ProcessInfo.processInfo
        let holder = "process \(process.processIdentifier) on \(process.hostName), since 20"
        #expect(error?.message.contains(holder) == true, "\(error?.message ?? "")")
        try await first.close()
        try await sample.open().close()
    }

    @Test
    func everyNameOfTheFileHasTheSameLock() async throws {
        try await sample.open().close()
        let link = sample.folder("link.checkpoint")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: sample.path)
        let first = try await sample.open()
        let error = await #expect(throws: CheckpointError.self) {
            _ = try await SQLiteCheckpoint(path: link, rules: ReadableRules())
        }
        #expect(error?.kind == .held && error?.path == link)
        try await first.close()
    }

    @Test
    func aProcessThatDiesGivesTheCheckpointBack() async throws {
        try await sample.open().close()
        // Another process holds the lock, as a run does, until it is killed.
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["flock", "--no-fork", sample.path + ".lock", "sh", "-c", "echo held; exec sleep 100"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        #expect(try output.fileHandleForReading.read(upToCount: 5) == Data("held\n".utf8))
        let error = await #expect(throws: CheckpointError.self) { _ = try await sample.open() }
        #expect(error?.kind == .held)
        #expect(error?.message == "another run holds the checkpoint; wait for it to end, then run again")
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try await sample.open().close()
    }

    @Test
    func aReaderWorksBesideARun() async throws {
        let checkpoint = try await sample.open()
        let manifest = try await checkpoint.start()
        try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        let reader = try await CheckpointReader(path: sample.path)
        #expect(try await reader.counts(of: manifest.id) == [.created: 1])
        try await checkpoint.create(manifest.row(2, "b.example"), customerId: "c2")
        #expect(try await reader.counts(of: manifest.id) == [.created: 2])
        #expect(try await reader.rows(of: manifest.id, after: 0, limit: 9).map(\.customerId) == ["c1", "c2"])
        #expect(try await reader.manifests().map(\.header) == [["id", "name"]])
        try await checkpoint.close()
        #expect(try await reader.latestRun()?.run.id == "00000000-0000-4000-8000-000000000001")
        await reader.close()
    }

    @Test
    func aReaderOfNothingSaysThatItIsMissing() async throws {
        let error = await #expect(throws: SystemError.self) { _ = try await CheckpointReader(path: sample.path) }
        #expect(error?.code == ENOENT)
    }
}
