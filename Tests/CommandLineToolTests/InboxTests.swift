import Foundation
import Jobs
import Platform
import TestSupport
import Testing

@testable import CommandLineTool

/// What a job takes from its inbox.
struct InboxTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["inbox/archive/x", "inbox/old.csv", "outbox"] {
            try FileManager.default.createDirectory(atPath: folder(name), withIntermediateDirectories: true)
        }
    }

    /// Reads a job file with an archive, as the command does.
    private func arguments(_ members: String, typed: [String] = []) throws -> Arguments {
        let text = "{\"checkpoint\": \"state\", \"reports\": \"outbox\", \(members)}"
        let path = try folder.write(text, to: "job.json")
        var arguments = try Arguments(typed + ["--job", path], for: ImportCommand.specification)
        try arguments.adopt(try JobFile(path), for: ImportCommand.specification)
        return arguments
    }

    private func names(_ arguments: Arguments) -> [String] {
        arguments.operands.map { String($0.dropFirst(folder.path.count + 1)) }
    }

    @Test func filesAreTakenInNameOrderButNotThoseInTheArchiveAndNoFolders() throws {
        for name in [
            "b.csv", "a.csv", ".a.csv", "~$a.csv", ".~lock.a.csv#", "c.part", "archive/d.csv", "archive/x/e.csv",
        ] {
            _ = try folder.write("x", to: "inbox/\(name)")
        }
        try FileManager.default.createSymbolicLink(atPath: folder("inbox/dangling"), withDestinationPath: "nowhere")
        let manifests = "\"manifests\": [\"inbox/*\", \"inbox/*/*\", \"inbox/*/*/*\"]"
        let found = names(try arguments("\(manifests), \"archive\": \"inbox/archive\""))
        #expect(found == ["inbox/a.csv", "inbox/b.csv", "inbox/dangling"])
    }

    @Test func aManifestThatWasArchivedIsNotMissing() throws {
        let arguments = try arguments("\"manifests\": \"inbox/a.csv\", \"archive\": \"archive\"")
        #expect(arguments.operands.isEmpty)
        #expect(try #require(try ImportInbox(arguments)).isIdle(arguments))
        _ = try folder.write("x", to: "inbox/a.csv")
        #expect(
            names(try self.arguments("\"manifests\": \"inbox/a.csv\", \"archive\": \"archive\"")) == ["inbox/a.csv"]
        )
    }

    @Test func whatAnEarlierRunLeftIsWorkThoughTheInboxIsEmpty() throws {
        let arguments = try arguments("\"manifests\": \"inbox/*\", \"archive\": \"archive\"")
        _ = try folder.write("{}", to: "state.archiving")
        #expect(try #require(try ImportInbox(arguments)).isIdle(arguments) == false)
    }

    @Test(arguments: [("\"dryRun\": true", []), ("\"strict\": true", ["typed.csv"])] as [(String, [String])])
    func aRehearsalAndATypedManifestMoveNothing(member: String, typed: [String]) throws {
        _ = try folder.write("x", to: "inbox/a.csv")
        let members = "\"manifests\": \"inbox/*\", \"archive\": \"archive\", \(member)"
        #expect(try ImportInbox(try arguments(members, typed: typed)) == nil)
    }

    @Test(arguments: ["job.json", "state", "state-wal", "state.lock", "outbox/a.results.csv", "secret"])
    func aPatternThatWouldCarryTheJobsOwnFilesAwayIsRefused(name: String) throws {
        _ = try folder.write("x", to: name)
        let auth =
            "\"endpoint\": \"http://127.0.0.1:9\", \"auth\": {\"flow\": \"token-file\", \"tokenFile\": \"secret\"}"
        let pattern = name.hasPrefix("outbox") ? "outbox/*" : "\(name.prefix(3))*"
        let arguments = try arguments("\"manifests\": \"\(pattern)\", \"archive\": \"archive\", \(auth)")
        let error = #expect(throws: InputError.self) { try ImportInbox(arguments) }
        #expect(error?.description.contains("belongs to the job itself") == true)
        #expect(error.map { ExitCode(for: $0) } == .wrongConfiguration)
    }

    @Test func aFolderThatIsNotThereIsNotTakenForAnEmptyOne() throws {
        let missing = try arguments("\"manifests\": [\"inbox/*\", \"unmounted/*\"], \"archive\": \"archive\"")
        let error = #expect(throws: InputError.self) { try ImportInbox(missing) }
        #expect(
            error?.description.hasPrefix("\(folder("unmounted")): can't open: No such file or directory; make") == true
        )
        #expect(error.map { ExitCode(for: $0) } == .missingInput)
        // Which folders a pattern stands for nobody can say before.
        #expect(try ImportInbox(try arguments("\"manifests\": \"*/none/*\", \"archive\": \"archive\"")) != nil)
    }

    @Test(arguments: [("a\nb", "a\u{FFFD}b"), ("\u{1B}[2J", "\u{FFFD}[2J"), ("é — ok", "é — ok")])
    func aNameNeverBreaksALine(name: String, shown: String) {
        #expect(name.onOneLine == shown)
    }
}
