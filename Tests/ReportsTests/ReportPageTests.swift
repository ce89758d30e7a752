import Checkpoint
import Foundation
import Platform
import Reports
import TestSupport
import Testing

struct ReportPageTests {
    private let folder: TemporaryFolder
    private let paths: ReportPaths

    init() throws {
        folder = try TemporaryFolder()
        paths = ReportPaths(manifest: "customers.csv", folder: folder.path)
    }

    private func page(
        _ rows: [RowResult],
        header: [String] = Sample.header,
        context: ReportContext = Sample.context
    ) async throws -> String {
        let files = try await ReportWriter().write(
            header: header,
            to: paths,
            formats: [.html],
            context: context,
            rows: Sample.pages(rows)
        )
        #expect(files.first == folder("customers.csv.report.html"))
        return try folder.read("customers.csv.report.html")
    }

    /// What one of the page's data elements holds.
    private func data(_ name: String, in page: String) throws -> Any {
        let start = try #require(page.range(of: "<script type=\"application/json\" id=\"data-\(name)\">"))
        let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
        return try JSONSerialization.jsonObject(with: Data(page[start.upperBound..<end.lowerBound].utf8))
    }

    @Test func thePageHoldsEveryRowItsCountsAndItsCauses() async throws {
        let page = try await page(Sample.rows)
        let rows = try #require(try data("rows", in: page) as? [[Any]])
        #expect(rows.count == Sample.rows.count)
        #expect(rows.map { $0[2] as? String } == Sample.rows.map(\.status.rawValue))
        let run = try #require(try data("run", in: page) as? [String: Any])
        #expect(run["rows"] as? Int == Sample.rows.count)
        #expect((run["about"] as? String)?.contains("https://service.example/v1") == true)
        let causes = try #require(try data("causes", in: page) as? [[String: Any]])
        let calm = ["created", "unchanged", "pending", "ready"]
        #expect(Set(causes.compactMap { $0["status"] as? String }).isDisjoint(with: calm))
        #expect(causes.compactMap { $0["rows"] as? Int }.reduce(0, +) == Sample.rows.count - calm.count)
    }

    @Test func theMostFrequentCauseStandsFirst() async throws {
        var rows = [Sample.row(1, .invalid, cells: ["", "", ""])]
        rows[0].problem = Problem(code: "a", field: "x", message: "one")
        for number in 2...4 {
            var row = Sample.row(number, .invalid, cells: ["", "", ""])
            row.problem = Problem(code: "b", field: "y", message: "row \(number)")
            rows.append(row)
        }
        let causes = try #require(try data("causes", in: await page(rows)) as? [[String: Any]])
        #expect(causes.map { $0["code"] as? String } == ["b", "a"])
        #expect(causes[0]["rows"] as? Int == 3 && causes[0]["message"] as? String == "row 2")
    }

    @Test func eachFaultOfARowIsToldWithItsCell() async throws {
        var row = Sample.row(7, .invalid, cells: ["crm-7", "Ä", "d"])
        row.problem = Problem(
            code: "field.length",
            field: "companyName",
            message: "is too short; domain: is none",
            parts: [.init(field: "companyName", message: "is too short"), .init(field: "domain", message: "is none")]
        )
        let page = try await page([row])
        let rows = try #require(try data("rows", in: page) as? [[Any]])
        #expect(rows[0][12] as? [String] == row.cells)
        #expect(rows[0][13] as? [[String]] == [["companyName", "is too short"], ["domain", "is none"]])
        let cause = try #require((try data("causes", in: page) as? [[String: Any]])?.first)
        #expect(cause["message"] as? String == "is too short" && cause["line"] as? Int == 8)
    }

    @Test(arguments: [("externalId", "crm-1"), ("External ID", "crm-1"), ("number", nil)])
    func aRowThatNeedsNobodyIsFoundByItsExternalId(title: String, found: String?) async throws {
        let header = [title, "companyName", "domain"]
        let rows = try #require(try data("rows", in: await page([Sample.rows[0]], header: header)) as? [[Any]])
        #expect(rows[0][12] as? String == found)
    }

    @Test func aRunThatStoppedEarlySaysSo() async throws {
        var context = Sample.context
        context.end = RunEnd(exitCode: 75, at: Timestamp(milliseconds: 4000), stopReason: "the deadline passed")
        func notice() async throws -> String? {
            let page = try await page(Sample.rows, context: context)
            return (try data("run", in: page) as? [String: Any])?["notice"] as? String
        }
        #expect(try await notice()?.contains("stopped early: the deadline passed. Run the same command again") == true)
        context.end = nil
        #expect(try await notice()?.contains("or was killed") == true)
        context.end = Sample.context.end
        #expect(try await notice() == "")
    }

    @Test(arguments: [
        "</script><script>alert(1)</script>", "<!-- data -->", "<img src=x onerror=alert(1)>", "\u{2028}\"\\\n",
    ])
    func nothingFromAManifestEndsItsElement(text: String) async throws {
        var row = Sample.row(1, .invalid, cells: [text, text, text])
        row.companyName = text
        row.problem = Problem(code: "x", field: text, message: text)
        let page = try await page([row], header: [text, "companyName", "domain"])
        #expect(page.components(separatedBy: "<script").count == 5)
        #expect(!page.contains("<img"))
        let rows = try #require(try data("rows", in: page) as? [[Any]])
        #expect(rows[0][5] as? String == text)
        #expect(rows[0].last as? [String] == [text, text, text])
    }

    @Test func theSameRowsGiveTheSameBytes() async throws {
        #expect(try await page(Sample.rows) == page(Sample.rows))
    }

    @Test func aPageWithoutRowsIsWhole() async throws {
        let page = try await page([])
        #expect((try data("rows", in: page) as? [Any])?.isEmpty == true)
        #expect(page.hasSuffix("</html>\n"))
    }
}
