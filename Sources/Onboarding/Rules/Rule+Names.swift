/// What holds for names of companies and people: the service's rules of February 2024 for their content.
extension Rule {
    static let companyNameContent = Rule(
        "companyName.content",
        .error,
        when: .companyName,
        "A company's name is a name."
    ) {
        let name = $0[.companyName]
        guard !name.isEmpty else { return }
        if !name.unicodeScalars.contains(where: isLetterOrDigit) {
            $1.note(.companyName, "has no letter or digit; type the company's name")
        } else if name.utf8.count <= Names.longestLegalForm, Names.legalForms.contains(Text.folded(name)) {
            $1.note(.companyName, "is only a legal form; type the company's whole name")
        }
    }

    static let companyNameDoubtful = Rule(
        "companyName.doubtful",
        .warning,
        when: .companyName,
        "A company's name is no placeholder, and more than one letter again and again."
    ) {
        let name = $0[.companyName]
        if name.utf8.dropFirst().first == UInt8(ascii: " "),
            name.split(separator: " ").allSatisfy({ $0.utf8.count == 1 })
        {
            $1.note(.companyName, "is single letters with blanks between them, which the service may refuse")
        } else if name.utf8.count >= 3, name.utf8.allSatisfy({ [first = name.utf8.first] in $0 == first }) {
            $1.note(.companyName, "is one letter again and again, which the service may refuse")
        } else if Names.isPlaceholder(name) {
            $1.note(.companyName, "looks like a placeholder")
        }
    }

    static let personNameContent = Rule(
        "personName.content",
        .error,
        when: .personName,
        "A person's name is more than one letter, and not digits or symbols only."
    ) {
        for column in Names.ofPersons {
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
        when: .personName,
        "A person's name is no placeholder such as test or nobody."
    ) {
        for column in Names.ofPersons where Names.isPlaceholder($0[column]) {
            $1.note(column, "looks like a placeholder, which the service may refuse; leave it empty if not known")
        }
    }

    static let personNameLength = Rule(
        "personName.length",
        .warning,
        when: .personName,
        "A person's name has 40 characters at most."
    ) {
        for column in Names.ofPersons where $0[column].utf8.count > 40 && 41...50 ~= $0[column].utf16.count {
            $1.note(column, "has more than 40 characters, which the service may refuse")
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? UInt8(scalar.value).isASCIILetter : scalar.properties.isAlphabetic
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) || scalar.properties.numericType != nil
    }
}
