internal import Manifests

/// A row as the rules see it: every cell normalised, and what several rules ask for worked out once.
///
/// It is an object, as it passes through many hands: each copy of so many values would cost as much as a rule.
final class CheckedRow {
    /// The columns of the manifest.
    let columns: ColumnMap
    /// How domains should end.
    let domainSuffix: String
    /// The row's country, where its cell names one by code.
    let country: Country?
    /// The row's country, or the one whose name stands in its cell, by which the rest of the address is judged.
    let meantCountry: Country?
    /// Whether the rest of the row tells of another country than the one whose name stands in the cell.
    let isCountryDoubtful: Bool
    let domain: DomainForm
    /// How a domain that is wrong only looks like one that is right.
    let disguise: DomainDisguise?
    let postalCode: PostalCodeForm
    let phoneNumber: PhoneForm
    /// The cells, normalised.
    let cells: RowCells
    /// The cells as the record has them.
    private let recorded: RecordCells
    /// The columns that have a cell which is not empty.
    let filled: ColumnSet
    /// The columns whose cell is more than printable ASCII.
    let intricate: ColumnSet
    /// The columns of codes that no other sign is for.
    private static let codes = ColumnSet([.organizationRegistrationNumber, .culture, .language, .associatedPartnerId])
    /// The columns whose digits may be of full width.
    private static let numbers = ColumnSet([.postalCode, .phoneNumber])
    /// What about the row is unusual.
    private(set) var signs: RowSigns
    /// How the cells stand to the columns.
    private(set) var shape = RowShape.asItStands
    /// The columns whose cell may be what a spreadsheet made of another: by its first letters and its length.
    let converted: ColumnSet

    /// Normalises a record's cells and fills in the defaults.
    ///
    /// - Parameters:
    ///   - record: the record as read.
    ///   - columns: which cell is which.
    ///   - settings: the defaults and the domains' suffix.
    init(_ record: borrowing Record, columns: ColumnMap, settings: borrowing OnboardingSettings) {
        var cells = RowCells(record.cells)
        var (filled, intricate, converted) = (ColumnSet(), ColumnSet(), ColumnSet())
        var signs: RowSigns = .always
        // Most records are plain text altogether, and their cells need no look of their own.
        let source = record.cells.bytes
        let isPlain = source.span.isPlain
        for (column, position) in columns.known where position < record.cells.count {
            // Every third cell, or so, is empty.
            let recorded = record.cells.range(of: position)
            guard !recorded.isEmpty else { continue }
            let cell = source.span.extracting(recorded)
            let traits = isPlain ? .ofPlainText : TextTraits(cell)
            let trimmed = Text.trimmed(cell)
            guard !trimmed.isEmpty else { continue }
            let text = cell.extracting(trimmed)
            filled.insert(column)
            if !traits.isPlain { intricate.insert(column) }
            var found: RowSigns
            if !traits.isComposed, let composed = Text.composed(text) {
                cells[column] = composed
                found = Self.signs(of: composed.utf8Span.span, traits, in: column)
                // The Greek question mark becomes a semicolon.
                if composed.utf8Span.span.lookedThrough.hasMark { found.insert(.replacedCharacter) }
            } else {
                let start = recorded.lowerBound + trimmed.lowerBound
                cells[at: column] = start..<start + trimmed.count
                found = Self.signs(of: text, traits, in: column)
            }
            if found.contains(.convertedValue) { converted.insert(column) }
            signs.formUnion(found)
        }
        // No letter or digit beyond ASCII belongs there, of whatever script.
        if !intricate.isDisjoint(with: Self.codes) || intricate.contains(.externalId) { signs.insert(.oddCharacter) }
        for column in Self.numbers.columns where intricate.contains(column) {
            if let narrow = LookalikeText.narrow(cells[column]) { cells[column] = narrow }
        }
        if !settings.defaults.isEmpty {
            for (column, value) in settings.defaults where cells[at: column].isEmpty && !value.isEmpty {
                cells[column] = value
                filled.insert(column)
                signs.insert(.unusualLength)
            }
        }
        let country = Country.find(cells.bytes.span.extracting(cells[at: .country]))
        let named = country == nil ? Self.country(named: cells[.country], of: cells) : nil
        let meantCountry = country ?? named?.country
        isCountryDoubtful = named?.isDoubtful == true
        if country != nil { cells.capitalise(.country) { _ in true } }
        if let meantCountry { cells.capitalise(.state) { meantCountry.isOnList($0.utf8Span.span) } }
        let bytes = cells.bytes.span
        let (state, phone) = (bytes.extracting(cells[at: .state]), bytes.extracting(cells[at: .phoneNumber]))
        domainSuffix = settings.domainSuffix
        domain = DomainName.form(of: bytes.extracting(cells[at: .domain]), suffix: settings.domainSuffix)
        disguise =
            intricate.contains(.domain) ? DomainDisguise(cells[.domain], suffix: settings.domainSuffix) : nil
        postalCode = PostalCodeForm(bytes.extracting(cells[at: .postalCode]), state: state, in: meantCountry)
        if intricate.contains(.phoneNumber), let plain = LookalikeText.plain(cells[.phoneNumber]) {
            phoneNumber = PhoneNumber.form(of: plain.utf8Span.span, in: meantCountry)
        } else {
            phoneNumber = PhoneNumber.form(of: phone, in: meantCountry)
        }
        signs.formUnion(Self.signs(ofNamesIn: cells))
        signs.formUnion(Self.signs(ofAddressIn: cells, filled: filled, country, meant: meantCountry))
        if case .valid(hasHyphen: false) = domain {} else { signs.insert(.domain) }
        if case .right = postalCode {} else { signs.insert(.postalCode) }
        switch phoneNumber {
        case .absent, .valid: break
        default: signs.insert(.phoneNumber)
        }
        self.signs = signs
        self.country = country
        self.meantCountry = meantCountry
        self.columns = columns
        self.cells = cells
        self.filled = filled
        self.intricate = intricate
        self.converted = converted
        recorded = record.cells
        if isWorthExplaining {
            shape = RowShape.explanation(of: self)
            if case .asItStands = shape {} else { self.signs.insert(.shape) }
        }
    }

    /// The country that a cell names; one that it nearly names only where the rest of the row does not deny that.
    ///
    /// Bayern is nearly the name of Bahrain, but a German row tells that it is none.
    private static func country(
        named text: String,
        of cells: borrowing RowCells
    ) -> (country: Country, isDoubtful: Bool)? {
        guard !text.isEmpty, !text.utf8.contains(UInt8(ascii: "\\")), let found = Country.named(text) else {
            return nil
        }
        let country = found.country
        var (isLikely, isDenied) = (false, false)
        var isForeign = false
        let culture = LanguageTag(cells[.culture])
        if let culture, let region = culture.region, !culture.isForAll {
            if region == country.code { isLikely = true } else { (isDenied, isForeign) = (true, true) }
        }
        let bytes = cells.bytes.span
        let code = bytes.extracting(cells[at: .postalCode])
        if !code.isEmpty, country.postalPattern != nil {
            switch PostalCodeForm(code, state: bytes.extracting(cells[at: .state]), in: country) {
            case .right: isLikely = true
            case .different: isDenied = true
            default: break
            }
        }
        let phoneNumber = bytes.extracting(cells[at: .phoneNumber])
        if !CellFit.isForeign(phoneNumber, to: country) {
            switch PhoneNumber.form(of: phoneNumber, in: country) {
            case .valid: isLikely = true
            case .unknown: isDenied = true
            default: break
            }
        }
        guard isLikely || !isDenied || found.isExact else { return nil }
        return (country, !found.isExact || isForeign || isDenied && !isLikely)
    }

    /// What is unusual about a cell by itself.
    private static func signs(of bytes: Span<UInt8>, _ traits: TextTraits, in column: Column) -> RowSigns {
        var signs: RowSigns = []
        if !traits.isPlain {
            if traits.isOdd { signs.insert(.oddCharacter) }
            if Mojibake.isLikely(bytes) { signs.insert(.garbledText) }
        }
        if SpreadsheetValue.isLikely(bytes) || isNumber(column) && SpreadsheetNumber.isLikely(bytes) {
            signs.insert(.convertedValue)
        }
        if traits.hasMark || EscapedText.isLikely(bytes) { signs.insert(.replacedCharacter) }
        // No lower limit is above two characters and no upper one below fifty.
        if bytes.count > 49 || bytes.count < 6 && column == .companyName { signs.insert(.unusualLength) }
        return signs
    }

    /// Whether a column's cells are numbers, perhaps, that no country has a pattern of.
    private static func isNumber(_ column: Column) -> Bool {
        column == .externalId || column == .organizationRegistrationNumber
    }

    private static func signs(ofNamesIn cells: borrowing RowCells) -> RowSigns {
        let bytes = cells.bytes.span
        var signs: RowSigns = []
        if Names.isUnusual(company: bytes.extracting(cells[at: .companyName])) { signs.insert(.companyName) }
        for column in Names.ofPersons where Names.isUnusual(person: bytes.extracting(cells[at: column])) {
            signs.insert(.personName)
        }
        if Names.mayBePlaceholder(place: bytes.extracting(cells[at: .city]))
            || Names.mayBePlaceholder(place: bytes.extracting(cells[at: .addressLine1]))
        {
            signs.insert(.placeholder)
        }
        return signs
    }

    private static func signs(
        ofAddressIn cells: borrowing RowCells,
        filled: ColumnSet,
        _ country: Country?,
        meant meantCountry: Country?
    ) -> RowSigns {
        let bytes = cells.bytes.span
        var signs: RowSigns = []
        if country == nil { signs.insert(.country) }
        if !filled.isSuperset(of: Column.requiredColumns) || meantCountry?.isContent(with: filled) == false {
            signs.insert(.wrongCells)
        }
        if !EmailAddress.isUsual(bytes.extracting(cells[at: .email])) { signs.insert(.email) }
        if bytes.extracting(cells[at: .city]).hasASCIIDigit { signs.insert(.city) }
        let (culture, language) = (bytes.extracting(cells[at: .culture]), bytes.extracting(cells[at: .language]))
        if country?.isUsual(culture: culture, language: language) != true { signs.insert(.language) }
        if meantCountry?.mayRefuse(state: bytes.extracting(cells[at: .state])) == true { signs.insert(.state) }
        if filled.contains(.organizationRegistrationNumber),
            !bytes.extracting(cells[at: .organizationRegistrationNumber]).hasASCIIDigit
        {
            signs.insert(.wrongCells)
        }
        if let meantCountry, meantCountry.postalPattern == nil,
            Names.mayBePlaceholder(place: bytes.extracting(cells[at: .postalCode]))
        {
            signs.insert(.placeholder)
        }
        if filled.contains(.associatedPartnerId), !bytes.extracting(cells[at: .associatedPartnerId]).isASCIIDigits {
            signs.insert(.partner)
        }
        return signs
    }

    /// What the e-mail address is; few rows are asked.
    var email: EmailForm { EmailAddress.form(of: self[.email]) }

    /// The culture's parts; nil where the cell is no language tag.
    var culture: LanguageTag? { LanguageTag(self[.culture]) }

    /// The language's parts; nil where the cell is no language tag.
    var language: LanguageTag? { LanguageTag(self[.language]) }

    /// The text of a column's cell, normalised; empty where there is none.
    subscript(_ column: Column) -> String { cells[column] }

    /// Whether a no-break space was taken for an outer one at the end of a column's cell.
    ///
    /// - Parameter column: the column.
    /// - Returns: whether the cell ends in one, as the record has it.
    func endsInNoBreakSpace(_ column: Column) -> Bool {
        guard let position = columns.position(of: column), position < recorded.count else { return false }
        return recorded[position].utf8.suffix(2).elementsEqual([0xC2, 0xA0])
    }

    /// The cells by their positions in the manifest, normalised, with those behind the header's last that hold something.
    var texts: [String] {
        let filled = recorded.lastIndex { !Text.normalised($0).isEmpty } ?? 0
        let count = max(columns.width, min(filled + 1, columns.width + 1))
        var texts = (0..<count).map { $0 < recorded.count ? Text.normalised(recorded[$0]) : "" }
        for (column, position) in columns.known where !self[column].isEmpty { texts[position] = self[column] }
        // A city with its postal code is a city none the less.
        if let position = columns.position(of: .city), let city = TextBeside(self[.postalCode], in: self[.city]),
            city.hasLetter
        {
            texts[position] = city.rest
        }
        return texts
    }

    /// Whether the record has a cell behind the header's last.
    var hasSurplus: Bool {
        recorded.count > columns.width && !Text.normalised(recorded[columns.width]).isEmpty
    }
}

extension String {
    /// The text with ASCII capitals as small letters; the same string where there are none.
    var lowercasedASCII: String {
        utf8Span.span.hasLetter(from: UInt8(ascii: "A")) ? lowercased() : self
    }

    /// The text with small ASCII letters as capitals; the same string where there are none.
    var uppercasedASCII: String {
        utf8Span.span.hasLetter(from: UInt8(ascii: "a")) ? uppercased() : self
    }
}

extension Span<UInt8> {
    /// Whether one of the ASCII digits is among the bytes.
    var hasASCIIDigit: Bool {
        for index in indices where self[index].isASCIIDigit { return true }
        return false
    }

    /// Whether there is nothing else than ASCII digits.
    var isASCIIDigits: Bool {
        for index in indices where !self[index].isASCIIDigit { return false }
        return true
    }

    /// Whether one of the 26 ASCII letters from `A` or `a` on is among the bytes.
    func hasLetter(from first: UInt8) -> Bool {
        for index in indices where self[index] &- first < 26 { return true }
        return false
    }

    /// Whether two texts have the same bytes.
    func elementsEqual(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
