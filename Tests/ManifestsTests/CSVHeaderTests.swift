import Testing

@testable import Manifests

struct CSVHeaderTests {
    private static let known: Set<String> = ["companyName", "domain", "email", "Firma", "Domäne", "E-Mail"]

    private func open(_ text: String, _ change: (inout ManifestOptions) -> Void = { _ in }) throws -> CSVReader {
        var options = ManifestOptions { Self.known.contains($0) }
        change(&options)
        let source = ByteArraySource([UInt8](text.utf8))
        return try CSVReader(path: "customers.csv", head: Head(of: source), source: source, options: options)
    }

    @Test func aPreambleIsPassedOverAndTold() throws {
        let reader = try open("New customers, spring\n\nSent by: Ada\ncompanyName;domain;email\nA;a.example;x@a\n")
        #expect(reader.header == ["companyName", "domain", "email"])
        #expect(reader.headerLine == 4)
        #expect(reader.notices.map(\.line) == [1])
        #expect(try reader.records() == [Record(cells: ["A", "a.example", "x@a"], row: 1, line: 5)])
    }

    @Test(arguments: [(99, 100), (100, 1)])
    func theHeaderIsAmongTheFirstHundredRecords(above: Int, line: Int) throws {
        let notes = (1...above).map { "note \($0),x\n" }.joined()
        let reader = try open(notes + "companyName,domain\nA,a.example\n")
        #expect(reader.headerLine == line)
    }

    @Test func rowsBelowAHeaderArePassedOverForNoOtherHeader() throws {
        let rows = (1...3).map { "A\($0),a\($0).example,notes\n" }.joined()
        let reader = try open("companyName,domain,notes\n\(rows)companyName,domain,email\nB,b.example,x@b\n")
        #expect(reader.headerLine == 1)
        #expect(reader.notices.isEmpty)
        #expect(try reader.records().map(\.line) == [2, 3, 4, 5, 6])
    }

    @Test func rowsBelowAHeaderOfManyUnknownTitlesAreNotPassedOverEither() throws {
        let more = ",u,v,w,x,y,z"
        let reader = try open(
            "companyName,domain,email\(more)\nA,a.example,x@a,1,2,3,4,5,6\nFirma,Domäne,E-Mail,email\n"
        )
        #expect(reader.headerLine == 1)
        #expect(try reader.records().map(\.line) == [2, 3])
    }

    @Test func aLineOfWordsAmongWhichSomeAreTitlesIsNoHeader() throws {
        let reader = try open("Firma,,E-Mail,,,\ncompanyName,domain,email,x,y,z\nA,a.example,x@a,1,2,3\n")
        #expect(reader.headerLine == 2)
    }

    @Test func textInAColumnWithoutTitleIsToldOfOnce() throws {
        let reader = try open("companyName,,domain\nA, ,a.example\nB,lost,b.example\nC,lost,c.example\n")
        #expect(reader.notices.isEmpty)
        #expect(try reader.records().count == 3)
        #expect(reader.notices.map(\.line) == [3])
        #expect(reader.notices.first?.message.contains("column 2") == true)
    }

    @Test(arguments: [
        ("a,b\n1, \"2, x\"\n", ["1", "2, x"]), ("a, \"b\"\n \"1\", \"2\" \n", ["1", "2"]),
        ("a,b\n1, \"x\ny\"\n", ["1", "x\ny"]), ("a,b\n1, 2 \"x\"\n", ["1", " 2 \"x\""]),
        ("a,b\n1, \"The Mill\" Lane\n", ["1", " \"The Mill\" Lane"]), ("a,b\n1, \"2\n", ["1", " \"2"]),
    ])
    func quotesBehindBlanksComeOffWhereTheyQuoteTheCell(text: String, cells: [String]) throws {
        let reader = try open(text)
        #expect(reader.header == ["a", "b"])
        let records = try reader.records()
        #expect(records.map(\.texts) == [cells])
        #expect(records.allSatisfy { $0.faults.isEmpty })
    }

    @Test(arguments: ["\u{1A}", "\r\n\u{1A}", "\r\n\u{1A}\u{1A}\u{1A}"])
    func theEndOfFileMarkOfDOSIsNoText(end: String) throws {
        let bytes = [UInt8]("companyName,domain\r\nA,a.example\(end)".utf8)
        for most in [1, 7, 1000] {
            let source = ByteArraySource(bytes, most: most)
            let reader = try CSVReader(path: "customers.csv", head: Head(of: source), source: source)
            #expect(try reader.records().map(\.texts) == [["A", "a.example"]])
        }
    }

    @Test func anEndOfFileMarkWithTextBehindItIsText() throws {
        #expect(try open("companyName,domain\nA\u{1A},\u{1A}\n").records().map(\.texts) == [["A\u{1A}", "\u{1A}"]])
    }

    @Test func aLineOfTextAboveATableWithoutKnownTitlesIsPassedOver() throws {
        let reader = try open("# made by hand\nid,name\n1,A\n2,B\n")
        #expect(reader.header == ["id", "name"])
        #expect(reader.notices.map(\.line) == [1])
    }

    @Test func aSecondRowOfTitlesIsPassedOverAndTold() throws {
        let reader = try open("companyName,domain\nFirma,Domäne\nA,a.example\n")
        #expect(reader.header == ["companyName", "domain"])
        #expect(reader.notices.map(\.line) == [2])
        #expect(try reader.records().map(\.row) == [1])
    }

    @Test func aRowOfHintsIsPassedOverAndTold() throws {
        let reader = try open("companyName,domain,email\n(text),required,[optional]\nA,a.example,\n")
        #expect(reader.notices.map(\.line) == [2])
        #expect(try reader.records().map(\.line) == [3])
    }

    @Test func aTotalAtTheEndIsNoRowAndTold() throws {
        let reader = try open("companyName,domain,email,seats\nA,a.example,x@a,4\nTotal,,,4\n")
        #expect(try reader.records().map(\.texts) == [["A", "a.example", "x@a", "4"]])
        #expect(reader.notices.map(\.line) == [3])
    }

    @Test(arguments: ["Total", "Summe:", "합계", "Grand total (EUR)"])
    func aTotalIsToldInEachLanguage(label: String) throws {
        let reader = try open("companyName,domain,email,seats\nA,a.example,x@a,4\n\(label),,,\"1.204,50 €\"\n")
        #expect(try reader.records().map(\.line) == [2])
    }

    @Test func aTotalInBetweenOrACompanyCalledSoIsARow() throws {
        let reader = try open("companyName,domain,email\nTotal,,\nTotal,total.example,\n")
        #expect(try reader.records().count == 2)
        #expect(reader.notices.isEmpty)
    }

    @Test(arguments: ["Total,1,2,3", "Total,a.example,,", "Totally,,,4", "Total,,,4 seats"])
    func aLastRowThatHoldsMoreThanATotalIsARow(row: String) throws {
        let reader = try open("companyName,domain,email,seats\nA,a.example,x@a,4\n\(row)\n")
        #expect(try reader.records().map(\.line) == [2, 3])
    }

    @Test func twoCellsAreNoTotal() throws {
        #expect(try open("companyName,domain\nA,a.example\nTotal,\n").records().count == 2)
    }

    @Test func theSaidHeaderRowIsTaken() throws {
        let reader = try open("companyName,domain\nx,y\nA,a.example\n") { $0.headerRow = 2 }
        #expect(reader.header == ["x", "y"])
        #expect(try reader.records().map(\.line) == [3])
        #expect(throws: ManifestError.self) { try open("a,b\n") { $0.headerRow = 9 } }
    }

    @Test func theSaidDelimiterAndQuoteAreTaken() throws {
        let reader = try open("a;b,c\n'1;2';3,4\n") { ($0.delimiter, $0.quote) = (";", "'") }
        #expect(reader.header == ["a", "b,c"])
        #expect(try reader.records().map(\.texts) == [["1;2", "3,4"]])
    }

    @Test(arguments: ["a", "é", "\""])
    func whatCannotBeADelimiterIsRefused(delimiter: Character) {
        #expect(throws: ManifestError.self) { try open("a,b\n") { $0.delimiter = delimiter } }
    }

    @Test func apostrophesThatQuoteAreFound() throws {
        let reader = try open("'a','b'\n'1,5','it''s'\n'2','x'\n")
        #expect(reader.header == ["a", "b"])
        #expect(try reader.records().map(\.texts) == [["1,5", "it's"], ["2", "x"]])
    }

    @Test func apostrophesThatDoNotQuoteAreText() throws {
        let reader = try open("city,x\n's-Hertogenbosch,'t\n'1,2\n")
        #expect(try reader.records().map(\.texts) == [["'s-Hertogenbosch", "'t"], ["'1", "2"]])
    }

    @Test func quotesAfterABackslashAreFound() throws {
        let reader = try open("a,b\n\"say \\\"hi\\\", you\",\"C:\\\\x\"\n\"2\",\"\"\"\"\n")
        let records = try reader.records()
        #expect(records.map(\.texts) == [["say \"hi\", you", "C:\\x"], ["2", "\""]])
        #expect(records.allSatisfy { $0.faults.isEmpty })
    }

    @Test func aBackslashBeforeTheClosingQuoteIsTextWhereThatMakesMoreSense() throws {
        let reader = try open("a,b\n\"C:\\dir\\\",x\n\"D:\\\",y\n")
        #expect(try reader.records().map(\.texts) == [["C:\\dir\\", "x"], ["D:\\", "y"]])
    }

    @Test(arguments: [
        ("a;b\n", "the only record has several cells with it; 66 % sure"),
        ("a;b\n1;2\n", "2 of its 2 records are equally wide with it; 75 % sure"),
        (String(repeating: "a;b\n", count: 200), "100 of the first 100 records are equally wide with it; 99 % sure"),
        ("a\n", "none stands in most records; 30 % sure"),
    ])
    func fewRecordsMakeSureOfLittle(text: String, reason: String) throws {
        let traits = try open(text).traits
        #expect(traits.first { $0.name == "delimiter" }?.reason == reason)
    }

    @Test func theTraitsSayHowTheTextWasRead() throws {
        let traits = try open("companyName;domain\r\nA;a.example\r\n").traits
        let values = Dictionary(uniqueKeysWithValues: traits.map { ($0.name, $0.value) })
        #expect(values["encoding"] == "UTF-8")
        #expect(values["delimiter"] == "\";\"")
        #expect(values["line ends"] == "CRLF")
        #expect(values["header row"] == "line 1")
        #expect(traits.last?.reason == "2 of its 2 titles mean a column; 99 % sure")
        #expect(traits.allSatisfy { !$0.reason.isEmpty })
    }
}
