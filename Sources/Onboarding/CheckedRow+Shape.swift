internal import Manifests

/// Whether a row's cells may stand in wrong columns.
extension CheckedRow {
    /// Whether something in the row is reason enough to look for another explanation of it than that it stands right.
    ///
    /// It must be quick, and is therefore true of many a row in which nothing stands wrong.
    var isWorthExplaining: Bool {
        guard cells[at: .customerId].isEmpty else { return false }
        let text = cells.bytes
        let bytes = text.span
        guard case .valid = domain, isAddressable, case .right = postalCode, let country, hasLanguages, !hasSurplus
        else { return true }
        if case .strange = phoneNumber { return true }
        if signs.contains(.partner) { return true }
        if signs.contains(.state) || signs.contains(.city) || cells[at: .city].count < 3 { return true }
        let address = bytes.extracting(cells[at: .addressLine1])
        if address.isNumber { return true }
        // Nearly all addresses have a number.
        if !address.hasASCIIDigit, CompanyForm.ends(address.validText) { return true }
        if hasCompany(in: .firstName) || hasCompany(in: .lastName) { return true }
        // Many a company writes a foreign language; fewer have a foreign telephone too.
        guard signs.contains(.language), culture?.region != country.code else { return false }
        return country.subdivisions.isEmpty && !cells[at: .state].isEmpty
            || signs.contains(.phoneNumber) || CellFit.isForeign(bytes.extracting(cells[at: .phoneNumber]), to: country)
    }

    /// Whether the e-mail address is one; of a usual one that is known without reading it again.
    private var isAddressable: Bool {
        guard signs.contains(.email) else { return true }
        if case .valid = email { return true }
        return false
    }

    /// Whether culture and language are such; of a country's own that is known without reading them again.
    private var hasLanguages: Bool {
        !signs.contains(.language) || culture?.region != nil && language != nil
    }

    private func hasCompany(in column: Column) -> Bool {
        let text = cells.bytes
        let bytes = text.span.extracting(cells[at: column])
        var hasSpace = false
        for index in bytes.indices {
            if bytes[index].isASCIIDigit || bytes[index] == UInt8(ascii: "&") { return true }
            if bytes[index] == UInt8(ascii: " ") { hasSpace = true }
        }
        // One word of ASCII has no legal form behind it, and most names are such.
        guard bytes.count > 4 else { return false }
        let mayBeEastern = bytes[0] >= 0x80 || bytes[0] == UInt8(ascii: "(") || bytes[bytes.count - 1] >= 0x80
        return (hasSpace || mayBeEastern) && CompanyForm.ends(bytes.validText)
    }
}

extension Span<UInt8> {
    /// Whether there are no other bytes than digits and hyphens; true where there is none.
    fileprivate var isNumber: Bool {
        for index in indices where !self[index].isASCIIDigit && self[index] != UInt8(ascii: "-") { return false }
        return true
    }
}
