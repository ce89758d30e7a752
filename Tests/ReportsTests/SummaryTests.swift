import Checkpoint
import Foundation
import Platform
import Reports
import TestSupport
import Testing

struct SummaryTests {
    private func summary(lasting milliseconds: Int64 = 3000, stopReason: String? = nil) -> Summary {
        Summary(
            of: Run(
                id: "0d6f2a3e-1111-4222-8333-944445555666",
                startedAt: Timestamp(milliseconds: 1_795_268_400_123),
                endpoint: "http://embedded",
                apiVersion: "v1",
                retriesRejected: false
            ),
            purserVersion: "0.1.0",
            end: RunEnd(
                exitCode: 1,
                at: Timestamp(milliseconds: 1_795_268_400_123 + milliseconds),
                work: RunWork(attempts: 9, retries: 2, throttledMilliseconds: 1250),
                stopReason: stopReason
            ),
            manifests: [
                Summary.ManifestCounts(path: "in/a.csv", rows: 8, counts: [.created: 5, .invalid: 3]),
                Summary.ManifestCounts(path: "in/b.csv", rows: 2, counts: [.created: 1, .unknown: 1]),
            ],
            files: ["reports/a.csv.results.csv"]
        )
    }

    @Test func countsNameEveryStatusAndAddUpToTheRows() {
        let summary = summary()
        #expect(Set(summary.counts.keys) == Set(RowStatus.allCases.map(\.rawValue)))
        #expect(summary.counts["created"] == 6)
        #expect(summary.counts["pending"] == 0)
        #expect(summary.counts.values.reduce(0, +) == summary.rows)
        #expect(summary.manifests.map(\.rows) == [8, 2])
    }

    @Test func ratesAreRoundedAndNeverInfinite() {
        #expect(summary().rowsPerSecond == 3.333)
        #expect(summary(lasting: 0).rowsPerSecond == 0)
        #expect(summary().throttledSeconds == 1.25)
    }

    @Test func theFileIsReadableSortedAndReadsBackAsItWas() async throws {
        let folder = try TemporaryFolder()
        let path = ReportPaths.summary(in: folder("new/reports"))
        let summary = summary(stopReason: "deadline")
        try await ReportWriter().write(summary, to: path)
        let text = try folder.read("new/reports/summary.json")
        let members = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map { $0.split(separator: "\"")[1] }
        #expect(
            members == [
                "attempts", "counts", "endedAt", "endpoint", "exitCode", "files", "manifests", "purserVersion",
                "retries",
                "rows", "rowsPerSecond", "runId", "startedAt", "stopReason", "throttledSeconds",
            ]
        )
        #expect(text.contains("\"endpoint\" : \"http://embedded\""))
        #expect(text.contains("\"endedAt\" : \"2026-11-21T13:40:03.123Z\""))
        #expect(text.hasSuffix("}\n"))
        #expect(try JSONDecoder().decode(Summary.self, from: Data(text.utf8)) == summary)
    }

    @Test func aRunThatCameToItsEndHasNoStopReason() throws {
        #expect(try !summary().json().contains("stopReason"))
    }
}
