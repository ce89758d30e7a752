/// What holds for a city beside its postal code.
extension Rule {
    static let cityContent = Rule(
        "city.content",
        .error,
        when: [.city, .state],
        "A city has a letter, and is not the row's postal code, nor its state's code."
    ) {
        let city = $0[.city]
        // Where the state's cell has a name, its code in the city's may be the other's.
        if let country = $0.meantCountry, country.state == .listed, country.subdivisionCodes.contains(city),
            let state = country.subdivision($0[.state]), state.subdivision.code == city, $0[.state] != city
        {
            let title = $0.columns.title(of: .state)
            return $1.note(
                .city,
                "is the code of \(state.subdivision.name), which belongs to \(title); type the city's name"
            )
        }
        guard city.utf8.contains(where: \.isASCIIDigit) else { return }
        if !$0[.postalCode].isEmpty, city.uppercasedASCII == $0[.postalCode].uppercasedASCII {
            let title = $0.columns.title(of: .postalCode)
            $1.note(.city, "is what \(title) has, too, and no city; type the city's name")
        } else if !city.unicodeScalars.contains(where: \.properties.isAlphabetic) {
            $1.note(.city, "has no letter; type the city's name")
        }
    }

    static let addressPlaceholder = Rule(
        "address.placeholder",
        .error,
        when: .placeholder,
        "A city and an address line hold a place, and no stand-in such as N/A."
    ) {
        for column in [Column.city, .addressLine1] where Names.isPlaceholder(place: $0[column]) {
            $1.note(column, "stands in for what is not known; type the real one, which the service's mail goes to")
        }
        guard let country = $0.meantCountry, country.postalPattern == nil,
            Names.isPlaceholder(place: $0[.postalCode])
        else { return }
        $1.note(
            .postalCode,
            "stands in for what is not known; empty the cell, as \(country.name) needs no code",
            suggestion: ""
        )
    }

    static let cityPostalCode = Rule(
        "city.postalCode",
        .warning,
        when: .city,
        "A city stands without its postal code, which has a column of its own.",
        isRepairable: true
    ) {
        guard let parts = TextBeside($0[.postalCode], in: $0[.city]), parts.hasLetter else { return }
        let title = $0.columns.title(of: .postalCode)
        $1.note(.city, "has the postal code beside the city's name, which \(title) has, too", suggestion: parts.rest)
    }

    static let postalCodeCity = Rule(
        "postalCode.city",
        .error,
        when: .postalCode,
        "A postal code stands without its city, which has a column of its own.",
        isRepairable: true,
        explainsCells: true,
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.postalPattern != nil, case .different = $0.postalCode,
            let code = TextBeside($0[.city], in: $0[.postalCode])?.rest,
            case .right = PostalCodeForm(code.utf8Span.span, state: Span(), in: country)
        else { return }
        let title = $0.columns.title(of: .city)
        $1.note(.postalCode, "has the city's name beside the postal code, which \(title) has, too", suggestion: code)
    }
}

extension Rule {
    static let damageJoinedCells = Rule(
        "damage.joinedCells",
        .error,
        when: [.city, .postalCode, .wrongCells],
        "A city and its postal code have a cell each.",
        isRepairable: true,
        explainsCells: true,
        judgesByCountry: true
    ) { row, problems in
        let (city, code) = (row[.city], row[.postalCode])
        guard city.isEmpty != code.isEmpty, let country = row.meantCountry else { return }
        let (full, empty): (Column, Column) = city.isEmpty ? (.postalCode, .city) : (.city, .postalCode)
        guard let parts = CodeBesideWords(city.isEmpty ? code : city, in: country) else { return }
        let (words, state) = parts.parted(in: country)
        guard words.contains(where: \.isLetter) else { return }
        // What has a comma or another number in it, or had another state behind it, may be more than a city.
        let isGuess =
            words.utf8.contains { $0 == UInt8(ascii: ",") || $0.isASCIIDigit }
            || state.map { $0.code != country.subdivision(row[.state])?.subdivision.code } ?? false
        let title = row.columns.title(of: empty)
        let cause = "has the postal code and the city's name in one cell, and \(title) is empty"
        let message = [full: cause, empty: "is empty, and what belongs here stands in \(row.columns.title(of: full))"]
        for (column, text) in [(Column.city, words), (.postalCode, parts.code)] {
            problems.note(column, message[column] ?? cause, suggestion: text, isGuess: isGuess)
        }
    }
}

/// A postal code with words before or behind it: `50667 Köln`, `London SW1A 1AA`.
struct CodeBesideWords {
    let code, words: String

    /// Parts a text; nil where it is not one code of the country and something else.
    init?(_ text: String, in country: Country) {
        guard country.postalPattern != nil, text.utf8.count <= 255, text.utf8.contains(where: \.isASCIIDigit) else {
            return nil
        }
        let words = text.split { $0 == " " || $0 == "," }
        // Some codes have two words.
        for count in [2, 1] where words.count > count {
            for (part, isFirst) in [(words.prefix(count), true), (words.suffix(count), false)] {
                guard let first = part.first, let last = part.last,
                    let code = Self.code(String(text[first.startIndex..<last.endIndex]), in: country)
                else { continue }
                let rest = isFirst ? text[last.endIndex...] : text[..<first.startIndex]
                let bare = rest.drop { $0 == " " || $0 == "," }
                self.code = code
                self.words = String(bare.reversed().drop { $0 == " " || $0 == "," }.reversed())
                return
            }
        }
        return nil
    }

    /// The words without the code of a state behind them, and that state: Toronto ON.
    ///
    /// - Parameter country: the country.
    /// - Returns: the words; none where they are a state's code alone.
    func parted(in country: Country) -> (words: String, state: Country.Subdivision?) {
        let last = words.split { $0 == " " || $0 == "," }.last ?? ""
        guard 2...3 ~= last.utf8.count, let state = country.subdivision(String(last)), state.isExact else {
            return (words, nil)
        }
        let rest = words[..<last.startIndex].reversed().drop { $0 == " " || $0 == "," }.reversed()
        return (String(rest), state.subdivision)
    }

    private static func code(_ text: String, in country: Country) -> String? {
        guard text.utf8.contains(where: \.isASCIIDigit) else { return nil }
        return switch PostalCodeForm(text.utf8Span.span, state: Span(), in: country) {
        case .right: text
        // D-50667 and 00950, but not the 21-24 of Villa 21-24.
        case .loose(let code) where text.hasSuffix(code) || text.utf8.allSatisfy(\.isASCIIDigit): code
        default: nil
        }
    }
}

/// What a cell has beside the text of another.
struct TextBeside {
    /// The cell without the other's text, and without the spaces and commas between.
    let rest: String

    /// Whether the rest is more than a number.
    var hasLetter: Bool { rest.contains(where: \.isLetter) }

    /// Parts a cell; nil where it does not begin or end with the other's text as words of their own.
    init?(_ part: String, in text: String) {
        let separators: Set<Character> = [" ", ",", "-", "/"]
        guard part.utf8.count > 2, text.utf8.count > part.utf8.count + 1 else { return nil }
        var rest: Substring
        if text.hasPrefix(part) {
            rest = text.dropFirst(part.count)
            guard let first = rest.first, separators.contains(first) else { return nil }
        } else if text.hasSuffix(part) {
            rest = text.dropLast(part.count)
            guard let last = rest.last, separators.contains(last) else { return nil }
        } else {
            return nil
        }
        while let first = rest.first, separators.contains(first) { rest.removeFirst() }
        while let last = rest.last, separators.contains(last) { rest.removeLast() }
        guard rest.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        self.rest = String(rest)
    }
}
