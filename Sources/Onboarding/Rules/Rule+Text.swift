/// What holds for the text of any cell.
extension Rule {
    static let fieldRequired = Rule(
        "field.required",
        .error,
        when: .wrongCells,
        "The cells that every customer needs are filled."
    ) {
        guard !$0.filled.isSuperset(of: Column.requiredColumns) else { return }
        for column in Column.requests where column.isRequired && !$0.filled.contains(column) {
            $1.note(column, "is empty, and every customer needs it")
        }
    }

    static let fieldLength = Rule(
        "field.length",
        .error,
        when: .unusualLength,
        "A cell is no longer and no shorter than the service takes.",
        explainsCells: true
    ) {
        for column in Column.requests where $0.filled.contains(column) {
            let text = $0[column]
            // A UTF-16 unit is at least a third of a byte, so most cells are told by their bytes alone.
            guard let lengths = column.lengths,
                text.utf8.count > lengths.upperBound || text.utf8.count < lengths.lowerBound * 3
            else { continue }
            let length = text.utf16.count
            if length > lengths.upperBound {
                $1.note(
                    column,
                    "has \(length) characters, and the service takes \(lengths.upperBound) at most; shorten it"
                )
            } else if length < lengths.lowerBound {
                $1.note(column, "has only \(length) character, and the service wants \(lengths.lowerBound) at least")
            }
        }
    }

    static let textCharacters = Rule(
        "text.characters",
        .error,
        when: .oddCharacter,
        "No control, zero-width, replacement or private-use characters.",
        isRepairable: true
    ) {
        guard !$0.intricate.isEmpty else { return }
        for column in $0.intricate.columns {
            let text = $0[column]
            let writing = InvisibleCharacters(of: text, isCode: codes.contains(column))
            guard let strange = text.unicodeScalars.first(where: writing.isStrange) else { continue }
            guard strange != "\u{FFFD}" else {
                $1.note(column, "has the sign for a character that was lost (U+FFFD); type the text again")
                continue
            }
            var clean = String.UnicodeScalarView()
            clean.append(contentsOf: text.unicodeScalars.filter { !writing.isStrange($0) })
            // Zero-width characters can be left out; in place of a control or private one there was a letter, perhaps.
            let isHarmless = text.unicodeScalars.allSatisfy {
                !writing.isStrange($0) || $0.properties.generalCategory == .format || writing.isBlank($0)
            }
            $1.note(
                column,
                "has a character that can't be seen (\(notation(of: strange))); remove it",
                suggestion: isHarmless && !clean.isEmpty && !mayBeMisread(column, of: $0) ? String(clean) : nil
            )
        }
    }

    static let textLineBreak = Rule(
        "text.lineBreak",
        .warning,
        when: .oddCharacter,
        "Only address lines have line breaks or tabs in them.",
        isRepairable: true
    ) {
        guard !$0.intricate.isEmpty else { return }
        for column in $0.intricate.columns where !column.allowsLineBreaks && !withSyntax.contains(column) {
            let text = $0[column]
            guard text.utf8.contains(where: { 0x09...0x0D ~= $0 }) else { continue }
            let lines = text.split { $0.isNewline || $0 == "\t" }
            $1.note(column, "has a line break or tab in it", suggestion: lines.joined(separator: " "))
        }
    }

    /// The columns whose own rules tell of any white space.
    private static let withSyntax = ColumnSet([.domain, .email, .culture, .language, .country])

    /// The columns of codes, in which no script needs a character that can't be seen.
    private static let codes = ColumnSet([
        .externalId, .domain, .organizationRegistrationNumber, .email, .culture, .language, .postalCode, .country,
        .phoneNumber, .associatedPartnerId,
    ])

    static func notation(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension Column {
    /// The columns whose cells the rules look at: those of a request, and the identity.
    package static let requests: [Column] = Column.allCases.filter { $0.rawValue < Column.customerId.rawValue }

    /// The columns that a request can't do without.
    static let requiredColumns = ColumnSet(requests.filter(\.isRequired))
}
