/// What holds for the culture and the language.
extension Rule {
    static let cultureSyntax = Rule(
        "culture.syntax",
        .error,
        when: .language,
        "A culture is a language and a country: en-US."
    ) {
        let text = $0[.culture]
        guard !text.isEmpty, $0.culture?.region == nil else { return }
        let meant = Languages.culture(meantBy: text, in: $0.meantCountry)
        $1.note(
            .culture,
            "is no culture; type a language and a country, such as en-US",
            suggestion: meant?.culture,
            isGuess: meant?.isGuess == true
        )
    }

    static let cultureKnown = Rule("culture.known", .error, when: .language, "A culture's language and country exist.")
    {
        guard let tag = $0.culture, let region = tag.region else { return }
        if !Languages.codes.contains(Substring(tag.language)), !Languages.isRare(tag.language) {
            let meant = Languages.meant(by: tag, in: $0.meantCountry)
            $1.note(
                .culture,
                "begins with \(Text.quoted(tag.language)), which is no language's code (ISO 639)",
                suggestion: meant,
                isGuess: true
            )
        } else if region.utf8.count == 2, Country.find(region) == nil {
            // ja-JA says the language twice.
            let own = $0.meantCountry.flatMap { $0.languages.contains(tag.language) ? $0 : nil }
            let country = Country.named(region)?.country ?? own
            $1.note(
                .culture,
                "ends with \(Text.quoted(region)), which is no country's code (ISO 3166)",
                suggestion: country.map { "\(tag.language)-\($0.code)" }
            )
        }
    }

    static let cultureCountry = Rule(
        "culture.country",
        .warning,
        when: .language,
        "A culture is the country's own, one in a language spoken there, or en-US.",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, let tag = $0.culture, let region = tag.region,
            region.utf8.count == 2, Country.find(region) != nil, Languages.codes.contains(tag.language[...]),
            !(tag.language == "en" && region == "US")
        else { return }
        guard country.cultures.isEmpty else {
            guard !country.cultures.contains("\(tag.language)-\(region)") else { return }
            let own = country.cultures.first { $0.hasPrefix("\(tag.language)-") } ?? country.cultures[0]
            $1.note(
                .culture,
                "is none that the service has for \(country.name): \(country.cultures.joined(separator: ", "))",
                suggestion: own,
                isGuess: true
            )
            return
        }
        // Companies in the Gulf use en-SA, en-QA and the like.
        guard !country.languages.isEmpty, !country.languages.contains(tag.language),
            !(region == country.code && (tag.language == "en" || country.regionalLanguages.contains(tag.language)))
        else { return }
        $1.note(
            .culture,
            "is hardly a culture of \(country.name); check it against \($0.columns.title(of: .country))",
            suggestion: country.languages.first.map { "\($0)-\(country.code)" },
            isGuess: true
        )
    }

    static let languageSyntax = Rule("language.syntax", .error, when: .language, "A language is a code: en.") {
        let text = $0[.language]
        let isName = text.utf8.count > 3 && $0.language?.region == nil && Languages.code(named: text) != nil
        guard !text.isEmpty, $0.language == nil || isName else { return }
        $1.note(
            .language,
            "is no language's code; type two letters, such as en",
            suggestion: Languages.code(named: text) ?? LanguageTag(text.replacing("_", with: "-"))?.language
        )
    }

    static let languageCountry = Rule(
        "language.country",
        .warning,
        when: .language,
        "A language is the culture's, one spoken in the country, or English.",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, let tag = $0.language, tag.language != "en",
            tag.language != $0.culture?.language, Languages.codes.contains(Substring(tag.language)),
            !country.languages.isEmpty, !country.languages.contains(tag.language)
        else { return }
        $1.note(
            .language,
            "is hardly a language for \(country.name); check it against \($0.columns.title(of: .culture))",
            suggestion: $0.culture?.region == nil ? nil : $0.culture?.language
        )
    }

    static let languageKnown = Rule("language.known", .error, when: .language, "A language's code is one of ISO 639.") {
        guard let tag = $0.language, tag.language.utf8.count <= 3,
            !Languages.codes.contains(Substring(tag.language)), !Languages.isRare(tag.language)
        else { return }
        // Such as eng, and jp, which is the country.
        let named = Languages.code(named: tag.language)
        // One that is no country's either, as iw, which was Hebrew once, is the culture's or the country's, most likely.
        let known = $0.culture.flatMap { Languages.codes.contains($0.language[...]) ? $0.language : nil }
        let spoken = Country.find(tag.language)?.languages.first ?? known ?? $0.meantCountry?.languages.first
        $1.note(
            .language,
            "is no language's code (ISO 639); type two letters, such as en",
            suggestion: named ?? spoken,
            isGuess: named == nil
        )
    }

    static let languageRare = Rule(
        "language.rare",
        .warning,
        when: .language,
        "A language, and a culture's, is one with a code that many programs know."
    ) {
        let cells: [(Column, LanguageTag?)] = [(.culture, $0.culture), (.language, $0.language)]
        for (column, tag) in cells {
            guard let tag, Languages.isRare(tag.language), column == .language || tag.region != nil else { continue }
            let country = $0.meantCountry
            let spoken = country?.languages.first
            let culture = country.flatMap { country in
                country.cultures.first ?? spoken.map { "\($0)-\(country.code)" }
            }
            $1.note(
                column,
                "has a language whose code \(Text.quoted(tag.language)) is one of ISO 639-3 only, which the service may not "
                    + "take",
                suggestion: column == .culture ? culture : spoken,
                isGuess: true
            )
        }
    }

    static let languageTwoLetters = Rule(
        "language.twoLetters",
        .warning,
        when: .language,
        "A language is a code of two letters, not a culture: en, not en-US.",
        isRepairable: true
    ) {
        guard let tag = $0.language, tag.region != nil, Languages.codes.contains(Substring(tag.language)) else {
            return
        }
        $1.note(.language, "is a culture, and the service wants a language of two letters", suggestion: tag.language)
    }
}
