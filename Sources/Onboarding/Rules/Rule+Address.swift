/// What holds for the address, by its country.
extension Rule {
    static let countryCode = Rule(
        "country.code",
        .error,
        when: .country,
        "A country is its ISO 3166 code of two letters: US.",
        isRepairable: true
    ) {
        let text = $0[.country]
        guard !text.isEmpty, $0.country == nil else { return }
        // Then that is said, and another country suggested.
        if case .elsewhere = $0.shape { return }
        let meant = $0.meantCountry
        let advice = meant.map { "\($0.name) has one" } ?? "type two letters, such as US"
        $1.note(
            .country,
            "is no country's code (ISO 3166); \(advice)",
            suggestion: meant?.code,
            isGuess: $0.isCountryDoubtful || Country.named(text)?.isExact == false
        )
    }

    static let stateRequired = Rule(
        "state.required",
        .error,
        when: .wrongCells,
        "A state is given where the service requires one.",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.state == .listed || country.state == .named, $0[.state].isEmpty
        else { return }
        $1.note(
            .state,
            "is empty, and addresses in \(country.name) need it",
            suggestion: impliedState($0, in: country)?.code,
            isGuess: true
        )
    }

    /// The state of a row without one, by its postal code or its city: Beijing is a province of its own.
    private static func impliedState(_ row: CheckedRow, in country: Country) -> Country.Subdivision? {
        if !row[.postalCode].isEmpty, let state = country.subdivision(ofPostalCode: row[.postalCode]) { return state }
        return country.subdivision(row[.city]).flatMap { $0.isExact ? $0.subdivision : nil }
    }

    static let stateCode = Rule(
        "state.code",
        .error,
        when: .state,
        "A state is one of the service's: WA.",
        isRepairable: true,
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, !$0[.state].isEmpty else { return }
        let text = $0[.state]
        let meant = country.subdivision(text)
        switch country.state {
        case .listed: if country.subdivisionCodes.contains(text) { return }
        case .named: if meant?.isExact == true { return }
        case .known, .none: return
        }
        let advice =
            if let meant { "\(meant.subdivision.name) has one" } else {
                adviceOnForeignState(text, in: country, title: $0.columns.title(of: .country))
            }
        $1.note(
            .state,
            "is no state's \(country.state == .listed ? "code" : "code or name") of \(country.name); \(advice)",
            suggestion: meant?.subdivision.code,
            isGuess: meant?.isExact == false
        )
    }

    private static func adviceOnForeignState(_ text: String, in country: Country, title: String) -> String {
        let code = Country.called(Text.folded(text))?.code ?? text.uppercasedASCII
        if country.statesNowhere.contains(code) {
            return "the service takes no address there, so type one with a state"
        }
        if country.statesElsewhere.contains(code), let own = Country.find(code) {
            return "\(own.name) is a country to the service: type \(own.code) in \(title), and empty this cell"
        }
        return "type one of its \(country.subdivisions.count), such as \(country.subdivisions[0].code)"
    }

    static let stateExpected = Rule(
        "state.expected",
        .warning,
        when: .wrongCells,
        "A state is given where addresses have one.",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.state == .known, $0[.state].isEmpty
        else { return }
        $1.note(
            .state,
            "is empty, and addresses in \(country.name) have it",
            suggestion: impliedState($0, in: country)?.name,
            isGuess: true
        )
    }

    static let stateName = Rule(
        "state.name",
        .warning,
        when: .state,
        "A state is one that the country has.",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.state == .known || country.state == .named, !$0[.state].isEmpty
        else { return }
        switch country.subdivision($0[.state]) {
        case let found? where found.match == .name: return
        case let found? where found.match == .otherName:
            let name = found.subdivision.name
            $1.note(.state, "is a former or short name of \(name), which the service may not take", suggestion: name)
        case let found where country.state == .known:
            // The list has few names in other scripts: what is not there may still be right.
            guard found != nil || $0[.state].utf8.contains(where: \.isASCIILetter) else { return }
            $1.note(
                .state,
                "is no state of \(country.name) that is known",
                suggestion: found?.subdivision.name,
                isGuess: true
            )
        default: return
        }
    }

    static let regionUnitedStates = Rule(
        "region.unitedStates",
        .error,
        when: .wrongCells,
        "An address in the United States has no region.",
        judgesByCountry: true
    ) {
        guard $0.meantCountry?.code == "US", !$0[.region].isEmpty else { return }
        $1.note(.region, "must be empty for the United States; the state goes to \($0.columns.title(of: .state))")
    }

    static let postalCodeRequired = Rule(
        "postalCode.required",
        .error,
        when: .wrongCells,
        "A postal code is given where mail needs it.",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.requiresPostalCode, $0[.postalCode].isEmpty else { return }
        $1.note(
            .postalCode,
            "is empty, and addresses in \(country.name) need it, such as \(country.postalExample)"
        )
    }

    static let postalCodePattern = Rule(
        "postalCode.pattern",
        .error,
        when: .postalCode,
        "A postal code looks like those of its country.",
        judgesByCountry: true
    ) {
        guard case .different(let suggestion) = $0.postalCode, let country = $0.meantCountry else { return }
        $1.note(
            .postalCode,
            "does not look like a postal code of \(country.name); type one like \(country.postalExample)",
            suggestion: suggestion,
            isGuess: true
        )
    }

    static let postalCodeState = Rule(
        "postalCode.state",
        .error,
        when: .postalCode,
        "A postal code is one of the row's state, in the United States and Canada.",
        judgesByCountry: true
    ) {
        guard case .elsewhere(let owner, let state) = $0.postalCode else { return }
        let place = owner.map { "is a postal code of \($0.name) (\($0.code))" } ?? "is no state's postal code"
        $1.note(
            .postalCode,
            "\(place), and \($0.columns.title(of: .state)) says \(state.name) (\(state.code)); the service refuses what "
                + "disagrees, so check both"
        )
    }

    static let postalCodeNumber = Rule(
        "postalCode.number",
        .error,
        when: .postalCode,
        "A postal code is not a number as a spreadsheet shows it: 2134.0.",
        isRepairable: true,
        judgesByCountry: true
    ) {
        guard case .number(let suggestion, let isCertain) = $0.postalCode else { return }
        $1.note(
            .postalCode,
            "is a number as a spreadsheet shows it, or has the apostrophe that makes a number text; format the column as "
                + "text",
            suggestion: suggestion,
            isGuess: !isCertain
        )
    }

    static let postalCodeLeadingZero = Rule(
        "postalCode.leadingZero",
        .error,
        when: .postalCode,
        "A postal code has its leading zeros, which a spreadsheet takes off a number.",
        isRepairable: true,
        judgesByCountry: true
    ) {
        guard case .withoutZeros(let suggestion, let isCertain) = $0.postalCode, let country = $0.meantCountry else {
            return
        }
        $1.note(
            .postalCode,
            isCertain
                ? "lost its leading zero: postal codes of \(country.name) look like \(country.postalExample); format the "
                    + "column as text"
                : "does not look like a postal code of \(country.name), such as \(country.postalExample): it may have "
                    + "lost a leading zero, which a spreadsheet takes off, or another digit",
            suggestion: suggestion,
            isGuess: !isCertain
        )
    }

    static let postalCodeServicePattern = Rule(
        "postalCode.servicePattern",
        .error,
        when: .postalCode,
        "A postal code is written just as the service has it, in the countries whose pattern is known.",
        isRepairable: true,
        judgesByCountry: true
    ) {
        guard case .loose(let suggestion) = $0.postalCode, let country = $0.meantCountry, country.hasServicePattern
        else { return }
        $1.note(
            .postalCode,
            "is not written as the service has it in \(country.name), where one looks like \(country.postalExample)",
            suggestion: suggestion
        )
    }

    static let postalCodeFormat = Rule(
        "postalCode.format",
        .warning,
        when: .postalCode,
        "A postal code has its country's spaces and hyphens, and nothing before it.",
        isRepairable: true,
        judgesByCountry: true
    ) {
        guard case .loose(let suggestion) = $0.postalCode, let country = $0.meantCountry, !country.hasServicePattern
        else { return }
        $1.note(
            .postalCode,
            "is not written as in \(country.name), where one looks like \(country.postalExample)",
            suggestion: suggestion
        )
    }
}
