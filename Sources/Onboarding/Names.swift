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
    static let legalFormsThatAreNames: Set<String> = ["as", "co", "eg", "gk", "pt", "sas", "spa"]

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

    /// The other family names of one letter, Vietnamese and Nordic.
    static let otherNamesOfOneLetter: Set<String> = ["A", "I", "Y", "Å", "Ä", "Ö", "Ø", "Æ"]

    private static let placeholders: Set<String> = [
        "test", "testing", "tester", "testtest", "admin", "administrator", "nobody", "noname", "none", "null",
        "unknown",
        "na", "n/a", "tbd", "xxx", "abc", "asdf", "customer", "firstname", "lastname", "companyname", "company",
        "dummy",
    ]

    /// The lengths of the placeholders that begin with each letter, as one bit each.
    private static let placeholderLengths: [UInt32] = {
        var lengths = [UInt32](repeating: 0, count: 26)
        for placeholder in placeholders {
            guard let first = placeholder.utf8.first else { continue }
            lengths[Int(first - UInt8(ascii: "a"))] |= 1 << UInt32(placeholder.utf8.count)
        }
        return lengths
    }()

    /// Whether a name is one that people type where they have none.
    ///
    /// - Parameter name: the name.
    /// - Returns: whether it is.
    static func isPlaceholder(_ name: String) -> Bool {
        mayBePlaceholder(name.utf8Span.span) && placeholders.contains(name.lowercased())
    }

    /// By the first letter and the length; most names are told apart here.
    private static func mayBePlaceholder(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count < 32, !bytes.isEmpty, bytes[0].isASCIILetter else { return false }
        return placeholderLengths[Int((bytes[0] | 0x20) - UInt8(ascii: "a"))] & (1 << UInt32(bytes.count)) != 0
    }

    /// Whether a company's name is worth a closer look.
    ///
    /// - Parameter name: the name.
    /// - Returns: whether a rule may have a word to say of it.
    static func isUnusual(company name: String) -> Bool {
        let bytes = name.utf8Span.span
        guard bytes.count > 1 else { return true }
        guard bytes[0].isASCIILetter || bytes[0].isASCIIDigit, bytes[1] != UInt8(ascii: " "), bytes[0] != bytes[1]
        else {
            return true
        }
        guard bytes.count <= longestLegalForm else { return false }
        var letters = 0
        for index in bytes.indices {
            if bytes[index] >= 0x80 { return true }
            if bytes[index].isASCIILetter { letters += 1 }
        }
        // The longest legal form, and the longest placeholder, have no more letters.
        return letters <= 14
    }

    /// Whether a person's name is worth a closer look.
    ///
    /// - Parameter name: the name; empty where there is none.
    /// - Returns: whether a rule may have a word to say of it.
    static func isUnusual(person name: String) -> Bool {
        let bytes = name.utf8Span.span
        guard !bytes.isEmpty else { return false }
        return bytes.count == 1 || bytes.count > 40 || !bytes[0].isASCIILetter || mayBePlaceholder(bytes)
    }
}
