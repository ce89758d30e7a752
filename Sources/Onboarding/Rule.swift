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
    /// Whether what it suggests is safe to type for the person, where the person accepts such repairs.
    package let isRepairable: Bool
    /// Looks at a row and notes each cell that breaks the rule.
    let check: @Sendable (_ row: CheckedRow, _ problems: inout Problems) -> Void

    init(
        _ name: String,
        _ severity: Finding.Severity,
        _ summary: String,
        isRepairable: Bool = false,
        check: @escaping @Sendable (_ row: CheckedRow, _ problems: inout Problems) -> Void
    ) {
        self.name = name
        self.severity = severity
        self.summary = summary
        self.isRepairable = isRepairable
        self.check = check
    }

    /// All rules of a row that asks for a customer.
    package static let all: [Rule] = [
        fieldRequired, fieldLength, textCharacters, textLineBreak,
        damageShiftedCells, damageSwappedCells, damageErrorValue, damageTruthValue, damageDate,
        damageExponent, damageLostDigits, damageEncoding, damageCodeCharacters, damageSpace,
        companyNameContent, companyNameDoubtful,
        domainSyntax, domainIDN, domainHomoglyph, domainSuffix, domainLength, domainHyphen,
        registrationNumberRequired, registrationNumberRefused,
        emailSyntax, emailTopLevelDomain, emailMicrosoft, emailUnusual,
        personNameContent, personNamePlaceholder, personNameLength,
        cultureSyntax, cultureKnown, cultureCountry, languageSyntax, languageKnown, languageCountry,
        countryCode, stateRequired, stateCode, stateExpected, stateName, regionUnitedStates,
        postalCodeRequired, postalCodePattern, postalCodeLeadingZero, postalCodeFormat,
        phoneNumberRequired, phoneNumberExpected, phoneNumberSyntax, phoneNumberCountry, phoneNumberLeadingZero,
        phoneNumberFormat,
    ]

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
    }

    /// Notes a cell.
    ///
    /// - Parameters:
    ///   - column: the cell's column.
    ///   - message: what is wrong and what would be right, one sentence.
    ///   - suggestion: what to type instead, where it is known.
    mutating func note(_ column: Column, _ message: String, suggestion: String? = nil) {
        list.append(Problem(column: column, message: message, suggestion: suggestion))
    }

    /// Forgets what was noted.
    mutating func clear() { list.removeAll(keepingCapacity: true) }
}
