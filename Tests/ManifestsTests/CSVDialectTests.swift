import Testing

@testable import Manifests

struct CSVDialectTests {
    @Test(arguments: [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1;2;3\n", ";"),
        ("a\tb\tc\n1\t2\t3\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ("name\n", ","),
        ("amount;price\n1,5;2,5\n3,5;4,5\n", ";"),
        ("\"a;b\",c\n\"1;2;3\",4\n", ","),
        ("Company name, legal;domain\nOne;one.example\nTwo;two.example\n", ";"),
        ("a;b;c\n1;2\n1;2;3\n1\n", ";"),
        ("a;b\n\"1\n,2,\n\";3\n", ";"),
        ("\"never closed;b;c\n1;2;3\n", ";"),
    ])
    func theDelimiterIsFoundFromTheContent(text: String, delimiter: String) throws {
        let dialect = try CSVDialect(of: [UInt8](text.utf8), isWhole: true)
        #expect(String(decoding: [dialect.delimiter], as: UTF8.self) == delimiter)
    }

    @Test(arguments: [
        ("sep=;\na;b,c\n1;2\n", ["a", "b,c"], 3),
        ("SEP=,\r\na,b;c;d\r\n1,2\r\n", ["a", "b;c;d"], 3),
        ("\u{FEFF}sep=\t\ra\tb\r1\t2\r", ["a", "b"], 3),
        ("sep=^\na^b\n1^2\n", ["a", "b"], 3),
        ("sep=,a,b\n1,2,3\n", ["sep=", "a", "b"], 2),
        ("sep=a\n1\n", ["sep=a"], 2),
    ])
    func aSeparatorLineIsHonoured(text: String, header: [String], line: Int) throws {
        let reader = try openCSV([UInt8](text.utf8))
        #expect(reader.header == header)
        #expect(try reader.next()?.line == line)
    }

    @Test func aDelimiterOfSeveralCharactersIsRefused() {
        let error = #expect(throws: ManifestError.self) { try openCSV([UInt8]("sep=||\na||b\n".utf8)) }
        #expect(
            error?.description == "customers.csv:1: the delimiter \"||\" has several characters; save the file with one"
        )
    }
}
