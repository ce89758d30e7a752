import Checkpoint
import Foundation
import Manifests
import Reports
import TestSupport
import Testing

struct CorrectionsTests {
    let folder: TemporaryFolder
    let paths: ReportPaths

    init() throws {
        folder = try TemporaryFolder()
        paths = ReportPaths(manifest: "customers.csv", folder: folder.path)
    }

    private func corrections(header: [String], _ rows: [RowResult]) async throws -> String {
        _ = try await ReportWriter().write(
            header: header,
            to: paths,
            formats: [],
            context: Sample.context,
            rows: Sample.pages(rows)
        )
        return try folder.read("customers.csv.corrections.csv")
    }

    @Test func onlyRowsThatNeedAPersonAreThereWithTheManifestsOwnCells() async throws {
        let text = try await corrections(header: Sample.header, Sample.rows)
        #expect(
            text.components(separatedBy: "\r\n") == [
                "externalId,companyName,domain,purser:status,purser:problem",
                #"crm-3,Company 3,c3.example,invalid,"postalCode: ""1234"" has 4 digits, not 5.""#,
                "crm-4,Company 4,c4.example,duplicate,Row 1 is the same customer.",
                "crm-5,Company 5,c5.example,conflict,\"Row 1 is the same customer. (type what it was, or take the row out: "
                    + "a customer that exists is changed at the service, not here)\"",
                "crm-6,Company 6,c6.example,rejected,\"domain: The domain is taken. "
                    + "(correct it, and it is sent again; as it is, it is left alone)\"",
                "",
            ]
        )
    }

    @Test(arguments: [
        (["purser:status", "purser:problem", "domain"], ["invalid", "old", "c1.example"]),
        (["domain", "Purser:Status", "PURSER:PROBLEM "], ["c1.example", "invalid", "old"]),
        (["purser:problem", "domain"], ["old", "c1.example"]),
    ])
    func theColumnsOfAnEarlierCorrectionAreReplacedNotDoubled(header: [String], cells: [String]) async throws {
        var row = RowResult(row: 1, line: 2, cells: cells, status: .rejected, domain: "", companyName: "")
        row.problem = Problem(code: "27002", message: "new")
        let text = try await corrections(header: header, [row])
        let advice = "(correct it, and it is sent again; as it is, it is left alone)"
        #expect(text == "domain,purser:status,purser:problem\r\nc1.example,rejected,\"new \(advice)\"\r\n")
    }

    @Test func everyCellReadsBackAsItWasHoweverOftenItIsCorrected() async throws {
        let tricky = [
            "=1+1", "'=1+1", "''@x", "-5", "+32 2 555", "@a", "\tindented", "\rreturn", "a\"b,c\r\nd", "'quoted'", " ",
            "é😀", "",
        ]
        let rows = tricky.indices.map { Sample.row($0 + 1, .invalid, cells: [tricky[$0], "Company", tricky[$0]]) }
        var header = Sample.header
        for _ in 1...3 {
            _ = try await corrections(header: header, rows)
            let reader = try Manifest.open(paths.corrections)
            header = reader.header
            #expect(header == Sample.header + ["purser:status", "purser:problem"])
            var cells: [[String]] = []
            while let record = try reader.next() { cells.append(Array(record.cells.prefix(3))) }
            #expect(cells == rows.map(\.cells))
        }
    }

    @Test(arguments: [RowStatus.failed, .unknown, .pending, .created])
    func aDuplicateWaitsForTheRowsBeforeIt(before: RowStatus) async throws {
        let duplicate = Sample.row(2, .duplicate, cells: ["crm-1", "Other", "c1.example"])
        let first = Sample.row(1, before, cells: ["crm-1", "Company", "c1.example"])
        let last = Sample.row(3, .pending, cells: ["crm-3", "Company", "c3.example"])
        let paths = self.paths
        let files = try await ReportWriter().write(
            header: Sample.header,
            to: paths,
            formats: [],
            context: Sample.context,
            rows: Sample.pages([first, duplicate, last])
        )
        #expect(files == (before == .created ? [paths.corrections] : []))
    }

    @Test func aShortRecordKeepsItsCellsInTheirColumns() async throws {
        let row = RowResult(row: 1, line: 2, cells: ["a"], status: .invalid, domain: "", companyName: "")
        let text = try await corrections(header: ["x", "y"], [row])
        #expect(text == "x,y,purser:status,purser:problem\r\na,,invalid,\r\n")
    }

    @Test func cellsThatNoColumnHasStandBehindAndAreTheSameFaultHoweverOftenTheyAreRead() async throws {
        var header = Sample.header
        var record = Record(cells: ["crm-1", "Brick", " Stone", "-c1.example"], row: 1, line: 2)
        for _ in 1...3 {
            let text = try await corrections(header: header, [Sample.row(1, .invalid, cells: Array(record.cells))])
            #expect(text.hasSuffix(",'-c1.example\r\n"), "\(text)")
            let reader = try Manifest.open(paths.corrections)
            header = reader.header
            record = try #require(try reader.next())
            #expect(record.faults.map(\.rule) == ["csv.tooManyCells"])
            #expect(record.cells.count == header.count + 1)
            #expect(record.cells.last == "-c1.example")
        }
    }

    /// Written out as it was read a misread row has no fault left; it must not be sent before somebody looked at it.
    @Test(arguments: ["companyName", ""])
    func aRowThatWasMisreadStaysSoUntilItIsCorrected(field: String) async throws {
        var header = Sample.header
        var row = Sample.row(1, .invalid, cells: ["crm-1", "\"Best\" Foods", "c1.example"])
        row.problem = Problem(code: "csv.textAfterQuote", field: field, message: "Text follows.")
        for _ in 1...3 {
            _ = try await corrections(header: header, [row])
            let reader = try Manifest.open(paths.corrections)
            header = reader.header
            let record = try #require(try reader.next())
            #expect(record.faults.map(\.rule) == ["csv.uncorrected"])
            #expect(record.faults.first?.column == (field.isEmpty ? nil : 1))
            row = Sample.row(1, .invalid, cells: Array(record.cells))
            row.problem = Problem(code: "csv.uncorrected", field: field, message: record.faults[0].message)
        }
        let text = try folder.read("customers.csv.corrections.csv")
        for (old, new) in [("\"\"Best\"\" Foods", "Best Foods"), (" [misread", "")] {
            let corrected = try folder.write(text.replacingOccurrences(of: old, with: new), to: "corrected.csv")
            let record = try Manifest.open(corrected).next()
            #expect(record?.faults.isEmpty == true)
        }
    }

    @Test func anOldFileGoesWhereNoRowNeedsAPerson() async throws {
        let header = Sample.header
        _ = try await corrections(header: header, Sample.rows)
        let well = Sample.rows.filter { $0.status.isSettledWell || $0.status.isOpen }
        let files = try await ReportWriter().write(
            header: header,
            to: paths,
            formats: [.csv],
            context: Sample.context,
            rows: Sample.pages(well)
        )
        #expect(files == [paths.results(.csv)])
        #expect(!FileManager.default.fileExists(atPath: paths.corrections))
    }
}
