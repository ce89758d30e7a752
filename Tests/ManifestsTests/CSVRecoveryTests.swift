import Testing

@testable import Manifests

/// What a mistake in one row may cost: that row, and none below it.
struct CSVRecoveryTests {
    @Test(arguments: [
        (
            "text after a closing quote", "a,b\n\"1\"x,2\n3,4\n",
            [["\"1\"x", "2"], ["3", "4"]], [["csv.textAfterQuote"], []]
        ),
        (
            "quotes that are not doubled", "a,b\n\"a \"b\" c\",2\n3,4\n",
            [["\"a \"b\" c\"", "2"], ["3", "4"]], [["csv.textAfterQuote"], []]
        ),
        (
            "a quote never closed", "a,b\n1,\"2\n3,4\n5,6\n",
            [["1", "\"2"], ["3", "4"], ["5", "6"]], [["csv.unclosedQuote"], [], []]
        ),
        (
            "a quote never closed before further cells", "a,b,c\n1,\"2,3\n4,5,6\n",
            [["1", "\"2", "3"], ["4", "5", "6"]], [["csv.unclosedQuote"], []]
        ),
        (
            "a quote never closed on the last line", "a,b\n1,2\n3,\"",
            [["1", "2"], ["3", "\""]], [[], ["csv.unclosedQuote"]]
        ),
        (
            "a quote never closed and quoted cells below", "a,b\n1,\"2\n3,4\n5,\"6,7\"\n\"8\",9\n",
            [["1", "\"2"], ["3", "4"], ["5", "6,7"], ["8", "9"]], [["csv.unclosedQuote"], [], [], []]
        ),
        (
            "two quotes never closed", "a,b\n1,\"2\n3,\"4\n5,6\n",
            [["1", "\"2"], ["3", "\"4"], ["5", "6"]], [["csv.unclosedQuote"], ["csv.unclosedQuote"], []]
        ),
        (
            "a quote never closed below a cell of two lines", "a,b,c\n\"1\n2\",\"3,4\n5,6,7\n",
            [["1\n2", "\"3", "4"], ["5", "6", "7"]], [["csv.unclosedQuote"], []]
        ),
    ])
    func aMisplacedQuoteCostsItsOwnRow(name: String, text: String, cells: [[String]], rules: [[String]]) throws {
        let records = try readCSV(text)
        #expect(records.map(\.texts) == cells)
        #expect(records.map { $0.faults.map(\.rule) } == rules)
    }

    @Test func aQuoteNeverClosedNamesTheLineItOpenedOn() throws {
        let records = try readCSV("a,b,c\n\"1\n2\",\"3,4\n5,6,7\n")
        #expect(records.map(\.line) == [2, 4])
        #expect(records[0].faults[0].column == 1)
        #expect(records[0].faults[0].message.contains("line 3"))
    }

    /// A later inch mark closes the quote as far as the grammar goes; the lines between tell that they are records.
    @Test func aStrayQuoteDoesNotSwallowTenThousandRows() throws {
        let rows = (1...10_000).map { "\($0),x,y,z\n" }.joined()
        let records = try readCSV("a,b,c,d\n1,\"2,3,4\n" + rows + "5,6,12\",7\n8,9,10,11\n")
        #expect(records.count == 10_003)
        #expect(records.filter { !$0.faults.isEmpty }.map(\.row) == [1])
        #expect(records.last?.line == 10_004)
    }

    @Test func anAddressOfManyLinesIsNoTableOfItsOwn() throws {
        let address = "Suite 5, Building 2,\nHigh Street, Old Town, York,\n\nEngland, GB, Europe"
        let records = try readCSV("a,b,c,d\n1,\"\(address)\",3,4\n")
        #expect(records.map(\.texts) == [["1", address, "3", "4"]])
        #expect(records.allSatisfy { $0.faults.isEmpty })
    }

    @Test func aCellMayBeAsLongAsTheLimitAndNoLonger() throws {
        let limits = CSVLimits(cell: 8, record: 1000)
        let rows = parse(
            [UInt8]("a,b\n12345678,\"\"\"234567\"\"\"\n123456789,\"123456789\"\nx,y\n".utf8),
            chunk: 7,
            limits: limits
        )
        #expect(rows[1].texts == ["12345678", "\"234567\""])
        #expect(rows[1].problems.isEmpty)
        #expect(rows[2].texts == ["12345678", "12345678"])
        #expect(rows[2].problems.map(\.kind) == [.cellTooLong, .cellTooLong])
        #expect(rows[3].texts == ["x", "y"])
    }

    @Test func aCellIsNotCutWithinACharacter() {
        let rows = parse([UInt8]("a\n1234567é\n".utf8), chunk: 100, limits: CSVLimits(cell: 8))
        #expect(rows[1].texts == ["1234567"])
        #expect(rows[1].problems.map(\.kind) == [.cellTooLong])
    }

    @Test func whatStandsInACellThatIsTooLongAreNoRows() {
        let text = "a,b,c\n1,\"2\n" + String(repeating: "x", count: 30) + "\n4,5,6\n\",3\n7,8,9\n"
        let rows = parse([UInt8](text.utf8), chunk: 5, limits: CSVLimits(cell: 20))
        #expect(rows.map(\.line) == [1, 2, 6])
        #expect(rows[1].texts == ["1", "2\n" + String(repeating: "x", count: 18), "3"])
        #expect(rows[1].problems.map(\.kind) == [.cellTooLong])
        #expect(rows[2].texts == ["7", "8", "9"])
    }

    @Test func aQuoteNeverClosedEndsAtTheRecordLimit() {
        let text = "a,b\n1,\"2\n" + String(repeating: "3,4\n", count: 10)
        let rows = parse([UInt8](text.utf8), chunk: 5, limits: CSVLimits(cell: 20, record: 30))
        #expect(rows.count == 12)
        #expect(rows[1].texts == ["1", "\"2"])
        #expect(rows.filter { !$0.problems.isEmpty }.map(\.line) == [2])
    }

    @Test func aRecordThatIsTooLongIsCutAtItsLine() {
        let text = "a,b\n" + String(repeating: "1,", count: 50) + "\"\n2,3\r\n4,5"
        let rows = parse([UInt8](text.utf8), chunk: 3, limits: CSVLimits(record: 20))
        #expect(rows.map(\.texts) == [["a", "b"], Array(repeating: "1", count: 10) + [""], ["2", "3"], ["4", "5"]])
        #expect(rows.map(\.line) == [1, 2, 3, 4])
        #expect(rows[1].problems.map(\.kind) == [.recordTooLong])
    }

    @Test func theLimitsOfAFileAreThoseThatTheMessagesName() throws {
        let cell = String(repeating: "x", count: 1 << 20)
        let records = try readCSV("a,b\n\(cell),\"\(cell)\"\n\(cell)x,2\n")
        #expect(records.map { $0.faults.map(\.rule) } == [[], ["csv.cellTooLong"]])
        #expect(records.map(\.texts) == [[cell, cell], [cell, "2"]])
        #expect(records[1].faults[0].message.contains("1 MiB"))
    }

    @Test func aRecordOfAFileMayBeSixteenMebibytes() throws {
        let row = repeatElement(String(repeating: "x", count: 1 << 20), count: 16).joined(separator: ",")
        let records = try readCSV("a,b\n\(row)\n1,2\n")
        #expect(records.map { $0.faults.map(\.rule) } == [["csv.recordTooLong"], []])
        #expect(records[0].faults[0].message.contains("16 MiB"))
    }
}
