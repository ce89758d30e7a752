import Platform
import SQLite
import Testing

@testable import Checkpoint

struct CheckpointReportTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    @Test
    func rowsComeBackInTheManifestsOrderPageByPage() async throws {
        try await sample.run { checkpoint, manifest async throws in
            let rows = (1...25).map { manifest.row($0, .named("\($0).example"), .invalid(.refusal)) }
            _ = try await checkpoint.admit(rows, mode: .send)
            let other = SampleManifest(id: try await checkpoint.open(manifest: "/in/b.csv", header: []))
            _ = try await checkpoint.admit(other.row(1, "b.example"))
            var pages: [[Int]] = []
            repeat {
                let page = try await checkpoint.rows(of: manifest.id, after: pages.last?.last ?? 0, limit: 10)
                pages.append(page.map(\.row))
            } while pages.last?.count == 10
            #expect(pages == [Array(1...10), Array(11...20), Array(21...25)])
            #expect(try await checkpoint.counts(of: manifest.id) == [.invalid: 25])
            #expect(try await checkpoint.counts(of: other.id) == [.unknown: 1])
        }
    }

    @Test
    func aRowIsReportedAsItWasRead() async throws {
        try await sample.run { checkpoint, manifest async throws in
            var row = manifest.row(7, .named("a.example"), .invalid(.refusal))
            row.line = 19
            row.cells = ["", "  ", "été\n\0", String(repeating: "주", count: 5000), "=1+1"]
            row.domain = "A.Example"
            row.companyName = "Été S.A."
            _ = try await checkpoint.admit(row)
            var expected = RowResult(
                row: 7,
                line: 19,
                cells: row.cells,
                status: .invalid,
                domain: "A.Example",
                companyName: "Été S.A."
            )
            expected.problem = .refusal
            #expect(try await checkpoint.result(manifest, 7) == expected)
        }
    }

    @Test
    func eachThingThatIsWrongWithARowIsKeptUntilItIsMended() async throws {
        let parts = [
            Problem.Part(field: "Ort", message: "is empty"), Problem.Part(field: "", message: "été\n주"),
        ]
        let problem = Problem(code: "a", field: "Ort", message: "is empty; été", parts: parts)
        try await sample.run { checkpoint, manifest async throws in
            var row = manifest.row(1, .named("a.example"), .invalid(problem))
            row.note = "city repaired"
            _ = try await checkpoint.admit(row)
            let result = try #require(try await checkpoint.result(manifest, 1)?.problem)
            #expect(result.parts == parts)
            #expect(result.message == "is empty; été; city repaired")
            for mended in [Problem(code: "a", message: "b", parts: [parts[0]]), .refusal] {
                _ = try await checkpoint.admit(manifest.row(1, .named("a.example"), .invalid(mended)))
                #expect(try await checkpoint.result(manifest, 1)?.problem == mended)
            }
        }
    }

    @Test
    func aManifestIsKnownByItsPath() async throws {
        let ids = try await (1...2).asyncMap { _ in
            try await sample.run { checkpoint, manifest async throws in
                let other = try await checkpoint.open(manifest: "/in/b.csv", header: ["x"])
                try await checkpoint.close(manifest: other, rows: 0)
                #expect(try await checkpoint.manifests().map(\.path) == ["/in/a.csv", "/in/b.csv"])
                #expect(try await checkpoint.manifests().map(\.rowCount) == [nil, 0])
                return [manifest.id, other]
            }
        }
        #expect(ids[0] == ids[1] && ids[0][0] != ids[0][1])
    }

    @Test
    func rowsThatTheManifestHasNoMoreAreDropped() async throws {
        try await sample.run { checkpoint, manifest async throws in
            let other = SampleManifest(id: try await checkpoint.open(manifest: "/in/b.csv", header: []))
            for manifest in [manifest, other] {
                let rows = (1...5).map { manifest.row($0, .named("\($0).example"), .invalid(.refusal)) }
                _ = try await checkpoint.admit(rows, mode: .send)
            }
            try await checkpoint.close(manifest: manifest.id, rows: 3)
            #expect(try await checkpoint.rows(of: manifest.id, after: 0, limit: 9).map(\.row) == [1, 2, 3])
            #expect(try await checkpoint.counts(of: manifest.id) == [.invalid: 3])
            #expect(try await checkpoint.counts(of: other.id) == [.invalid: 5])
        }
    }

    @Test
    func theLatestRunIsRemembered() async throws {
        try await sample.run { _, _ in }
        try await sample.run(retriesRejected: true) { checkpoint, _ async throws in
            #expect(try await checkpoint.latestRun()?.end == nil)
        }
        let run = try await CheckpointReader(path: sample.path).latestRun()
        #expect(run?.end == RunEnd(exitCode: 0, at: Timestamp(milliseconds: 2000)))
        #expect(run?.run.retriesRejected == true && run?.run.startedAt == Timestamp(milliseconds: 1000))
        #expect(run?.run.endpoint == "https://service.example" && run?.run.apiVersion == "v1")
    }

    @Test
    func anExitCodeThatIsNoneIsStillShown() async throws {
        try await sample.run { _, _ in }
        try Database(path: sample.path, mode: .write).execute("UPDATE runs SET exit_code = 1 << 40")
        #expect(try await CheckpointReader(path: sample.path).latestRun()?.end?.exitCode == .max)
    }

    @Test
    func anAttemptIsOnDiskWithTheOutcome() async throws {
        let attempt = Attempt(
            number: 1,
            startedAt: Timestamp(milliseconds: 5),
            duration: .milliseconds(20),
            wait: .microseconds(7),
            httpStatus: 503,
            outcome: "throttled",
            correlationVector: "cv.1"
        )
        try await sample.run { checkpoint, manifest async throws in
            let submission = try #require(try await checkpoint.admit(manifest.row(1, "a.example")).submission)
            try await checkpoint.record(attempt, of: submission)
            try await checkpoint.record(Outcome(.withdrawn, attempts: 1), of: submission)
        }
        let select = try Database(path: sample.path, mode: .write).prepare("SELECT * FROM attempts")
        #expect(try select.step())
        #expect((1..<8).map { select.int64(at: $0) } == [1, 0, 1, 5, 20_000, 7, 503])
        #expect(select.text(at: 8) == "throttled" && select.text(at: 9) == "cv.1")
    }

    @Test
    func aRowThatHasNotChangedIsNotWrittenAgain() async throws {
        let read: (SQLiteCheckpoint, SampleManifest) async throws -> Void = { checkpoint, manifest async throws in
            let rows = (1...50).map { manifest.row($0, "\($0).example") }
            for (row, admission) in zip(rows, try await checkpoint.admit(rows, mode: .send)) {
                guard let submission = admission.submission else { continue }
                let result = Outcome.Result.created(customerId: row.domain, credentials: nil, note: nil)
                try await checkpoint.record(Outcome(result, attempts: 1), of: submission)
            }
        }
        try await sample.run(read)
        try await sample.run(read)
        let checkpoint = try await sample.open()
        let manifest = try await checkpoint.start()
        let log = { try #require(try sample.files()["a.checkpoint-wal"]).count }
        let size = try log()
        try await read(checkpoint, manifest)
        // Something that must be committed takes along whatever the rows changed: nothing.
        try await checkpoint.end(RunEnd(exitCode: 0, at: Timestamp(milliseconds: 1)))
        #expect(try log() - size <= 4096 + 24)
        try await checkpoint.close()
    }

    @Test
    func aRehearsalChangesNothing() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        }
        let files = try sample.files()
        let copy = try await SQLiteCheckpoint.rehearsal(of: sample.path, rules: ReadableRules())
        let manifest = try await copy.start()
        let rows = [manifest.row(1, "a.example"), manifest.row(2, "b.example")]
        #expect(try await copy.admit(rows, mode: .rehearse) == [.settled(.unchanged), .settled(.ready)])
        #expect(try await copy.counts(of: manifest.id) == [.unchanged: 1, .ready: 1])
        try await copy.end(RunEnd(exitCode: 0, at: Timestamp(milliseconds: 1)))
        try await copy.close()
        #expect(try sample.files() == files)
    }

    @Test
    func aRehearsalNeedsNoCheckpoint() async throws {
        let copy = try await SQLiteCheckpoint.rehearsal(of: sample.path, rules: ReadableRules())
        let manifest = try await copy.start()
        #expect(try await copy.admit(manifest.row(1, "a.example"), mode: .rehearse) == .settled(.ready))
        try await copy.close()
        #expect(try sample.files().isEmpty)
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
