/// What names are looked at for.
enum Names {
    /// The columns of a person's name.
    static let ofPersons: [Column] = [.firstName, .middleName, .lastName]

    /// What follows a company's name and is none by itself, folded.
    static let legalForms: Set<String> = [
        "llc", "inc", "incorporated", "ltd", "limited", "corp", "corporation", "company", "plc", "llp", "gmbh", "ag",
        "kg", "ohg", "ug", "sa", "sarl", "sas", "srl", "spa", "bv", "nv", "vof", "oy", "oyj", "ab", "as", "aps", "sro",
        "kft", "zrt", "doo", "spzoo", "pty", "ptyltd", "pteltd", "coltd", "ooo", "ооо", "оао", "зао", "株式会社", "有限公司",
        "주식회사", "유한회사",
    ]

    /// In bytes, with room for dots and blanks; longer names need no folding.
    static let longestLegalForm = 24

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
        return letters <= 13
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
