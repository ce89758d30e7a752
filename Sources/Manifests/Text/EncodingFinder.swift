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
            let reason = counts.characters == 0 ? "the first bytes are all ASCII" : "the first bytes are all valid UTF-8"
            return Finding(encoding: .utf8, reason: reason)
        }
        if counts.characters > counts.faults {
            let reason = "\(counts.characters) characters are valid UTF-8, and only \(counts.faults) bytes are not"
            return Finding(encoding: .utf8, reason: reason)
        }
        return guess(foreignLines(head))
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
        let units = head.count / 2
        guard units >= 2 else { return nil }
        for unit in 0..<units {
            for half in 0...1 where head[2 * unit + half] == 0 {
                zeros[half] += 1
                let other = head[2 * unit + 1 - half]
                if other >= 0x20 && other < 0x7F || other == 9 || other == 10 || other == 13 { plain[half] += 1 }
            }
        }
        for (half, encoding) in [(1, TextEncoding.utf16LittleEndian), (0, .utf16BigEndian)] {
            // Text without ASCII in between, as in Korean, still has its delimiters and line breaks.
            guard zeros[half] * 64 >= units, zeros[1 - half] * 8 < zeros[half], plain[half] * 20 >= zeros[half] * 19
            else { continue }
            // NULs strewn over a text stand at odd and even places, and letters stand beside each of them.
            guard zeros[half] * 8 >= units || isWide(head, zeroHalf: half) else { continue }
            return Finding(encoding: encoding, reason: "every other byte of its ASCII characters is zero")
        }
        return nil
    }

    /// Whether few units of a text in wide units are outside the letters of living scripts.
    private static func isWide(_ head: [UInt8], zeroHalf: Int) -> Bool {
        var strange = 0
        var ascii = 0
        for unit in 0..<(head.count / 2) {
            let high = head[2 * unit + zeroHalf]
            if high >= 0xD8 && high < 0xF9 { strange += 1 }
            if high >= 0x20 && high < 0x2E { strange += 1 }
            if high == 0 { ascii += 1 }
        }
        return strange * 20 < head.count / 2 && ascii > 0
    }

    /// The lines that are not ASCII, as many as there is room for.
    static func foreignLines(_ head: [UInt8]) -> [UInt8] {
        var sample: [UInt8] = []
        for line in head.split(whereSeparator: \.isLineBreak) where line.contains(where: { $0 >= 0x80 }) {
            sample.append(contentsOf: line.prefix(sampleLength - sample.count))
            sample.append(.lineFeed)
            if sample.count >= sampleLength { break }
        }
        return sample
    }

    private static func guess(_ sample: [UInt8]) -> Finding {
        let vote = uchardetVote(sample)
        var best: (rating: Double, profile: LanguageProfile)?
        var second = 0.0
        for profile in LanguageProfile.all {
            guard var rating = profile.rating(of: sample) else { continue }
            if vote == profile.encoding { rating += 0.1 }
            if let leader = best, leader.rating >= rating {
                if profile.encoding != leader.profile.encoding { second = max(second, rating) }
            } else {
                if let leader = best, leader.profile.encoding != profile.encoding { second = leader.rating }
                best = (rating, profile)
            }
        }
        if let best, best.rating >= 0.6 {
            let confidence = Int(min(0.5 + (best.rating - second), min(best.rating, 0.99)) * 100)
            let reason = "what is not ASCII reads as \(best.profile.language) (\(confidence) % sure)"
            return Finding(encoding: best.profile.encoding, reason: reason)
        }
        if let vote, Converter(from: vote.converterName).map({ decodes(sample, $0) }) == true {
            return Finding(encoding: vote, reason: "uchardet takes it for that (40 % sure)")
        }
        return Finding(encoding: .western, reason: "it is no UTF-8, and nothing fits better (20 % sure)")
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

    private static func length(_ byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
