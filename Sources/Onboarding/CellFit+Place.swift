/// How badly a text fits the columns that take nearly any words.
extension CellFit {
    /// Says how badly a cell fits as a street, a city or the like.
    ///
    /// - Parameters:
    ///   - cell: the cell, not empty.
    ///   - column: the column that it would stand in.
    ///   - country: the country that the row would have.
    /// - Returns: 0 to 6.
    static func misfitOfPlace(_ cell: CellReading, _ column: Column, in country: Country?) -> Int {
        let kinds = cell.kinds
        if kinds.contains(.culture) || kinds.contains(.phoneNumber) { return wrong }
        if kinds.contains(.host) && !cell.text.utf8.contains(UInt8(ascii: " ")) && column != .city { return strange }
        let isCode = isPostalCode(cell, in: country)
        switch column {
        case .city: return misfitOfCity(cell, isCode: isCode, in: country)
        case .addressLine1:
            if isCode || !kinds.contains(.letters) && cell.text.utf8.count > 2 { return strange }
            if kinds.contains(.digits) { return fits }
            if isAbbreviation(cell) { return poor }
            return kinds.contains(.legalForm) || kinds.contains(.countryName) ? doubtful : odd
        case .region where country?.code == "US": return poor
        default:
            if isCode || !kinds.contains(.letters) && cell.text.utf8.count > 3 { return poor }
            return isAbbreviation(cell) ? doubtful : fits
        }
    }

    private static func misfitOfCity(_ cell: CellReading, isCode: Bool, in country: Country?) -> Int {
        let kinds = cell.kinds
        if isCode || !kinds.contains(.letters) { return wrong }
        guard kinds.contains(.digits) else {
            if kinds.contains(.legalForm) { return poor }
            if isAbbreviation(cell) { return doubtful }
            return kinds.contains(.countryName) && cell.country !== country && cell.ownersOfName.isEmpty ? odd : fits
        }
        if kinds.contains(.street) { return strange }
        // 100 Mile House is a town; and a number behind a word is a postal code's or a district's as often as a house's.
        return kinds.contains(.leadingNumber) ? doubtful : odd
    }

    /// Whether a text is two or three capitals such as a state's or a country's code.
    private static func isAbbreviation(_ cell: CellReading) -> Bool {
        guard cell.kinds.contains(.countryCode) || !cell.ownersOfCode.isEmpty else { return false }
        return cell.text.utf8.allSatisfy { $0 &- UInt8(ascii: "A") < 26 }
    }

    /// Whether a text with letters and digits, or digits alone, is a postal code as the country writes them.
    private static func isPostalCode(_ cell: CellReading, in country: Country?) -> Bool {
        guard cell.kinds.contains(.digits), cell.text.utf8.count > 3 else { return false }
        return country?.postalPattern?.matches(cell.text) == true
    }
}
