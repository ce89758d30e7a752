import Testing

@testable import Onboarding

@Suite struct ResourceTests {
    @Test func everyTableHasItsColumns() {
        #expect(Resource.countries.count == 250 && Resource.countries.allSatisfy { $0.count == 9 })
        #expect(Resource.countryRules.allSatisfy { $0.count == 13 })
        #expect(Resource.subdivisions.allSatisfy { $0.count == 5 })
        #expect(Resource.languages.allSatisfy { $0.count == 2 })
        #expect(Resource.phoneNumbers.allSatisfy { $0.count == 8 })
        #expect(Resource.columnAliases.allSatisfy { $0.count == 7 })
        #expect(TopLevelDomains.all.count > 1000)
    }

    @Test func everyRuleOfACountryIsUnderstood() {
        for row in Resource.countryRules {
            #expect(Country.all.contains { $0.code == row[0] }, "\(row[0])")
            #expect(Country.Demand(rawValue: row[1]) != nil, "\(row[0])")
            #expect(Country.Demand(rawValue: row[2]) != nil, "\(row[0])")
            #expect(Country.StateCheck(rawValue: row[3]) != nil, "\(row[0])")
        }
    }

    @Test(arguments: [("US", 51), ("CA", 13), ("CN", 31), ("MX", 32)])
    func statesAreThoseOfTheService(code: String, count: Int) throws {
        #expect(try #require(Country.find(code)).subdivisions.count == count)
    }

    /// A pattern that can't be read would let everything pass.
    @Test func thePostalCodesOfEveryStateAreRead() {
        #expect(Resource.subdivisions.allSatisfy { $0[3].isEmpty || PostalPattern($0[3]) != nil })
        #expect(Resource.countryRules.allSatisfy { $0[9].isEmpty || PostalPattern($0[9]) != nil })
        for country in Country.all where country.statesHavePostalCodes {
            #expect(country.subdivisions.allSatisfy { $0.postalCodes != nil }, "\(country.code)")
        }
    }

    @Test(arguments: [
        ("UK", "GB"), ("USA", "US"), ("Deutschland", "DE"), ("대한민국", "KR"), ("españa", "ES"), ("ESPANA", "ES"),
        ("Cote d'Ivoire", "CI"), ("Holland", "NL"), ("Czech Republic", "CZ"), ("Untied States", "US"), ("Ελλάδα", "GR"),
        ("日本", "JP"), ("Pays-Bas", "NL"), ("Österreich", "AT"), ("Oesterreich", "AT"), ("GBR", "GB"), ("Türkiye", "TR"),
        ("Česká republika", "CZ"), ("中华人民共和国", "CN"), ("中華人民共和國", "CN"), ("Großbritannien", "GB"), ("Германия", "DE"),
        ("Niemcy", "DE"), ("Spojené státy", "US"), ("アメリカ合衆国", "US"), ("Stati Uniti", "US"),
    ])
    func countriesAreKnownByTheirNames(name: String, code: String) {
        #expect(Country.named(name)?.country.code == code)
    }

    @Test func noAliasMeansTwoColumns() {
        var meanings: [String: Substring] = [:]
        for row in Resource.columnAliases {
            #expect(Column(name: String(row[0])) != nil)
            for alias in row.dropFirst().flatMap(\.names) {
                let before = meanings.updateValue(row[0], forKey: Text.folded(alias))
                #expect(before == nil || before == row[0], "\(alias)")
            }
        }
        for column in Column.allCases {
            #expect(meanings[Text.folded(column.name), default: column.name[...]] == column.name, "\(column.name)")
        }
    }
}
