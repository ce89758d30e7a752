import Checkpoint
import Foundation
import Manifests
import Platform
import Reports
import TestSupport
import Testing

@testable import Jobs

/// How manifests that are done with are put away, whatever happens in between.
struct ManifestArchiveTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["inbox", "outbox"] {
            try FileManager.default.createDirectory(atPath: folder(name), withIntermediateDirectories: true)
        }
    }

    /// The archive of one run, at the same moment each time.
    private func archive(in place: String = "archive") -> ManifestArchive {
        ManifestArchive(folder: folder(place), checkpoint: folder("checkpoint")) {
            Timestamp(milliseconds: 1_795_262_400_123)
        }
    }

    private static let day = "2026-11-21T120000Z"

    /// Drops a manifest with two reports.
    private func drop(
        _ name: String,
        _ text: String = "rows",
        counts: [RowStatus: Int] = [.created: 1],
        fault: ManifestError? = nil
    ) throws -> ManifestEnd {
        var end = ManifestEnd(path: try folder.write(text, to: "inbox/\(name)"))
        end.counts = counts
        end.isWhole = true
        end.fault = fault
        end.reports = try ["results", "corrections"].map {
            try folder.write($0, to: "outbox/\(name).\($0).csv")
        }
        return end
    }

    /// All files with what is in them.
    private func files() throws -> [String: String] {
        let names = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try Dictionary(
            uniqueKeysWithValues: names.filter { Folder.isRegularFile(folder($0)) }.map { ($0, try folder.read($0)) }
        )
    }

    /// What the archive holds of a manifest that was dropped.
    private func archived(_ name: String, _ text: String = "rows", number: String = "") -> [String: String] {
        let place = "archive/\(Self.day)-\(name)\(number)"
        return [
            "\(place)/\(name)": text, "\(place)/\(name).results.csv": "results",
            "\(place)/\(name).corrections.csv": "corrections",
        ]
    }

    @Test func aFinishedManifestMovesWithItsReports() async throws {
        let end = try drop("a.csv")
        let filing = await archive().file([end])
        #expect(try files() == archived("a.csv"))
        #expect(filing.archived == [folder("inbox/a.csv"): folder("archive/\(Self.day)-a.csv")])
        #expect(Set(filing.reports.keys) == Set(end.reports))
        #expect(filing.failures.isEmpty)
    }

    @Test(arguments: RowStatus.allCases)
    func oneRowThatIsOpenKeepsAManifestInTheInbox(status: RowStatus) async throws {
        let filing = await archive().file([try drop("a.csv", counts: [status: 1])])
        let isOpen = [.pending, .unknown, .failed].contains(status)
        #expect(Folder.exists(folder("inbox/a.csv")) == isOpen)
        #expect(filing.open.isEmpty == !isOpen)
    }

    @Test func aManifestThatWasNotReadToItsEndStays() async throws {
        var end = try drop("a.csv")
        end.isWhole = false
        #expect(await archive().file([end]).open == [end.path])
        #expect(try files()["inbox/a.csv"] == "rows")
    }

    @Test func aBadOneIsSetAsideWithItsReasonAndStopsNobody() async throws {
        let fault = ManifestError(.malformed, path: "a.csv", line: 3, message: "is no manifest")
        let filing = await archive().file([try drop("a.csv", fault: fault), try drop("b.csv")])
        let place = "archive/set-aside/\(Self.day)-a.csv"
        #expect(try files()["\(place)/a.csv"] == "rows")
        #expect(try files()["\(place)/a.csv.reason.txt"] == "a.csv:3: is no manifest\n")
        #expect(try folder.read("archive/\(Self.day)-b.csv/b.csv") == "rows")
        #expect(filing.setAside == [folder("inbox/a.csv"): folder(place)])
    }

    @Test func nothingOlderOfTheSameNameIsWrittenOver() async throws {
        for (text, number) in [("first", ""), ("second", "-2"), ("third", "-3")] {
            _ = await archive().file([try drop("a.csv", text)])
            #expect(try folder.read("archive/\(Self.day)-a.csv\(number)/a.csv") == text)
        }
        #expect(try files().count == 9)
    }

    @Test func aFileThatIsAnotherByNowStays() async throws {
        let archive = archive()
        let end = try drop("a.csv", "old")
        await archive.expect([end.path: try #require(FileState(of: end.path))])
        _ = try folder.write("newer", to: "inbox/a.csv")
        #expect(await archive.file([end]).changed == [end.path])
        #expect(try files()["inbox/a.csv"] == "newer")
        #expect(try files()["outbox/a.csv.results.csv"] == "results")
    }

    @Test func aFileThatWasTakenAwayIsTold() async throws {
        let end = try drop("a.csv")
        try FileManager.default.removeItem(atPath: end.path)
        #expect(await archive().file([end]).missing == [end.path])
    }

    @Test func ofALinkTheContentIsKeptAndWhatItLeadsToStays() async throws {
        var end = ManifestEnd(path: folder("inbox/link.csv"))
        end.isWhole = true
        _ = try folder.write("rows", to: "elsewhere.csv")
        try FileManager.default.createSymbolicLink(atPath: end.path, withDestinationPath: "../elsewhere.csv")
        _ = await archive().file([end])
        #expect(try files() == ["elsewhere.csv": "rows", "archive/\(Self.day)-link.csv/link.csv": "rows"])
        #expect(FileState(of: folder("archive/\(Self.day)-link.csv/link.csv"))?.isLink == false)
        #expect(FileState(of: end.path) == nil)
    }

    @Test(arguments: ["archive", "archive/set-aside"])
    func whatCanNotBePutAwayStaysAndIsTold(place: String) async throws {
        // A file stands where the folder must be, which stops root, too.
        if place != "archive" {
            try FileManager.default.createDirectory(atPath: folder("archive"), withIntermediateDirectories: true)
        }
        _ = try folder.write("", to: place)
        let fault = ManifestError(.malformed, path: "a.csv", message: "is no manifest")
        let end = try drop("a.csv", fault: fault)
        if place == "archive" {
            let error = await #expect(throws: ReportError.self) { try await archive().prepare() }
            #expect(error?.description.contains("\(folder("archive")): can't make the folder: ") == true)
        }
        let failure = try #require(await archive().file([end]).failures.first)
        #expect(failure.description.contains("a file stands where a folder must be"), "\(failure)")
        #expect(try files()["inbox/a.csv"] == "rows")
        #expect(!Folder.exists(folder("checkpoint.archiving")))
        guard place != "archive" else { return }
        #expect(await archive().file([end, try drop("b.csv")]).archived.count == 1)
    }

    @Test func aReportThatIsGoneHoldsNobodyUp() async throws {
        let end = try drop("a.csv")
        try FileManager.default.removeItem(atPath: end.reports[0])
        #expect(await archive().file([end]).failures.isEmpty)
        #expect(try files().count == 2)
    }

    /// As many moves as two manifests have.
    @Test(arguments: 0...6)
    func aRunThatWasKilledIsCarriedOn(movesBefore: Int) async throws {
        let ends = [try drop("a.csv"), try drop("b.csv", "others")]
        let plan = try await plan(ends)
        let moves = plan.entries.flatMap { [$0.manifest] + $0.reports }
        for move in moves.prefix(movesBefore) { #expect(try move.perform() == .done) }
        let filing = try await archive().prepare()
        #expect(try files() == archived("a.csv").merging(archived("b.csv", "others")) { $1 })
        #expect(filing.archived.count == 2)
        #expect(try await archive().prepare().archived.isEmpty)
    }

    @Test(arguments: [0, 1])
    func whatWasDroppedSinceAKillIsLeftAlone(movesBefore: Int) async throws {
        let plan = try await plan([try drop("a.csv", "old")])
        for move in plan.entries.map(\.manifest).prefix(movesBefore) { _ = try move.perform() }
        // Another file, not the same one with other bytes in it.
        if movesBefore == 0 { try FileManager.default.removeItem(atPath: folder("inbox/a.csv")) }
        _ = try folder.write("newer", to: "inbox/a.csv")
        let filing = try await archive().prepare()
        #expect(try files()["inbox/a.csv"] == "newer")
        #expect(filing.changed.isEmpty)
        #expect(try files().values.contains("old") == (movesBefore == 1))
    }

    @Test func aCopyWhoseOriginalWasStillToBeRemovedIsNoSecondOne() async throws {
        let plan = try await plan([try drop("a.csv")])
        // As `cp -p` does it, which is what a move to another file system begins with.
        let copy = Process()
        copy.executableURL = URL(filePath: "/bin/cp")
        copy.arguments = ["-p", plan.entries[0].manifest.source, plan.entries[0].manifest.target]
        try copy.run()
        copy.waitUntilExit()
        _ = try await archive().prepare()
        #expect(try files() == archived("a.csv"))
    }

    @Test func aPlanThatCanNotBeReadIsRefusedAndKept() async throws {
        _ = try folder.write("{", to: "checkpoint.archiving")
        let error = await #expect(throws: ReportError.self) { try await archive().prepare() }
        #expect(error?.path == folder("checkpoint.archiving"))
        #expect(try folder.read("checkpoint.archiving") == "{")
    }

    @Test func aNameThatIsNoTextIsSetAsideUnderOneThatIs() async throws {
        let path = try drop(Array("caf".utf8) + [0xE9] + Array(".csv".utf8))
        let filing = await archive().setAside(path)
        #expect(filing.setAside == [folder("inbox/caf%E9.csv"): folder("archive/set-aside/\(Self.day)-caf%E9.csv")])
        #expect(Set(try files().keys.map(Folder.name)) == ["caf%E9.csv", "reason.txt"])
        #expect(PathPattern.undecodablePaths("inbox/*", in: folder.path).isEmpty)
    }

    @Test func aNameThatIsNoTextAndCanNotBePutAwayLeavesNothingInTheArchive() async throws {
        // Each byte takes three to show, which makes the name too long.
        let path = try drop([UInt8](repeating: 0xE9, count: 100))
        let filing = await archive().setAside(path)
        #expect(filing.setAside.isEmpty)
        #expect(filing.failures.map(\.path) == ["\(path)"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder("archive/set-aside")).isEmpty)
        #expect(PathPattern.undecodablePaths("inbox/*", in: folder.path) == [path])
    }

    /// Drops an empty file whose name is no text.
    private func drop(_ name: [UInt8]) throws -> UndecodablePath {
        let path = Array(folder("inbox/").utf8) + name + [0]
        let file = open(path.map(CChar.init(bitPattern:)), O_CREAT | O_WRONLY, 0o644)
        #expect(file >= 0 && close(file) == 0)
        return try #require(PathPattern.undecodablePaths("inbox/*", in: folder.path).first)
    }

    /// Says on disk what is to be moved, as a run does before it is killed.
    private func plan(_ ends: [ManifestEnd]) async throws -> ArchivePlan {
        let archive = archive()
        _ = try await archive.prepare()
        return try await archive.plan(ends)
    }
}
