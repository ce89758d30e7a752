internal import Manifests
internal import Platform

/// What is known of a country: published facts, and what the service decides.
///
/// A country is added or changed in `Sources/CResources`: what the service decides in `country-rules.tsv`, by hand, and
/// the rest in `countries.tsv`, which `scripts/update-country-data` writes.
final class Country: Sendable {
    /// What the service says of a cell in a country's rows.
    enum Demand: Substring, Sendable {
        /// The row is refused without it.
        case required
        /// It is not asked for.
        case none = ""
    }

    /// How a state is looked at.
    enum StateCheck: Substring, Sendable {
        /// The service requires one of its list.
        case listed
        /// The service requires one; whether by its code or its name is not known.
        case named
        /// One is expected; whether the service has the same list is not known.
        case known
        case none = ""
    }

    /// ISO 3166-1 alpha-2.
    let code: String
    let alpha3: String
    /// Its English name.
    let name: String
    /// What else people call it: thirty names or more, which are taken apart where somebody asks for them.
    var otherNames: [String] { otherNameLists.flatMap(\.names) }
    private let otherNameLists: [Substring]
    let requiresPostalCode: Bool
    /// What its postal codes look like; nil where it has none, or any goes.
    let postalPattern: PostalPattern?
    /// The same pattern without its spaces and hyphens.
    let loosePostalPattern: PostalPattern?
    let postalExample: String
    /// Whether the pattern is the service's own, which refuses what people write beside it.
    let hasServicePattern: Bool
    /// Whether the service refuses a state and a postal code that disagree.
    let statesHavePostalCodes: Bool
    /// How the postal codes begin that begin with a zero; nil where that is not known.
    let leadingZeros: PostalPattern?
    /// Whether people write the zero that is dialled before a phone number, so that a number without it lost it.
    let writesZeroOfNumbers: Bool
    /// What mail from abroad has before the postal code, with a hyphen between: its code, or an old letter.
    let postalPrefixes: [String]
    /// The languages that are spoken there, by their shortest code.
    let languages: [String]
    /// The languages of a region or a minority there, which only its own cultures have: `de` of `de-IT`.
    let regionalLanguages: [String]
    /// The cultures that the service has for it; empty where they are not known.
    let cultures: [String]
    let registrationNumber: Demand
    let phoneNumber: Demand
    let state: StateCheck
    /// Its phone numbers; nil where it has none of its own.
    let phonePlan: PhonePlan?
    let subdivisions: [Subdivision]
    let subdivisionCodes: Set<String>
    /// What mail has for states and the service has as countries.
    let statesElsewhere: Set<String>
    /// What mail has for states and the service does not have at all.
    let statesNowhere: Set<String>
    /// The columns that its rows fill, and those that they leave empty.
    private let demanded, refused: ColumnSet
    /// Its code's place in a table of codes of two letters.
    private let place: Int?
    /// Which codes of two letters are languages that are spoken there, and a culture's.
    private let usualLanguages: [Bool]
    /// By codes and names as they are written, as they stand in most cells: these need no folding.
    private let subdivisionsByText: [String: Subdivision]
    /// Where each code of two letters stands among the subdivisions, by its place in a table of all such codes; empty
    /// where there are no subdivisions.
    private let subdivisionsByPlace: [UInt8]

    /// A state, province or the like.
    struct Subdivision: Sendable {
        let code: String
        let names: [String]
        /// Codes and names that it had before, and abbreviations.
        var otherNames: [String] = []
        /// How its postal codes begin; nil where that is not known.
        var postalCodes: PostalPattern?

        /// The name that it is known by, as mail has it: Maharashtra, not Mahārāshtra; its code where it has none.
        var name: String {
            guard let first = names.first else { return code }
            let plain = names.first { $0.utf8.allSatisfy { $0 < 0x80 } && Text.folded($0) == Text.folded(first) }
            return plain ?? first
        }
    }

    private init(_ row: [Substring], rules: [Substring]?, subdivisions: [Subdivision]) {
        let pattern = rules.map { $0[4] }.flatMap { $0.isEmpty ? nil : $0 } ?? row[4]
        code = String(row[0])
        alpha3 = String(row[1])
        name = String(row[2])
        otherNameLists = [row[7], rules?[6] ?? ""]
        requiresPostalCode = row[3] == "required"
        postalPattern = pattern.isEmpty ? nil : PostalPattern(pattern)
        loosePostalPattern = pattern.isEmpty ? nil : PostalPattern(pattern, omittingSeparators: true)
        postalExample = String(rules.map { $0[5] }.flatMap { $0.isEmpty ? nil : $0 } ?? row[5])
        let traits = Set(rules?[8].names ?? [])
        hasServicePattern = traits.contains("service")
        statesHavePostalCodes = traits.contains("state")
        leadingZeros = rules.map { $0[9] }.flatMap { $0.isEmpty ? nil : PostalPattern($0) }
        postalPrefixes = [code] + (rules?[10].names ?? [])
        languages = row[6].names
        regionalLanguages = row[8].names
        cultures = rules?[7].names ?? []
        registrationNumber = rules.flatMap { Demand(rawValue: $0[1]) } ?? .none
        phoneNumber = rules.flatMap { Demand(rawValue: $0[2]) } ?? .none
        state = rules.flatMap { StateCheck(rawValue: $0[3]) } ?? .none
        phonePlan = PhonePlan.all[row[0]]
        writesZeroOfNumbers = rules.map { $0[12] } != "optional"
        self.subdivisions = subdivisions
        subdivisionCodes = Set(subdivisions.map(\.code))
        let others = rules?[11].names ?? []
        statesElsewhere = Set(others.filter { !$0.hasPrefix("!") })
        statesNowhere = Set(others.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) })
        let texts = subdivisions.flatMap { part in ([part.code] + part.names).map { ($0, part) } }
        let subdivisionsByText = Dictionary(texts) { first, _ in first }
        var subdivisionsByPlace = [UInt8](repeating: .max, count: subdivisions.isEmpty ? 0 : 26 * 26)
        for (index, part) in subdivisions.enumerated() where subdivisionsByText[part.code]?.code == part.code {
            guard let place = Country.place(of: part.code) else { continue }
            subdivisionsByPlace[place] = UInt8(clamping: index)
        }
        self.subdivisionsByText = subdivisionsByText
        self.subdivisionsByPlace = subdivisionsByPlace
        let cultures = self.cultures
        let code = self.code
        place = Country.place(of: code)
        var usualLanguages = [Bool](repeating: false, count: 26 * 26)
        for language in languages + regionalLanguages {
            guard let place = Country.place(of: language), Languages.codes.contains(language[...]),
                cultures.isEmpty || cultures.contains("\(language)-\(code)")
            else { continue }
            usualLanguages[place] = true
        }
        self.usualLanguages = usualLanguages
        var (demanded, refused) = (ColumnSet(), ColumnSet())
        if requiresPostalCode { demanded.insert(.postalCode) }
        if phoneNumber != .none { demanded.insert(.phoneNumber) }
        if state != .none { demanded.insert(.state) }
        if registrationNumber == .required { demanded.insert(.organizationRegistrationNumber) }
        if registrationNumber == .none { refused.insert(.organizationRegistrationNumber) }
        if code == "US" { refused.insert(.region) }
        (self.demanded, self.refused) = (demanded, refused)
    }

    /// Whether a row has all cells that the country asks for, and none that it must not have.
    ///
    /// - Parameter filled: the columns that have a cell which is not empty.
    /// - Returns: whether no rule has a word to say of it.
    func isContent(with filled: ColumnSet) -> Bool {
        isComplete(with: filled) && filled.isDisjoint(with: refused)
    }

    /// Whether a row has all cells that the country asks for.
    ///
    /// - Parameter filled: the columns that have a cell which is not empty.
    /// - Returns: whether none is missing.
    func isComplete(with filled: ColumnSet) -> Bool { filled.isSuperset(of: demanded) }

    /// Whether a culture is the country's own, in a language spoken there, and a language the culture's.
    ///
    /// - Parameters:
    ///   - culture: the culture's cell.
    ///   - language: the language's.
    /// - Returns: whether no rule has a word to say of them.
    func isUsual(culture: Span<UInt8>, language: Span<UInt8>) -> Bool {
        // The one form that nearly every row has; what is written otherwise takes a closer look.
        guard culture.count == 5, language.count == 2, culture[2] == UInt8(ascii: "-"),
            Country.place(culture[3], culture[4]) == place, let spoken = Country.place(culture[0], culture[1])
        else { return false }
        return Country.place(language[0], language[1]) == spoken && usualLanguages[spoken]
    }

    /// Whether the service requires a state, and a text is the code of one.
    ///
    /// - Parameter state: the text, in upper case.
    /// - Returns: whether it is.
    func isOnList(_ state: Span<UInt8>) -> Bool {
        (self.state == .listed || self.state == .named) && hasSubdivision(code: state)
    }

    private func hasSubdivision(code text: Span<UInt8>) -> Bool {
        subdivision(ofTwoLetters: text) != nil || subdivisionCodes.contains(text.validText)
    }

    /// Where a state stands among the subdivisions whose code has two letters, as most have: that needs no hashing.
    private func subdivision(ofTwoLetters code: Span<UInt8>) -> Int? {
        guard !subdivisionsByPlace.isEmpty, let place = Country.place(of: code) else { return nil }
        let index = Int(subdivisionsByPlace[place])
        return index < subdivisions.count && code.elementsEqual(subdivisions[index].code.utf8Span.span) ? index : nil
    }

    /// Whether a postal code is surely one of a state that a text is the code of.
    ///
    /// - Parameters:
    ///   - postalCode: the postal code.
    ///   - state: the state's cell.
    /// - Returns: false where it is not, or where that takes a closer look.
    func isSurely(_ postalCode: Span<UInt8>, in state: Span<UInt8>) -> Bool {
        guard let index = subdivision(ofTwoLetters: state), let codes = subdivisions[index].postalCodes else {
            return false
        }
        return codes.matchesBeginning(of: postalCode)
    }

    /// Whether a postal code is one that tells the country: with letters in it, or with a first digit that all codes
    /// there begin with, or nearly all.
    ///
    /// - Parameter postalCode: the postal code.
    /// - Returns: whether it is; not where the country's codes are any digits.
    func isAlone(with postalCode: String) -> Bool {
        guard let postalPattern, postalPattern.matches(postalCode), let first = postalCode.utf8.first else {
            return false
        }
        guard first.isASCIIDigit, !postalCode.utf8.contains(where: \.isASCIILetter) else { return true }
        let rest = postalCode.dropFirst()
        return (0...9).count { postalPattern.matches("\($0)" + rest) } < 4
    }

    /// Whether a state is not on the country's list as it stands.
    ///
    /// - Parameter text: the cell.
    /// - Returns: whether it is worth a closer look.
    func mayRefuse(state text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        return switch state {
        case .listed: !hasSubdivision(code: text)
        case .named, .known: subdivisionsByText[text.validText] == nil
        case .none: false
        }
    }

    /// All countries, by code.
    static let all: [Country] = {
        let rules = Dictionary(uniqueKeysWithValues: Resource.countryRules.map { ($0[0], $0) })
        let subdivisions = Dictionary(grouping: Resource.subdivisions) { $0[0] }
        return Resource.countries.map { row in
            let parts = subdivisions[row[0], default: []]
            return Country(
                row,
                rules: rules[row[0]],
                subdivisions: parts.map(Subdivision.init)
            )
        }
    }()

    /// Finds a country by its code.
    ///
    /// - Parameter code: the code, in any case.
    /// - Returns: the country, where there is one.
    static func find(_ code: Span<UInt8>) -> Country? { place(of: code).flatMap { byCode[$0] } }

    /// Finds a country by its code.
    ///
    /// - Parameter code: the code, in any case.
    /// - Returns: the country, where there is one.
    static func find(_ code: String) -> Country? { find(code.utf8Span.span) }

    /// Where a code of two letters stands in a table of all such codes; nil for any other text.
    private static func place(of code: Span<UInt8>) -> Int? {
        code.count == 2 ? place(code[0], code[1]) : nil
    }

    private static func place(of code: String) -> Int? { place(of: code.utf8Span.span) }

    /// Where two letters stand in a table of all pairs, without regard to case; nil where one is none.
    private static func place(_ first: UInt8, _ second: UInt8) -> Int? {
        guard first.isASCIILetter, second.isASCIILetter else { return nil }
        return Int((first | 0x20) &- UInt8(ascii: "a")) * 26 + Int((second | 0x20) &- UInt8(ascii: "a"))
    }

    /// Finds a country by what people call it.
    ///
    /// - Parameter text: a name in one of several languages, or a code of three letters.
    /// - Returns: the country, and whether it and no other is called just so, not nearly so.
    static func named(_ text: String) -> (country: Country, isExact: Bool)? {
        // A code in letters of full width.
        if let narrow = LookalikeText.narrow(text), let found = find(narrow) { return (found, true) }
        let folded = Text.folded(text)
        if let found = byName[folded] { return (found[0], found.count == 1) }
        // Of three letters, one slip makes another country.
        guard folded.unicodeScalars.count > 3 else { return nil }
        return NearestName.find(folded, among: namesInOrder, spelt: \.key).map { ($0.value[0], false) }
    }

    /// Finds a country by a name that is its own alone; slips are not looked for.
    ///
    /// - Parameter folded: the name, folded.
    /// - Returns: the country.
    static func called(_ folded: String) -> Country? {
        guard let found = byName[folded], found.count == 1 else { return nil }
        return found[0]
    }

    private static let byCode: [Country?] = {
        var table = [Country?](repeating: nil, count: 26 * 26)
        for country in all { if let place = country.place { table[place] = country } }
        return table
    }()

    /// The countries that share each name: mostly one.
    private static let byName: [String: [Country]] = {
        var table: [String: [Country]] = [:]
        for country in all {
            for name in Set(([country.name, country.alpha3] + country.otherNames).map(Text.folded)) {
                table[name, default: []].append(country)
            }
        }
        return table
    }()

    /// The names in an order that is the same in every run, so that the same name is suggested.
    private static let namesInOrder = byName.sorted { $0.key < $1.key }

    /// Finds a state by its code or name.
    ///
    /// - Parameter text: what was typed.
    /// - Returns: the state, and how the text stands for it.
    func subdivision(_ text: String) -> FoundSubdivision? {
        guard !subdivisions.isEmpty, !text.isEmpty else { return nil }
        if let found = subdivisionsByText[text] { return FoundSubdivision(subdivision: found, match: .name) }
        return StateNames.of(self)?.find(text, in: code)
    }

    /// Which state's postal codes begin as one does.
    ///
    /// - Parameter postalCode: the postal code.
    /// - Returns: the state; nil where none is known to.
    func subdivision(ofPostalCode postalCode: String) -> Subdivision? {
        subdivisions.first { $0.postalCodes?.matchesBeginning(of: postalCode) == true }
    }
}

extension Country.Subdivision {
    fileprivate init(_ row: [Substring]) {
        self.init(
            code: String(row[1]),
            names: row[2].names,
            otherNames: row[4].names,
            postalCodes: row[3].isEmpty ? nil : PostalPattern(row[3])
        )
    }
}

/// A state, and how a text stands for it.
struct FoundSubdivision: Sendable {
    /// How a text stands for a state.
    enum Match: Sendable {
        /// It is its code or name.
        case name
        /// It was its code or name before, or is an abbreviation.
        case otherName
        /// It is nearly its name.
        case misspelt
    }

    let subdivision: Country.Subdivision
    let match: Match

    /// Whether no other state can be meant.
    var isExact: Bool { match != .misspelt }
}

extension UInt8 {
    /// The byte, and a capital ASCII letter as its small one.
    var lowercasedASCII: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
    /// Whether the byte is an ASCII letter.
    var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
    /// Whether the byte is an ASCII digit.
    var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
