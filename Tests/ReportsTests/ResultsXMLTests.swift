import Checkpoint
import Foundation
import Reports
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

struct ResultsXMLTests {
    let folder: TemporaryFolder
    let paths: ReportPaths

    init() throws {
        folder = try TemporaryFolder()
        paths = ReportPaths(manifest: "customers.csv", folder: folder.path)
    }

    private func rows(of rows: [RowResult]) async throws -> [XMLElement] {
        let source = Sample.pages(rows)
        _ = try await ReportWriter().write(
            header: Sample.header,
            to: paths,
            formats: [.xml],
            context: Sample.context,
            rows: source
        )
        let document = try XMLDocument(xmlString: try folder.read("customers.csv.results.xml"))
        let root = try #require(document.rootElement())
        #expect(root.name == "results" && root.uri == "urn:purser:results:1")
        return root.elements(forName: "row")
    }

    @Test func everyRowIsAnElementWithWhatItHas() async throws {
        let rows = try await rows(of: Sample.rows)
        #expect(
            rows.map { row in row.attributes?.first { $0.name == "status" }?.stringValue }
                == Sample.rows.map(\.status.rawValue)
        )
        #expect(rows[0].attributes?.compactMap(\.name) == ["row", "line", "status", "httpStatus", "attempts"])
        #expect(
            rows[0].children?.compactMap(\.name) == ["customerId", "domain", "companyName", "idempotencyKey"]
        )
        #expect(rows[2].elements(forName: "message").first?.stringValue == "\"1234\" has 4 digits, not 5.")
        #expect(rows[2].attributes?.contains { $0.name == "httpStatus" } == false)
    }

    @Test(arguments: [
        ("<b>&amp;</b> ]]>", "<b>&amp;</b> ]]>"), ("two\r\nlines\tof", "two\r\nlines\tof"), ("=1+1", "=1+1"),
        ("a\u{0}b\u{1}\u{1F}", "a\u{2400}b\u{2401}\u{241F}"),
        ("\u{FFFE}\u{FFFF}\u{FEFF}x", "\u{FFFD}\u{FFFD}\u{FEFF}x"),
        ("한국 😀 e\u{301}", "한국 😀 e\u{301}"),
    ])
    func anyTextMakesAWellFormedDocument(text: String, read: String) async throws {
        var row = Sample.row(1, .invalid, cells: ["crm-1", text, "c1.example"])
        row.problem = Problem(code: text, field: text, message: text)
        let rows = try await rows(of: [row])
        for name in ["companyName", "code", "field", "message"] {
            let value = rows[0].elements(forName: name).first?.stringValue
            #expect(value.map { Array($0.unicodeScalars) } == Array(read.unicodeScalars), "\(name)")
        }
    }
}
