import Checkpoint
import Foundation
import Platform
import Reports
import TestSupport
import Testing

struct CredentialsFileTests {
    static let header = "customerId,domain,userName,password\r\n"

    let folder: TemporaryFolder
    var path: String { folder("new/credentials.csv") }

    init() throws { folder = try TemporaryFolder() }

    private func read() throws -> String { try folder.read("new/credentials.csv") }

    private func place(_ text: some Sequence<UInt8>, mode: Int = 0o600) throws {
        try FileManager.default.createDirectory(atPath: folder("new"), withIntermediateDirectories: true)
        #expect(
            FileManager.default.createFile(atPath: path, contents: Data(text), attributes: [.posixPermissions: mode])
        )
    }

    private func mode() throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func aLineIsOnFileWhenAppendReturns() async throws {
        let file = CredentialsFile(path)
        try await file.append(Sample.credentials(1))
        #expect(try read() == Self.header + "id-1,c1.example,admin,\"Pass word,1\"\r\n")
        try await file.append(Sample.credentials(2, password: "q\"uote"))
        #expect(try read().hasSuffix("1\"\r\nid-2,c2.example,admin,\"q\"\"uote\"\r\n"))
    }

    @Test func whatAnEarlierRunMayHaveAppendedIsAppendedOnce() async throws {
        let earlier = CredentialsFile(path)
        try await earlier.append(Sample.credentials(1))
        try await earlier.append(Sample.credentials(2, password: "line\r\nbreak"))
        let file = CredentialsFile(path)
        for number in [2, 1, 3] {
            let password = number == 2 ? "line\r\nbreak" : "Pass word,1"
            try await file.append(Sample.credentials(number, password: password))
        }
        let text = try read()
        #expect(text.split(separator: "\r\n").count == 5, "\(text)")
        for number in 1...3 { #expect(text.ranges(of: "id-\(number),").count == 1, "\(text)") }
    }

    @Test func partOfALineIsNotTakenForThePassword() async throws {
        try place((Self.header + "id-1,c1.example,admin,\"Pass\r\n").utf8)
        let file = CredentialsFile(path)
        try await file.append(Sample.credentials(1))
        #expect(try read().hasSuffix("id-1,c1.example,admin,\"Pass word,1\"\r\n"))
    }

    /// Before it is appended to once more, or only after the last line.
    @Test(arguments: [true, false])
    func aFileThatIsRemovedMeanwhileIsPutBackWithAllThatItHad(isAppendedTo: Bool) async throws {
        let file = CredentialsFile(path)
        try await file.append(Sample.credentials(1, password: "first"))
        if !isAppendedTo { try await file.append(Sample.credentials(2, password: "second")) }
        try FileManager.default.removeItem(atPath: folder("new"))
        if isAppendedTo { try await file.append(Sample.credentials(2, password: "second")) }
        try await file.putBack()
        let lines = "id-1,c1.example,admin,first\r\nid-2,c2.example,admin,second\r\n"
        #expect(try read() == Self.header + lines)
        #expect(try mode() == 0o600)
        try await file.append(Sample.credentials(3, password: "third"))
        #expect(try read() == Self.header + lines + "id-3,c3.example,admin,third\r\n")
    }

    /// An editor saves a file by putting another one in its place; a person may move it away.
    @Test(arguments: [true, false])
    func aFileThatIsReplacedOrMovedMeanwhileGetsNoLineTwice(isReplaced: Bool) async throws {
        let file = CredentialsFile(path)
        try await file.append(Sample.credentials(1, password: "first"))
        let text = try read()
        try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
        if isReplaced {
            try place(text.utf8)
            try FileManager.default.removeItem(atPath: path + ".moved")
        }
        try await file.append(Sample.credentials(2, password: "second"))
        try await file.putBack()
        #expect(try read() == (isReplaced ? text : Self.header) + "id-2,c2.example,admin,second\r\n")
    }

    @Test func openingMakesTheFileBeforeAnythingIsSent() async throws {
        #expect(try await CredentialsFile(path).missing(from: []) == [])
        #expect(try read() == Self.header)
        #expect(try mode() == 0o600)
    }

    @Test(arguments: [0o600, 0o644, 0o666, 0o640])
    func aModeThatIsTooOpenIsRepaired(mode: Int) async throws {
        try place(Self.header.utf8, mode: mode)
        try await CredentialsFile(path).append(Sample.credentials(1))
        #expect(try self.mode() == 0o600)
    }

    @Test func laterRunsAppendAndRewriteNothing() async throws {
        try await CredentialsFile(path).append(Sample.credentials(1))
        let before = try read()
        try await CredentialsFile(path).append(Sample.credentials(2))
        #expect(try read() == before + "id-2,c2.example,admin,\"Pass word,1\"\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+secret", "'+secret"), ("-secret", "'-secret"), ("@secret", "'@secret"), ("a=b", "a=b"),
    ])
    func aPasswordThatASpreadsheetWouldRunIsGuarded(password: String, cell: String) async throws {
        try await CredentialsFile(path).append(Sample.credentials(1, password: password))
        #expect(try read() == Self.header + "id-1,c1.example,admin,\(cell)\r\n")
    }

    @Test func onlyWhatIsNotOnFileIsMissing() async throws {
        let file = CredentialsFile(path)
        for number in [1, 2, 5] { try await file.append(Sample.credentials(number, password: "two\nid-3,lines")) }
        let pending = [5, 4, 1, 3].map { Sample.credentials($0) }
        #expect(try await CredentialsFile(path).missing(from: pending).map(\.customerId) == ["id-4", "id-3"])
    }

    @Test func aFileSavedByASpreadsheetIsStillRead() async throws {
        try place(
            "\u{FEFF}\"customerId\",\"domain\",\"userName\",\"password\"\n\"id-1\",\"c1.example\",\"admin\",\"x\"\n"
                .utf8
        )
        let missing = try await CredentialsFile(path).missing(from: [Sample.credentials(1), Sample.credentials(2)])
        #expect(missing.map(\.customerId) == ["id-2"])
    }

    /// A crash may cut the last line anywhere; the run after it appends the same credentials again.
    @Test(arguments: ["Pass word,1", "plain", "line\r\nbreak \"quoted\"", "=formula", "\"", "ключ😀"])
    func aLineCutAtAnyByteIsWrittenOnce(password: String) async throws {
        let torn = Sample.credentials(2, password: password)
        try await CredentialsFile(path).append(Sample.credentials(1))
        let before = Array(try read().utf8)
        try await CredentialsFile(path).append(torn)
        let whole = Array(try read().utf8)
        for length in 0...whole.count {
            try place(whole.prefix(length))
            let file = CredentialsFile(path)
            let pending = length < before.count ? [Sample.credentials(1), torn] : [torn]
            for credentials in try await file.missing(from: pending) { try await file.append(credentials) }
            #expect(try Array(read().utf8) == whole, "cut at byte \(length) of \(whole.count)")
        }
    }

    /// The line's own credentials are not pending, as where a second checkpoint uses the same file.
    @Test(arguments: ["plain", "line\r\nbreak \"quoted\"", "Pass word,1"])
    func aForeignLineCutAtAnyByteIsEndedAndHarmsNoOther(password: String) async throws {
        try await CredentialsFile(path).append(Sample.credentials(1, password: password))
        let whole = Array(try read().utf8)
        for length in Self.header.utf8.count...whole.count {
            try place(whole.prefix(length))
            let file = CredentialsFile(path)
            _ = try await file.missing(from: [])
            try await file.append(Sample.credentials(2))
            let bytes = try Array(read().utf8)
            #expect(bytes.starts(with: whole.prefix(length)), "cut at byte \(length)")
            #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("\r\nid-2,c2.example,admin,\"Pass word,1\"\r\n"))
            #expect(
                try await CredentialsFile(path).missing(from: [Sample.credentials(2)]) == [],
                "cut at byte \(length)"
            )
        }
    }

    @Test func manyAtOnceAreEachWrittenOnce() async throws {
        let file = CredentialsFile(path)
        try await withThrowingTaskGroup { group in
            for number in 1...200 { group.addTask { try await file.append(Sample.credentials(number)) } }
            try await group.waitForAll()
        }
        let lines = try read().components(separatedBy: "\r\n")
        #expect(lines.first == "customerId,domain,userName,password")
        #expect(
            lines.dropFirst().dropLast().sorted()
                == (1...200).map { "id-\($0),c\($0).example,admin,\"Pass word,1\"" }.sorted()
        )
    }

    @Test(arguments: ["externalId,companyName,domain\r\na,b,c\r\n", "no line end", "customerId,domain,companyName\n"])
    func aFileThatHoldsSomethingElseIsLeftAsItIs(text: String) async throws {
        try place(text.utf8, mode: 0o644)
        let error = await #expect(throws: ReportError.self) {
            try await CredentialsFile(path).append(Sample.credentials(1))
        }
        #expect(error?.message.contains("not a credentials file") == true)
        #expect(try read() == text)
        #expect(try mode() == 0o644)
    }

    /// A pipe stands for all that keeps no bytes: the mode of a device must not change under the system's feet.
    @Test func whatIsNoOrdinaryFileIsRefusedAndItsModeLeftAlone() async throws {
        let pipe = folder("pipe")
        #expect(mkfifo(pipe, 0o644) == 0 && chmod(pipe, 0o644) == 0)
        await #expect(throws: ReportError.self) { try await CredentialsFile(pipe).missing(from: []) }
        #expect(try FileManager.default.attributesOfItem(atPath: pipe)[.posixPermissions] as? Int == 0o644)
    }

    @Test func aFolderInItsPlaceIsNamed() async throws {
        let error = await #expect(throws: ReportError.self) { try await CredentialsFile(folder.path).missing(from: []) }
        #expect(error?.description.hasPrefix("\(folder.path): ") == true)
    }
}
