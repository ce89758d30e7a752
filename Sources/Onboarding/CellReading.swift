/// What a text can be, told by its form alone, whatever column it stands in.
struct CellKinds: OptionSet, Sendable {
    let rawValue: UInt16

    static let letters = CellKinds(rawValue: 1 << 0)
    static let digits = CellKinds(rawValue: 1 << 1)
    static let email = CellKinds(rawValue: 1 << 2)
    /// A host's name, such as `contoso.com`.
    static let host = CellKinds(rawValue: 1 << 3)
    /// A domain with the suffix that customers' domains have.
    static let domain = CellKinds(rawValue: 1 << 4)
    /// A language with its region.
    static let culture = CellKinds(rawValue: 1 << 5)
    static let language = CellKinds(rawValue: 1 << 6)
    /// A country's code of two letters.
    static let countryCode = CellKinds(rawValue: 1 << 7)
    /// A country's name or its code of three letters.
    static let countryName = CellKinds(rawValue: 1 << 8)
    /// Seven digits or more and the signs of phone numbers, with a plus or signs between.
    static let phoneNumber = CellKinds(rawValue: 1 << 9)
    /// It has a word such as street, and a number.
    static let street = CellKinds(rawValue: 1 << 10)
    /// It ends with a company's legal form.
    static let legalForm = CellKinds(rawValue: 1 << 11)
    /// It begins with a number, and words follow.
    static let leadingNumber = CellKinds(rawValue: 1 << 12)
}

/// One cell's text with all that it can be.
struct CellReading: Sendable {
    let text: String
    private(set) var kinds: CellKinds = []
    /// The country that it names.
    private(set) var country: Country?
    /// The countries that have a state of this code, and those that have one of this name.
    private(set) var ownersOfCode: [Country] = []
    private(set) var ownersOfName: [Country] = []
    /// A culture's region.
    private(set) var region: String?

    var isEmpty: Bool { text.isEmpty }

    /// The reading of an empty cell.
    static let empty = CellReading("", domainSuffix: "")

    /// Reads a cell.
    ///
    /// - Parameters:
    ///   - text: the cell, normalised.
    ///   - domainSuffix: how customers' domains end.
    init(_ text: String, domainSuffix: String) {
        self.text = text
        guard !text.isEmpty else { return }
        let bytes = text.utf8Span.span
        readCharacters(bytes)
        guard kinds.isDisjoint(with: .email) else { return }
        readNames(bytes, domainSuffix)
        if kinds.contains(.digits) { readNumbers() }
        if text.utf8.count > 4, CompanyForm.ends(text) { kinds.insert(.legalForm) }
    }

    private mutating func readCharacters(_ bytes: Span<UInt8>) {
        var digits = 0
        var signs = 0
        var others = 0
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "@"): kinds.insert(.email)
            case UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: "/"):
                signs += 1
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            case 0x80...,
                _ where byte.isASCIILetter:
                kinds.insert(.letters)
            default: others += 1
            }
        }
        guard digits > 0 else { return }
        kinds.insert(.digits)
        let isPhone = digits > 6 && others == 0 && !kinds.contains(.letters) && (signs > 0 || digits > 9)
        if isPhone { kinds.insert(.phoneNumber) }
    }

    private mutating func readNames(_ bytes: Span<UInt8>, _ domainSuffix: String) {
        if kinds.contains(.letters), DomainName.isHostName(bytes) { kinds.insert(.host) }
        // Also one that is misspelt before the suffix belongs to no other column.
        if kinds.contains(.letters), text.lowercasedASCII.hasSuffix("." + domainSuffix) { kinds.insert(.domain) }
        guard !kinds.contains(.digits), bytes.count <= Self.longestName else { return }
        if let tag = LanguageTag(text) {
            if let region = tag.region, Languages.codes.contains(tag.language[...]) {
                kinds.insert(.culture)
                self.region = region
            } else if tag.region == nil, bytes.count == 2, Languages.codes.contains(tag.language[...]) {
                kinds.insert(.language)
            }
        }
        let folded = Text.folded(text)
        if let found = Country.find(text) {
            (country, kinds) = (found, kinds.union(.countryCode))
        } else if let found = Country.called(folded) {
            (country, kinds) = (found, kinds.union(.countryName))
        }
        if bytes.count <= 3 { ownersOfCode = States.byCode[text.uppercasedASCII] ?? [] }
        ownersOfName = States.byName[folded] ?? []
    }

    /// Names of countries and states are not longer, in bytes.
    private static let longestName = 64

    private mutating func readNumbers() {
        guard kinds.contains(.letters) else { return }
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" || $0 == "/" || $0 == "." }
        if words.contains(where: StreetWords.contains) { kinds.insert(.street) }
        guard words.count > 1, let first = words.first else { return }
        if first.utf8.allSatisfy(\.isASCIIDigit) { kinds.insert(.leadingNumber) }
    }
}

/// Which countries have a state of a code or name.
private enum States {
    static let byCode = owners { [$0.code] }
    static let byName = owners { part in (part.names + part.otherNames).map(Text.folded).filter { $0.utf8.count > 2 } }

    private static func owners(_ keys: (Country.Subdivision) -> [String]) -> [String: [Country]] {
        var table: [String: [Country]] = [:]
        for country in Country.all {
            for key in Set(country.subdivisions.flatMap(keys)) { table[key, default: []].append(country) }
        }
        return table
    }
}
