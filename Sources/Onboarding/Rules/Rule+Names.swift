/// What holds for names of companies and people: the service's rules of February 2024 for their content.
extension Rule {
    static let companyNameContent = Rule("companyName.content", .error, "A company's name is a name.") {
        let name = $0[.companyName]
        guard !name.isEmpty else { return }
        if !name.unicodeScalars.contains(where: isLetterOrDigit) {
            $1.note(.companyName, "has no letter or digit; type the company's name")
        } else if name.utf8.count <= longestLegalForm, legalForms.contains(Text.folded(name)) {
            $1.note(.companyName, "is only a legal form; type the company's whole name")
        }
    }

    static let companyNameDoubtful = Rule(
        "companyName.doubtful",
        .warning,
        "A company's name is no placeholder, and more than one letter again and again."
    ) {
        let name = $0[.companyName]
        if name.utf8.dropFirst().first == UInt8(ascii: " "),
            name.split(separator: " ").allSatisfy({ $0.utf8.count == 1 })
        {
            $1.note(.companyName, "is single letters with blanks between them, which the service may refuse")
        } else if name.utf8.count >= 3, name.utf8.allSatisfy({ [first = name.utf8.first] in $0 == first }) {
            $1.note(.companyName, "is one letter again and again, which the service may refuse")
        } else if isPlaceholder(name) {
            $1.note(.companyName, "looks like a placeholder")
        }
    }

    static let personNameContent = Rule(
        "personName.content",
        .error,
        "A person's name is more than one letter, and not digits or symbols only."
    ) {
        for column in personNames {
            let name = $0[column]
            guard let first = name.unicodeScalars.first else { continue }
            if !name.unicodeScalars.contains(where: isLetter) {
                $1.note(column, "has no letter; type the person's name")
            } else if name.unicodeScalars.dropFirst().isEmpty, first.value < 0x590 {
                // Chinese, Japanese and Korean names of one character are names.
                $1.note(column, "is a single letter, and the service wants a whole name; leave it empty if not known")
            }
        }
    }

    static let personNamePlaceholder = Rule(
        "personName.placeholder",
        .warning,
        "A person's name is no placeholder such as test or nobody."
    ) {
        for column in personNames where isPlaceholder($0[column]) {
            $1.note(column, "looks like a placeholder, which the service may refuse; leave it empty if not known")
        }
    }

    static let personNameLength = Rule("personName.length", .warning, "A person's name has 40 characters at most.") {
        for column in personNames where $0[column].utf8.count > 40 && 41...50 ~= $0[column].utf16.count {
            $1.note(column, "has more than 40 characters, which the service may refuse")
        }
    }

    private static let personNames: [Column] = [.firstName, .middleName, .lastName]

    private static let legalForms: Set<String> = [
        "llc", "inc", "incorporated", "ltd", "limited", "corp", "corporation", "company", "plc", "llp", "gmbh", "ag",
        "kg", "ohg", "ug", "sa", "sarl", "sas", "srl", "spa", "bv", "nv", "vof", "oy", "oyj", "ab", "as", "aps", "sro",
        "kft", "zrt", "doo", "spzoo", "pty", "ptyltd", "pteltd", "coltd", "ooo", "ооо", "оао", "зао", "株式会社", "有限公司",
        "주식회사", "유한회사",
    ]

    /// In bytes, with room for dots and blanks; longer names need no folding.
    private static let longestLegalForm = 24

    private static let placeholders: Set<String> = [
        "test", "testing", "tester", "testtest", "admin", "administrator", "nobody", "noname", "none", "null",
        "unknown",
        "na", "n/a", "tbd", "xxx", "abc", "asdf", "customer", "firstname", "lastname", "companyname", "company",
        "dummy",
    ]

    private static func isPlaceholder(_ name: String) -> Bool {
        // The longest placeholder has 13 letters, so most company names need no look.
        2...13 ~= name.utf8.count && placeholders.contains(name.lowercased())
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? UInt8(scalar.value).isASCIILetter : scalar.properties.isAlphabetic
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) || scalar.properties.numericType != nil
    }
}
