import Testing

@testable import Manifests

struct CSVReaderTests {
    @Test(arguments: [
        ("plain", "a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]]),
        ("no line break at the end", "a,b\n1,2", [["1", "2"]]),
        ("CRLF", "a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
        ("CR", "a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
        ("line ends mixed", "a,b\r\n1,2\r3,4\n5,6", [["1", "2"], ["3", "4"], ["5", "6"]]),
        ("a byte-order mark", "\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
        ("quotes", "a,b\n\"1\",\"2\"\n", [["1", "2"]]),
        ("a delimiter in quotes", "a,b\n\"1,5\",2\n", [["1,5", "2"]]),
        ("line breaks in quotes", "a,b\n\"1\n2\r\n3\r4\",5\n", [["1\n2\r\n3\r4", "5"]]),
        ("quotes doubled", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [["say \"hi\"", "\""]]),
        ("blanks after a closing quote", "a,b\n\"1\" ,\"2\"\t\n", [["1", "2"]]),
        ("an empty quoted cell", "a,b\n\"\",\"\"\n", [["", ""]]),
        ("a quote within an unquoted cell", "a,b\n12\" pipe,x \"y\"\n", [["12\" pipe", "x \"y\""]]),
        ("blanks are text", "a,b\n 1 , 2\n", [[" 1 ", " 2"]]),
        ("cells missing", "a,b,c\n1\n1,\n", [["1", "", ""], ["1", "", ""]]),
        ("empty cells too many", "a,b\n1,2,,\n1,2, ,\"\"\n", [["1", "2"], ["1", "2"]]),
        ("blank lines", "\n \t\na,b\n\n1,2\r\n\r\n,\n \n3,4\n\n", [["1", "2"], ["3", "4"]]),
        ("characters of every length", "a,b\né,漢\n🦊,e\u{301}\n", [["é", "漢"], ["🦊", "e\u{301}"]]),
        ("one column", "domain\none.example\ntwo.example\n", [["one.example"], ["two.example"]]),
        ("a header alone", "a,b\n", []),
    ])
    func wellFormedTextReadsAsItIsMeant(name: String, text: String, cells: [[String]]) throws {
        let records = try readCSV(text)
        #expect(records.map(\.texts) == cells)
        #expect(records.allSatisfy { $0.faults.isEmpty })
    }

    @Test func headerNamesLoseTheWhiteSpaceAroundThem() throws {
        let reader = try openCSV([UInt8]("\u{FEFF} Company name ,\"\u{A0}domain\r\n\",'=x\n".utf8))
        #expect(reader.header == ["Company name", "domain", "'=x"])
    }

    @Test func rowsCountRecordsAndLinesCountPhysicalLines() throws {
        let text = "\r\na,b\r1,\"x\r\ny\rz\n\"\n\n2,3\n\"\n\",4\r\n5,6"
        let records = try readCSV(text)
        #expect(records.map(\.row) == [1, 2, 3, 4])
        #expect(records.map(\.line) == [3, 8, 9, 11])
    }

    @Test func aRowWithTextBeyondTheHeaderIsAtFaultAloneAndKeepsIt() throws {
        let records = try readCSV("a,b\n1,2,3\n4,5\n")
        #expect(records.map(\.texts) == [["1", "2", "3"], ["4", "5"]])
        #expect(records.map { $0.faults.map(\.rule) } == [["csv.tooManyCells"], []])
    }

    @Test(arguments: [
        [UInt8]("Köln caf".utf8) + [0xE9],
        [UInt8]("Andr".utf8) + [0xC3],
        [0xC3],
        [0xC0, 0xAF],
        [0xED, 0xA0, 0x80],
    ])
    func aCellThatIsDamagedIsItsRowsFault(bytes: [UInt8]) throws {
        let records = try readCSV([UInt8]("a,b,é漢Ω\n1,\"".utf8) + bytes + [UInt8]("\"\n2,3\n".utf8))
        #expect(records.map { $0.faults.map(\.rule) } == [["csv.encoding"], []])
        #expect(records[0].faults[0].column == 1)
        #expect(records[0].faults[0].message.contains("column 2 (b)"))
        #expect(records[0].cells[1] == String(decoding: bytes, as: UTF8.self))
        #expect(records[0].cells[1].contains("\u{FFFD}"))
    }

    @Test func aHeaderNameThatIsNotUTF8IsTold() throws {
        let reader = try openCSV([0x61, 0xE9] + [UInt8](",b\n1,漢字\n".utf8))
        #expect(reader.header == ["aé", "b"])
        #expect(reader.notices.map(\.line) == [1])
        #expect(try reader.records().map(\.texts) == [["1", "漢字"]])
    }

    @Test func aNULIsItsRowsFault() throws {
        let records = try readCSV("a,b\n1,x\0y\n\"\0\",2\n3,4\n")
        #expect(records.map(\.texts) == [["1", "x\0y"], ["\0", "2"], ["3", "4"]])
        #expect(records.map { $0.faults.map(\.rule) } == [["csv.nul"], ["csv.nul"], []])
        #expect(records.map { $0.faults.first?.column } == [1, 0, nil])
    }

    @Test(arguments: ["", "\u{FEFF}", "\n\r\n \t\n", ",,,\n,\n", "sep=;\n"])
    func aTextWithoutAHeaderIsRefused(text: String) {
        let error = #expect(throws: ManifestError.self) { try openCSV([UInt8](text.utf8)) }
        #expect(error?.kind == .malformed)
        #expect(error?.message.hasPrefix("the file is empty; expected a header line") == true)
    }

    @Test func aHeaderThatCannotBeSplitIsRefusedWithItsLine() {
        let error = #expect(throws: ManifestError.self) { try openCSV([UInt8]("\na,\"b\n1,2\n".utf8)) }
        #expect(error?.kind == .malformed)
        #expect(error?.line == 2)
    }

    @Test func aHeaderOfMoreColumnsThanASheetCanHaveIsRefused() {
        let text = String(repeating: "a,", count: 16384) + "a\n"
        let error = #expect(throws: ManifestError.self) { try openCSV([UInt8](text.utf8)) }
        #expect(error?.message.contains("16384 columns") == true)
    }

    @Test(arguments: ["purser:status", "purser:problem", "Purser: Status"])
    func aCorrectionsFileLosesItsGuards(column: String) throws {
        let reader = try openCSV([UInt8]("'=a,b,\(column)\n'=1,''+2,'x\n".utf8))
        #expect(reader.header == ["=a", "b", column])
        #expect(try reader.records().map(\.texts) == [["=1", "'+2", "'x"]])
    }

    @Test func anyOtherFileKeepsItsApostrophes() throws {
        #expect(try readCSV("a,b\n'=1,'x\n").map(\.texts) == [["'=1", "'x"]])
    }
}
