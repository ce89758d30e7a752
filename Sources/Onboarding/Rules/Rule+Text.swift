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
            let isComplexScript = text.unicodeScalars.contains { 0x590..<0xE00 ~= $0.value }
            let strange = text.unicodeScalars.first { isStrange($0, isComplexScript: isComplexScript) }
            guard let strange else { continue }
            guard strange != "\u{FFFD}" else {
                $1.note(column, "has the sign for a character that was lost (U+FFFD); type the text again")
                continue
            }
            var clean = String.UnicodeScalarView()
            clean.append(contentsOf: text.unicodeScalars.filter { !isStrange($0, isComplexScript: isComplexScript) })
            // Zero-width characters can be left out; in place of a control or private one there was a letter, perhaps.
            let isHarmless = text.unicodeScalars.allSatisfy {
                !isStrange($0, isComplexScript: isComplexScript) || $0.properties.generalCategory == .format
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

    /// Whether a character has no business in a cell.
    ///
    /// Marks that set a direction or join letters belong to scripts that
    /// need them.
    private static func isStrange(_ scalar: Unicode.Scalar, isComplexScript: Bool) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E: false
        case 0x00..<0x20, 0x7F..<0xA0, 0xAD, 0x2028, 0x2029, 0xFFF9...0xFFFD: true
        case 0x200C...0x200F, 0x061C: !isComplexScript
        case 0x200B, 0x2060...0x206F, 0x202A...0x202E, 0xFEFF: true
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: true
        case let value: value & 0xFFFE == 0xFFFE || 0xFDD0...0xFDEF ~= value
        }
    }

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
