/// What spreadsheets do to values: the cells no longer say what somebody typed.
extension Rule {
    static let damageErrorValue = Rule(
        "damage.errorValue",
        .error,
        when: .convertedValue,
        "No cell is a formula's error: #N/A, #REF!.",
        explainsCells: true
    ) {
        for column in $0.converted.columns where SpreadsheetValue.isError($0[column]) {
            $1.note(column, "is a formula's error and no value; mend the formula, or type the value")
        }
    }

    static let damageTruthValue = Rule(
        "damage.truthValue",
        .warning,
        when: .convertedValue,
        "No text is a spreadsheet's TRUE or FALSE."
    ) {
        for column in $0.converted.columns {
            let text = $0[column]
            guard SpreadsheetValue.isTruthValue(text) || places.contains(column) && SpreadsheetValue.isTruthWord(text)
            else { continue }
            $1.note(column, "is what a spreadsheet shows for a truth value; check what should stand here")
        }
    }

    static let damageDate = Rule(
        "damage.date",
        .error,
        when: .convertedValue,
        "No code or address became a date: 3-4 is not 3-Apr.",
        explainsCells: true
    ) {
        for column in $0.converted.columns where datable.contains(column) {
            guard let date = SpreadsheetDate($0[column]), !isNoDate($0[column], in: column) else { continue }
            $1.note(
                column,
                "is a date, which a spreadsheet makes of \(date.before.joined(separator: " or ")); format the column as text "
                    + "and type it again"
            )
        }
    }

    static let damageNameDate = Rule(
        "damage.nameDate",
        .warning,
        when: .convertedValue,
        "No company's name, and no identifier of your own, became a date, unless it is one.",
        explainsCells: true
    ) {
        for column in [Column.companyName, .externalId] where $0.converted.contains(column) {
            guard let date = SpreadsheetDate($0[column]), !date.mayBeName, column == .companyName || !date.isWhole
            else {
                continue
            }
            $1.note(
                column,
                "is a date, which a spreadsheet makes of \(date.before.joined(separator: " or ")); if it is not what was "
                    + "typed, format the column as text and type it again"
            )
        }
    }

    /// Whether a cell that reads like a date is something else.
    private static func isNoDate(_ text: String, in column: Column) -> Bool {
        switch column {
        // South Africa's 2019/000007/07: no date has parts of such lengths.
        case .organizationRegistrationNumber:
            text.utf8.split { !$0.isASCIIDigit }.contains { $0.count == 3 || 5...8 ~= $0.count }
        // Streets are called 8 Mai 1945; a spreadsheet puts no blanks there.
        case .addressLine1, .addressLine2, .addressLine3:
            text.split(separator: " ").count == 3 && text.utf8.suffix(5).first == UInt8(ascii: " ")
                && text.utf8.suffix(4).allSatisfy(\.isASCIIDigit)
        default: false
        }
    }

    static let damageExponent = Rule(
        "damage.exponent",
        .error,
        when: .convertedValue,
        "No number is in exponent form: 4.26E+10.",
        isRepairable: true,
        explainsCells: true
    ) { row, problems in
        for column in row.converted.columns where numeric.contains(column) || worded.contains(column) {
            guard let number = SpreadsheetValue.Exponent(row[column]) else { continue }
            let before = numeric.contains(column) ? number.digits.flatMap { valueBefore($0, in: column, of: row) } : nil
            let advice = before.map { "it was \($0.text)" } ?? "its last digits are lost, so type it again"
            problems.note(
                column,
                "is a number as a spreadsheet shortens it; \(advice), with the column formatted as text",
                suggestion: before?.text,
                isGuess: before?.isGuess == true
            )
        }
    }

    /// What a number in exponent form was: with the zeros that it lost, too, as the country has its codes and numbers.
    private static func valueBefore(
        _ digits: String,
        in column: Column,
        of row: CheckedRow
    ) -> (text: String, isGuess: Bool)? {
        switch column {
        case .postalCode:
            switch PostalCodeForm(digits.utf8Span.span, state: row[.state].utf8Span.span, in: row.meantCountry) {
            case .right: (digits, false)
            case .withoutZeros(let whole, let isCertain): (whole, !isCertain)
            default: nil
            }
        case .phoneNumber:
            switch PhoneNumber.formAlone(digits.utf8Span.span, in: row.meantCountry, takesAnyService: false) {
            case .valid: (digits, false)
            case .withoutZero(let whole): (whole, false)
            default: (digits, true)
            }
        default: (digits, false)
        }
    }

    static let damageNumber = Rule(
        "damage.number",
        .warning,
        when: .convertedValue,
        "A registration number or identifier is not a number as a spreadsheet shows it: 4711.0.",
        isRepairable: true
    ) {
        for column in [Column.externalId, .organizationRegistrationNumber] where $0.converted.contains(column) {
            guard let digits = SpreadsheetNumber.identifier(in: $0[column]) else { continue }
            $1.note(
                column,
                "is a number as a spreadsheet shows it, or has the signs that make a number text; format the column as "
                    + "text",
                suggestion: digits,
                isGuess: column == .externalId
            )
        }
    }

    static let damageLostDigits = Rule(
        "damage.lostDigits",
        .warning,
        when: .convertedValue,
        "No number has only zeros from its 16th digit on: a spreadsheet keeps 15."
    ) {
        for column in $0.converted.columns where numeric.contains(column) && SpreadsheetValue.lostDigits($0[column]) {
            $1.note(
                column,
                "has only zeros from its 16th digit on, as a spreadsheet keeps 15; if they are not its own, type it "
                    + "again with the column formatted as text"
            )
        }
    }

    /// The columns in which no date belongs.
    private static let datable = ColumnSet([
        .domain, .organizationRegistrationNumber, .addressLine1, .addressLine2, .addressLine3, .city,
        .district, .state, .region, .postalCode, .phoneNumber, .firstName, .middleName, .lastName, .associatedPartnerId,
    ])

    /// The columns of places, in which no word for a truth value is a name.
    private static let places = ColumnSet([
        .addressLine1, .addressLine2, .addressLine3, .city, .district, .state, .region,
    ])

    /// The columns of words, in which no number stands alone.
    private static let worded = ColumnSet([
        .companyName, .firstName, .middleName, .lastName, .addressLine1, .addressLine2, .addressLine3, .city, .district,
    ])

    /// The columns of codes that can be digits only.
    private static let numeric = ColumnSet([
        .externalId, .organizationRegistrationNumber, .postalCode, .phoneNumber, .associatedPartnerId,
    ])
}
