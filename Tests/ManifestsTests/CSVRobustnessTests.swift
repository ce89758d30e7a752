import Platform
import Testing

@testable import Manifests

struct CSVRobustnessTests {
    private static let nasty =
        [UInt8](
            """
            a,b,c,d\r\n1,"x ""y"" z",3,\r"p
            q\r\nr\rs" ,2,,\n\n\r\r\n12" pipe,é漢🦊,"",""\n"t"u,1,2,3,4,5\n6,"7,8,9\n10,11,12,13\n
            14,15,12",16\n"17,18,19,20\n,,,\n21,"22\0",
            """.utf8
        ) + [0xC3, 0x2C, 0xFF, 0x0D]

    @Test(arguments: 1...nasty.count)
    func theSizeOfTheChunksDoesNotMatter(chunk: Int) {
        #expect(parse(Self.nasty, chunk: chunk) == parse(Self.nasty, chunk: .max))
    }

    /// Bytes that mean something are likelier than others, and the limits small enough to be met.
    @Test(arguments: 0..<200)
    func anyBytesAreReadToTheirEndAlikeInAnyChunks(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let escape = [CSVQuoting.Escape.none, .quoted, .anywhere, .database][seed % 4]
        let special = escape == .none ? "" : "\\\\\\Nn"
        let alphabet = [UInt8]("\"\"\",,,\n\r\r\n ab\t\(special)".utf8) + [0, 0xC3, 0xA9]
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
            Int.random(in: 0..<8, using: &random) == 0
                ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
        }
        let limits = CSVLimits(
            cell: Int.random(in: 1...60, using: &random),
            record: Int.random(in: 1...120, using: &random),
            columns: Int.random(in: 1...5, using: &random)
        )
        let whole = parse(bytes, chunk: .max, escape: escape, limits: limits)
        for chunk in [1, 2, 3, 7, 50] { #expect(parse(bytes, chunk: chunk, escape: escape, limits: limits) == whole) }
        let lines = whole.map(\.line)
        #expect(lines == lines.sorted() && Set(lines).count == lines.count)
        #expect(whole.allSatisfy { $0.cells.count <= limits.columns })
    }

    @Test func aSourceThatGivesOneByteAtATimeReadsTheSame() throws {
        let source = ByteArraySource(Self.nasty, most: 1)
        let slow = try CSVReader(path: "customers.csv", head: Head(of: source), source: source)
        #expect(try slow.records() == readCSV(Self.nasty))
    }

    @Test func aFileLongerThanItsHeadReadsToTheEnd() throws {
        let count = 40_000
        var bytes: [UInt8] = []
        CSVWriter.append(["number", "text"], guarded: false, to: &bytes)
        for number in 1...count { CSVWriter.append(["\(number)", "a,\n\"b\""], guarded: false, to: &bytes) }
        let reader = try openCSV(bytes)
        var last: Record?
        while let record = try reader.next() {
            #expect(record.texts == ["\(record.row)", "a,\n\"b\""])
            last = record
        }
        #expect(last?.row == count)
        #expect(last?.line == 2 * count)
        #expect(try reader.next() == nil)
    }
}
