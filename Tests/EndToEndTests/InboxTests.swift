import Foundation
import TestSupport
import Testing

/// A job's inbox, worked off by the built program as cron starts it.
struct InboxTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder("inbox"), withIntermediateDirectories: true)
    }

    /// A local Partner Center that is started, killed, and started again where it was.
    private final class Service {
        private let folder: TemporaryFolder
        private var process: PurserProcess
        let port: String

        init(in folder: TemporaryFolder, scenario: String = "{}") throws {
            self.folder = folder
            _ = try folder.write(scenario, to: "scenario.json")
            process = try Self.start(in: folder, port: "0")
            port = process.firstLine().split(separator: ":").last.map(String.init) ?? ""
        }

        deinit { stop() }

        func stop() {
            process.signal(SIGKILL)
            _ = process.wait()
        }

        func startAgain() throws {
            process = try Self.start(in: folder, port: port)
            _ = process.firstLine()
        }

        private static func start(in folder: TemporaryFolder, port: String) throws -> PurserProcess {
            let options = ["--port", port, "--store", folder("service.db"), "--scenario", folder("scenario.json")]
            return try PurserProcess(["emulator"] + options, in: folder.path)
        }
    }

    private func writeJob(_ service: Service, _ more: String = "") throws {
        let text = """
            {
              "job": "nightly", "manifests": ["inbox/*"], "archive": "archive", "stableFor": "1s",
              "endpoint": "http://127.0.0.1:\(service.port)", "requestsPerMinute": 0, "attempts": 2,
              "checkpoint": "state.checkpoint", "reports": "outbox", "reportFormats": "csv"\(more)
            }
            """
        _ = try folder.write(text, to: "job.json")
    }

    /// What of `summary.json` tells where the reports are.
    private struct Summary: Decodable {
        let exitCode: Int
        let files: [String]
    }

    private func drop(_ text: String, _ name: String) throws { _ = try folder.write(text, to: "inbox/\(name)") }

    private func start(_ options: [String] = [], shell: String = "") throws -> PurserProcess {
        try PurserProcess(
            ["import", "--job", "job.json"] + options,
            in: folder.path,
            environment: ["PURSER_TOKEN": "emulator"],
            shell: shell
        )
    }

    private func night(_ options: String..., shell: String = "") throws -> PurserProcess.Result {
        try start(options, shell: shell).wait()
    }

    /// All files below a folder, without what their names have of a date.
    private func files(_ place: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder(place))?.compactMap { $0 as? String } ?? []
        let date = try Regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z-")
        return names.filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder("\(place)/\(name)"), isDirectory: &isFolder)
            return !isFolder.boolValue
        }.map { $0.replacing(date, with: "") }.sorted()
    }

    /// The path of an archived file, of the latest manifest of its name.
    private func archived(_ name: String, of manifest: String) throws -> String {
        let folders = try FileManager.default.contentsOfDirectory(atPath: folder("archive")).sorted()
        return "archive/\(try #require(folders.last { $0.hasSuffix("Z-\(manifest)") }))/\(name)"
    }

    private func customers(_ service: Service) throws -> [String] {
        let options = ["--endpoint", "http://127.0.0.1:\(service.port)", "--requests-per-minute", "0"]
        let export = try PurserProcess.run(
            ["export", "--to", "all.csv"] + options,
            in: folder.path,
            environment: ["PURSER_TOKEN": "emulator"]
        )
        #expect(export.exitCode == 0, "\(export.errors)")
        return try Results.table(try folder.read("all.csv")).compactMap { $0["domain"] }
    }

    @Test func aWeekOfCronEndsWithEveryFileWhereItBelongsAndEveryRowSettled() throws {
        let service = try Service(in: folder)
        try writeJob(service)

        // Monday: a good one, beside files that nobody means.
        try drop(ManifestText.rows(1...5), "customers.csv")
        try drop("lock", "~$customers.xlsx")
        try drop(ManifestText.rows(90...91), "upload.csv.part")
        let monday = try night()
        #expect(monday.exitCode == 0, "\(monday.errors)")
        #expect(monday.output == "nightly: 5 rows: 5 created; 1 manifest archived in archive\n")
        #expect(monday.errors.isEmpty)

        // Tuesday: one with a row that needs a person.
        try drop(ManifestText.rows(6...9).replacing(",8 Mill Road,", with: ",,"), "mixed.csv")
        let tuesday = try night()
        #expect(tuesday.exitCode == 1)
        #expect(
            tuesday.output.hasPrefix("nightly: 4 rows: 3 created, 1 invalid; 1 manifest archived"),
            "\(tuesday.output)"
        )

        // Wednesday: that row, corrected in the corrections file; and one that is still being written.
        let corrections = try folder.read(try archived("mixed.csv.corrections.csv", of: "mixed.csv"))
        try drop(corrections.replacing(",en-US,en,,", with: ",en-US,en,8 Mill Road,"), "mixed.csv.corrections.csv")
        try drop(ManifestText.rows(10...10), "growing.csv")
        let writer =
            "{ (for n in {1..600}; do [ -e enough ] && break; echo more >> inbox/growing.csv; sleep 0.1; done; "
            + "touch written) > /dev/null 2>&1 & }"
        let wednesday = try night(shell: writer)
        #expect(wednesday.exitCode == 0, "\(wednesday.errors)")
        let waits = "1 manifest is still being written and waits for the next run\n"
        #expect(wednesday.output == "nightly: 1 row: 1 created; 1 manifest archived in archive; \(waits)")
        #expect(try files("inbox").contains("growing.csv"))

        // Thursday: it is whole; and the same files again, under the same name and another one.
        _ = try folder.write("", to: "enough")
        waitUntil { folder.has("written") }
        try drop(ManifestText.rows(10...11), "growing.csv")
        try drop(ManifestText.rows(1...5), "customers.csv")
        try drop(ManifestText.rows(6...7), "copy of mixed.csv")
        let thursday = try night("--quiet")
        #expect(thursday.exitCode == 0)
        #expect(thursday.output.isEmpty)
        #expect(thursday.errors.isEmpty)

        // Friday: bad ones beside a good one, of a name that was there before; two drops of one customer.
        try drop("Dear all, the list follows on Monday.\n", "a letter.txt")
        try drop("<customers><customer></customers>", "broken.xml")
        try drop(ManifestText.rows(12...13), "customers.csv")
        try drop(ManifestText.rows(13...14), "same.csv")
        let friday = try night("--quiet")
        #expect(friday.exitCode == 65)
        #expect(friday.output.contains("nightly: 4 rows: 3 created, 1 duplicate; 2 manifests archived in archive"))
        #expect(friday.output.contains("2 manifests set aside"))
        #expect(friday.errorLines.count == 2, "\(friday.errors)")
        #expect(friday.errors.contains("inbox/a letter.txt:"))
        #expect(friday.errors.contains("inbox/broken.xml:1:"))
        let summary = try JSONDecoder().decode(Summary.self, from: Data(try folder.read("outbox/summary.json").utf8))
        #expect(summary.exitCode == 65)
        #expect(summary.files.count == 3)
        #expect(summary.files.allSatisfy { FileManager.default.fileExists(atPath: folder($0)) }, "\(summary.files)")

        // Saturday: the service is down, so the rows stay open and the file where it is.
        service.stop()
        try drop(ManifestText.rows(15...17), "weekend.csv")
        let saturday = try night()
        #expect(saturday.exitCode == 69)
        #expect(saturday.output.contains("1 manifest has open rows and waits for the next run; see outbox"))
        #expect(try files("inbox").contains("weekend.csv"))

        // Sunday: it is back.
        try service.startAgain()
        #expect(try night().exitCode == 0)

        // Monday again: nothing.
        let empty = try night()
        #expect(empty.exitCode == 0)
        #expect(empty.output == "no manifest fits inbox/*; nothing to do\n")

        #expect(try files("inbox") == ["upload.csv.part", "~$customers.xlsx"])
        #expect(try files("outbox") == ["credentials.csv", "summary.json"])
        func whole(_ name: String, _ reports: String...) -> [String] {
            (["\(name)"] + reports.map { "\(name).\($0).csv" }).map { "\(name)/\($0)" }
        }
        let expected =
            whole("copy of mixed.csv", "results") + whole("customers.csv", "results")
            + whole("customers.csv", "results")
            + whole("customers.csv", "results") + whole("growing.csv", "results")
            + whole("mixed.csv", "corrections", "results") + whole("mixed.csv.corrections.csv", "results")
            + whole("same.csv", "corrections", "results") + whole("weekend.csv", "results")
            + ["a letter.txt", "broken.xml"].flatMap { name in
                ["\(name)", "\(name).reason.txt"].map { "set-aside/\(name)/\($0)" }
            }
        #expect(try files("archive") == expected.sorted())
        let held = try customers(service)
        #expect(Set(held) == Set((1...17).map { "brightwater\($0).onmicrosoft.com" }))
        #expect(held.count == 17)
        #expect(try Results.table(try folder.read("outbox/credentials.csv")).count == 17)
    }

    /// How far a run is when it is killed.
    enum Stage: CaseIterable, Sendable {
        case watching, sending, sent, reported, filing, filed
    }

    /// Whether a run has come so far; each sign stays.
    private func has(_ stage: Stage) throws -> Bool {
        switch stage {
        case .watching: folder.has("state.checkpoint")
        case .sending: folder.lineCount(of: "outbox/credentials.csv") > 1
        case .sent: folder.lineCount(of: "outbox/credentials.csv") > 60
        case .reported: folder.has("outbox/summary.json")
        case .filing: folder.has("archive/set-aside")
        case .filed: try !files("archive").isEmpty
        }
    }

    @Test(arguments: Stage.allCases)
    func aRunThatIsKilledLosesNothingAndTheNextOneEndsIt(stage: Stage) throws {
        let service = try Service(in: folder)
        try writeJob(service)
        try drop(ManifestText.rows(1...60), "a.csv")
        try drop("no manifest", "b.txt")
        try drop(ManifestText.rows(61...90), "c.csv")
        let killed = try start()
        try waitUntil { try has(stage) }
        killed.signal(SIGKILL)
        _ = killed.wait()
        let next = try night()
        #expect([0, 65, 66].contains(next.exitCode), "\(next.errors)")
        #expect(try files("inbox").isEmpty)
        let results = try files("archive").filter { $0.hasSuffix(".results.csv") }
        #expect(results == ["a.csv/a.csv.results.csv", "c.csv/c.csv.results.csv"])
        #expect(try files("archive").filter { $0.hasSuffix("b.txt") } == ["set-aside/b.txt/b.txt"])
        #expect(try customers(service).count == 90)
        #expect(try Results.table(try folder.read("outbox/credentials.csv")).count == 90)
    }

    @Test func anArchiveThatCanNotBeWrittenEndsTheRunBeforeAnythingIsSent() throws {
        let service = try Service(in: folder)
        try writeJob(service)
        try drop(ManifestText.rows(1...3), "a.csv")
        _ = try folder.write("in the way", to: "archive")
        let result = try night()
        #expect(result.exitCode == 73)
        #expect(result.errorLines.count == 1, "\(result.errors)")
        #expect(result.errors.contains("archive: can't make the folder: "))
        #expect(try files("inbox") == ["a.csv"])
        #expect(try customers(service).isEmpty)
    }

    @Test func aCheckpointInTheInboxIsNotTakenForAManifest() throws {
        let service = try Service(in: folder)
        try writeJob(service)
        try drop(ManifestText.rows(1...3), "a.csv")
        for _ in 1...2 {
            let result = try night("--checkpoint", "inbox/state")
            #expect(result.exitCode == 78, "\(result.errors)")
            #expect(result.errors.contains("belongs to the job itself"))
        }
        #expect(try files("inbox").contains("a.csv"))
        #expect(try files("archive").isEmpty)
    }

    @Test func aRehearsalMovesNothing() throws {
        let service = try Service(in: folder)
        try writeJob(service)
        try drop(ManifestText.rows(1...3), "a.csv")
        let result = try night("--dry-run")
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output == "nightly: 3 rows: 3 ready; see outbox\n")
        #expect(try files("inbox") == ["a.csv"])
        #expect(try files("archive").isEmpty)
    }

    @Test func aManifestThatIsTakenAwayMeanwhileIsToldAndStopsNobody() throws {
        let service = try Service(in: folder)
        try writeJob(service)
        try drop(ManifestText.rows(1...3), "a.csv")
        // Enough for the run to be at it when the first file goes.
        try drop(ManifestText.rows(4...2000), "b.csv")
        let result = try night(
            shell:
                "{ (until [ $(wc -l < outbox/credentials.csv) -gt 9 ]; do sleep 0.02; done; rm inbox/a.csv) > /dev/null 2>&1 & }"
        )
        #expect(result.exitCode == 66, "\(result.errors)")
        #expect(
            result.errorLines == [
                "purser: inbox/a.csv: was taken away before it could be archived; its rows are in the checkpoint"
            ]
        )
        #expect(try files("archive").contains("b.csv/b.csv"))
        #expect(try files("inbox").isEmpty)
    }

    @Test func theExampleWorksAsItIs() throws {
        let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "jobs")
        try FileManager.default.copyItem(atPath: examples.path, toPath: folder("jobs"))
        try FileManager.default.createDirectory(atPath: folder("jobs/inbox"), withIntermediateDirectories: true)
        _ = try folder.write(ManifestText.rows(1...3), to: "jobs/inbox/a.csv")
        let result = try PurserProcess.run(
            ["import", "--job", "jobs/inbox.json", "--quiet"],
            in: folder.path,
            environment: ["PURSER_TOKEN": ""]
        )
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output + result.errors == "")
        let reports = ["report.html", "results.csv", "results.xlsx"].map { "a.csv/a.csv.\($0)" }
        #expect(try files("jobs/archive") == ["a.csv/a.csv"] + reports)
    }
}
