internal import CUchardet

/// Finds the encoding of a text from its first bytes.
///
/// A byte-order mark is believed, then the zeros that UTF-16 is full of, then UTF-8, which nothing else looks like by
/// chance. What is left is guessed: each encoding's reading of the lines that are not ASCII is rated by how well it
/// goes with a language that is written in it, and uchardet has a vote.
struct EncodingFinder {
    /// What was found, and why.
    struct Finding {
        var encoding: TextEncoding
        /// The length of the byte-order mark.
        var markLength = 0
        /// One sentence, with the confidence where it was a guess.
        var reason: String
        /// What a person should look at where the guess may be wrong; nil where it is sure enough.
        var doubt: EncodingDoubt?
    }

    /// The byte-order marks; the longer first where one starts as another.
    private static let marks: [(bytes: [UInt8], encoding: TextEncoding?)] = [
        (ByteOrderMark.utf8, .utf8),
        ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
        (ByteOrderMark.utf16LittleEndian, .utf16LittleEndian), (ByteOrderMark.utf16BigEndian, .utf16BigEndian),
        ([0x84, 0x31, 0x95, 0x33], .named("GB18030")),
    ]

    /// How many bytes of lines that are not ASCII are looked at.
    private static let sampleLength = 1 << 16

    static func find(in head: [UInt8], isWhole: Bool) -> Finding {
        if let found = marked(head) ?? wide(head) { return found }
        let counts = UTF8Counts(head, isWhole: isWhole)
        if counts.faults == 0 {
            let extent = isWhole ? "all of it" : "all of the first MiB"
            let reason =
                counts.characters == 0
                ? "\(extent) is ASCII, which is the same in UTF-8" : "\(extent) is valid UTF-8; 99 % sure"
            return Finding(encoding: .utf8, reason: reason)
        }
        if counts.characters > counts.faults {
            let share = 100 * counts.characters / (counts.characters + counts.faults)
            let reason =
                "\(counts.characters) characters are valid UTF-8, \(counts.faults) bytes are not; \(min(share, 99)) % sure"
            return Finding(encoding: .utf8, reason: reason)
        }
        var sample = foreignLines(head, hasUTF8: false)
        if sample.isEmpty { sample = foreignLines(head) }
        let guess = guess(sample)
        var finding = Finding(encoding: guess.encoding, reason: "\(guess.reason); \(guess.confidence) % sure")
        if guess.confidence < EncodingDoubt.threshold {
            finding.doubt = EncodingDoubt(guess.encoding, confidence: guess.confidence, sample: sample, head: head)
        }
        return finding
    }

    /// What a byte-order mark says.
    static func marked(_ head: [UInt8]) -> Finding? {
        for mark in marks where head.starts(with: mark.bytes) {
            guard let encoding = mark.encoding else { continue }
            return Finding(encoding: encoding, markLength: mark.bytes.count, reason: "the text has a byte-order mark")
        }
        return nil
    }

    /// What zeros in every other byte, beside ASCII, say.
    static func wide(_ head: [UInt8]) -> Finding? {
        var zeros = [0, 0]
        var plain = [0, 0]
        var pairs = 0
        let units = head.count / 2
        guard units >= 2 else { return nil }
        for unit in 0..<units {
            let (first, second) = (head[2 * unit], head[2 * unit + 1])
            if isText(first), isText(second), first < 0x80, second < 0x80 { pairs += 1 }
            if first == 0 {
                zeros[0] += 1
                if isText(second) { plain[0] += 1 }
            }
            if second == 0 {
                zeros[1] += 1
                if isText(first) { plain[1] += 1 }
            }
        }
        // Text in bytes with a few NULs strewn in it is mostly pairs of ASCII.
        guard pairs * 2 < units else { return nil }
        for (half, encoding) in [(1, TextEncoding.utf16LittleEndian), (0, .utf16BigEndian)] {
            // Text without ASCII in between, as in Korean, still has its delimiters and line breaks.
            guard zeros[half] * 64 >= units, zeros[1 - half] * 8 < zeros[half], plain[half] * 20 >= zeros[half] * 19
            else { continue }
            return Finding(encoding: encoding, reason: "every other byte of its ASCII characters is zero; 99 % sure")
        }
        return nil
    }

    /// Whether a byte may be a character of a text: no control character but tabs and line breaks.
    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F || byte >= 0xA0 || byte == 9 || byte.isLineBreak
    }

    /// The lines that are not ASCII, as many as there is room for; of a text that is not UTF-8 those that are not.
    static func foreignLines(_ head: [UInt8], hasUTF8: Bool = true) -> [UInt8] {
        var sample: [UInt8] = []
        for line in head.split(whereSeparator: \.isLineBreak) where line.contains(where: { $0 >= 0x80 }) {
            // By chance a short line may be valid; a longer one was pasted from elsewhere.
            if !hasUTF8, UTF8Counts(Array(line)).isPasted { continue }
            sample.append(contentsOf: line.prefix(sampleLength - sample.count))
            sample.append(.lineFeed)
            if sample.count >= sampleLength { break }
        }
        return sample
    }

    private static func guess(_ sample: [UInt8]) -> (encoding: TextEncoding, reason: String, confidence: Int) {
        let vote = uchardetVote(sample)
        let prior = EncodingPrior(sample)
        // Of a few characters it tells little.
        let weight = sample.count(where: { $0 >= 0x80 }) < 20 ? 0.03 : 0.1
        var ratings = LanguageProfile.all.compactMap { $0.rating(of: sample) }
        for index in ratings.indices {
            let name = ratings[index].profile.encoding
            ratings[index].value -= prior.penalty(of: name)
            guard prior.isEvidenceForVote else { continue }
            if vote == name || vote.map({ siblings[$0.name] == name.name }) == true { ratings[index].value += weight }
        }
        // Of equals the first wins, which is the commoner.
        let best = ratings.enumerated().max { ($0.1.value, $1.0) < ($1.1.value, $0.0) }?.element
        if let best, best.fit >= 0.6 {
            // Another encoding that makes the same text of it is no rival.
            let rival = ratings.filter { $0.reading != best.reading }.map(\.value).max() ?? 0
            let confidence = confidence(best.value, rival, best.characters)
            return (best.profile.encoding, "what is not ASCII reads as \(best.profile.language)", confidence)
        }
        let western = Converter(from: TextEncoding.western.converterName)
        if let vote, let converter = Converter(from: vote.converterName), decodes(sample, converter),
            western.map({ !decodes(sample, $0) }) ?? true
        {
            return (vote, "uchardet takes it for that", 40)
        }
        return (.western, "it is no UTF-8, and nothing fits better", 20)
    }

    /// The encodings that differ in a few characters, which uchardet takes for each other.
    private static let siblings = [
        "ISO-8859-2": "windows-1250", "ISO-8859-7": "windows-1253", "ISO-8859-8": "windows-1255",
        "ISO-8859-6": "windows-1256", "ISO-8859-9": "windows-1254", "ISO-8859-13": "windows-1257",
        "ISO-8859-15": "windows-1252", "KOI8-R": "KOI8-U", "windows-1253": "ISO-8859-7", "windows-1250": "ISO-8859-2",
    ]

    /// How sure a reading is, in per cent: its share of the evidence, the best other reading having the rest.
    ///
    /// Each character that is not ASCII bears witness once more, and n of them for no more than (n + 1) / (n + 2).
    static func confidence(_ value: Double, _ rival: Double, _ characters: Int) -> Int {
        let odds = repeatElement(max(rival, 0.01) / max(value, 0.01), count: characters).reduce(1, *)
        let most = Double(characters + 1) / Double(characters + 2)
        return Int((100 * min(1 / (1 + odds), most, 0.99)).rounded())
    }

    private static func decodes(_ sample: [UInt8], _ converter: Converter) -> Bool {
        var output: [UInt8] = []
        return converter.convert(sample.span, to: &output).stop == .end
    }

    private static func uchardetVote(_ sample: [UInt8]) -> TextEncoding? {
        let detector = unsafe uchardet_new()
        defer { unsafe uchardet_delete(detector) }
        let status = unsafe sample.withUnsafeBytes { bytes in
            unsafe uchardet_handle_data(detector, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard status == 0 else { return nil }
        unsafe uchardet_data_end(detector)
        guard let name = unsafe uchardet_get_charset(detector) else { return nil }
        return TextEncoding.named(unsafe String(cString: name))
    }
}

/// How much of a text is UTF-8 beyond ASCII, and how much is not.
struct UTF8Counts {
    /// The characters of several bytes.
    var characters = 0
    /// The bytes that belong to no character.
    var faults = 0

    init(_ bytes: [UInt8], isWhole: Bool = true) {
        var index = 0
        while index < bytes.count {
            guard bytes[index] >= 0x80 else {
                index += 1
                continue
            }
            let length = Self.length(bytes[index])
            let end = min(index + length, bytes.count)
            let fits = length > 1 && (index + 1..<end).allSatisfy { bytes[$0] & 0xC0 == 0x80 }
            if fits, end == index + length {
                characters += 1
                index = end
            } else if fits, !isWhole {
                return
            } else {
                faults += 1
                index += 1
            }
        }
    }

    /// Whether bytes are UTF-8 by more than chance.
    var isPasted: Bool { faults == 0 && characters >= 4 }

    private static func length(_ byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
