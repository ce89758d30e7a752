/// How a CSV text is written, as far as it differs from file to file.
struct CSVDialect: Hashable, Sendable {
    /// The delimiters that are looked for, the likeliest first.
    static let delimiters = [UInt8](",;\t|".utf8)

    let delimiter: UInt8
    /// How many bytes at the text's start are a byte-order mark and a `sep=` line.
    let prefixLength: Int
    /// The physical line that the records start on, from 1.
    let firstLine: Int

    /// Finds the dialect of a text from its first bytes.
    ///
    /// - Throws: `DelimiterTooLong` where a `sep=` line names a delimiter of several characters.
    init(of sample: [UInt8], isWhole: Bool) throws(DelimiterTooLong) {
        let markLength = sample.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
        if let line = try Self.separatorLine(sample[markLength...]) {
            (delimiter, prefixLength, firstLine) = (line.delimiter, markLength + line.length, 2)
        } else {
            let text = sample.span.extracting(markLength..<sample.count)
            (delimiter, prefixLength, firstLine) = (Self.findDelimiter(in: text, isEnd: isWhole), markLength, 1)
        }
    }

    /// A `sep=` line whose delimiter has more than one character.
    struct DelimiterTooLong: Error {
        let delimiter: String
    }

    /// The delimiter that Excel's `sep=` line names, and the line's length, where the text starts with one.
    private static func separatorLine(
        _ text: ArraySlice<UInt8>
    ) throws(DelimiterTooLong) -> (delimiter: UInt8, length: Int)? {
        guard String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep=" else { return nil }
        let named = text.dropFirst(4).prefix { !$0.isLineBreak }
        // Anything else is a header that happens to start so.
        guard !named.isEmpty, named.count <= 8, named.allSatisfy(isDelimiter) else { return nil }
        guard let delimiter = named.first, named.count == 1 else {
            throw DelimiterTooLong(delimiter: String(decoding: named, as: UTF8.self))
        }
        let lineBreak = text[named.endIndex...].prefix(2)
        let breakLength = lineBreak.elementsEqual("\r\n".utf8) ? 2 : min(lineBreak.count, 1)
        return (delimiter, named.endIndex - text.startIndex + breakLength)
    }

    /// Whether a byte may stand in a `sep=` line: a tab, or a printable ASCII character but letters, digits and quotes.
    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), .quote:
            false
        case UInt8(ascii: "\t"), 0x20...0x7E: true
        default: false
        }
    }

    /// The delimiter under which the first records are widest and most alike; a comma where there is none.
    private static func findDelimiter(in text: Span<UInt8>, isEnd: Bool) -> UInt8 {
        var best = (delimiter: delimiters[0], score: 0)
        for delimiter in delimiters {
            var scanner = CSVScanner(delimiter: delimiter, line: 1, limits: CSVLimits())
            var width: Int?
            var alike = 0
            for _ in 0..<100 {
                guard scanner.scan(text, isEnd: isEnd) == .record else { break }
                let count = scanner.cells.count + scanner.extraCells
                if count == width ?? count { alike += 1 }
                width = width ?? count
            }
            let score = alike * ((width ?? 1) - 1)
            if score > best.score { best = (delimiter, score) }
        }
        return best.delimiter
    }
}
