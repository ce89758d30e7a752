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
        let meant = Country.named(text)
        let advice = meant.map { "\($0.country.code) is \($0.country.name)'s" } ?? "type two letters, such as US"
        $1.note(
            .country,
            "is no country's code (ISO 3166); \(advice)",
            suggestion: meant?.country.code,
            isGuess: meant?.isExact == false
        )
    }

    static let stateRequired = Rule(
        "state.required",
        .error,
        when: .wrongCells,
        "A state is given where the service requires one."
    ) {
        guard let country = $0.country, country.state == .listed, $0[.state].isEmpty else { return }
        $1.note(.state, "is empty, and addresses in \(country.name) need it")
    }

    static let stateCode = Rule(
        "state.code",
        .error,
        when: .state,
        "A state is one of the service's codes: WA.",
        isRepairable: true
    ) {
        guard let country = $0.country, country.state == .listed, !$0[.state].isEmpty else { return }
        let text = $0[.state]
        guard !country.subdivisionCodes.contains(text.uppercasedASCII) else { return }
        let meant = country.subdivision(text)
        let advice =
            if let meant { "\(meant.subdivision.code) is \(meant.subdivision.name)'s" } else {
                "type one of the \(country.subdivisions.count) codes, such as \(country.subdivisions[0].code)"
            }
        $1.note(
            .state,
            "is no state's code of \(country.name); \(advice)",
            suggestion: meant?.subdivision.code,
            isGuess: meant?.isExact == false
        )
    }

    static let stateExpected = Rule(
        "state.expected",
        .warning,
        when: .wrongCells,
        "A state is given where addresses have one."
    ) {
        guard let country = $0.country, country.state == .known || country.state == .expected, $0[.state].isEmpty else {
            return
        }
        $1.note(.state, "is empty, and addresses in \(country.name) have it")
    }

    static let stateName = Rule("state.name", .warning, when: .state, "A state is one that the country has.") {
        guard let country = $0.country, country.state == .known, !$0[.state].isEmpty else { return }
        let found = country.subdivision($0[.state])
        guard found?.isExact != true else { return }
        $1.note(.state, "is no state of \(country.name) that is known", suggestion: found?.subdivision.names.first)
    }

    static let regionUnitedStates = Rule(
        "region.unitedStates",
        .error,
        when: .wrongCells,
        "An address in the United States has no region."
    ) {
        guard $0.country?.code == "US", !$0[.region].isEmpty else { return }
        $1.note(.region, "must be empty for the United States; the state goes to \($0.columns.title(of: .state))")
    }

    static let postalCodeRequired = Rule(
        "postalCode.required",
        .error,
        when: .wrongCells,
        "A postal code is given where mail needs it."
    ) {
        guard let country = $0.country, country.requiresPostalCode, $0[.postalCode].isEmpty else { return }
        $1.note(
            .postalCode,
            "is empty, and addresses in \(country.name) need it, such as \(country.postalExample)"
        )
    }

    static let postalCodePattern = Rule(
        "postalCode.pattern",
        .error,
        when: .postalCode,
        "A postal code looks like those of its country."
    ) {
        guard case .different = $0.postalCode, let country = $0.country else { return }
        $1.note(
            .postalCode,
            "does not look like a postal code of \(country.name); type one like \(country.postalExample)"
        )
    }

    static let postalCodeLeadingZero = Rule(
        "postalCode.leadingZero",
        .error,
        when: .postalCode,
        "A postal code has its leading zeros, which a spreadsheet takes off a number.",
        isRepairable: true
    ) {
        guard case .withoutZeros(let suggestion) = $0.postalCode, let country = $0.country else { return }
        $1.note(
            .postalCode,
            "lost its leading zero: postal codes of \(country.name) look like \(country.postalExample), and "
                + "\(suggestion) would; format the column as text",
            suggestion: suggestion
        )
    }

    static let postalCodeFormat = Rule(
        "postalCode.format",
        .warning,
        when: .postalCode,
        "A postal code has its country's spaces and hyphens, and nothing before it.",
        isRepairable: true
    ) {
        guard case .loose(let suggestion) = $0.postalCode, let country = $0.country else { return }
        $1.note(
            .postalCode,
            "is not written as in \(country.name), where one looks like \(country.postalExample)",
            suggestion: suggestion
        )
    }
}
