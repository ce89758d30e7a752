import Foundation
import Platform
import Reports
import TestSupport
import Testing

struct MetricsFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder("nightly.prom") }

    init() throws { folder = try TemporaryFolder() }

    private func run(
        _ command: String = "import",
        exitCode: Int32 = 0,
        from start: Int64 = 1_795_268_400_123,
        samples: [MetricSample] = []
    ) -> MeasuredRun {
        MeasuredRun(
            command: command,
            version: "0.1.0",
            startedAt: Timestamp(milliseconds: start),
            endedAt: Timestamp(milliseconds: start + 2500),
            exitCode: exitCode,
            samples: samples
        )
    }

    private func written() throws -> [String: Double] {
        let exposition = try Exposition(try folder.read("nightly.prom"))
        #expect(exposition.faults == [])
        return exposition.samples
    }

    @Test func aRunIsToldInFigures() async throws {
        let rows = [("created", 5.0), ("invalid", 0)].map { status, count in
            MetricSample(.rows, labels: [MetricLabel("status", status)], value: count)
        }
        let file = MetricsFile(path)
        try await file.prepare()
        try await file.write(run(samples: rows + [MetricSample(.throttled, value: 1.25)]))
        let labels = "command=\"import\",job_name=\"nightly\""
        #expect(
            try written() == [
                "purser_build_info{\(labels),version=\"0.1.0\"}": 1,
                "purser_run_start_timestamp_seconds{\(labels)}": 1_795_268_400.123,
                "purser_run_duration_seconds{\(labels)}": 2.5, "purser_exit_code{\(labels)}": 0,
                "purser_last_finish_timestamp_seconds{\(labels)}": 1_795_268_402.623,
                "purser_last_success_timestamp_seconds{\(labels)}": 1_795_268_402.623,
                "purser_rows{\(labels),status=\"created\"}": 5, "purser_rows{\(labels),status=\"invalid\"}": 0,
                "purser_throttled_seconds{\(labels)}": 1.25,
            ]
        )
    }

    @Test func theTimeOfTheLastSuccessOutlivesFailures() async throws {
        let labels = "{command=\"import\",job_name=\"nightly\"}"
        for (exitCode, start) in [(0, 1000), (1, 5000), (69, 9000)] as [(Int32, Int64)] {
            try await MetricsFile(path).write(run(exitCode: exitCode, from: start))
        }
        let written = try written()
        #expect(written["purser_last_success_timestamp_seconds\(labels)"] == 3.5)
        #expect(written["purser_last_finish_timestamp_seconds\(labels)"] == 7.5)
        #expect(written["purser_run_start_timestamp_seconds\(labels)"] == 9)
        #expect(written["purser_exit_code\(labels)"] == 69)
    }

    @Test func commandsThatShareAFileReplaceOnlyTheirOwnFigures() async throws {
        let missing = MetricSample(.verifiedCustomers, labels: [MetricLabel("status", "not ours")], value: 7)
        try await MetricsFile(path).write(run(samples: [MetricSample(.attempts, value: 3)]))
        try await MetricsFile(path).write(run("verify", exitCode: 1, samples: [missing]))
        let before = try folder.read("nightly.prom")
        try await MetricsFile(path).write(run("verify", exitCode: 1, samples: [missing]))
        #expect(try folder.read("nightly.prom") == before)
        let written = try written()
        #expect(written["purser_request_attempts{command=\"import\",job_name=\"nightly\"}"] == 3)
        #expect(
            written["purser_verified_customers{command=\"verify\",job_name=\"nightly\",status=\"not ours\"}"] == 7
        )
        #expect(written.keys.filter { $0.hasPrefix("purser_exit_code") }.count == 2)
    }

    @Test(arguments: ["a\"b", "a\\b", "a\nb", "a\\nb", "a,b}", " ", "Zürich {x=\"y\"} 1", "\\"])
    func aNameIsEscapedAndReadBackAsItWas(name: String) async throws {
        let path = folder("\(name).prom")
        try await MetricsFile(path).write(run(from: 1000))
        try await MetricsFile(path).write(run(exitCode: 75, from: 9000))
        let exposition = try Exposition(try String(contentsOfFile: path, encoding: .utf8))
        #expect(exposition.faults == [])
        // Read back, or the earlier run's figures would stand beside the later one's, and its success be forgotten.
        #expect(exposition.samples.filter { $0.key.hasPrefix("purser_last_success") }.values.sorted() == [3.5])
        #expect(exposition.samples.filter { $0.key.hasPrefix("purser_exit_code") }.values.sorted() == [75])
    }

    @Test(arguments: [
        ("customers.csv", "holds something else than Purser's metrics"), ("nowhere/x.prom", "there is no folder"),
        (".", "is not a file"), ("/dev/null", "is not a file"),
    ])
    func whatIsNoPlaceForMetricsIsRefusedBeforeAnythingIsDone(name: String, words: String) async throws {
        let manifest = "companyName,domain\n"
        _ = try folder.write(manifest, to: "customers.csv")
        let path = name.hasPrefix("/") ? name : folder(name)
        let error = await #expect(throws: ReportError.self) { try await MetricsFile(path).prepare() }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(try folder.read("customers.csv") == manifest)
    }

    @Test func figuresOfALaterVersionArePassedOver() async throws {
        let text = "# HELP purser_colour x\n# TYPE purser_colour gauge\npurser_colour{command=\"import\"} 1\n"
        _ = try folder.write(text, to: "nightly.prom")
        try await MetricsFile(path).prepare()
        try await MetricsFile(path).write(run())
        #expect(try written().keys.contains { $0.contains("colour") } == false)
    }
}
