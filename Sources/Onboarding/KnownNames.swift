internal import Platform

/// The top-level domains that exist.
enum TopLevelDomains {
    /// The labels, in A-label form.
    static let all: Set<Substring> = Set(Resource.topLevelDomains.map { $0[0] })

    /// The labels of at most eight letters, which most addresses end with, as numbers in their order.
    private static let packed = all.compactMap { pack($0.utf8Span.span) }.sorted()

    /// Whether a label exists; a search among numbers takes a fraction of what hashing a text does.
    ///
    /// - Parameter label: the label's bytes, in lower case.
    /// - Returns: whether it is on the list.
    static func contains(_ label: Span<UInt8>) -> Bool {
        guard let number = pack(label) else { return all.contains(Substring(label.text(\.self))) }
        var (low, high) = (0, packed.count)
        while low < high {
            let middle = (low + high) / 2
            if packed[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < packed.count && packed[low] == number
    }

    /// Up to eight bytes as a number; nil where there are more, or none.
    private static func pack(_ label: Span<UInt8>) -> UInt64? {
        guard 1...8 ~= label.count else { return nil }
        var number: UInt64 = 0
        for index in label.indices { number = number << 8 | UInt64(label[index]) }
        return number
    }

    /// The labels that people mean most, for suggestions: a slip is far likelier to come from one of these.
    private static let common: [Substring] = ["com", "org", "net", "edu", "de", "fr", "uk", "nl", "es", "kr", "eu"]

    /// What somebody meant who typed a label that does not exist.
    ///
    /// - Parameter label: the label, in lower case.
    /// - Returns: a label that exists.
    static func suggestion(for label: Substring) -> String? {
        // One letter is what is left of any label that was cut.
        guard label.utf8.count > 1 else { return nil }
        return NearestName.find(String(label), among: common, spelt: { String($0) }).map { String($0) }
    }
}

/// The languages that ISO 639 knows.
enum Languages {
    /// Their codes, the shortest of each.
    static let codes: Set<Substring> = Set(Resource.languages.map { $0[0] })

    /// Whether a code is one of three letters that ISO 639-3 alone has, of a language that few programs know.
    ///
    /// - Parameter code: the code, in lower case.
    /// - Returns: whether it is.
    static func isRare(_ code: String) -> Bool {
        code.utf8.count == 3 && rareEndings[code.prefix(2)].map { $0.utf8.contains(code.utf8.suffix(1)) } == true
    }

    /// The third letters of such codes, by the first two.
    private static let rareEndings: [Substring: Substring] = Dictionary(
        uniqueKeysWithValues: Resource.rareLanguages.map { ($0[0], $0[1]) }
    )

    /// Finds a language by its name.
    ///
    /// - Parameter name: its name in English or in itself.
    /// - Returns: its code.
    static func code(named name: String) -> String? { byName[Text.folded(name)] }

    /// What was meant by a culture that begins with no language's code.
    ///
    /// - Parameters:
    ///   - culture: the culture's parts.
    ///   - country: the country of the row, where it is known.
    /// - Returns: a culture; nil where there is no telling.
    static func meant(by culture: LanguageTag, in country: Country?) -> String? {
        // Of zz-ZZ nothing can be told.
        guard let region = culture.region, region.utf8.count != 2 || isPlace(region) else { return nil }
        // US-es: the parts have changed places.
        let (language, place) = (region.lowercased(), culture.language.uppercased())
        if codes.contains(language[...]), let other = Country.find(place), other === country || country == nil {
            return "\(language)-\(other.code)"
        }
        // eng-US, and jp-JP, which says the country twice.
        let spoken = Country.find(culture.language)?.languages.first ?? country?.languages.first
        return (code(named: culture.language) ?? spoken).map { "\($0)-\(region)" }
    }

    /// Whether two letters are a country's code, or a language's, where the parts may have changed places.
    private static func isPlace(_ region: String) -> Bool {
        Country.find(region) != nil || codes.contains(region.lowercased()[...])
    }

    /// What was meant by a cell that is no culture.
    ///
    /// - Parameters:
    ///   - text: the cell.
    ///   - country: the country of the row, where it is known.
    /// - Returns: a culture, and whether it may be another; nil where there is no telling.
    static func culture(meantBy text: String, in country: Country?) -> (culture: String, isGuess: Bool)? {
        let tag = LanguageTag(text.split { $0 == "_" || $0 == "-" || $0.isWhitespace }.joined(separator: "-"))
        guard let place = tag?.region ?? country?.code else { return nil }
        // US in a row of the United States is the country again.
        if let country, let tag, tag.region == nil, Country.find(tag.language) === country,
            !country.languages.contains(tag.language), let spoken = country.languages.first
        {
            return ("\(spoken)-\(country.code)", true)
        }
        let known = tag.flatMap { codes.contains($0.language[...]) ? $0.language : nil }
        guard let language = code(named: text) ?? known else { return nil }
        let cultures = Country.find(place)?.cultures ?? []
        let meant = "\(language)-\(place)"
        guard tag?.region == nil, !cultures.isEmpty, !cultures.contains(meant) else { return (meant, false) }
        return cultures.first { $0.hasPrefix("\(language)-") }.map { ($0, false) }
    }

    private static let byName: [String: String] = {
        var table: [String: String] = [:]
        for row in Resource.languages {
            for name in row[1].names where table[Text.folded(name)] == nil { table[Text.folded(name)] = String(row[0]) }
        }
        return table
    }()
}
