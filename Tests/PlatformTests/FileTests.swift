import Foundation
import TestSupport
import Testing

@testable import Platform

struct FileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func whatIsAppendedIsThereAfterwards() throws {
        let path = folder("log")
        for word in ["one ", "two"] { try File(path, .append).write(Array(word.utf8)) }
        #expect(try folder.read("log") == "one two")
    }

    @Test(arguments: [(0, ""), (3, "abc"), (5, "abcde"), (100, "abcde")])
    func aStartIsAsLongAsAskedForOrAsTheFile(count: Int, text: String) throws {
        let file = try File(try folder.write("abcde", to: "text"), .read)
        #expect(String(decoding: try file.read(atMost: count), as: UTF8.self) == text)
    }

    @Test func aFileIsReadToItsEnd() throws {
        let file = try File(try folder.write("abcde", to: "text"), .read)
        var buffer = [UInt8](repeating: 0, count: 3)
        var text: [UInt8] = []
        while case let count = try file.read(into: &buffer), count > 0 { text += buffer[..<count] }
        #expect(String(decoding: text, as: UTF8.self) == "abcde")
    }

    @Test func creatingAFileThatExistsFails() throws {
        let path = try folder.write("", to: "there")
        #expect { _ = try File(path, .create) } throws: { ($0 as? SystemError)?.code == EEXIST }
    }

    @Test(arguments: [("missing", ENOENT), ("file/below", ENOTDIR)])
    func openingWhatIsNotThereSaysSo(name: String, code: Int32) throws {
        _ = try folder.write("", to: "file")
        let error = #expect(throws: SystemError.self) { _ = try File(folder(name), .read) }
        #expect(error?.code == code)
        #expect(error?.description.hasPrefix("\(folder(name)): can't open: ") == true)
    }

    @Test func aFileIsPrivateFromItsFirstByte() throws {
        let file = try File(folder("secret"), .append, permissions: 0o600)
        try file.write([0])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder("secret"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func aLockIsHeldByOneAndFreedWithTheFile() throws {
        do {
            let first = try File(folder("lock"), .update)
            #expect(try first.lock())
            #expect(try !File(folder("lock"), .update).lock())
        }
        #expect(try File(folder("lock"), .update).lock())
    }
}

struct ReplacementFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func theTargetChangesOnlyWhenTheReplacementIsWhole() throws {
        let path = try folder.write("old", to: "report")
        var file = try ReplacementFile(path)
        try file.write("new")
        #expect(try folder.read("report") == "old")
        try file.commit()
        #expect(try folder.read("report") == "new")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report"])
    }

    @Test func aReplacementThatIsDroppedLeavesNothing() throws {
        do {
            var file = try ReplacementFile(folder("report"))
            try file.write("half")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aFolderThatIsMissingIsNamed() throws {
        let error = #expect(throws: SystemError.self) { _ = try ReplacementFile(folder("none/report")) }
        #expect(error?.path == folder("none/report"))
    }
}

struct FolderTests {
    @Test(arguments: [
        ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("a/b.csv", "a", "b.csv"),
    ])
    func aPathHasAParentAndAName(path: String, parent: String, name: String) {
        #expect(Folder.parent(of: path) == parent)
        #expect(Folder.name(of: path) == name)
    }

    @Test func foldersAreMadeWithThoseAboveThem() throws {
        let folder = try TemporaryFolder()
        try Folder.make(folder("a/b/c"))
        try Folder.make(folder("a/b/c"))
        #expect(Folder.isFolder(folder("a/b/c")))
    }

    @Test func aFileInTheWayIsAnError() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("", to: "file")
        #expect(throws: SystemError.self) { try Folder.make(folder("file")) }
        #expect(throws: SystemError.self) { try Folder.make(folder("file/below")) }
    }

    @Test func aPathThatDoesNotExistYetHasAnAbsoluteForm() throws {
        let folder = try TemporaryFolder()
        let real = Folder.absolute(folder.path)
        #expect(Folder.absolute(folder("new/file.csv")) == "\(real)/new/file.csv")
    }
}

struct SecretTests {
    @Test func aSecretIsNeverPrinted() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }
}

struct NearestNameTests {
    @Test(arguments: [
        ("--chekpoint", "--checkpoint"), ("--max-inflight", "--max-in-flight"), ("--report", "--reports"),
        ("--something-else", nil),
    ])
    func aSlipOfTheFingersFindsTheName(typed: String, meant: String?) {
        #expect(
            NearestName.find(typed, among: ["--checkpoint", "--max-in-flight", "--reports"], spelt: { $0 }) == meant
        )
    }
}
