/// Text in one code page that was read as another: each letter with an accent became one wrong character.
enum MisreadLetters {
    /// What was read, and what it was.
    private static let mistakes: [(read: CodePage, meant: CodePage)] = [
        (.macRoman, .windows1252), (.windows1252, .dos850), (.windows1252, .macRoman), (.windows1251, .windows1252),
    ]

    /// The texts that may have been meant.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - languages: the languages of the row's country.
    /// - Returns: the texts before the damage, those first that have the languages' letters; none where its characters
    ///   may be right.
    static func readings(of text: String, languages: [String]) -> [Mojibake.Reading] {
        if languages.contains(where: cyrillicLanguages.contains), let reading = cyrillicReading(of: text) {
            return [reading]
        }
        let scalars = Array(text.unicodeScalars)
        guard let wrong = scalars.firstIndex(where: { !$0.isASCII }), scalars[wrong].value != 0xFFFD else { return [] }
        let places = scalars.indices.filter { !scalars[$0].isASCII }
        // A control character was a byte: an apostrophe of Windows between letters, else whichever letter.
        if places.contains(where: { 0x80...0x9F ~= scalars[$0].value }) {
            return apostrophes(in: scalars).map { [Mojibake.Reading(mistake: .byte, meant: $0)] } ?? []
        }
        guard places.contains(where: { isMisplaced(at: $0, in: scalars) }) else { return [] }
        let found = mistakes.indices.compactMap { index in
            meant(by: scalars, at: places, mistake: index).map { Mojibake.Reading(mistake: .page(index), meant: $0) }
        }
        let own = found.filter { isWritten($0.meant, in: languages) }
        return own + found.filter { !own.contains($0) }
    }

    /// A text as one mistake would have made it.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - mistake: the mistake's place in the list.
    /// - Returns: the text before the damage; nil where the mistake does not explain all of it.
    static func meant(by text: String, mistake: Int) -> String? {
        let scalars = Array(text.unicodeScalars)
        let places = scalars.indices.filter { !scalars[$0].isASCII }
        guard !places.isEmpty, scalars.contains(where: { $0.isASCII && $0.properties.isAlphabetic }) else { return nil }
        return meant(by: scalars, at: places, mistake: mistake)
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

    private static func meant(by scalars: [Unicode.Scalar], at places: [Int], mistake: Int) -> String? {
        let (read, meant) = mistakes[mistake]
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
    ///
    /// A capital at a word's end is no such proof: people type ParanÁ.
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
        default: return false
        }
    }

    private static func isCyrillic(_ place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        scalars.indices.contains(place) && 0x400...0x52F ~= scalars[place].value
    }

    /// Whether all letters with accents are ones that the languages have.
    private static func isWritten(_ text: String, in languages: [String]) -> Bool {
        let letters = languages.reduce(into: "") { $0 += accented[$1] ?? "" }
        return text.lowercased().unicodeScalars.allSatisfy { $0.isASCII || letters.unicodeScalars.contains($0) }
    }

    /// The small letters with accents of languages in Western Europe.
    private static let accented: [String: String] = [
        "ca": "àçèéíïòóúü", "da": "æøåé", "de": "äöüß", "es": "áéíñóúü", "et": "äõöü", "fi": "äöå",
        "fr": "àâæçèéêëîïôùûüÿ", "is": "áæéíðóöúýþ", "it": "àèéìòù", "nb": "æøåéòô", "nl": "áéëïóöü", "nn": "æøåéòô",
        "no": "æøåéòô", "pt": "áâãàçéêíóôõú", "sv": "åäöé",
    ]
}

// MARK: - Cyrillic

extension MisreadLetters {
    private static let cyrillicLanguages: Set<String> = ["ru", "uk", "be", "bg", "kk", "ky", "mk", "sr", "tg"]

    /// Cyrillic that was read as Windows-1252: a word of letters with accents only.
    private static func cyrillicReading(of text: String) -> Mojibake.Reading? {
        let words = text.unicodeScalars.split { !(0xC0...0xFF ~= $0.value) }
        guard let longest = words.max(by: { $0.count < $1.count }), longest.count >= 4,
            !text.unicodeScalars.contains(where: { $0.isASCII && $0.properties.isAlphabetic })
        else { return nil }
        // Words begin with capitals, and where these stand tells the two encodings apart.
        let isKOI8 =
            longest.first.map { $0.value >= 0xE0 } == true && longest.dropFirst().allSatisfy { $0.value < 0xE0 }
        return cyrillic(text, isKOI8: isKOI8)
            .map { Mojibake.Reading(mistake: .cyrillic(isKOI8: isKOI8), meant: $0) }
    }

    /// A text as it was before Cyrillic was read as Windows-1252.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - isKOI8: whether the Cyrillic was that of Unix, not that of Windows.
    /// - Returns: the text; nil where it has Latin letters, or characters that Windows-1252 lacks.
    static func cyrillic(_ text: String, isKOI8: Bool) -> String? {
        let page = isKOI8 ? CodePage.koi8 : .windows1251
        var meant = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isASCII, scalar.properties.isAlphabetic { return nil }
            guard let byte = CodePage.windows1252.byte(of: scalar) else { return nil }
            let letter = page[byte]
            // Signs stand for themselves, but for those that are letters there: ¿ is ї.
            meant.append(scalar.value >= 0xC0 || letter.properties.isAlphabetic ? letter : scalar)
        }
        return String(meant)
    }
}
