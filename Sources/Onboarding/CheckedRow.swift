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
    private let cells: [String]
    /// One bit per column whose cell is nothing but printable ASCII.
    private let plain: UInt32

    /// Normalises a record's cells and fills in the defaults.
    ///
    /// - Parameters:
    ///   - record: the record as read.
    ///   - columns: which cell is which.
    ///   - settings: the defaults and the domains' suffix.
    init(_ record: Record, columns: ColumnMap, settings: OnboardingSettings) {
        var cells = [String](repeating: "", count: Column.allCases.count)
        var plain: UInt32 = .max
        for (column, position) in columns.known where position < record.cells.count {
            let normalised = Text.normalised(record.cells[position])
            cells[column.rawValue] = normalised.text
            if !normalised.isPlain { plain &= ~(1 << UInt32(column.rawValue)) }
        }
        for (column, value) in settings.defaults where cells[column.rawValue].isEmpty { cells[column.rawValue] = value }
        let code = cells[Column.country.rawValue]
        country = Country.find(code)
        if country != nil { cells[Column.country.rawValue] = code.uppercasedASCII }
        domainSuffix = settings.domainSuffix
        domain = DomainName.form(of: cells[Column.domain.rawValue], suffix: settings.domainSuffix)
        email = EmailAddress.form(of: cells[Column.email.rawValue])
        self.columns = columns
        self.cells = cells
        self.plain = plain
    }

    /// A column's cell, normalised; empty where there is none.
    subscript(_ column: Column) -> String { cells[column.rawValue] }

    /// Whether a column's cell is nothing but printable ASCII.
    ///
    /// - Parameter column: the column.
    /// - Returns: whether it is.
    func isPlain(_ column: Column) -> Bool { plain & (1 << UInt32(column.rawValue)) != 0 }
}

extension String {
    /// The text with small ASCII letters as capitals; the same string where there are none.
    fileprivate var uppercasedASCII: String {
        utf8.contains { $0 &- UInt8(ascii: "a") < 26 } ? uppercased() : self
    }
}
