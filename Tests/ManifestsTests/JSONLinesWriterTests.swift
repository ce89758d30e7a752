import Foundation
import Platform
import Testing

@testable import Manifests

struct JSONLinesWriterTests {
    private func write(_ cells: [String]) -> String {
        var bytes: [UInt8] = []
        JSONLinesWriter.append(cells, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ([], "[]\n"),
        (["", "a", ""], "[\"\",\"a\",\"\"]\n"),
        (["say \"hi\"", "C:\\x\\"], "[\"say \\\"hi\\\"\",\"C:\\\\x\\\\\"]\n"),
        (["\u{8}\t\n\u{C}\r"], "[\"\\b\\t\\n\\f\\r\"]\n"),
        (["\0\u{1F}\u{B}\u{1A}"], "[\"\\u0000\\u001f\\u000b\\u001a\"]\n"),
        (["a/b </é漢🦊\u{7F}\u{2028}"], "[\"a/b </é漢🦊\u{7F}\u{2028}\"]\n"),
    ])
    func onlyWhatJSONAsksForIsEscaped(cells: [String], line: String) {
        #expect(write(cells) == line)
    }

    @Test(arguments: 0..<100)
    func anyRecordIsOneLineThatReadsBackAsItWas(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let cells = (0..<Int.random(in: 0...8, using: &random)).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                        Unicode.Scalar(
                            UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x1_10FF), using: &random)
                        )
                    }
                )
            )
        }
        let line = write(cells)
        #expect(line.utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        let read = try JSONDecoder().decode([String].self, from: Data(line.utf8))
        #expect(read.map { Array($0.utf8) } == cells.map { Array($0.utf8) })
    }
}
