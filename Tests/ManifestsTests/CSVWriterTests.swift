import Platform
import Testing

@testable import Manifests

struct CSVWriterTests {
    private func write(_ cells: [String], guarded: Bool = false) -> String {
        var bytes: [UInt8] = []
        CSVWriter.append(cells, guarded: guarded, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (["a", "b c", "é"], "a,b c,é\r\n"),
        (["1,5", "x\"y", "\"", "p\nq", "p\rq"], "\"1,5\",\"x\"\"y\",\"\"\"\",\"p\nq\",\"p\rq\"\r\n"),
        (["a;b", "a\tb", "a|b"], "\"a;b\",\"a\tb\",\"a|b\"\r\n"),
        (["", "a", ""], ",a,\r\n"),
        ([""], "\"\"\r\n"),
        ([" ", ""], "\" \",\r\n"),
        (["=1+1"], "=1+1\r\n"),
    ])
    func cellsAreQuotedOnlyWhereTheyMustBe(cells: [String], text: String) {
        #expect(write(cells) == text)
    }

    @Test func aGuardedRecordHasItsGuardsWithinTheQuotes() {
        #expect(write(["=1+1", "@x,y", "'-z", "a=b", "\r"], guarded: true) == "'=1+1,\"'@x,y\",''-z,a=b,\"'\r\"\r\n")
    }

    @Test(arguments: [
        ("=1", "'=1"), ("+47 1", "'+47 1"), ("-", "'-"), ("@x", "'@x"), ("\t", "'\t"), ("\r\n", "'\r\n"),
        ("'=1", "''=1"), ("''@", "'''@"), ("", ""), ("'", "'"), ("''", "''"), ("a", "a"), ("'a", "'a"), (" =1", " =1"),
        ("=\u{301}", "'=\u{301}"),
    ])
    func aFormulaIsGuardedAndComesBack(cell: String, guarded: String) {
        #expect(FormulaGuard.protect(cell) == guarded)
        #expect(FormulaGuard.release(guarded) == cell)
    }

    /// The pieces that break CSV readers, as cells draw from them.
    private static let pieces = [
        "\"", "\"\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", " ", "'", "=", "+", "-", "@", "a", "b", "é", "漢", "🦊",
        "\u{301}", "\u{FEFF}", "\u{A0}", "\u{2028}", "\u{85}", "\\", "sep=", "#",
    ]

    @Test(arguments: 0..<300)
    func anyTableReadsBackAsItWasWritten(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let width = Int.random(in: 1...6, using: &random)
        let isGuarded = seed.isMultiple(of: 2)
        let header = (1...width).map { "column \($0)" } + (isGuarded ? ["purser:status"] : [])
        let table = (0..<Int.random(in: 0...20, using: &random)).map { _ in
            header.map { _ in
                (0..<Int.random(in: 0...6, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
                    .joined()
            }
        }
        var bytes: [UInt8] = []
        for cells in [header] + table { CSVWriter.append(cells, guarded: isGuarded, to: &bytes) }
        let reader = try openCSV(bytes)
        #expect(reader.header == header)
        let records = try reader.records()
        #expect(records.map { $0.cells.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } })
        #expect(records.allSatisfy { $0.faults.isEmpty })
    }
}
