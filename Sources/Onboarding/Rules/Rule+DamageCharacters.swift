/// What programs do to characters.
extension Rule {
    static let damageEncoding = Rule(
        "damage.encoding",
        .error,
        when: .garbledText,
        "No text was read in a wrong encoding: MÃ¼ller.",
        isRepairable: true,
        explainsCells: true
    ) {
        guard !$0.intricate.isEmpty else { return }
        for column in $0.intricate.columns {
            guard let meant = Mojibake.repaired($0[column], languages: $0.country?.languages ?? []) else { continue }
            $1.note(
                column,
                "was read in a wrong encoding on its way here: it should be \(Text.quoted(meant))",
                suggestion: Text.normalised(meant).text
            )
        }
    }

    static let damageCodeCharacters = Rule(
        "damage.codeCharacters",
        .error,
        when: [.oddCharacter, .domain, .postalCode],
        "Codes have plain hyphens, quotation marks, spaces, letters and digits.",
        isRepairable: true
    ) {
        guard !$0.intricate.isEmpty else { return }
        let message = "has a dash, space, letter or digit that only looks like the plain one; type plain ones"
        if case .typography(let ascii) = $0.disguise { $1.note(.domain, message, suggestion: ascii) }
        if case .disguised(let plain) = $0.postalCode { $1.note(.postalCode, message, suggestion: plain) }
        for column in [Column.email, .organizationRegistrationNumber, .culture, .language, .associatedPartnerId]
        where $0.intricate.contains(column) {
            guard let plain = LookalikeText.plain($0[column]) else { continue }
            $1.note(column, message, suggestion: plain)
        }
    }

    static let damageSpace = Rule(
        "damage.space",
        .warning,
        when: .oddCharacter,
        "Text has plain spaces: a no-break space comes from a web page.",
        isRepairable: true
    ) {
        guard !$0.intricate.isEmpty else { return }
        for column in $0.intricate.columns where spaced.contains(column) {
            guard let plain = LookalikeText.plainlySpaced($0[column]) else { continue }
            $1.note(column, "has a no-break space or another unusual one; type plain spaces", suggestion: plain)
        }
    }

    private static let spaced = ColumnSet([
        .companyName, .firstName, .middleName, .lastName, .addressLine1, .addressLine2, .addressLine3, .city, .district,
        .state, .region,
    ])
}
