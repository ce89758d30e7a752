import Checkpoint
import Foundation
import Reports
import TestSupport
import Testing

struct ReportWriterTests {
    let folder: TemporaryFolder
    let paths: ReportPaths

    init() throws {
        folder = try TemporaryFolder()
        paths = ReportPaths(manifest: "in/customers.csv", folder: folder("out"))
    }

    @discardableResult
    private func write(
        _ rows: [RowResult],
        header: [String] = Sample.header,
        formats: Set<ReportFormat> = [.csv, .jsonLines]
    ) async throws -> [String] {
        try await ReportWriter().write(
            header: header,
            to: paths,
            formats: formats,
            context: Sample.context,
            rows: Sample.pages(rows)
        )
    }

    private func read(_ suffix: String) throws -> String { try folder.read("out/customers.csv.\(suffix)") }

    @Test func everyStatusHasItsLineInTheResults() async throws {
        try await write(Sample.rows)
        #expect(
            try read("results.csv").components(separatedBy: "\r\n") == [
                "row,line,status,customerId,domain,companyName,idempotencyKey,httpStatus,attempts,code,field,message",
                "1,2,created,b3a5c1f0-0000-4000-8000-000000000001,c1.example,Company 1,"
                    + "5f0c6a52-4c3b-5d5e-8d7a-2f6f1c0e9a11,201,2,,,",
                "2,3,unchanged,b3a5c1f0-0000-4000-8000-000000000002,c2.example,Company 2,,,0,,,",
                #"3,4,invalid,,c3.example,Company 3,,,0,postalCode.pattern,postalCode,"""1234"" has 4 digits, not 5.""#,
                "4,5,duplicate,,c4.example,Company 4,,,0,identity,,Row 1 is the same customer.",
                "5,6,conflict,,c5.example,Company 5,,,0,identity,,Row 1 is the same customer.",
                "6,7,rejected,,c6.example,Company 6,,409,1,27002,domain,The domain is taken.",
                "7,8,failed,,c7.example,Company 7,,,6,timeout,,No answer came.",
                "8,9,unknown,,c8.example,Company 8,,,6,timeout,,No answer came.",
                "9,10,pending,,c9.example,Company 9,,,0,,,",
                "10,11,ready,,c10.example,Company 10,,,0,,,",
                "",
            ]
        )
    }

    @Test func aLineOfJSONHasEveryMemberInTheColumnsOrder() async throws {
        try await write([Sample.rows[0], Sample.rows[2]])
        #expect(
            try read("results.jsonl") == """
                {"row":1,"line":2,"status":"created","customerId":"b3a5c1f0-0000-4000-8000-000000000001",\
                "domain":"c1.example","companyName":"Company 1","idempotencyKey":"5f0c6a52-4c3b-5d5e-8d7a-2f6f1c0e9a11",\
                "httpStatus":201,"attempts":2,"code":null,"field":null,"message":null}
                {"row":3,"line":4,"status":"invalid","customerId":null,"domain":"c3.example","companyName":"Company 3",\
                "idempotencyKey":null,"httpStatus":null,"attempts":0,"code":"postalCode.pattern","field":"postalCode",\
                "message":"\\"1234\\" has 4 digits, not 5."}

                """
        )
    }

    @Test(arguments: [
        (#"say "hi", you"#, #""say ""hi"", you""#),
        ("two\r\nlines", "\"two\r\nlines\""),
        ("=1+1", "'=1+1"),
        ("@cmd,x", "\"'@cmd,x\""),
        ("😀 Ünïcødé 한국", "😀 Ünïcødé 한국"),
        ("\u{1}\u{1F}\t\\", "\"\u{1}\u{1F}\t\\\""),
    ])
    func aTrickyCellSurvivesInEveryFormat(text: String, inCSV: String) async throws {
        try await write([Sample.row(1, .invalid, cells: ["crm-1", text, "c1.example"])])
        #expect(try read("results.csv").contains(",c1.example,\(inCSV),"))
        #expect(try read("corrections.csv").contains("\r\ncrm-1,\(inCSV),c1.example,invalid,"))
        let line = Data(try read("results.jsonl").utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
        #expect(object["companyName"] as? String == text)
    }

    @Test func rowsOfManyPagesKeepTheirOrder() async throws {
        let rows = (1...1501).map { Sample.row($0, .invalid, cells: ["", "", "c\($0).example"]) }
        let files = try await write(rows, formats: [.csv])
        #expect(files == [paths.results(.csv), paths.corrections])
        let lines = try read("results.csv").split(separator: "\r\n").dropFirst()
        #expect(lines.map { $0.prefix { $0 != "," } } == rows.map { "\($0.row)"[...] })
        #expect(try read("corrections.csv").split(separator: "\r\n").count == 1502)
    }

    @Test(arguments: [0, 1, 499, 500, 501, 1000])
    func noRowIsLostAtThePagesEdges(count: Int) async throws {
        let rows = (0..<count).map { Sample.row($0 + 1, .created, cells: ["", "", "c.example"]) }
        try await write(rows, formats: [.jsonLines])
        #expect(try read("results.jsonl").split(separator: "\n").count == count)
    }

    @Test func aRunThatBreaksOffLeavesTheLastReports() async throws {
        try await write(Sample.rows)
        let before = try (read("results.csv"), read("results.jsonl"), read("corrections.csv"))
        let breaking: RowPages = { after, _ in
            guard after == 0 else { throw CheckpointError(.foreign, path: "x", message: "broken") }
            return (1...500).map { Sample.row($0, .rejected, cells: ["", "", ""]) }
        }
        await #expect(throws: CheckpointError.self) {
            try await ReportWriter().write(
                header: Sample.header,
                to: paths,
                formats: [.csv, .jsonLines],
                context: Sample.context,
                rows: breaking
            )
        }
        #expect(try (read("results.csv"), read("results.jsonl"), read("corrections.csv")) == before)
        let names = try FileManager.default.contentsOfDirectory(atPath: paths.folder).sorted()
        #expect(names == ["corrections.csv", "results.csv", "results.jsonl"].map { "customers.csv.\($0)" })
    }

    @Test func repeatedReportsAreTheSameBytes() async throws {
        try await write(Sample.rows)
        let first = try read("results.csv") + read("results.jsonl") + read("corrections.csv")
        try await write(Sample.rows)
        #expect(try read("results.csv") + read("results.jsonl") + read("corrections.csv") == first)
    }

    @Test func aFolderThatCannotBeMadeIsNamed() async throws {
        let file = try folder.write("", to: "out")
        let error = await #expect(throws: ReportError.self) { try await write(Sample.rows) }
        #expect(error?.path == file)
        #expect(error?.description.contains("a file stands where a folder must be") == true)
    }

    @Test func aFolderInAReportsPlaceIsNamed() async throws {
        try FileManager.default.createDirectory(atPath: paths.results(.csv), withIntermediateDirectories: true)
        let error = await #expect(throws: ReportError.self) { try await write(Sample.rows) }
        #expect(error?.path == paths.results(.csv))
    }
}
