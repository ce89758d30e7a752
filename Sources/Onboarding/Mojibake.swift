/// Finds text whose bytes were read in a wrong encoding, and reads them again in the right one.
enum Mojibake {
    /// What became of a text.
    enum Damage: Hashable {
        /// The text before the damage is known.
        case repairable(String)
        /// Some of its letters are gone.
        case lost
    }

    /// Finds out whether a text is garbled.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - languages: the languages of the row's country, which tell Cyrillic and Greek apart.
    /// - Returns: what became of it; nil where there is no damage, or it can't be told.
    static func damage(of text: String, languages: [String]) -> Damage? {
        // The mark for a letter that could not be read, read again in a wrong encoding.
        if text.contains("ï¿½") { return .lost }
        guard var meant = readAgain(text) else {
            let meant = decodedLetters(text, languages: languages) ?? MisreadLetters.meant(by: text)
            return meant.map { .repairable($0) }
        }
        // Some programs do it twice, or three times.
        for _ in 0..<2 { meant = readAgain(meant) ?? meant }
        return hasRemains(meant, of: text) ? .lost : .repairable(meant)
    }

    /// Whether some of a garbled text's characters could not be read again: what stood beside them is gone.
    private static func hasRemains(_ meant: String, of text: String) -> Bool {
        let scalars = Array(meant.unicodeScalars)
        let isOfAnotherScript = scalars.contains { $0.value >= 0x370 && $0.properties.isAlphabetic }
        return scalars.indices.contains { index in
            // Letters with accents stand in no word of another script, and signs in none at all.
            if isOfAnotherScript, 0xC0...0x24F ~= scalars[index].value { return true }
            if isSign(scalars[index]), index > 0, index + 1 < scalars.count,
                scalars[index - 1].properties.isAlphabetic || isSign(scalars[index - 1]) || scalars[index - 1] == "’",
                scalars[index + 1].properties.isAlphabetic
            {
                return true
            }
            let next = scalars.indices.contains(index + 1) ? scalars[index + 1].value : 0x20
            return switch scalars[index].value {
            // A byte as it was, and a line or a corner of DOS.
            case 0x80...0x9F, 0x2500...0x257F: true
            // A capital that began a group, which would stand in the middle of a word now, or alone.
            case 0xC2...0xDF where text.unicodeScalars.contains(scalars[index]):
                !scalars[index].properties.isLowercase && !(0x41...0x7A ~= next)
            // A letter with a sign behind it began a longer group.
            case 0xE0...0xF4 where text.unicodeScalars.contains(scalars[index]): 0x80...0xBF ~= next
            default: false
            }
        }
    }

    /// Whether a character is a sign of a code page that joins no letters.
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA1...0xAC, 0xAE...0xB6, 0xB8...0xBF: scalar.value != 0xAA && scalar.value != 0xBA
        case 0x201A, 0x201E, 0x2020...0x2022, 0x2026, 0x2030, 0x2039, 0x203A, 0x20AC, 0x2122: true
        default: false
        }
    }

    /// UTF-8 that was read as a code page.
    private static func readAgain(_ text: String) -> String? {
        guard hasNeighbours(text.utf8Span.span) else { return nil }
        if let meant = MisreadUTF8(text, as: .windows1252, isLatin: true).meant
            ?? MisreadUTF8(text, as: .windows1250, isLatin: true, isStrict: true).meant
        {
            return meant
        }
        // «Manhã» ends in what DOS has for a letter of Vietnam.
        let dos: [CodePage] = text.contains("«") && text.contains("»") ? [] : [.dos850, .dos437, .dos866]
        let readings = ([.macRoman, .windows1251] + dos).compactMap { page -> String? in
            let meant = MisreadUTF8(text, as: page, isLatin: false).meant
            return meant.flatMap { isLetterByLetter($0, of: text) ? $0 : nil }
        }
        return readings.first { !hasRemains($0, of: text) } ?? readings.first
    }

    /// Whether nearly every letter beyond ASCII was read as two or more: ЧЕРНІГІВ has only two pairs that may be a letter.
    private static func isLetterByLetter(_ meant: String, of text: String) -> Bool {
        func count(_ text: String) -> Int { text.unicodeScalars.count { !$0.isASCII } }
        guard text.unicodeScalars.contains(where: { 0x400...0x52F ~= $0.value }) else { return true }
        return count(meant) * 8 <= count(text) * 5
    }

    /// Whether a text may be garbled; of right text, few words beyond ASCII end up here.
    ///
    /// - Parameter text: a text that is not plain ASCII.
    /// - Returns: whether two characters beyond ASCII stand together, the last one is Ã or Â, or one that is no small
    ///   letter of Western Europe stands behind an ASCII letter.
    static func isLikely(_ text: String) -> Bool { isLikely(text.utf8Span.span) }

    /// Whether a text may be garbled.
    ///
    /// - Parameter bytes: the bytes of a text that is not plain ASCII.
    /// - Returns: whether it is worth a closer look.
    static func isLikely(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where bytes[index] >= 0xC0 {
            let isSmall = 0xC3...0xC5 ~= bytes[index] && bytes[index + 1] >= (bytes[index] == 0xC3 ? 0x9F : 0xBE)
            if index > 0, !isSmall, bytes[index - 1].isASCIILetter { return true }
        }
        return hasNeighbours(bytes)
    }

    /// Whether two characters of code pages stand together, or the last one is Ã or Â, behind which a no-break space
    /// was taken for an outer one; without them there is no UTF-8.
    private static func hasNeighbours(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where beginsPageCharacter(bytes[index]) {
            var next = index + 1
            while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
            // Words that end in é or ß are many, and to read one again takes as long as a hundred rows' checks.
            let isAtEnd = next == bytes.count
            if isAtEnd ? bytes[index] == 0xC3 && 0x82...0x83 ~= bytes[index + 1] : beginsPageCharacter(bytes[next]) {
                return true
            }
        }
        return false
    }

    /// Whether a byte begins a character that Europe's code pages have beyond ASCII.
    ///
    /// Those are letters up to the Cyrillic ones, and signs: right text of East Asia has none of them side by side.
    private static func beginsPageCharacter(_ byte: UInt8) -> Bool {
        0xC2...0xD2 ~= byte || byte == 0xE2 || byte == 0xEF
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
        let page = isKOI8 ? CodePage.koi8 : .windows1251
        var meant = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            meant.append(0xC0...0xFF ~= scalar.value ? page[UInt8(scalar.value)] : scalar)
        }
        return String(meant)
    }

    private static let cyrillic: Set<String> = ["ru", "uk", "be", "bg", "kk", "ky", "mk", "sr", "tg"]
}

/// Text in one code page that was read as another: each letter with an accent became one wrong character.
enum MisreadLetters {
    /// What was read, and what it was.
    private static let mistakes: [(read: CodePage, meant: CodePage)] = [
        (.windows1252, .macRoman), (.windows1252, .dos850), (.macRoman, .windows1252), (.windows1251, .windows1252),
    ]

    /// The text that was meant.
    ///
    /// - Parameter text: the text as it is.
    /// - Returns: the text before the damage; nil where its characters may be right.
    static func meant(by text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        guard let wrong = scalars.firstIndex(where: { !$0.isASCII }), scalars[wrong].value != 0xFFFD else { return nil }
        let places = scalars.indices.filter { !scalars[$0].isASCII }
        // A control character was a byte: an apostrophe of Windows between letters, else whichever letter.
        if places.contains(where: { 0x80...0x9F ~= scalars[$0].value }) { return apostrophes(in: scalars) }
        guard places.contains(where: { isMisplaced(at: $0, in: scalars) }) else { return nil }
        return mistakes.lazy.compactMap { meant(by: scalars, at: places, read: $0.read, meant: $0.meant) }.first
    }

    private static func apostrophes(in scalars: [Unicode.Scalar]) -> String? {
        var text = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let neighbours = [index - 1, index + 1].filter(scalars.indices.contains).map { scalars[$0] }
            let isBetweenLetters = neighbours.count == 2 && neighbours.allSatisfy(\.properties.isAlphabetic)
            if 0x80...0x9F ~= scalar.value, scalar.value != 0x92 || !isBetweenLetters { return nil }
            text.append(scalar.value == 0x92 ? "’" : scalar)
        }
        return String(text)
    }

    private static func meant(
        by scalars: [Unicode.Scalar],
        at places: [Int],
        read: CodePage,
        meant: CodePage
    ) -> String? {
        var scalars = scalars
        for place in places {
            guard let byte = read.byte(of: scalars[place]) else { return nil }
            // Only the letters of Western Europe are what is meant often enough.
            guard 0xDF...0xFF ~= meant[byte].value, meant[byte].properties.isAlphabetic else { return nil }
            scalars[place] = meant[byte]
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// Whether a character has no business where it stands in a word of small letters.
    private static func isMisplaced(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let scalar = scalars[place]
        func isSmall(_ index: Int) -> Bool {
            scalars.indices.contains(index) && 0x61...0x7A ~= scalars[index].value
        }
        func isLetter(_ index: Int) -> Bool {
            isSmall(index) || scalars.indices.contains(index) && 0x41...0x5A ~= scalars[index].value
        }
        switch scalar.value {
        // Spacing accents; quotation marks that open words; Ÿ, which begins and ends hardly any.
        case 0xA2...0xA5, 0xB8, 0x2C6, 0x201A, 0x201E, 0x2030, 0x178:
            return isLetter(place - 1) && isSmall(place + 1)
        case 0x400...0x52F:
            return LookalikeText.letter(scalar) == nil && isLetter(place - 1) && !isCyrillic(place + 1, in: scalars)
        // A capital ends no word of small letters.
        case 0x17D, 0xC0...0xDE:
            let isEnd = !scalars.indices.contains(place + 1) || !scalars[place + 1].properties.isAlphabetic
            return isEnd && isSmall(place - 1) && isSmall(place - 2)
        default: return false
        }
    }

    private static func isCyrillic(_ place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        scalars.indices.contains(place) && 0x400...0x52F ~= scalars[place].value
    }
}
