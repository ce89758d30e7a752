/// What a person is told where a text's encoding is a guess that may well be wrong.
struct EncodingDoubt: Hashable {
    /// How many per cent a guess must be sure to be taken without a word.
    static let threshold = 90

    /// The physical line of the first character that is not ASCII, from 1.
    let line: Int
    /// What was taken, how sure that is, how it reads, and what to do, one sentence.
    let message: String

    /// Makes the words for a guess.
    ///
    /// - Parameters:
    ///   - encoding: what was taken.
    ///   - confidence: how sure that is, in per cent.
    ///   - sample: the lines that it was told by.
    ///   - head: the text's first bytes.
    init(_ encoding: TextEncoding, confidence: Int, sample: [UInt8], head: [UInt8]) {
        let above = head.prefix { $0 < 0x80 }
        line = 1 + above.indices.count { Self.endsLine($0, head) }
        let words = Self.words(sample, encoding).map { "\"\($0)\"" }.joined(separator: " and ")
        let reading = words.isEmpty ? "" : ": it reads \(words)"
        message =
            "the text is no UTF-8 and was taken for \(encoding.name), which is \(confidence) % sure\(reading); "
            + "if that is wrong, say --encoding NAME, or save the file as \"CSV UTF-8\""
    }

    /// Whether a line ends with a byte; of a CRLF with its second one.
    private static func endsLine(_ index: Int, _ head: [UInt8]) -> Bool {
        if head[index] == .lineFeed { return true }
        return head[index] == .carriageReturn && (index + 1 == head.count || head[index + 1] != .lineFeed)
    }

    /// Two different words that are not ASCII, as they are read; words of one kind of character are cut.
    private static func words(_ sample: [UInt8], _ encoding: TextEncoding) -> [String] {
        guard let converter = Converter(from: encoding.converterName) else { return [] }
        var bytes: [UInt8] = []
        let start = sample.prefix(1 << 12)
        _ = converter.convertAll(start.span, unit: 1, isEnd: true, to: &bytes)
        var words: [String] = []
        for word in String(decoding: bytes, as: UTF8.self).split(whereSeparator: endsWord) {
            guard !word.utf8.allSatisfy({ $0 < 0x80 }), !words.contains(String(word.prefix(30))) else { continue }
            words.append(String(word.prefix(30)))
            if words.count == 2 { break }
        }
        return words
    }

    private static func endsWord(_ character: Character) -> Bool {
        character == "," || character == ";" || character == "|" || character == "\"" || character.isWhitespace
    }
}
