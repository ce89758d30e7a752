/// How badly a text fits a column: 0 where it is just what the column has.
///
/// One scale serves all columns, so that the ways to explain a row can be compared by their sums.
enum CellFit {
    /// It fits; it is a little odd; it may be another column's; it most likely is; it can't be this column's.
    static let fits = 0, odd = 1, doubtful = 2, poor = 3, strange = 4, wrong = 5, impossible = 6

    /// Says how badly a cell fits.
    ///
    /// - Parameters:
    ///   - cell: the cell.
    ///   - column: the column that it would stand in.
    ///   - country: the country that the row would have.
    ///   - state: the state that the row would have.
    /// - Returns: 0 to 6.
    static func misfit(_ cell: CellReading, _ column: Column, in country: Country?, state: CellReading) -> Int {
        guard !cell.isEmpty else { return misfitOfNothing(column, in: country) }
        let kinds = cell.kinds
        switch column {
        case .externalId, .customerId, .commerceId, .relationshipToPartner, .status, .problem: return fits
        case .email: return kinds.contains(.email) ? fits : impossible
        case .domain: return kinds.contains(.domain) ? fits : kinds.contains(.host) ? poor : impossible
        case _ where kinds.contains(.email) || kinds.contains(.domain): return impossible
        case .companyName: return misfitOfCompany(kinds)
        case .firstName, .middleName, .lastName: return misfitOfPerson(cell)
        case .culture:
            guard let region = cell.region else { return kinds.contains(.language) ? strange : impossible }
            return country == nil || region == country?.code ? fits : doubtful
        case .language: return kinds.contains(.language) ? fits : kinds.contains(.culture) ? poor : impossible
        case .organizationRegistrationNumber:
            return kinds.contains(.host) || kinds.contains(.culture) ? wrong : kinds.contains(.digits) ? fits : doubtful
        case .associatedPartnerId:
            if cell.text.isGUID { return fits }
            guard kinds.contains(.digits), kinds.isDisjoint(with: [.letters, .phoneNumber]) else { return strange }
            if cell.text.utf8.allSatisfy(\.isASCIIDigit) { return fits }
            // Digits in groups are a telephone's, where the country has such a number.
            if case .valid = PhoneNumber.form(of: cell.text.utf8Span.span, in: country) { return strange }
            return odd
        case .country:
            return kinds.contains(.countryCode) ? fits : kinds.contains(.countryName) ? doubtful : impossible
        case .state: return misfitOfState(cell, in: country)
        case .postalCode: return misfitOfPostalCode(cell, in: country, state: state)
        case .phoneNumber: return misfitOfPhone(cell, in: country)
        case .addressLine1, .addressLine2, .addressLine3, .city, .district, .region:
            return misfitOfPlace(cell, column, in: country)
        }
    }

    private static func misfitOfNothing(_ column: Column, in country: Country?) -> Int {
        switch column {
        case .postalCode: country?.requiresPostalCode == true ? poor : fits
        case .state:
            switch country?.state {
            case .listed, .named: poor
            case .known: odd
            default: fits
            }
        default: column.isRequired ? poor : fits
        }
    }

    private static func misfitOfCompany(_ kinds: CellKinds) -> Int {
        if kinds.contains(.culture) || kinds.contains(.phoneNumber) { return wrong }
        if kinds.contains(.street) || !kinds.contains(.letters) { return doubtful }
        return fits
    }

    private static func misfitOfPerson(_ cell: CellReading) -> Int {
        let kinds = cell.kinds
        if !kinds.isDisjoint(with: [.host, .culture, .phoneNumber]) { return impossible }
        if kinds.contains(.legalForm) || kinds.contains(.street) { return strange }
        // Gallo 3rd is a man, and Referat 12 opens the letters of an office.
        if kinds.contains(.digits) {
            return kinds.contains(.letters) && !kinds.contains(.leadingNumber) ? doubtful : poor
        }
        if cell.text.utf8.contains(UInt8(ascii: "&")) { return doubtful }
        return fits
    }

    private static func misfitOfState(_ cell: CellReading, in country: Country?) -> Int {
        let kinds = cell.kinds
        let hasLetters = kinds.contains(.letters)
        if !hasLetters && cell.text.utf8.count > 3 || !kinds.isDisjoint(with: [.street, .legalForm]) {
            return impossible
        }
        guard let country else { return cell.ownersOfCode.isEmpty && cell.ownersOfName.isEmpty ? odd : fits }
        if cell.ownersOfCode.contains(where: { $0 === country })
            || cell.ownersOfName.contains(where: { $0 === country })
        {
            return fits
        }
        switch country.state {
        case .listed, .named: return wrong
        case .known: return poor
        case .none where cell.country === country && kinds.contains(.countryName): return fits
        case .none:
            if kinds.contains(.countryCode) { return doubtful }
            return kinds.contains(.countryName) && cell.ownersOfName.isEmpty ? doubtful : odd
        }
    }

    private static func misfitOfPostalCode(_ cell: CellReading, in country: Country?, state: CellReading) -> Int {
        let kinds = cell.kinds
        if cell.text.hasPrefix("+") || kinds.contains(.street) || kinds.contains(.host) { return impossible }
        guard let country, country.postalPattern != nil else {
            if kinds.contains(.phoneNumber) { return wrong }
            return kinds.contains(.digits) && cell.text.utf8.count <= 10 ? fits : poor
        }
        // In most countries a code without a digit fits no pattern; two letters are never one.
        guard kinds.contains(.digits) else { return impossible }
        switch PostalCodeForm(cell.text.utf8Span.span, state: state.text.utf8Span.span, in: country) {
        case .right: return fits
        case .elsewhere: return poor
        case .loose, .disguised, .number, .withoutZeros: return odd
        case .different: return wrong
        }
    }

    private static func misfitOfPhone(_ cell: CellReading, in country: Country?) -> Int {
        guard cell.kinds.contains(.digits) else { return impossible }
        let digits = cell.text.utf8.count { $0.isASCIIDigit }
        switch PhoneNumber.form(of: cell.text.utf8Span.span, in: country) {
        case .strange, .labelled(_, isCertain: false): return impossible
        case .absent: return fits
        case .withoutZero: return odd
        case .number, .misread, .several, .labelled(_, isCertain: true): return odd
        case .local, .unknown: return digits > 6 ? doubtful : poor
        case .valid:
            if isForeign(cell.text.utf8Span.span, to: country) { return doubtful }
            return digits > 6 ? fits : odd
        }
    }

    /// Whether a phone number begins with another country's calling code.
    ///
    /// - Parameters:
    ///   - phoneNumber: the number.
    ///   - country: the country.
    /// - Returns: whether it does; not where it begins with none.
    static func isForeign(_ phoneNumber: Span<UInt8>, to country: Country?) -> Bool {
        guard !phoneNumber.isEmpty, phoneNumber[0] == UInt8(ascii: "+"), let plan = country?.phonePlan else {
            return false
        }
        var rest = plan.callingCode[...]
        for index in phoneNumber.indices where phoneNumber[index].isASCIIDigit {
            guard let digit = rest.popFirst() else { return false }
            guard phoneNumber[index] - UInt8(ascii: "0") == digit else { return true }
        }
        return !rest.isEmpty
    }
}
