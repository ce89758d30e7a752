import Foundation
import Jobs
import Platform
import TestSupport
import Testing

/// Which files of an inbox are whole.
struct InboxWatchTests {
    private static let noon = Timestamp(milliseconds: 1_795_262_400_000)

    private static func state(
        _ size: Int,
        secondsAgo: Int64 = 3600,
        inode: UInt = 1,
        isOpen: Bool = false
    ) -> FileState {
        let modified = Timestamp(milliseconds: noon.milliseconds - secondsAgo * 1000)
        return FileState(size: size, modified: modified, inode: inode, isOpenForWriting: isOpen)
    }

    /// Watches one file that is one thing at first and another in the end.
    private func selection(_ before: FileState?, _ after: FileState?) async throws -> InboxWatch.Selection {
        let clock = ManualClock(automatic: true)
        let watch = InboxWatch(interval: .seconds(2), clock: clock, now: { Self.noon }) { _ in
            clock.elapsed < .seconds(2) ? before : after
        }
        return try await watch.select(["/inbox/a.csv"])
    }

    @Test func aFileThatStaysAsItIsIsTaken() async throws {
        let state = Self.state(10)
        let selection = try await selection(state, state)
        #expect(selection.ready == ["/inbox/a.csv"])
        #expect(selection.states == ["/inbox/a.csv": state])
        #expect(selection.growing.isEmpty)
    }

    @Test(arguments: [
        (state(10), state(11)), (state(10), state(10, secondsAgo: 1)), (state(10), state(10, inode: 2)),
        (state(10, isOpen: true), state(10, isOpen: true)),
        // Nothing is in it yet.
        (state(0, secondsAgo: 5), state(0, secondsAgo: 5)), (state(0, secondsAgo: -5), state(0, secondsAgo: -5)),
    ])
    func aFileThatSomebodyIsAtWorkOnWaits(before: FileState, after: FileState) async throws {
        let selection = try await selection(before, after)
        #expect(selection.ready.isEmpty)
        #expect(selection.growing == ["/inbox/a.csv"])
    }

    @Test func anEmptyFileIsTakenOnceItIsOld() async throws {
        let state = Self.state(0)
        #expect(try await selection(state, state).ready == ["/inbox/a.csv"])
    }

    @Test(arguments: [(nil, nil), (state(10), nil), (nil, state(10))] as [(FileState?, FileState?)])
    func aFileThatComesOrGoesMeanwhileIsPassedOver(before: FileState?, after: FileState?) async throws {
        #expect(try await selection(before, after) == InboxWatch.Selection())
    }

    @Test func allFilesAreWatchedAtTheSameTimeAndNoneWithoutNeed() async throws {
        let clock = ManualClock(automatic: true)
        let watch = InboxWatch(interval: .seconds(2), clock: clock, now: { Self.noon }) { _ in Self.state(10) }
        #expect(try await watch.select([]).ready.isEmpty)
        #expect(clock.slept.isEmpty)
        #expect(try await watch.select(["/inbox/b", "/inbox/a", "/inbox/b"]).ready == ["/inbox/b", "/inbox/a"])
        #expect(clock.slept == [.seconds(2)])
    }

    @Test func aFileOfTwoNamesIsTakenOnce() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("x", to: "b.csv")
        try FileManager.default.createSymbolicLink(atPath: folder("a.csv"), withDestinationPath: "b.csv")
        let watch = InboxWatch(interval: .seconds(2), clock: ManualClock(automatic: true))
        #expect(try await watch.select([folder("a.csv"), folder("b.csv")]).ready == [folder("a.csv")])
    }

    @Test(arguments: [
        ("a.csv", false), ("part", false), ("a.part.csv", false), ("a~$.csv", false), ("tmp.csv", false),
        ("~$a.xlsx", true), (".a.csv", true), (".~lock.a.ods#", true), ("a.csv.part", true), ("A.CSV.PART", true),
        ("a.csv.filepart", true), ("a.crdownload", true), ("a.csv.tmp", true),
    ])
    func aNameTellsWhoIsAtWork(name: String, isPassedOver: Bool) {
        #expect(InboxWatch.isPassedOver(name) == isPassedOver)
    }
}
