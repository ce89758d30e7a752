/// Finds text whose bytes were read in a wrong encoding, and reads them again in the right one.
enum Mojibake {
    /// The text that was meant.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - languages: the languages of the row's country, which tell Cyrillic and Greek apart.
    /// - Returns: the text before the damage; nil where there is none, or it can't be told.
    static func repaired(_ text: String, languages: [String]) -> String? {
        guard hasNeighbours(text.utf8Span.span) else { return nil }
        guard let once = decodedUTF8(text) else { return decodedLetters(text, languages: languages) }
        return decodedUTF8(once) ?? once
    }

    /// Whether a letter of U+00C0 to U+00FF has another character beyond ASCII behind it, which is rare in what is right.
    private static func hasNeighbours(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 3 else { return false }
        for index in 0..<(bytes.count - 3) where bytes[index] == 0xC3 && bytes[index + 2] >= 0x80 { return true }
        return false
    }

    /// UTF-8 that was read as Windows-1252.
    private static func decodedUTF8(_ text: String) -> String? {
        guard let bytes = windows1252(text), let meant = String(validating: bytes, as: UTF8.self) else { return nil }
        return meant.unicodeScalars.contains { !$0.isASCII } && isPlausible(text, bytes: bytes) ? meant : nil
    }

    /// Whether the wrong letters can't be there by chance: a capital with an accent and a quotation mark or the like
    /// behind it can, at the end of a word in capitals.
    private static func isPlausible(_ text: String, bytes: [UInt8]) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var sequences = 0
        for (index, byte) in bytes.enumerated() where byte >= 0xC2 {
            sequences += 1
            if byte >= 0xE0 || scalars[index + 1].properties.isLowercase || isSign(bytes[index + 1]) { return true }
            let around = [index > 0 ? scalars[index - 1] : " ", index + 2 < bytes.count ? scalars[index + 2] : " "]
            // A small letter beside them: nobody writes a capital with an accent in the middle of a word.
            if byte <= 0xC5, around.contains(where: \.properties.isLowercase) { return true }
        }
        return sequences > 2
    }

    /// A sign that no text has behind a capital letter: a fraction, a currency or the like.
    private static func isSign(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x80...0x84, 0x86...0x8F, 0x95, 0x98, 0x9A...0x9F, 0xA1...0xA8, 0xAC, 0xAD, 0xAF, 0xB1...0xB3, 0xB5, 0xB6,
            0xB8, 0xB9, 0xBC...0xBF:
            true
        default: false
        }
    }

    /// Cyrillic that was read as Windows-1252: a word of letters with accents only.
    private static func decodedLetters(_ text: String, languages: [String]) -> String? {
        guard languages.contains(where: cyrillic.contains) else { return nil }
        let words = text.unicodeScalars.split { !(0xC0...0xFF ~= $0.value) }
        guard let longest = words.max(by: { $0.count < $1.count }), longest.count >= 4,
            !text.unicodeScalars.contains(where: { $0.value > 0xFF || $0.properties.isAlphabetic && $0.value < 0xC0 })
        else { return nil }
        // Words begin with capitals, and where these stand tells the two encodings apart.
        let isKOI8 =
            longest.first.map { $0.value >= 0xE0 } == true && longest.dropFirst().allSatisfy { $0.value < 0xE0 }
        var meant = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value), byte >= 0xC0 else {
                meant.append(scalar)
                continue
            }
            meant.append(isKOI8 ? koi8[Int(byte - 0xC0)] : Unicode.Scalar(UInt16(byte) - 0xC0 + 0x410) ?? scalar)
        }
        return String(meant)
    }

    /// The bytes of a text in Windows-1252; nil where a character is not in it.
    private static func windows1252(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let byte = UInt8(exactly: scalar.value) {
                bytes.append(byte)
            } else if let place = upperHalf.firstIndex(of: scalar) {
                bytes.append(0x80 + UInt8(place))
            } else {
                return nil
            }
        }
        return bytes
    }

    /// 0x80 to 0x9F; the control characters stand where Windows-1252 has nothing.
    private static let upperHalf = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars
    )

    private static let koi8 = Array("юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ".unicodeScalars)

    private static let cyrillic: Set<String> = ["ru", "uk", "be", "bg", "kk", "ky", "mk", "sr", "tg"]
}
