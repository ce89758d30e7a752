/// What characters become when they are typed on a plain keyboard.
enum LookalikeText {
    /// A letter of another script that looks like one of a to z.
    struct Letter: Sendable {
        let scalar: Unicode.Scalar
        /// Such as `Cyrillic`.
        let script: String
        /// The letter that it looks like.
        let ascii: Unicode.Scalar

        /// What a message says of it.
        ///
        /// - Parameter place: where it stands, counted from 1.
        /// - Returns: a part of a sentence.
        func description(at place: Int) -> String {
            "has a \(script) letter \(Text.quoted(String(scalar))) (\(Rule.notation(of: scalar))) as character "
                + "\(place), which only looks like \(ascii)"
        }
    }

    /// A text with plain signs and letters, and without what can't be seen.
    ///
    /// - Parameter text: any text.
    /// - Returns: what was meant to be typed.
    static func typed(_ text: String) -> String {
        let visible = text.unicodeScalars.filter { $0.properties.generalCategory != .format }
        return plain(String(visible)) ?? String(visible)
    }

    /// The first letter of another script in a word that has letters of a to z, too.
    ///
    /// A word that is of the other script altogether is one of that script's, and Latin letters with other forms are
    /// some language's own.
    ///
    /// - Parameter text: words with dots and the like between them.
    /// - Returns: the letter, its place from 0, and the text with plain letters; nil where there is none.
    static func homoglyph(in text: String) -> (letter: Letter, place: Int, ascii: String)? {
        let scalars = Array(text.unicodeScalars)
        var ascii = scalars
        var found: (letter: Letter, place: Int)?
        for word in scalars.indices.split(whereSeparator: { ".@-_+ ".unicodeScalars.contains(scalars[$0]) })
        where word.contains(where: { scalars[$0].isASCII && scalars[$0].properties.isAlphabetic }) {
            for place in word {
                guard let letter = letter(scalars[place]), letter.script != "foreign" else { continue }
                ascii[place] = letter.ascii
                found = found ?? (letter, place)
            }
        }
        guard let found else { return nil }
        var plain = String.UnicodeScalarView()
        plain.append(contentsOf: ascii)
        return (found.letter, found.place, String(plain))
    }

    /// The first letter of another script in a code, all of whose letters beyond ASCII look like ones of a to z.
    ///
    /// - Parameter text: a code.
    /// - Returns: the letter, its place from 0, and the text with plain letters; nil where there is none, or another
    ///   character beyond ASCII.
    static func disguise(of text: String) -> (letter: Letter, place: Int, ascii: String)? {
        let scalars = Array(text.unicodeScalars)
        guard let place = scalars.firstIndex(where: { !$0.isASCII }), let letter = letter(scalars[place]),
            letter.script != "foreign"
        else { return nil }
        var ascii = String.UnicodeScalarView()
        for scalar in scalars {
            guard let plain = scalar.isASCII ? scalar : Self.letter(scalar)?.ascii else { return nil }
            ascii.append(plain)
        }
        return (letter, place, String(ascii))
    }

    /// A text with plain spaces, hyphens and quotation marks, and full-width letters and digits at their usual width.
    ///
    /// - Parameter text: any text.
    /// - Returns: the plain text; nil where it is the same.
    static func plain(_ text: String) -> String? { mapped(text, by: plain) }

    /// A text without the quotation marks around it.
    ///
    /// - Parameter text: a text with plain signs.
    /// - Returns: what stands between them; the text itself where there are none.
    static func withoutQuotes(_ text: String) -> String {
        guard text.utf8.count > 2, let first = text.utf8.first, first == text.utf8.last, "\"'".utf8.contains(first)
        else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    /// A text with full-width letters and signs at their usual width, the digits of any script as 0 to 9, and without
    /// the sign that stands before a Japanese postal code.
    ///
    /// - Parameter text: any text.
    /// - Returns: the text; nil where it is the same.
    static func narrow(_ text: String) -> String? {
        let isPostal = text.unicodeScalars.first == postalSign
        let bare = isPostal ? String(text.unicodeScalars.dropFirst().drop { $0 == " " || $0.value == 0x3000 }) : text
        return mapped(bare, by: narrow) ?? (isPostal ? bare : nil)
    }

    /// A text with plain spaces.
    ///
    /// A space that French and East Asian typesetting puts there stays.
    ///
    /// - Parameter text: any text.
    /// - Returns: the text; nil where it is the same.
    static func plainlySpaced(_ text: String) -> String? {
        guard text.unicodeScalars.contains(where: isOddSpace) else { return nil }
        let scalars = Array(text.unicodeScalars)
        var kept = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isTypeset =
                index > 0 && "«‹".unicodeScalars.contains(scalars[index - 1])
                || index + 1 < scalars.count && "»›:;!?%€".unicodeScalars.contains(scalars[index + 1])
            kept.append(isOddSpace(scalar) && !isTypeset ? " " : scalar)
        }
        return kept.elementsEqual(scalars) ? nil : String(kept)
    }

    /// A letter that looks like one of a to z.
    ///
    /// - Parameter scalar: any character.
    /// - Returns: the letter; nil where it looks like none.
    static func letter(_ scalar: Unicode.Scalar) -> Letter? {
        lookalikes[scalar].map { Letter(scalar: scalar, script: script(of: scalar), ascii: $0) }
    }

    private static func mapped(_ text: String, by change: (Unicode.Scalar) -> Unicode.Scalar) -> String? {
        var changed = String.UnicodeScalarView()
        changed.append(contentsOf: text.unicodeScalars.lazy.map(change))
        return changed.elementsEqual(text.unicodeScalars) ? nil : String(changed)
    }

    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: "-"
        case 0x2018...0x201B, 0x2032, 0xB4: "'"
        case 0x201C...0x201F, 0x2033: "\""
        case 0x3002, 0xFF61: "."
        default: isOddSpace(scalar) ? " " : narrow(scalar)
        }
    }

    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x3000: " "
        case let value where 0xFF01...0xFF5E ~= value: Unicode.Scalar(UInt8(value - 0xFEE0))
        case let value where value >= 0x80 && scalar.properties.numericType == .decimal:
            scalar.properties.numericValue.map { Unicode.Scalar(UInt8(ascii: "0") + UInt8($0)) } ?? scalar
        default: scalar
        }
    }

    private static let postalSign: Unicode.Scalar = "〒"

    private static func isOddSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F: true
        default: false
        }
    }

    private static func script(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x370..<0x400: "Greek"
        case 0x400..<0x530: "Cyrillic"
        case 0x530..<0x590: "Armenian"
        default: "foreign"
        }
    }

    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = {
        let (foreign, ascii) = (
            "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅοανριυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսհıɑɡ",
            "aeopcyxijsdhqwABEKMHOPCTYXIJSoavpiukABEZHIKMNOPTYXouhiag"
        )
        return Dictionary(zip(foreign.unicodeScalars, ascii.unicodeScalars)) { first, _ in first }
    }()
}

/// How a domain that the service takes was written with other characters.
enum DomainDisguise: Sendable {
    /// With full-width characters, typographic dashes and the like.
    case typography(ascii: String)
    /// With a letter of another script, at a place counted from 1.
    case homoglyph(LookalikeText.Letter, place: Int, ascii: String)

    /// Looks at a domain that is not ASCII; nil where it is not such.
    init?(_ domain: String, suffix: String) {
        let plain = LookalikeText.plain(domain) ?? domain
        if plain != domain, case .valid = DomainName.form(of: plain.utf8Span.span, suffix: suffix) {
            self = .typography(ascii: plain)
            return
        }
        let letters = plain.unicodeScalars.map(LookalikeText.letter)
        guard let place = letters.firstIndex(where: { $0 != nil }), let letter = letters[place] else { return nil }
        var ascii = String.UnicodeScalarView()
        ascii.append(contentsOf: zip(plain.unicodeScalars, letters).lazy.map { $1?.ascii ?? $0 })
        // A prefix that is of the other script altogether is a word of that script.
        let isMixed = plain.utf8.prefix { $0 != UInt8(ascii: ".") }.contains(where: \.isASCIILetter)
        let meant = String(ascii)
        guard isMixed, case .valid = DomainName.form(of: meant.utf8Span.span, suffix: suffix) else { return nil }
        self = .homoglyph(letter, place: place + 1, ascii: meant)
    }
}
