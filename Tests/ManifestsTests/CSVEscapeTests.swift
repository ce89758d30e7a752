import Testing

@testable import Manifests

/// What backslashes mean in the exports of databases and of programs that do not quote, and in all other files.
struct CSVEscapeTests {
    @Test(arguments: [
        (
            "MySQL, SELECT ... INTO OUTFILE",
            "id\tname\tcity\n1\tMüller\\\tSöhne\t\\N\n2\tone\\\ntwo\tBonn\n3\tC:\\\\x\t\\N\n",
            [["1", "Müller\tSöhne", ""], ["2", "one\ntwo", "Bonn"], ["3", "C:\\x", ""]]
        ),
        (
            "MySQL, optionally enclosed", "id,name,city\n1,\"say \\\"hi\\\"\",\\N\n2,\"one\\\ntwo, three\",\"Bonn\"\n",
            [["1", "say \"hi\"", ""], ["2", "one\ntwo, three", "Bonn"]]
        ),
        (
            "PostgreSQL, COPY text", "id\tname\tcity\n1\ta\\tb\\nc\t\\N\n2\tC:\\\\new\t\\N\n",
            [["1", "a\tb\nc", ""], ["2", "C:\\new", ""]]
        ),
        (
            "PostgreSQL, the text \\N", "id\tname\tcity\n1\t\\\\N\t\\N\n", [["1", "\\N", ""]]
        ),
        (
            "IMDb", "tconst\ttitle\tendYear\ntt1\tMiss Jerry\t\\N\ntt2\t\\N\t1894\n",
            [["tt1", "Miss Jerry", ""], ["tt2", "", "1894"]]
        ),
        (
            "pandas, escapechar", "id,name,city\n1,Miller\\, Inc,York\n2,say \\\"hi\\\",Bonn\n3,a\\\\b,Rome\n",
            [["1", "Miller, Inc", "York"], ["2", "say \"hi\"", "Bonn"], ["3", "a\\b", "Rome"]]
        ),
        (
            "an escaped line break of two bytes", "id,name\r\n1,one\\\r\ntwo\r\n2,\\,\r\n",
            [["1", "one\r\ntwo"], ["2", ","]]
        ),
        ("an escaped NUL", "id\tname\n1\ta\\0b\n2\t\\N\n", [["1", "a\0b"], ["2", ""]]),
    ])
    func whatADatabaseEscapesIsRead(name: String, text: String, cells: [[String]]) throws {
        let records = try readCSV(text)
        #expect(records.map(\.texts) == cells)
        #expect(records.flatMap(\.faults).allSatisfy { $0.rule == "csv.nul" })
    }

    @Test(arguments: [
        ("paths", "id,path\n1,C:\\new\\table\n2,D:\\\\x\n", [["1", "C:\\new\\table"], ["2", "D:\\\\x"]]),
        (
            "paths between tabs", "id\tpath\n1\tC:\\new\\table\n2\t\\\\nas\\top\n",
            [["1", "C:\\new\\table"], ["2", "\\\\nas\\top"]]
        ),
        ("paths beside \\N", "id\tpath\n1\tC:\\new\\table\n2\t\\N\n", [["1", "C:\\new\\table"], ["2", ""]]),
        ("a computer beside \\N", "id\tpath\n1\t\\\\nas\\top\n2\t\\N\n", [["1", "\\\\nas\\top"], ["2", ""]]),
        (
            "a path before a delimiter", "a,b,c\n1,C:\\,x\n2,D:\\dir\\,y\n",
            [["1", "C:\\", "x"], ["2", "D:\\dir\\", "y"]]
        ),
        ("a path at the line's end", "a,b\n1,C:\\dir\\\n2,x\n", [["1", "C:\\dir\\"], ["2", "x"]]),
        ("a path in a row too long", "a,b\nC:\\,x,y\n1,2\n", [["C:\\", "x", "y"], ["1", "2"]]),
        ("\\N in quotes", "a,b\n\"\\N\",\\N\n", [["\\N", ""]]),
        ("more than \\N", "a,b\n\\NA,x\\N\n \\N,1\n", [["\\NA", "x\\N"], [" \\N", "1"]]),
        ("one column", "path\nC:\\,\n\\t\n", [["C:\\"], ["\\t"]]),
    ])
    func aBackslashThatEscapesNothingIsText(name: String, text: String, cells: [[String]]) throws {
        #expect(try readCSV(text).map(\.texts) == cells)
    }

    @Test func aRowOfNothingButNullIsBlank() throws {
        let reader = try openCSV([UInt8]("a\tb\n1\t2\n\\N\t\\N\n3\t4\n".utf8))
        #expect(try reader.records().map(\.line) == [2, 4])
        #expect(reader.blankRows == 1)
    }

    @Test func anEscapeIsFoundThoughItComesLate() throws {
        let rows = (1...500).map { "\($0),Firm,York\n" }.joined()
        let records = try readCSV("id,name,city\n\(rows)501,Miller\\, Inc,York\n502,one\\\ntwo,Bonn\n503,a,b\n")
        #expect(records.suffix(3).map { $0.cells[1] } == ["Miller, Inc", "one\ntwo", "a"])
        #expect(records.suffix(3).map(\.line) == [502, 503, 505])
    }

    @Test(arguments: [
        (
            "a,b\n1,x\\,y\n", "delimiters and line breaks in any cell",
            "2 of 2 records are equally wide so, and 1 of 2 otherwise"
        ),
        (
            "a\tb\n1\t\\N\n2\t\\\\\n", "control characters",
            "cells are \\N, as in a database's export, and each other backslash"
        ),
        ("a,b\n1,\"\\\"x\\\", y\"\n", "doubled or after a backslash", "the first records have fewer faults so"),
        ("a,b\n1,C:\\x\n", "doubled", "as RFC 4180 has it"),
    ])
    func itIsSaidWhatBackslashesDo(text: String, value: String, reason: String) throws {
        let traits = try openCSV([UInt8](text.utf8)).traits
        let trait = try #require(traits.first { $0.name == "quote within a cell" })
        #expect(trait.value.hasSuffix(value))
        #expect(trait.reason.hasPrefix(reason))
        #expect(traits.contains { $0.name == "empty cells" } == text.contains("\\N"))
    }
}
