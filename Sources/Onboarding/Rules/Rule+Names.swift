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
        } else if Names.isOnlyLegalForm(name) {
            $1.note(.companyName, "is only a legal form; type the company's whole name")
        } else if name.utf8.dropFirst().first == UInt8(ascii: " "),
            name.split(separator: " ").allSatisfy({ $0.utf8.count == 1 })
        {
            $1.note(.companyName, "is single letters with blanks between them, which the service refuses")
        } else if name.utf8.count >= 3, isOneLetter(name) {
            $1.note(.companyName, "is one letter again and again, which the service refuses")
        }
    }

    static let companyNameDoubtful = Rule(
        "companyName.doubtful",
        .warning,
        when: .companyName,
        "A company's name is no placeholder, no word that may be a legal form, and not digits only."
    ) {
        let name = $0[.companyName]
        if Names.legalFormsThatAreNames.contains(name.lowercased()) {
            $1.note(.companyName, "may be only a legal form, which the service refuses")
        } else if Names.isPlaceholder(name), !isOneLetter(name) {
            $1.note(.companyName, "looks like a placeholder")
        } else if name.utf8.count > 1, !name.unicodeScalars.contains(where: isLetter),
            name.unicodeScalars.contains(where: isLetterOrDigit)
        {
            $1.note(.companyName, "is digits and no word; check that it is the company's name")
        }
    }

    private static func isOneLetter(_ name: String) -> Bool {
        let first = name.utf8.first
        return name.utf8.allSatisfy { $0 == first || $0 ^ 0x20 == first && $0.isASCIILetter }
    }

    static let personNameContent = Rule(
        "personName.content",
        .error,
        when: .personName,
        "A person's name is more than one letter, not digits or symbols only, and no e-mail address."
    ) {
        for column in Names.ofPersons {
            let name = $0[column]
            guard !name.isEmpty else { continue }
            if !name.unicodeScalars.contains(where: isLetter) {
                $1.note(column, "has no letter; type the person's name")
            } else if name.utf8.contains(UInt8(ascii: "@")), !Names.isWithAlias(name) {
                let title = $0.columns.title(of: .email)
                $1.note(column, "is no person's name; an e-mail address belongs to \(title)")
            } else if isSingleLetter(name), !mayBeWhole(name, in: column) {
                $1.note(column, "is a single letter, and the service wants a whole name; leave it empty if not known")
            }
        }
    }

    static let personNameLetter = Rule(
        "personName.letter",
        .warning,
        when: .personName,
        "A family name of one letter is a Chinese one, in Latin letters: E, O or U."
    ) {
        guard Names.otherNamesOfOneLetter.contains($0[.lastName]) else { return }
        $1.note(.lastName, "is a single letter, which the service may refuse; leave it empty if it is no name")
    }

    /// Chinese, Japanese and Korean names of one character are names.
    private static func isSingleLetter(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first else { return false }
        return name.unicodeScalars.dropFirst().isEmpty && first.value < 0x590
    }

    /// Whether a single letter may be all that a person has in a column; a middle name is often an initial.
    private static func mayBeWhole(_ name: String, in column: Column) -> Bool {
        column == .middleName || Names.chineseNamesOfOneLetter.contains(name)
            || column == .lastName && Names.otherNamesOfOneLetter.contains(name)
    }

    static let personNamePlaceholder = Rule(
        "personName.placeholder",
        .warning,
        when: .personName,
        "A person's name is no placeholder such as test or nobody."
    ) {
        for column in Names.ofPersons where Names.isPlaceholder($0[column]) {
            // Na is a family name in Korea and China, and some type those in capitals there.
            if $0[column] == "Na" || $0.meantCountry?.code == "KR" && $0[column] == "NA" { continue }
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
