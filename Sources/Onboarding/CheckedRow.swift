internal import Manifests

/// A row as the rules see it: every cell normalised, and what several rules ask for worked out once.
struct CheckedRow {
    /// The columns of the manifest.
    let columns: ColumnMap
    /// How domains should end.
    let domainSuffix: String
    /// The row's country, where its cell names one by code.
    let country: Country?
    /// The row's country, or the one whose name stands in its cell, by which the rest of the address is judged.
    let meantCountry: Country?
    let domain: DomainForm
    /// How a domain that is wrong only looks like one that is right.
    let disguise: DomainDisguise?
    let email: EmailForm
    let postalCode: PostalCodeForm
    let phoneNumber: PhoneForm
    /// The culture's parts, and the language's; nil where the cell is no language tag.
    let culture, language: LanguageTag?
    private let cells: [String]
    /// The columns that have a cell which is not empty.
    let filled: ColumnSet
    /// The columns whose cell is more than printable ASCII.
    let intricate: ColumnSet
    /// What about the row is unusual.
    let signs: RowSigns
    /// The columns whose cell may be what a spreadsheet made of another: by its first letters and its length.
    let converted: ColumnSet

    /// Normalises a record's cells and fills in the defaults.
    ///
    /// - Parameters:
    ///   - record: the record as read.
    ///   - columns: which cell is which.
    ///   - settings: the defaults and the domains' suffix.
    init(_ record: Record, columns: ColumnMap, settings: OnboardingSettings) {
        var cells = [String](repeating: "", count: Column.allCases.count)
        var (filled, intricate, converted) = (ColumnSet(), ColumnSet(), ColumnSet())
        var signs: RowSigns = .always
        for (column, position) in columns.known where position < record.cells.count {
            let normalised = Text.normalised(record.cells[position])
            guard !normalised.text.isEmpty else { continue }
            cells[column.rawValue] = normalised.text
            filled.insert(column)
            if !normalised.traits.isPlain {
                intricate.insert(column)
                if normalised.traits.isOdd { signs.insert(.oddCharacter) }
                if Mojibake.isLikely(normalised.text) { signs.insert(.garbledText) }
            }
            if SpreadsheetValue.isLikely(normalised.text) { converted.insert(column) }
            if LostLetters.isLikely(normalised.text) { signs.insert(.replacedCharacter) }
            let count = normalised.text.utf8.count
            // No lower limit is above two characters and no upper one below fifty.
            if count > 49 || count < 6 && column == .companyName { signs.insert(.unusualLength) }
        }
        if !converted.isEmpty { signs.insert(.convertedValue) }
        for column in [Column.postalCode, .phoneNumber] where intricate.contains(column) {
            cells[column.rawValue] = LookalikeText.narrow(cells[column.rawValue]) ?? cells[column.rawValue]
        }
        for (column, value) in settings.defaults where cells[column.rawValue].isEmpty && !value.isEmpty {
            cells[column.rawValue] = value
            filled.insert(column)
            signs.insert(.unusualLength)
        }
        let code = cells[Column.country.rawValue]
        country = Country.find(code)
        meantCountry = country ?? (code.isEmpty ? nil : Country.named(code)?.country)
        if country != nil { cells[Column.country.rawValue] = code.uppercasedASCII }
        let state = cells[Column.state.rawValue]
        if let meantCountry, meantCountry.isOnList(state.uppercasedASCII) {
            cells[Column.state.rawValue] = state.uppercasedASCII
        }
        domainSuffix = settings.domainSuffix
        domain = DomainName.form(of: cells[Column.domain.rawValue], suffix: settings.domainSuffix)
        disguise =
            intricate.contains(.domain)
            ? DomainDisguise(cells[Column.domain.rawValue], suffix: settings.domainSuffix) : nil
        postalCode = PostalCodeForm(
            cells[Column.postalCode.rawValue],
            state: cells[Column.state.rawValue],
            in: meantCountry
        )
        let phone = cells[Column.phoneNumber.rawValue]
        let plainPhone = intricate.contains(.phoneNumber) ? LookalikeText.plain(phone) ?? phone : phone
        phoneNumber = PhoneNumber.form(of: plainPhone, in: meantCountry)
        email = EmailAddress.form(of: cells[Column.email.rawValue])
        culture = LanguageTag(cells[Column.culture.rawValue])
        language = LanguageTag(cells[Column.language.rawValue])
        signs.formUnion(Self.signs(ofNamesIn: cells))
        if country == nil { signs.insert(.country) }
        if !filled.isSuperset(of: Column.requiredColumns) || meantCountry?.isContent(with: filled) == false {
            signs.insert(.wrongCells)
        }
        if case .valid(hasHyphen: false) = domain {} else { signs.insert(.domain) }
        if !email.isUsual { signs.insert(.email) }
        if case .right = postalCode {} else { signs.insert(.postalCode) }
        switch phoneNumber {
        case .absent, .valid: break
        default: signs.insert(.phoneNumber)
        }
        if country?.isUsual(culture, language) != true { signs.insert(.language) }
        if meantCountry?.mayRefuse(state: cells[Column.state.rawValue]) == true { signs.insert(.state) }
        self.signs = signs
        self.columns = columns
        self.cells = cells
        self.filled = filled
        self.intricate = intricate
        self.converted = converted
    }

    private static func signs(ofNamesIn cells: [String]) -> RowSigns {
        var signs: RowSigns = []
        if Names.isUnusual(company: cells[Column.companyName.rawValue]) { signs.insert(.companyName) }
        for column in Names.ofPersons where Names.isUnusual(person: cells[column.rawValue]) {
            signs.insert(.personName)
        }
        return signs
    }

    /// A column's cell, normalised; empty where there is none.
    subscript(_ column: Column) -> String { cells[column.rawValue] }

    /// The cell at a position, normalised; nil where no known column stands there.
    ///
    /// - Parameter position: the position in the manifest, from 0.
    /// - Returns: its text.
    func text(at position: Int) -> String? {
        columns.column(at: position).map { self[$0] }
    }
}

extension String {
    /// The text with ASCII capitals as small letters; the same string where there are none.
    var lowercasedASCII: String {
        utf8.contains { $0 &- UInt8(ascii: "A") < 26 } ? lowercased() : self
    }

    /// The text with small ASCII letters as capitals; the same string where there are none.
    var uppercasedASCII: String {
        utf8.contains { $0 &- UInt8(ascii: "a") < 26 } ? uppercased() : self
    }
}
