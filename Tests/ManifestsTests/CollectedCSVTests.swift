import Testing

@testable import Manifests

/// What other programs' CSV files taught: each of these was once misread.
struct CollectedCSVTests {
    /// The commas of one long text are no columns, where another delimiter stands in the header.
    @Test(arguments: [
        "name|remark\nAnn|\"Came in May, left in June, was back in July, and stayed\"\n",
        "name|remark\nAnn|Came in May, left in June, was back in July, and stayed\n",
    ])
    func aLongTextDoesNotOutweighTheHeader(text: String) throws {
        let reader = try openCSV([UInt8](text.utf8))
        #expect(reader.header == ["name", "remark"])
        #expect(
            try reader.records().map(\.texts) == [["Ann", "Came in May, left in June, was back in July, and stayed"]]
        )
    }

    /// A table of one row below a title still has the delimiter that stands in it.
    @Test func aTitleAboveOneRowDoesNotHideTheDelimiter() throws {
        let dialect = try CSVDialect(of: [UInt8]("New customers\na;b;c\n".utf8), isWhole: true)
        #expect(dialect.delimiter == UInt8(ascii: ";"))
    }

    /// A text may end with the delimiter within its apostrophes, as SQL tools quote.
    @Test func apostrophesThatQuoteAreFoundThoughATextEndsWithTheDelimiter() throws {
        let text = """
            'name','street','note'
            'O''Neil','Main St. 1,','see "file"'
            'Ann','','one
            two'
            'Bo','Side St. 2','x'

            """
        let reader = try openCSV([UInt8](text.utf8))
        #expect(reader.header == ["name", "street", "note"])
        #expect(
            try reader.records().map(\.texts) == [
                ["O'Neil", "Main St. 1,", "see \"file\""], ["Ann", "", "one\ntwo"], ["Bo", "Side St. 2", "x"],
            ]
        )
    }

    /// An apostrophe that only begins cells quotes none.
    @Test func apostrophesThatOnlyBeginCellsAreText() throws {
        let records = try readCSV("city,code\n's-Hertogenbosch,'0123\n's-Gravenhage,'0456\n't Zand,'0789\n")
        #expect(records.first?.texts == ["'s-Hertogenbosch", "'0123"])
    }
}
