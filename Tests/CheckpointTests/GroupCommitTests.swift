import Foundation
import Platform
import SQLite
import Synchronization
import Testing

@testable import Checkpoint

struct GroupCommitTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    @Test(arguments: [Duration.zero, .milliseconds(5)])
    func outcomesThatComeTogetherAreCommittedTogether(wait: Duration) async throws {
        let checkpoint = try await SQLiteCheckpoint(path: sample.path, rules: ReadableRules(), groupWait: wait)
        let manifest = try await checkpoint.start()
        let rows = (1...200).map { manifest.row($0, "\($0).example") }
        let submissions = try await checkpoint.admit(rows, mode: .send).compactMap(\.submission)
        let commits = await checkpoint.commitCount
        try await withThrowingTaskGroup { group in
            for submission in submissions {
                let result = Outcome.Result.created(customerId: submission.domain, credentials: nil, note: nil)
                group.addTask { try await checkpoint.record(Outcome(result, attempts: 1), of: submission) }
            }
            try await group.waitForAll()
        }
        #expect(await checkpoint.commitCount - commits < 100)
        #expect(try await checkpoint.counts(of: manifest.id) == [.created: 200])
        try await checkpoint.close()
    }

    @Test
    func rowsThatAreNotSentWaitForNoCommit() async throws {
        let checkpoint = try await sample.open()
        let manifest = try await checkpoint.start()
        let commits = await checkpoint.commitCount
        for number in 1...50 {
            _ = try await checkpoint.admit(manifest.row(number, .named("\(number).example"), .invalid(.refusal)))
        }
        #expect(await checkpoint.commitCount == commits)
        try await checkpoint.close()
        #expect(try await CheckpointReader(path: sample.path).counts(of: manifest.id) == [.invalid: 50])
    }

    @Test
    func aTaskThatIsCancelledStillRecordsItsOutcome() async throws {
        let checkpoint = try await sample.open()
        let manifest = try await checkpoint.start()
        let submission = try #require(try await checkpoint.admit(manifest.row(1, "a.example")).submission)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            let result = Outcome.Result.created(customerId: "c1", credentials: nil, note: nil)
            try await checkpoint.record(Outcome(result, attempts: 1), of: submission)
        }
        try await task.value
        #expect(try await checkpoint.counts(of: manifest.id) == [.created: 1])
        try await checkpoint.close()
    }

    @Test
    func afterAFaultEveryCallFailsAlikeAndNobodyIsLeftWaiting() async throws {
        let clock = GatedClock()
        let checkpoint = try await SQLiteCheckpoint(
            path: sample.path,
            rules: ReadableRules(),
            groupWait: .seconds(1),
            clock: clock
        )
        let manifest = try await checkpoint.start()
        // A stand-in for a disk that refuses one write.
        let fault = try Database(path: sample.path, mode: .write)
        try fault.execute(
            """
            CREATE TRIGGER fault BEFORE UPDATE ON results WHEN new.attempts = 99
            BEGIN SELECT raise(ABORT, 'the disk refuses'); END
            """
        )
        let rows = (1...20).map { manifest.row($0, "\($0).example") }
        let submissions = try await checkpoint.admit(rows, mode: .send).compactMap(\.submission)
        clock.shut()
        let errors = await withTaskGroup { group in
            for submission in submissions.dropLast() {
                group.addTask {
                    await #expect(throws: CheckpointError.self) {
                        try await checkpoint.record(Outcome(.withdrawn, attempts: 1), of: submission)
                    }
                }
            }
            while await checkpoint.waiterCount < 19 { await Task.yield() }
            group.addTask { [last = submissions[19]] in
                await #expect(throws: CheckpointError.self) {
                    try await checkpoint.record(Outcome(.withdrawn, attempts: 99), of: last)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        clock.open()
        let error = try #require(errors.first ?? nil)
        #expect(errors == [CheckpointError?](repeating: error, count: 20))
        #expect(error.kind == .unwritable && error.message.contains("the disk refuses"))
        await #expect(throws: error) { try await checkpoint.admit(rows, mode: .hold) }
        await #expect(throws: error) { try await checkpoint.pendingCredentials() }
        await #expect(throws: error) { try await checkpoint.end(RunEnd(exitCode: 73, at: Timestamp(milliseconds: 1))) }
        await #expect(throws: error) { try await checkpoint.close() }
        // What was on disk is still there for the next run, and nothing of the group that failed.
        try await sample.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.counts(of: manifest.id) == [.unknown: 20])
        }
    }

    @Test
    func workBeginsWithARunAndEndsWithTheCheckpoint() async throws {
        let checkpoint = try await sample.open()
        await #expect(throws: CheckpointError.self) { try await checkpoint.open(manifest: "/in/a.csv", header: []) }
        let other = try SampleCheckpoint()
        let closed = try await other.open()
        try await closed.close()
        await #expect(throws: CheckpointError.self) { try await closed.start() }
    }

    @Test
    func aDiskThatIsFullIsSaidToBeFull() {
        let full = CheckpointError(SQLiteError(extendedCode: 13, message: "database or disk is full"), path: "p")
        #expect(full.kind == .unwritable && full.message.contains("the disk is full"))
        let refused = SQLiteError(extendedCode: 778, systemCode: EROFS, message: "disk I/O error")
        #expect(CheckpointError(refused, path: "p").message.contains("Read-only file system"))
        let busy = CheckpointError(SQLiteError(extendedCode: 5, message: "database is locked"), path: "p")
        #expect(busy.kind == .held)
    }
}

/// A clock whose sleepers wake at once, or, while it is shut, not before it is opened.
private final class GatedClock: Clock {
    typealias Instant = ContinuousClock.Instant

    private let gate = Mutex(Gate())

    private struct Gate {
        var isShut = false
        var sleepers: [CheckedContinuation<Void, Never>] = []
    }

    var now: Instant { ContinuousClock().now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await withCheckedContinuation { continuation in
            let isShut = gate.withLock {
                if $0.isShut { $0.sleepers.append(continuation) }
                return $0.isShut
            }
            if !isShut { continuation.resume() }
        }
    }

    func shut() { gate.withLock { $0.isShut = true } }

    func open() {
        let sleepers = gate.withLock { gate in
            gate.isShut = false
            defer { gate.sleepers = [] }
            return gate.sleepers
        }
        sleepers.forEach { $0.resume() }
    }
}
