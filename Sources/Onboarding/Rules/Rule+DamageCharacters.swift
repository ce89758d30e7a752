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
        for cell in MisreadRow($0).cells {
            guard let meant = cell.meant else {
                $1.note(
                    cell.column,
                    "was read in a wrong encoding on its way here, and letters were lost; type it again"
                )
                continue
            }
            $1.note(
                cell.column,
                "was read in a wrong encoding on its way here",
                suggestion: meant,
                isGuess: cell.isGuess
            )
        }
    }

    static let damageCodeCharacters = Rule(
        "damage.codeCharacters",
        .error,
        when: [.oddCharacter, .domain, .postalCode, .country, .state, .language],
        "Codes have plain hyphens, quotation marks, spaces, letters and digits.",
        isRepairable: true,
        explainsCells: true
    ) {
        guard !$0.intricate.isEmpty else { return }
        let message = "has a dash, space, letter or digit that only looks like the plain one; type plain ones"
        if case .typography(let ascii) = $0.disguise { $1.note(.domain, message, suggestion: ascii) }
        if case .disguised(let plain) = $0.postalCode { $1.note(.postalCode, message, suggestion: plain) }
        if $0.intricate.contains(.email), LookalikeText.plain($0[.email]) != nil {
            $1.note(.email, message, suggestion: EmailAddress.suggestion(for: $0[.email]))
        }
        for column in [Column.organizationRegistrationNumber, .culture, .language, .associatedPartnerId]
        where $0.intricate.contains(column) {
            guard let plain = LookalikeText.plain($0[column]) else { continue }
            $1.note(column, message, suggestion: LookalikeText.withoutQuotes(plain))
        }
        for column in lettered.columns where $0.intricate.contains(column) {
            guard let (letter, place, ascii) = LookalikeText.disguise(of: $0[column]), isCode(ascii, in: column, of: $0)
            else { continue }
            $1.note(column, letter.description(at: place + 1), suggestion: ascii, isGuess: true)
        }
    }

    /// The columns of codes that have letters.
    private static let lettered = ColumnSet([
        .organizationRegistrationNumber, .culture, .language, .postalCode, .country, .state,
    ])

    /// Whether a text is what a column of codes has.
    private static func isCode(_ text: String, in column: Column, of row: CheckedRow) -> Bool {
        switch column {
        case .country: return Country.find(text) != nil
        case .state: return row.meantCountry?.subdivisionCodes.contains(text) == true
        case .culture: return LanguageTag(text)?.region.flatMap(Country.find) != nil
        case .language: return text.utf8.count == 2 && Languages.codes.contains(text[...])
        case .postalCode:
            if case .right = PostalCodeForm(text.utf8Span.span, state: Span(), in: row.meantCountry) { return true }
            return false
        default: return true
        }
    }

    static let damageIdentifier = Rule(
        "damage.identifier",
        .warning,
        when: .oddCharacter,
        "An identifier of your own has plain hyphens, spaces, letters and digits.",
        isRepairable: true
    ) {
        guard $0.intricate.contains(.externalId) else { return }
        if let (letter, place, ascii) = LookalikeText.homoglyph(in: $0[.externalId]) {
            let message = "\(letter.description(at: place + 1)), so it is another identifier than with that"
            return $1.note(.externalId, message, suggestion: ascii, isGuess: true)
        }
        guard let plain = LookalikeText.plain($0[.externalId]),
            // What is more than a code may have such signs of its own.
            plain.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") })
        else { return }
        $1.note(
            .externalId,
            "has a dash, space, letter or digit that only looks like the plain one, so it is another identifier than "
                + "with plain ones",
            suggestion: plain
        )
    }

    static let damageLostLetters = Rule(
        "damage.lostLetters",
        .warning,
        when: .replacedCharacter,
        "No letter was replaced with a question mark: M?ller."
    ) {
        for column in $0.filled.columns
        where spaced.contains(column) && LostLetters.areIn($0[column], isProper: proper.contains(column)) {
            $1.note(
                column,
                "has question marks in place of letters, which were lost when the file was saved; type it again, and save "
                    + "the file as UTF-8"
            )
        }
    }

    static let damageMarkup = Rule(
        "damage.markup",
        .warning,
        when: .replacedCharacter,
        "No character is written as HTML writes it: &amp;.",
        isRepairable: true
    ) {
        for column in $0.filled.columns {
            guard let decoded = HTMLText.decoded($0[column]) else { continue }
            let meant = Text.normalised(decoded)
            $1.note(
                column,
                "has characters as a web page writes them",
                suggestion: meant,
                // What was a tag is not the text alone.
                isGuess: meant.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
            )
        }
    }

    static let damageEscape = Rule(
        "damage.escape",
        .error,
        when: .replacedCharacter,
        "No cell begins or ends in a line break that a program wrote as \\n.",
        isRepairable: true,
        explainsCells: true
    ) {
        for column in $0.filled.columns {
            guard let bare = EscapedText.bare($0[column]) else { continue }
            $1.note(column, "has a line break or tab at its start or end, written as programs do", suggestion: bare)
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
            $1.note(
                column,
                "has a no-break space or another unusual one; type plain spaces",
                suggestion: plain,
                isGuess: mayBeMisread(column, of: $0)
            )
        }
    }

    /// Whether a cell may have been misread, so that what can't be seen in it was a part of a letter.
    ///
    /// - Parameters:
    ///   - column: the cell's column.
    ///   - row: the row.
    /// - Returns: whether it may: the row has a cell that was, or a letter was lost, or of two scripts that should have
    ///   a space between them one has such a character.
    static func mayBeMisread(_ column: Column, of row: CheckedRow) -> Bool {
        let scalars = Array(row[column].unicodeScalars)
        if scalars.contains("\u{FFFD}") || Mojibake.damage(of: row[column], languages: []) != nil { return true }
        let isTorn = scalars.indices.dropFirst().contains { index in
            guard scalars[index] == "\u{A0}" || scalars[index] == "\u{AD}" else { return false }
            let isForeign = scalars[index - 1].value > 0xBF && !scalars[index - 1].properties.isLowercase
            let next = scalars.indices.contains(index + 1) ? scalars[index + 1] : " "
            return isForeign && (scalars[index] == "\u{AD}" || 0x61...0x7A ~= next.value)
        }
        return isTorn || row.signs.contains(.garbledText) && !MisreadRow(row).cells.isEmpty
    }

    /// The columns of persons' names and of places.
    private static let proper = ColumnSet([
        .firstName, .middleName, .lastName, .city, .district, .state, .region,
    ])

    private static let spaced = ColumnSet([
        .companyName, .firstName, .middleName, .lastName, .addressLine1, .addressLine2, .addressLine3, .city, .district,
        .state, .region,
    ])
}
