import Testing

@testable import Onboarding

@Suite struct ResourceTests {
    @Test func everyTableHasItsColumns() {
        #expect(Resource.countries.count == 250 && Resource.countries.allSatisfy { $0.count == 9 })
        #expect(Resource.countryRules.allSatisfy { $0.count == 13 })
        #expect(Resource.subdivisions.allSatisfy { $0.count == 5 })
        #expect(Resource.languages.allSatisfy { $0.count == 2 })
        #expect(Resource.rareLanguages.allSatisfy { $0.count == 2 && $0[0].utf8.count == 2 && !$0[1].isEmpty })
        #expect(Resource.phoneNumbers.allSatisfy { $0.count == 9 })
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

    @Test func aRareLanguageIsNoneOfTheOthers() {
        #expect(
            Languages.isRare("yrk") && Languages.isRare("yua") && !Languages.isRare("qqq") && !Languages.isRare("eng")
        )
        #expect(!Languages.codes.contains { Languages.isRare(String($0)) })
    }

    @Test(
        arguments: [
            ("CN", "山西", "SX"), ("CN", "江西", "JX"), ("CN", "陕西", "SN"), ("CN", "陝西省", "SN"), ("CN", "Shensi", "SN"),
            ("CN", "山东", "SD"), ("CN", "廣東省", "GD"), ("CN", "廣西壯族自治區", "GX"), ("CN", "新疆維吾爾自治區", "XJ"),
            ("CN", "粤", "GD"), ("CN", "Guangdong Province", "GD"), ("CN", "Inner Mongolia Autonomous Region", "NM"),
            ("CN", "Tibet", "XZ"), ("CN", "Xinjiang Uygur Autonomous Region", "XJ"), ("CN", "Peking", "BJ"),
            ("CN", "Beijing Municipality", "BJ"), ("CN", "Guangxi Zhuang Autonomous Region", "GX"),
            ("CN", "Guandong", "GD"),
            ("MX", "Coahuila", "COA"), ("MX", "Q. Roo", "ROO"), ("MX", "Q.Roo", "ROO"), ("MX", "QROO", "ROO"),
            ("MX", "Edo. Méx.", "MEX"), ("MX", "Edo. Mex.", "MEX"), ("MX", "Cd. de México", "CMX"),
            ("MX", "Baja California Norte", "BCN"), ("MX", "Estado de Jalisco", "JAL"), ("MX", "Mexico City", "CMX"),
            ("CA", "Alta.", "AB"), ("CA", "Sask.", "SK"), ("CA", "Man.", "MB"), ("CA", "C.-B.", "BC"),
            ("CA", "T.N.-O.", "NT"), ("CA", "Terre-Neuve", "NL"), ("CA", "Province of Quebec", "QC"),
            ("US", "N. Carolina", "NC"), ("US", "N. Dakota", "ND"), ("US", "N. Jersey", "NJ"), ("US", "Cal.", "CA"),
            ("US", "State of Texas", "TX"), ("US", "New York State", "NY"), ("US", "Washington State", "WA"),
            ("US", "Commonwealth of Virginia", "VA"), ("IN", "Telangana State", "TG"), ("IN", "UT of Ladakh", "LA"),
            ("IN", "Delhi (NCT)", "DL"), ("IN", "Andaman & Nicobar Islands", "AN"), ("IN", "M. Pradesh", "MP"),
            ("BR", "Estado de São Paulo", "SP"), ("BR", "Estado do Rio Grande do Sul", "RS"),
            ("BR", "R. de Janeiro", "RJ"),
            ("AU", "State of Victoria", "VIC"), ("AU", "S. Australia", "SA"),
        ]
    )
    func aStateIsKnownByWhatPeopleCallIt(country: String, name: String, code: String) throws {
        #expect(try #require(Country.find(country)).subdivision(name)?.subdivision.code == code)
    }

    /// A guess by a letter or two would be another state's as likely.
    @Test(arguments: [
        ("CN", "川西"), ("CN", "省"), ("CN", "Province"), ("MX", "Estado de"), ("IN", "A. Pradesh"), ("US", "N. X"),
    ])
    func noStateIsGuessedByChance(country: String, name: String) throws {
        #expect(try #require(Country.find(country)).subdivision(name) == nil)
    }

    /// What is left of two states' names must never be the same.
    @Test func genericWordsTellNoStates() {
        for country in Country.all {
            for part in country.subdivisions {
                // Delaware's is a generic word itself.
                for name in part.names + part.otherNames where name != "Del." {
                    #expect(country.subdivision("Province of " + name)?.subdivision.code == part.code, "\(name)")
                }
            }
        }
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
