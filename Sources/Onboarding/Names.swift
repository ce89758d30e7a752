/// What names are looked at for.
enum Names {
    /// The columns of a person's name.
    static let ofPersons: [Column] = [.firstName, .middleName, .lastName]

    /// What follows a company's name and is none by itself, in small letters without dots and commas.
    static let legalForms: Set<String> = [
        "llc", "inc", "incorporated", "ltd", "limited", "corp", "corporation", "company", "co", "plc", "llp", "lp",
        "gmbh", "gmbh & co kg", "gmbh & co kgaa", "ag", "ag & co kg", "kg", "kgaa", "ohg", "ug",
        "ug haftungsbeschränkt",
        "ev", "eg", "gbr", "sa", "sarl", "sas", "sasu", "eurl", "srl", "spa", "sl", "slu", "lda", "ltda", "sa de cv",
        "s de rl de cv", "bv", "nv", "vof", "oy", "oyj", "a/s", "as", "aps", "ivs", "asa", "hf", "ehf", "sro",
        "kft", "zrt", "nyrt", "doo", "dd", "ad", "ood", "eood", "spzoo", "sp z oo", "sp z o o", "uab", "oü", "sia",
        "pty", "pty ltd", "pvt", "pvt ltd", "private limited", "pte", "pte ltd", "sdn bhd", "bhd", "co ltd",
        "company limited", "kk", "gk", "pt", "tbk", "jsc", "pjsc", "llc fz", "wll", "ooo", "ооо", "оао", "зао", "пао",
        "ао", "тов", "株式会社", "有限会社", "合同会社", "有限公司", "股份有限公司", "주식회사", "유한회사",
    ]

    /// The legal forms that are also names of companies, where they have no dots.
    static let legalFormsThatAreNames: Set<String> = ["aps", "as", "co", "eg", "gk", "pt", "sas", "spa"]

    /// Whether a company's name is nothing but a legal form.
    ///
    /// Other signs than dots and commas tell a name: `A&B` is no AB.
    ///
    /// - Parameter name: the name.
    /// - Returns: whether it is.
    static func isOnlyLegalForm(_ name: String) -> Bool {
        guard name.utf8.count <= longestLegalForm else { return false }
        let words = name.lowercased().filter { $0 != "." && $0 != "," }
        guard words.utf8.count < name.utf8.count else {
            return legalForms.contains(words) && !legalFormsThatAreNames.contains(words)
        }
        return legalForms.contains(words) || legalForms.contains(words.filter { $0 != " " })
    }

    /// In bytes; longer names need no look.
    private static let longestLegalForm = 32

    /// The Chinese family names of one Latin letter.
    ///
    /// The service lets Chinese names of one character pass. Some people type the family name first.
    static let chineseNamesOfOneLetter: Set<String> = ["E", "O", "U"]

    /// The other family names of one letter, all of them vowels: Vietnamese, Nordic, and East Asian ones in Cyrillic.
    static let otherNamesOfOneLetter: Set<String> = [
        "A", "I", "Y", "Å", "Ä", "Ö", "Õ", "Ø", "Æ", "А", "Е", "Ё", "И", "О", "У", "Ы", "Э", "Ю", "Я",
    ]

    private static let placeholders: Set<String> = [
        "test", "testing", "tester", "testtest", "admin", "administrator", "nobody", "noname", "none", "null",
        "unknown",
        "na", "n/a", "tbd", "xxx", "abc", "asdf", "customer", "firstname", "lastname", "companyname", "company",
        "dummy", "undefined", "(null)",
    ]

    /// What people type for a place that they don't know; None and Na are names of places.
    private static let placePlaceholders: Set<String> = [
        "n/a", "n.a.", "n.n.", "unknown", "not known", "not available", "tbd", "tba", "null", "xxx", "dummy", "test",
        "undefined", "(null)", "nan", "unbekannt", "inconnu", "inconnue", "onbekend", "desconocido", "desconocida",
        "sconosciuto",
    ]

    /// Whether a city or an address line is one that people type where they have none, or has no letter and no digit.
    ///
    /// - Parameter place: the cell.
    /// - Returns: whether it is; false where it is empty.
    static func isPlaceholder(place: String) -> Bool {
        if isTemplate(place) { return true }
        guard 1...13 ~= place.utf8.count else { return false }
        // Nan is a town; NaN is what a program has for no number.
        if place.utf8.count == 3, place.lowercased() == "nan" { return place == "NaN" }
        if place.utf8.allSatisfy({ $0 < 0x80 && !$0.isASCIILetter && !$0.isASCIIDigit }) { return true }
        return placePlaceholders.contains(place.lowercased())
    }

    /// Whether a city or an address line is worth a closer look.
    ///
    /// - Parameter bytes: the cell.
    /// - Returns: false where it surely is no placeholder.
    static func mayBePlaceholder(place bytes: Span<UInt8>) -> Bool {
        guard 1...13 ~= bytes.count else { return bytes.count > 4 && bytes[0] == UInt8(ascii: "{") }
        let isWord = bytes[0].isASCIILetter || bytes[0].isASCIIDigit || bytes[0] >= 0x80
        return !isWord || placePlaceholderForms.mayContain(bytes)
    }

    private static let placePlaceholderForms = FoldedWords(placePlaceholders)
    private static let placeholderForms = FoldedWords(placeholders)
    private static let legalFormForms = FoldedWords(legalForms, omittingSeparators: true)

    /// Whether a name is one that people type where they have none.
    ///
    /// - Parameter name: the name.
    /// - Returns: whether it is.
    static func isPlaceholder(_ name: String) -> Bool {
        isTemplate(name) || placeholderForms.mayContain(name.utf8Span.span) && placeholders.contains(name.lowercased())
    }

    /// Whether a text is a field of a form letter that nobody filled: {{city}}.
    private static func isTemplate(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "{") && text.hasPrefix("{{") && text.hasSuffix("}}")
    }

    /// Whether a domain is no domain but what people type where they have none.
    ///
    /// - Parameter domain: the cell.
    /// - Returns: whether it is.
    static func isPlaceholder(domain: String) -> Bool {
        let text = domain.lowercased()
        return placeholders.contains(text) || placePlaceholders.contains(text) || isTemplate(text)
            || ["0", "-", "kein", "keine", "keiner", "ohne", "nein", "no", "leer", "empty", "false"].contains(text)
    }

    /// Whether a name has another beside it, behind the sign that parts them in Malaysia and Singapore: Lim Ah Lek @
    /// Lim Kim Huat.
    ///
    /// - Parameter name: a name with an at sign.
    /// - Returns: whether it is so; not where a host's name follows, as in an e-mail address with spaces in it.
    static func isWithAlias(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        let signs = words.indices.filter { words[$0] == "@" }
        guard name.utf8.count(where: { $0 == UInt8(ascii: "@") }) == signs.count else { return false }
        return signs.allSatisfy { place in
            place > 0 && place + 1 < words.count && words[place - 1] != "@"
                && !DomainName.isHostName(words[place + 1].utf8Span.span)
        }
    }

    /// Whether a company's name is worth a closer look.
    ///
    /// - Parameter bytes: the name.
    /// - Returns: whether a rule may have a word to say of it.
    static func isUnusual(company bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 1, bytes[0].isASCIIDigit || beginsWithLetter(bytes), bytes[1] != UInt8(ascii: " "),
            bytes[0] | 0x20 != bytes[1] | 0x20
        else { return true }
        if bytes[0].isASCIIDigit, !bytes.hasLetter { return true }
        return legalFormForms.mayContain(bytes) || placeholderForms.mayContain(bytes)
    }

    /// Whether a person's name is worth a closer look.
    ///
    /// - Parameter bytes: the name; empty where there is none.
    /// - Returns: whether a rule may have a word to say of it.
    static func isUnusual(person bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty else { return false }
        // A single letter has one byte or two; East Asian names of one character have three.
        let isSingleLetter = bytes.count == 1 || bytes.count == 2 && bytes[0] >= 0x80
        return isSingleLetter || bytes.count > 40 || !beginsWithLetter(bytes) || bytes.contains(UInt8(ascii: "@"))
            || placeholderForms.mayContain(bytes)
    }

    /// Whether a name begins with a letter of ASCII, of U+00C0 to U+017F, of Cyrillic, Chinese or Korean.
    ///
    /// These are told by a byte or two; any other first character takes a closer look.
    static func beginsWithLetter(_ bytes: Span<UInt8>) -> Bool {
        guard bytes[0] >= 0x80 else { return bytes[0].isASCIILetter }
        return switch bytes[0] {
        // Two of them are signs: × and ÷.
        case 0xC3: bytes[1] & 0x9F != 0x97
        case 0xC4, 0xC5, 0xD0, 0xD1, 0xE5...0xE8: true
        case 0xEA...0xED: bytes[0].isHangulLead(before: bytes[1])
        default: false
        }
    }
}

extension Span<UInt8> {
    /// Whether one of the bytes is a letter's, or beyond ASCII.
    fileprivate var hasLetter: Bool {
        for index in indices where self[index].isASCIILetter || self[index] >= 0x80 { return true }
        return false
    }
}
