import Testing

@testable import Manifests

/// What is read from a cell's bytes without a text of them.
struct CellBytesTests {
    // The macros of the tests can't take a span.
    private func place(_ text: String) -> (column: Int, row: Int)? { CellReference.place(Array(text.utf8).span) }
    private func number(_ text: String) -> Int? { Int(ascii: Array(text.utf8).span) }
    private func plain(_ text: String) -> String? { Array(text.utf8).span.textOfASCII }

    @Test(
        arguments: [
            ("A1", 0, 1), ("z9", 25, 9), ("AA10", 26, 10), ("XFD1048576", 16383, 1_048_576), ("C", 2, 0),
            ("B007", 1, 7),
            ("A999999999", 0, 999_999_999),
        ] as [(String, Int, Int)]
    )
    func aReferenceIsAColumnAndARow(text: String, column: Int, row: Int) throws {
        let found = try #require(place(text))
        #expect((found.column, found.row) == (column, row))
    }

    @Test(arguments: ["", "1", "1A", "A1B", "A-1", "A 1", "$A$1", "Ä1", "A1234567890", "AAAAAAAA1", "A1\u{0}"])
    func anythingElseIsNone(text: String) {
        #expect(place(text) == nil)
    }

    @Test(
        arguments: [
            "", "0", "7", "007", "+7", "-7", "1 ", " 1", "1.0", "1e3", "x", "٣", "123456789012345678",
            "1234567890123456789",
            "9223372036854775807", "9223372036854775808", "00000000000000000000000000000000005", "-", "+", "1_000",
        ]
    )
    func aNumberIsWhatIntMakesOfTheText(text: String) {
        #expect(number(text) == Int(text))
    }

    @Test(arguments: ["", "a", "abcdefg", "abcdefgh", "abcdefghi", "\u{7F}\u{0}", "abcdefgü", "ü", "abcdefghijklmnoü"])
    func onlyASCIIIsTextWithoutACheck(text: String) {
        #expect(plain(text) == (text.utf8.allSatisfy { $0 < 0x80 } ? text : nil))
    }

    @Test func theLineOfATagIsWhereItBegins() throws {
        let text = "<customers>\n<customer\n externalId='a'></customer><customer></customer>\n\n<customer/></customers>"
        var rest = Array(text.utf8)[...]
        let stream = XMLStream<XMLManifest.Name>(path: "m.xml", prefixes: XMLManifest.prefixes) { buffer in
            let count = min(buffer.count, rest.count)
            buffer.replaceSubrange(..<count, with: rest.prefix(count))
            rest.removeFirst(count)
            return count
        }
        var lines: [Int] = []
        while let event = try stream.next() { if case .start = event { lines.append(stream.line) } }
        #expect(lines == [1, 2, 3, 5])
    }
}
