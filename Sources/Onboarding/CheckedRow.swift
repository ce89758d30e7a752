internal import Manifests

/// A row as the rules see it: every cell normalised, and what several rules ask for worked out once.
struct CheckedRow {
    /// The columns of the manifest.
    let columns: ColumnMap
    /// How domains should end.
    let domainSuffix: String
    /// The row's country, where its cell names one by code.
    let country: Country?
    let domain: DomainForm
    let email: EmailForm
    /// The culture's parts, and the language's; nil where the cell is no language tag.
    let culture, language: LanguageTag?
    private let cells: [String]
    /// The columns that have a cell which is not empty.
    let filled: ColumnSet
    /// The columns whose cell is more than printable ASCII.
    let intricate: ColumnSet

    /// Normalises a record's cells and fills in the defaults.
    ///
    /// - Parameters:
    ///   - record: the record as read.
    ///   - columns: which cell is which.
    ///   - settings: the defaults and the domains' suffix.
    init(_ record: Record, columns: ColumnMap, settings: OnboardingSettings) {
        var cells = [String](repeating: "", count: Column.allCases.count)
        var (filled, intricate) = (ColumnSet(), ColumnSet())
        for (column, position) in columns.known where position < record.cells.count {
            let normalised = Text.normalised(record.cells[position])
            guard !normalised.text.isEmpty else { continue }
            cells[column.rawValue] = normalised.text
            filled.insert(column)
            if !normalised.isPlain { intricate.insert(column) }
        }
        for (column, value) in settings.defaults where cells[column.rawValue].isEmpty && !value.isEmpty {
            cells[column.rawValue] = value
            filled.insert(column)
        }
        let code = cells[Column.country.rawValue]
        country = Country.find(code)
        if country != nil { cells[Column.country.rawValue] = code.uppercasedASCII }
        domainSuffix = settings.domainSuffix
        domain = DomainName.form(of: cells[Column.domain.rawValue], suffix: settings.domainSuffix)
        email = EmailAddress.form(of: cells[Column.email.rawValue])
        culture = LanguageTag(cells[Column.culture.rawValue])
        language = LanguageTag(cells[Column.language.rawValue])
        self.columns = columns
        self.cells = cells
        self.filled = filled
        self.intricate = intricate
    }

    /// A column's cell, normalised; empty where there is none.
    subscript(_ column: Column) -> String { cells[column.rawValue] }
}

extension String {
    /// The text with small ASCII letters as capitals; the same string where there are none.
    var uppercasedASCII: String {
        utf8.contains { $0 &- UInt8(ascii: "a") < 26 } ? uppercased() : self
    }
}
