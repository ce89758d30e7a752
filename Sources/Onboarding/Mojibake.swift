/// Finds text whose bytes were read in a wrong encoding, and reads them again in the right one.
enum Mojibake {
    /// How a text came to be misread: one mistake is made with a whole file, or a whole row.
    enum Mistake: Hashable, Sendable {
        /// UTF-8 was read as a code page, by its place in a list.
        case utf8(Int)
        /// Text of one code page was read as another, by their place in a list.
        case page(Int)
        /// Cyrillic was read as Western European.
        case cyrillic(isKOI8: Bool)
        /// A byte was left as it was.
        case byte
    }

    /// What a misread text was, by one mistake.
    struct Reading: Hashable, Sendable {
        let mistake: Mistake
        let meant: String
        /// Whether it may be another text all the same.
        var isGuess = false
    }

    /// What became of a text.
    enum Damage: Hashable {
        /// It was one of these, the likeliest first.
        case repairable([Reading])
        /// Some of its letters are gone, or nobody can tell what they were.
        case lost
    }

    /// A code page as which UTF-8 is read.
    private struct Page {
        let page: CodePage
        var isLatin = false, isStrict = false
        /// Whether it must explain all characters: its letters stand side by side in what is right.
        var explainsAll = true
    }

    private static let pages: [Page] = [
        Page(page: .windows1252, isLatin: true, explainsAll: false),
        Page(page: .windows1250, isLatin: true, isStrict: true, explainsAll: false),
        Page(page: .macRoman, explainsAll: false), Page(page: .windows1251, explainsAll: false),
        Page(page: .dos850, explainsAll: false), Page(page: .dos437, explainsAll: false),
        Page(page: .dos866, explainsAll: false),
        Page(page: .windows1254, isLatin: true), Page(page: .windows1257, isLatin: true, isStrict: true),
        Page(page: .windows1253), Page(page: .windows1256), Page(page: .dos852),
    ]

    /// Finds out whether a text is garbled.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - languages: the languages of the row's country, which tell what its letters can be.
    /// - Returns: what became of it; nil where there is no damage, or it can't be told.
    static func damage(of text: String, languages: [String]) -> Damage? {
        if hasMisreadReplacement(text) { return .lost }
        let found = utf8Readings(of: text)
        guard found.isEmpty else { return best(of: found, from: text) }
        let others = MisreadLetters.readings(of: text, languages: languages)
        guard others.isEmpty else {
            let sound = others.filter { !MisreadRemains.areIn($0.meant, of: text) }
            return sound.isEmpty ? .lost : .repairable(sound)
        }
        return MisreadRemains.hasStrayIdeograph(text, languages: languages) ? .lost : nil
    }

    /// A text as one mistake would have made it, where the rest of the row tells of the mistake.
    ///
    /// - Parameters:
    ///   - text: a text in which nothing else tells of it.
    ///   - mistake: the mistake.
    /// - Returns: what was meant; nil where the mistake does not explain all of it.
    static func reading(of text: String, by mistake: Mistake) -> String? {
        let meant: String?
        switch mistake {
        case .utf8(let index): meant = again(text, as: pages[index])
        case .page(let index): meant = MisreadLetters.meant(by: text, mistake: index)
        case .cyrillic(let isKOI8): meant = MisreadLetters.cyrillic(text, isKOI8: isKOI8)
        case .byte: meant = nil
        }
        return meant.flatMap { $0 == text || MisreadRemains.areIn($0, of: text) ? nil : $0 }
    }

    /// The readings that leave nothing strange, and of these the ones that explain all characters.
    private static func best(of found: [(reading: Reading, isComplete: Bool)], from text: String) -> Damage {
        let sound = found.filter { !MisreadRemains.areIn($0.reading.meant, of: text) }
        let complete = sound.filter(\.isComplete)
        let readings = (complete.isEmpty ? sound : complete).map(\.reading)
        return readings.isEmpty ? .lost : .repairable(readings)
    }

    /// UTF-8 that was read as code pages, once or more than once.
    private static func utf8Readings(of text: String) -> [(reading: Reading, isComplete: Bool)] {
        guard hasNeighbours(text.utf8Span.span) || text.unicodeScalars.contains(where: { 0x600...0x6FF ~= $0.value })
        else { return [] }
        return pages.indices.compactMap { index in
            let page = pages[index]
            // «Manhã» ends in what DOS has for a letter of Vietnam.
            if 4...6 ~= index, text.contains("«"), text.contains("»") { return nil }
            if page.explainsAll, !page.page.hasAll(of: text) { return nil }
            let read = MisreadUTF8(text, as: page.page, isLatin: page.isLatin, isStrict: page.isStrict)
            // What can be read again twice is proof enough.
            let isTwice = read.isComplete && MisreadUTF8(read.text, as: page.page, isLatin: page.isLatin).isComplete
            guard var meant = read.meant ?? (isTwice ? read.text : nil),
                page.isLatin || isLetterByLetter(meant, of: text)
            else { return nil }
            guard read.isComplete || !page.explainsAll else { return nil }
            // Behind the last letter, nothing tells whether a space was there.
            let isSure =
                !read.isPadded
                || MisreadUTF8(text, as: page.page, isLatin: true, isStrict: page.isStrict, isPadded: false).meant
                    != nil
            // Some programs do it twice, or three times.
            for _ in 0..<3 {
                guard let next = again(meant, as: page) else { break }
                meant = next
            }
            return (Reading(mistake: .utf8(index), meant: meant, isGuess: !isSure), read.isComplete)
        }
    }

    /// A text of which it is known that it was read as a page, read again as long as all of it can be.
    private static func again(_ text: String, as page: Page) -> String? {
        let read = MisreadUTF8(text, as: page.page, isLatin: page.isLatin, isStrict: page.isStrict)
        return read.isComplete ? read.text : page.explainsAll ? nil : read.meant
    }

    /// Whether nearly every letter beyond ASCII was read as two or more: ЧЕРНІГІВ has only two pairs that may be a letter.
    private static func isLetterByLetter(_ meant: String, of text: String) -> Bool {
        func count(_ text: String) -> Int { text.unicodeScalars.count { !$0.isASCII } }
        guard text.unicodeScalars.contains(where: { 0x370...0x52F ~= $0.value || 0x600...0x6FF ~= $0.value }) else {
            return true
        }
        return count(meant) * 8 <= count(text) * 5
    }

    /// Whether the sign for a character that could not be read was misread itself, as one page or another.
    private static func hasMisreadReplacement(_ text: String) -> Bool {
        misreadReplacements.contains { text.utf8.count >= $0.utf8.count && text.contains($0) }
    }

    private static let misreadReplacements: [String] = {
        let bytes: [UInt8] = [0xEF, 0xBF, 0xBD]
        let pages = [CodePage.windows1252, .windows1250, .windows1251, .macRoman, .dos850, .dos437, .dos866]
        let read = pages.map { page in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: bytes.map { page[$0] })
            return String(text)
        }
        // Two of them, as the page of China has it.
        return read + ["锟斤拷"]
    }()

    /// Whether a text may be garbled.
    ///
    /// - Parameter bytes: the bytes of a text that is not plain ASCII.
    /// - Returns: whether two characters beyond ASCII stand together, the last one is Ã or Â, or one that is no small
    ///   letter of Western Europe stands behind an ASCII letter; of right text, few words beyond ASCII have that.
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
}

extension CodePage {
    /// Whether a text has no other characters than the page has.
    ///
    /// - Parameter text: any text.
    /// - Returns: whether the page may have been what it was read as.
    func hasAll(of text: String) -> Bool { text.unicodeScalars.allSatisfy { byte(of: $0) != nil } }
}

/// What tells that a text is misread still.
enum MisreadRemains {
    /// Whether some of a garbled text's characters could not be read again: what stood beside them is gone.
    ///
    /// - Parameters:
    ///   - meant: the text as it was read again.
    ///   - text: the text as it stood.
    /// - Returns: whether it has no business in any text.
    static func areIn(_ meant: String, of text: String) -> Bool {
        let scalars = Array(meant.unicodeScalars)
        if hasSeveralScripts(scalars) { return true }
        return scalars.indices.contains { index in
            let before = index > 0 ? scalars[index - 1] : " "
            let next = scalars.indices.contains(index + 1) ? scalars[index + 1] : " "
            if isSign(scalars[index]), before.properties.isAlphabetic || isSign(before) || before == "’",
                next.properties.isAlphabetic
            {
                return true
            }
            // An accented capital within a word of small letters.
            if 0xC0...0x24F ~= scalars[index].value, scalars[index].properties.isUppercase,
                before.properties.isLowercase, next.properties.isLowercase
            {
                return true
            }
            return switch scalars[index].value {
            // A byte as it was, a line or a corner of DOS, and what stands for a character that was lost.
            case 0x80...0x9F, 0x2500...0x257F, 0xFFFD: true
            // Signs of old Macintoshes.
            case 0x2200...0x22FF, 0x25CA, 0xF8FF: before.properties.isAlphabetic || next.properties.isAlphabetic
            // A capital that began a group, which would stand in the middle of a word now, or alone.
            case 0xC2...0xDF where text.unicodeScalars.contains(scalars[index]):
                !scalars[index].properties.isLowercase && !(0x41...0x7A ~= next.value)
            // A letter with a sign behind it began a longer group.
            case 0xE0...0xF4 where text.unicodeScalars.contains(scalars[index]): 0x80...0xBF ~= next.value
            default: false
            }
        }
    }

    /// Whether a single character of East Asia stands in a word of small Latin letters: a letter with an accent that
    /// was read as half of one, `M眉ller`.
    ///
    /// - Parameters:
    ///   - text: the text as it is.
    ///   - languages: the languages of the row's country; in East Asia, words end so.
    /// - Returns: whether one does, or two that are of half the usual width.
    static func hasStrayIdeograph(_ text: String, languages: [String]) -> Bool {
        let scalars = Array(text.unicodeScalars)
        let isEastern = languages.contains { ["zh", "ja", "ko"].contains($0) }
        func isSmall(_ index: Int) -> Bool { scalars.indices.contains(index) && 0x61...0x7A ~= scalars[index].value }
        func isLetter(_ index: Int) -> Bool {
            isSmall(index) || scalars.indices.contains(index) && 0x41...0x5A ~= scalars[index].value
        }
        func isIdeograph(_ index: Int) -> Bool {
            guard scalars.indices.contains(index) else { return false }
            return switch scalars[index].value {
            case 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xFF61...0xFF9F: true
            default: false
            }
        }
        return scalars.indices.contains { index in
            guard isIdeograph(index), isLetter(index - 1) else { return false }
            let isHalf = 0xFF61...0xFF9F ~= scalars[index].value && isIdeograph(index + 1)
            let next = index + (isHalf ? 2 : 1)
            if isSmall(next) { return true }
            // José, at a word's end.
            let isEnd = !scalars.indices.contains(next) || scalars[next] == " "
            return isEnd && !isEastern && isSmall(index - 1) && isSmall(index - 2)
        }
    }

    /// Whether letters of several scripts stand together, one of which is none of a to z.
    private static func hasSeveralScripts(_ scalars: [Unicode.Scalar]) -> Bool {
        var scripts: Set<Int> = []
        for scalar in scalars where scalar.properties.isAlphabetic {
            switch scalar.value {
            case 0xC0...0x24F, 0x1E00...0x1EFF: scripts.insert(0)
            case 0x370...0x3FF: scripts.insert(1)
            case 0x400...0x52F: scripts.insert(2)
            case 0x530...0x58F: scripts.insert(3)
            case 0x590...0x5FF: scripts.insert(4)
            case 0x600...0x77F: scripts.insert(5)
            case 0x900...0x10FF: scripts.insert(6)
            case 0x2E80...0xFFDC: scripts.insert(7)
            default: continue
            }
        }
        return scripts.count > 1
    }

    /// Whether a character is a sign of a code page that joins no letters.
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA1...0xAC, 0xAE...0xB6, 0xB8...0xBF: scalar.value != 0xAA && scalar.value != 0xBA
        case 0x201A, 0x201E, 0x2020...0x2022, 0x2026, 0x2030, 0x2039, 0x203A, 0x20AC, 0x2122: true
        default: false
        }
    }
}
