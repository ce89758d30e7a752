/// Something that a row has to keep, or should.
///
/// A rule is added in one place: a constant in `Rules`, with its check, named in `all`; its table of values that pass
/// and fail is in `RuleTests`.
package struct Rule: Sendable {
    /// The stable name, by which people look a finding up: `postalCode.pattern`.
    package let name: String
    /// Whether a row that breaks it is not sent.
    package let severity: Finding.Severity
    /// What it asks for, one line.
    package let summary: String
    /// Whether what it suggests is safe to type for the person, where the person accepts such repairs; a suggestion
    /// that is noted as a guess never is.
    package let isRepairable: Bool
    /// Whether what a later rule would say of the same cells only follows from what this one says.
    ///
    /// What a later rule says of the text itself does not, so the rules of the text come before the rules of a cell
    /// that stands in a wrong column, and those of what a column asks for come last.
    let explainsCells: Bool
    /// Whether what it says hangs on the row's country, so that it has nothing to say where that cell is the fault.
    let judgesByCountry: Bool
    /// The signs without all of which a row can't break it; it is applied where a row has any of them.
    let signs: RowSigns
    /// Looks at a row and notes each cell that breaks the rule.
    let check: @Sendable (_ row: CheckedRow, _ problems: inout Problems) -> Void

    init(
        _ name: String,
        _ severity: Finding.Severity,
        when signs: RowSigns,
        _ summary: String,
        isRepairable: Bool = false,
        explainsCells: Bool = false,
        judgesByCountry: Bool = false,
        check: @escaping @Sendable (_ row: CheckedRow, _ problems: inout Problems) -> Void
    ) {
        self.name = name
        self.severity = severity
        self.signs = signs
        self.summary = summary
        self.isRepairable = isRepairable
        self.explainsCells = explainsCells
        self.judgesByCountry = judgesByCountry
        self.check = check
    }

    /// All rules of a row that asks for a customer, in the order in which they are applied.
    package static let all: [Rule] = [
        damageEncoding, textCharacters, damageLostLetters, damageMarkup, damageEscape, damageSpace, damageErrorValue,
        damageTruthValue,
        damageShiftedCells, damageSwappedCells, countryElsewhere, postalCodeCity, damageJoinedCells, damageDate,
        damageNameDate,
        damageExponent, damageLostDigits, damageNumber,
        damageCodeCharacters, damageIdentifier,
        fieldRequired, fieldLength, textLineBreak,
        companyNameContent, companyNameDoubtful,
        domainSyntax, domainIDN, domainHomoglyph, domainSuffix, domainLength, domainHyphen,
        registrationNumberRequired, registrationNumberRefused,
        emailSyntax, emailHomoglyph, emailTopLevelDomain, emailMicrosoft, emailUnusual,
        personNameContent, personNameLetter, personNamePlaceholder, personNameLength,
        cultureSyntax, cultureKnown, cultureCountry, languageSyntax, languageKnown, languageRare, languageTwoLetters,
        languageCountry,
        cityContent, addressPlaceholder, cityPostalCode,
        countryCode, stateRequired, stateCode, stateExpected, stateName, regionUnitedStates,
        postalCodeRequired, postalCodePattern, postalCodeState, postalCodeNumber, postalCodeLeadingZero,
        postalCodeServicePattern, postalCodeFormat,
        phoneNumberRequired, phoneNumberSyntax, phoneNumberNumber, phoneNumberCountry, phoneNumberLeadingZero,
        phoneNumberFormat,
        associatedPartnerIdNumber, associatedPartnerIdSyntax,
    ]

    /// The signs without all of which none of them has anything to find.
    static let signsOfAll = all.reduce(into: RowSigns()) { $0.formUnion($1.signs) }

    /// The rules of a row that names a customer that exists.
    package static let ofExistingCustomers: [Rule] = [customerIdSyntax]
}

/// What one rule found in one row.
struct Problems {
    private(set) var list: [Problem] = []

    /// One cell that breaks the rule.
    struct Problem {
        let column: Column
        let message: String
        let suggestion: String?
        /// Whether the suggestion may be wrong, so that only a person can take it.
        let isGuess: Bool
        /// The cells that the problem is about.
        let cells: ColumnSet
    }

    /// Notes a cell.
    ///
    /// - Parameters:
    ///   - column: the cell's column.
    ///   - message: what is wrong and what would be right, one sentence.
    ///   - suggestion: what to type instead, where it is known.
    ///   - isGuess: whether the suggestion may be wrong.
    ///   - cells: the cells that the problem is about, where there are others.
    mutating func note(
        _ column: Column,
        _ message: String,
        suggestion: String? = nil,
        isGuess: Bool = false,
        about cells: ColumnSet? = nil
    ) {
        let cells = cells ?? ColumnSet([column])
        list.append(
            Problem(column: column, message: message, suggestion: suggestion, isGuess: isGuess, cells: cells)
        )
    }

    /// Forgets what was noted.
    mutating func clear() { list.removeAll(keepingCapacity: true) }
}
