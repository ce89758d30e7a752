import Foundation
import TestSupport
import Testing

@testable import Platform

/// Moves that lose nothing and write over nothing.
struct FileMoveTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func move(_ source: String, to target: String) throws -> Bool {
        try FileMove.move(source, to: target, as: try #require(FileState(of: source)))
    }

    @Test func aFileIsMoved() throws {
        #expect(try move(try folder.write("text", to: "a"), to: folder("b")))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["b"])
        #expect(try folder.read("b") == "text")
    }

    @Test func whatStandsAtTheTargetStays() throws {
        _ = try folder.write("old", to: "b")
        let error = #expect(throws: SystemError.self) { try move(try folder.write("new", to: "a"), to: folder("b")) }
        #expect(error?.code == EEXIST)
        #expect(try folder.read("a") == "new")
        #expect(try folder.read("b") == "old")
    }

    @Test func anotherFileThanTheOneMeantStays() throws {
        let path = try folder.write("old", to: "a")
        let state = try #require(FileState(of: path))
        _ = try folder.write("newer", to: "a")
        #expect(try !FileMove.move(path, to: folder("b"), as: state))
        #expect(try folder.read("a") == "newer")
        try FileManager.default.removeItem(atPath: path)
        #expect(try !FileMove.move(path, to: folder("b"), as: state))
    }

    @Test func aFileThatAProgramStillWritesToIsToldFromOneThatIsRead() throws {
        let path = try folder.write("text", to: "a")
        #expect(FileState(of: path)?.isOpenForWriting == false)
        let reader = try File(path, .read)
        #expect(FileState(of: path)?.isOpenForWriting == false)
        let writer = try File(path, .append)
        #expect(FileState(of: path)?.isOpenForWriting == true)
        try writer.synchronize()
        _ = try reader.size()
    }

    @Test(arguments: [("missing/b", ENOENT), ("a/b", ENOTDIR)])
    func aMoveThatIsRefusedSaysWhereAndWhy(target: String, code: Int32) throws {
        let path = try folder.write("text", to: "a")
        let error = #expect(throws: SystemError.self) { try move(path, to: folder(target)) }
        #expect(error?.code == code)
        #expect(error?.description.hasPrefix("\(path): can't move it into \(folder.path)/") == true)
        #expect(try folder.read("a") == "text")
    }

    /// A file system in memory, where there is one and it is another than that of the test's folder.
    private static let elsewhere = "/dev/shm"

    private static var hasElsewhere: Bool {
        var there = stat()
        var here = stat()
        return stat(elsewhere, &there) == 0 && stat(FileManager.default.temporaryDirectory.path, &here) == 0
            && there.st_dev != here.st_dev && access(elsewhere, W_OK) == 0
    }

    @Test(.enabled(if: hasElsewhere), arguments: [0, 1, 3_000_000])
    func toAnotherFileSystemAFileIsCopiedWithItsTimeAndItsRights(size: Int) throws {
        let place = "\(Self.elsewhere)/purser-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let path = folder("a")
        let content = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try content.write(to: URL(filePath: path))
        #expect(chmod(path, 0o640) == 0)
        let state = try #require(FileState(of: path))
        #expect(try FileMove.move(path, to: "\(place)/a", as: state))
        #expect(FileManager.default.contents(atPath: "\(place)/a") == content)
        #expect(FileState(of: "\(place)/a")?.modifiedNanoseconds == state.modifiedNanoseconds)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(place)/a")
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(FileState(of: path) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["a"])
    }

    @Test(
        arguments: [
            ([0x61, 0xE9, 0x62], "a%E9b"), ([0xC3, 0xA9, 0xFF], "é%FF"), ([0xE2, 0x82], "%E2%82"),
            ([0x0A, 0xFE], "%0A%FE"),
        ] as [([UInt8], String)]
    )
    func aNameThatIsNoTextIsShownAsOne(bytes: [UInt8], text: String) {
        #expect("\(UndecodablePath(bytes: (bytes + [0]).map(CChar.init(bitPattern:))))" == text)
    }

    @Test func aPatternTellsNamesThatAreTextFromThoseThatAreNot() throws {
        _ = try folder.write("", to: "good.csv")
        let bad = (Array(folder("b").utf8) + [0xE4] + Array("d.csv\0".utf8)).map(CChar.init(bitPattern:))
        let file = open(bad, O_CREAT | O_WRONLY, 0o644)
        #expect(file >= 0 && close(file) == 0)
        #expect(PathPattern.paths("*.csv", in: folder.path) == [folder("good.csv")])
        #expect(PathPattern.undecodablePaths("*.csv", in: folder.path).map(\.bytes) == [bad])
    }
}
