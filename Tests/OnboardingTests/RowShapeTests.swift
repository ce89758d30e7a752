import Manifests
import Testing

@testable import Onboarding

extension RuleTests {
    /// Rows whose cells stand in wrong columns, and rows that only look so.
    static let shapes: [RuleTable] = [
        RuleTable(
            "damage.shiftedCells",
            passes: rightRows + [
                [:], [.email: "", .domain: ""], [.email: "alder", .culture: "x"],
                [.city: "98101", .postalCode: "Seattle"],
            ],
            fails: [
                // One column too far to the right from the domain on, and to the left from the culture on.
                [
                    .domain: "Ltd", .organizationRegistrationNumber: "alderfinch.onmicrosoft.com", .email: "",
                    .firstName: "office@alderfinch.example.com",
                ],
                [
                    .lastName: "en-US", .culture: "en", .language: "400 Pine Street", .addressLine1: "",
                    .region: "98101", .postalCode: "US", .country: "+1 206 555 0100", .phoneNumber: "",
                ],
                // From the city, the state and the postal code on.
                [
                    .city: "", .district: "Seattle", .state: "", .region: "WA", .postalCode: "", .country: "98101",
                    .phoneNumber: "US", .associatedPartnerId: "+1 206 555 0100",
                ],
                [
                    .state: "", .region: "WA", .postalCode: "", .country: "98101", .phoneNumber: "US",
                    .associatedPartnerId: "+1 206 555 0100",
                ],
                [.postalCode: "", .country: "98101", .phoneNumber: "US", .associatedPartnerId: "+1 206 555 0100"],
                [.postalCode: "US", .country: "+1 206 555 0100", .phoneNumber: ""],
                [.state: "", .region: "98101", .postalCode: "US", .country: "+1 206 555 0100", .phoneNumber: ""],
            ]
        ),
        RuleTable(
            "damage.swappedCells",
            passes: rightRows + [
                [:], [.city: "98101"], [.postalCode: "Seattle"], [.firstName: "Finch", .lastName: "Mara"],
                goodRow(in: "FR", [.city: "Paris 8", .postalCode: "75008"]),
                goodRow(
                    in: "IE",
                    [.addressLine1: "Civic Offices, Wood Quay", .city: "Dublin 8", .postalCode: "Dublin"]
                ),
                [.state: "DE", .culture: "de-DE", .postalCode: "19801", .phoneNumber: "+49 30 901820"],
                goodRow(
                    in: "GB",
                    [.firstName: "Ernest", .lastName: "Gallo 3rd", .addressLine1: "Great Russell Street"]
                ),
                goodRow(in: "DE", [.firstName: "Referat 12", .addressLine1: "Alexanderufer", .postalCode: "10117"]),
                [.city: "New York", .state: "NY", .postalCode: "10007"],
            ],
            fails: [
                [.city: "98101", .postalCode: "Seattle"], [.culture: "en", .language: "en-US"],
                [.domain: "office@alderfinch.example.com", .email: "alderfinch.onmicrosoft.com"],
                goodRow(in: "GB", [.city: "EC1A 1HQ", .postalCode: "London"]), [.city: "WA", .state: "Seattle"],
                [.addressLine1: "Seattle", .city: "400 Pine Street"],
                goodRow(in: "DE", [.addressLine1: "Köln", .city: "Hauptstraße 12", .postalCode: "50667"]),
                [.lastName: "400 Pine Street", .addressLine1: "Finch"],
                [.companyName: "Mara", .firstName: "Alder & Finch Ltd"],
                [.companyName: "Finch", .lastName: "Alder & Finch Ltd"],
                [.companyName: "400 Pine Street", .addressLine1: "Alder & Finch Ltd"],
                [.postalCode: "US", .country: "98101"], [.phoneNumber: "US", .country: "+1 206 555 0100"],
                [.addressLine1: "98101", .postalCode: "400 Pine Street"], [.city: "US", .country: "Seattle"],
                [.companyName: "office@alderfinch.example.com", .email: "Alder & Finch Ltd"],
                [.state: "98101", .postalCode: "WA"], [.culture: "US", .country: "en-US"],
                [.postalCode: "+1 206 555 0100", .phoneNumber: "98101"],
                [.country: "Massachusetts", .state: "USA", .postalCode: "02201"],
                [.country: "ON", .state: "CA", .city: "Toronto", .postalCode: "M5H 2N2", .culture: "en-CA"],
                [.country: "NL", .state: "CA", .city: "St. John's", .postalCode: "A1C 5M2", .culture: "en-CA"],
                // The culture vouches for the country in the state's place.
                german.merging([.state: "Deutschland", .country: "Bayern"]) { $1 },
                german.merging([.state: "DE", .country: "BY"]) { $1 },
                goodRow(in: "MI", [.state: "IT", .culture: "it-IT", .postalCode: "20121", .city: "Milano"]),
                goodRow(in: "RO", [.state: "IT", .culture: "it-IT", .postalCode: "45100", .city: "Rovigo"]),
                goodRow(
                    in: "BE",
                    [.state: "CH", .culture: "de-CH", .postalCode: "3011", .phoneNumber: "+41 31 321 61 11"]
                ),
                goodRow(in: "M", [.state: "ES", .culture: "es-ES", .postalCode: "28014", .city: "Madrid"]),
            ]
        ),
        RuleTable(
            "country.elsewhere",
            passes: rightRows + [
                [:], goodRow(in: "DE", [.postalCode: "10115", .culture: "en-US"]),
                goodRow(in: "UK", [.phoneNumber: ""]),
                goodRow(in: "MA", [.postalCode: "20000", .city: "Casablanca"]),
                goodRow(in: "MC", [.culture: "fr-FR", .postalCode: "98000", .phoneNumber: "+33 1 42 76 40 40"]),
                // A company may have its language and its telephone abroad.
                goodRow(in: "DE", [.postalCode: "98101"]),
                goodRow(in: "CH", [.culture: "de-DE", .postalCode: "8001", .phoneNumber: "+49 30 901820"]),
                goodRow(in: "BE", [.culture: "nl-NL", .postalCode: "2000", .phoneNumber: "+31 20 624 1111"]),
                goodRow(in: "LU", [.culture: "fr-FR", .postalCode: "1855", .phoneNumber: "+33 1 42 76 40 40"]),
                goodRow(in: "LI", [.culture: "de-CH", .postalCode: "9490", .phoneNumber: "+41 44 412 11 11"]),
                goodRow(in: "BE", [.culture: "de-CH", .postalCode: "8001", .phoneNumber: "+32 3 221 13 33"]),
                goodRow(in: "IE", [.culture: "en-GB", .postalCode: "D02 X285", .phoneNumber: "+44 20 7946 0958"]),
            ],
            fails: [
                [.country: "MA"], [.country: "GA"], [.country: "DE"],
                // Where the postal code fits both, culture and telephone tell it together.
                goodRow(in: "BE", [.culture: "de-CH", .postalCode: "8001", .phoneNumber: "+41 44 412 31 11"]),
                goodRow(in: "CH", [.culture: "de-AT", .postalCode: "1010", .phoneNumber: "+43 1 4000"]),
                goodRow(
                    in: "CH",
                    [
                        .culture: "de-AT", .postalCode: "1010", .phoneNumber: "+43 1 4000",
                        .organizationRegistrationNumber: "FN 12345",
                    ]
                ),
                goodRow(in: "EE", [.culture: "es-ES", .postalCode: "28014", .phoneNumber: "915 298 210"]),
                goodRow(in: "GA", [.culture: "en-GB", .postalCode: "LS1 1UR", .phoneNumber: "0113 222 4444"]),
            ]
        ),
        RuleTable(
            "city.content",
            .city,
            passes: ["6th of October City", "100 Mile House", "Xi'an", "東京", "1770 Town"].map { ("US", $0) },
            fails: ["98101", "206 555 0100", "1-2"].map { ("US", $0) }
        ),
        RuleTable(
            "address.placeholder",
            passes: [
                [.city: "None"], [.city: "Å"], [.city: "東京"], [.addressLine1: "Unknown Road 1"], [.city: "Testour"],
            ],
            fails: [
                [.city: "N/A"], [.city: "-"], [.city: "unknown"], [.addressLine1: "."], [.addressLine1: "n/a"],
                [.addressLine1: "TBD"],
            ]
        ),
        RuleTable(
            "city.postalCode",
            passes: [
                [:], [.city: "100 Mile House"], [.city: "98101"], [.city: "98102 Seattle"],
                goodRow(in: "IE", [.city: "Dublin 8", .postalCode: "Dublin"]),
            ],
            fails: [
                [.city: "98101 Seattle"], [.city: "Seattle, 98101"],
                goodRow(in: "GB", [.city: "London EC1A 1HQ", .postalCode: "EC1A 1HQ"]),
            ]
        ),
        RuleTable(
            "damage.joinedCells",
            passes: [
                [:], [.city: "98101 Seattle"], [.city: "Seattle", .postalCode: ""], [.city: "98101", .postalCode: ""],
                [.city: "100 Mile House", .postalCode: ""], [.city: "", .postalCode: "98101"],
                [.city: "", .postalCode: "98101 WA"], goodRow(in: "HK", [.city: "Kowloon 12345"]),
                goodRow(in: "FR", [.city: "Paris 8"]), goodRow(in: "AR", [.city: "Villa 21-24"]),
            ],
            fails: [
                goodRow(in: "PL", [.city: "00950 Warszawa"]),
                [.city: "98101 Seattle", .postalCode: ""], [.city: "Seattle, WA 98101", .postalCode: ""],
                [.city: "", .postalCode: "98101 Seattle"], goodRow(in: "DE", [.city: "", .postalCode: "50667 Köln"]),
                goodRow(in: "DE", [.city: "D-50667 Köln"]), goodRow(in: "GB", [.city: "London SW1A 1AA"]),
                goodRow(in: "NL", [.city: "1011 PN Amsterdam"]), goodRow(in: "CZ", [.city: "110 00 Praha 1"]),
            ]
        ),
        RuleTable(
            "postalCode.city",
            passes: [[:], [.postalCode: "Seattle"], [.postalCode: "WA 98101"]],
            fails: [[.postalCode: "Seattle 98101"], [.postalCode: "98101 Seattle"]]
        ),
    ]

    private static let german = goodRow(
        in: "DE",
        [.culture: "de-DE", .language: "de", .city: "München", .postalCode: "80331", .phoneNumber: "+49 89 23300"]
    )

    /// Rows in which nothing stands wrong, though much can be taken for something else.
    private static let rightRows: [[Column: String]] =
        numberedCities + [
            [.companyName: "Marks & Spencer", .firstName: "Hugo", .lastName: "Boss"], [.companyName: "Hugo Boss"],
            [.companyName: "42nd Street Gallery", .addressLine1: "The Old Rectory"],
            goodRow(in: "EG", [.city: "6th of October City", .addressLine1: "The Old Rectory", .postalCode: "12566"]),
            goodRow(
                in: "CA",
                [.city: "100 Mile House", .addressLine1: "The Old Rectory", .state: "BC", .postalCode: "V0K 2E0"]
            ),
            goodRow(in: "CN", [.city: "Xi'an", .state: "SN", .postalCode: "710003"]),
            goodRow(in: "LU", [.city: "Luxembourg", .state: "Luxembourg", .postalCode: "L-1648"]),
            goodRow(in: "SG", [.city: "Singapore", .postalCode: "178958"]), goodRow(in: "PA", [.city: "Panama"]),
            goodRow(in: "DJ", [.city: "Djibouti"]), goodRow(in: "GT", [.city: "Guatemala", .postalCode: "01001"]),
            goodRow(in: "HK", [.city: "Hong Kong", .addressLine1: "12 Nathan Road"]),
            goodRow(in: "GI", [.city: "Gibraltar", .postalCode: "GX11 1AA"]),
            goodRow(in: "GE", [.city: "Tbilisi", .addressLine1: "2 Shartava Street", .postalCode: "0160"]),
            goodRow(in: "IN", [.city: "New Delhi", .addressLine1: "K2 12", .state: "DL", .postalCode: "110001"]),
            goodRow(in: "DE", [.city: "Berlin", .state: "BE", .postalCode: "10115", .culture: "de-DE"]),
        ]
}

extension RuleTests {
    /// Cities with a number behind a word, beside addresses without one.
    fileprivate static let numberedCities: [[Column: String]] = [
        ("IN", "Ansari Nagar", "New Delhi - 110 029", "110029"), ("IL", "Technion City", "Haifa 32000", "3200003"),
        ("FR", "Place Jussieu", "Paris 75 007", "75007"), ("GR", "Panepistimiopolis", "Athens, 15784", "157 84"),
        ("LB", "Bliss Street", "Beirut 1107-2020", "1107 2020"), ("TW", "Roosevelt Road", "Taipei 106", "106"),
        ("KR", "Gwanak-ro", "Seoul 151-742", "08826"), ("AU", "Captain Cook Drive", "Town of 1770", "4677"),
        ("RU", "ул. Воздвиженка", "Москва-119", "119019"), ("IN", "Film City", "Ghaziabad Sector 121", "201301"),
        ("PE", "Plaza Mayor", "Lima 100", "15001"), ("BS", "University Drive", "Nassau N-4912", ""),
        ("HK", "Pok Fu Lam", "Kowloon 100", ""),
    ].map { country, address, city, code in
        goodRow(in: country, [.addressLine1: address, .city: city, .postalCode: code])
    }
}

@Suite struct RowShapeTests {
    @Test(
        arguments: [
            ("KE", "Hospital Road", "Nairobi 00202", "00202"),
            ("TZ", "United Nations Road", "Dar es Salaam 11103", "11103"),
            ("MA", "Avenue Mohammed V", "Rabat 10000", "10000"),
        ]
    )
    func aCityWithTheOnlyPostalCodeIsNoStreet(country: String, address: String, city: String, code: String) throws {
        let row = try prepare(goodRow(in: country, [.addressLine1: address, .city: city]))
        let found = row.findings.filter { ["city", "addressLine1", "postalCode"].contains($0.column) }
        #expect(Set(found.map(\.rule)) == ["damage.joinedCells"])
        #expect(found.last?.suggestion == code)
    }

    /// The codes that are a state's and a country's, with a postal code of the state.
    @Test(
        arguments: [
            ("MA", "02201"), ("DE", "19801"), ("GA", "30303"), ("ID", "83702"), ("IL", "60602"), ("LA", "70112"),
            ("MN", "55415"), ("MS", "39201"), ("MO", "63103"), ("PA", "19107"), ("SC", "29401"), ("SD", "57701"),
            ("AL", "35203"), ("AR", "72201"), ("CA", "94102"), ("CO", "80202"), ("IN", "46204"), ("KY", "40507"),
            ("MD", "21202"), ("ME", "04101"), ("MT", "59623"), ("NC", "28202"), ("NE", "68183"), ("VA", "23219"),
        ]
    )
    func aStateAndTheCountryThatHaveChangedPlacesAreNamed(state: String, postalCode: String) throws {
        let row = try prepare([.state: "US", .country: state, .postalCode: postalCode])
        let swapped = row.findings.filter { $0.rule == "damage.swappedCells" }
        #expect(swapped.map(\.column) == ["state", "country"])
        #expect(swapped.map(\.suggestion) == [state, "US"])
        #expect(row.verdict == .invalid)
    }

    private let header = Column.allCases.prefix(21).map(\.name)

    private func prepareLine(_ line: String, header: [String]? = nil) throws -> PreparedRow {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let preparer = try RowPreparer(header: header ?? self.header, path: "m.csv")
        var record = Record(cells: cells, row: 1, line: 2)
        if cells.count > 21 { record.faults = [RecordFault(rule: "csv.tooManyCells", message: "one cell too many")] }
        return preparer.prepare(record)
    }

    private static let start = "1,Alder & Finch Ltd,alder.onmicrosoft.com,,a@alder.example.com,Mara,,Finch,en-US,en,"

    @Test func aCommaInAnAddressIsOneFindingWithItsPlace() throws {
        let row = try prepareLine(Self.start + "1 Main Street, Suite 5,,,Boston,,MA,,02201,US,+1 617 635 4000")
        #expect(row.findings.map(\.rule) == ["damage.shiftedCells"])
        let finding = try #require(row.findings.first)
        #expect(finding.message.contains("one column too far to the right"))
        #expect(finding.message.contains("country holds '02201', which is a postal code"))
    }

    @Test func aRowWithMoreCellsThanTheHeaderIsOneFinding() throws {
        let row = try prepareLine(Self.start + "1 Main Street, Suite 5,,,Boston,,MA,,02201,US,+1 617 635 4000,4847383")
        #expect(row.findings.map(\.rule) == ["damage.shiftedCells"])
        #expect(row.findings.first?.message.contains("more cells than the header") == true)
    }

    @Test func aShiftIsToldInTheManifestsOwnWords() throws {
        let titles = header.map { ["postalCode": "PLZ", "city": "Ort", "country": "Land"][$0] ?? $0 }
        let line = Self.start + "Hauptstr. 1,,,Ort,,,,,50667,DE"
        let row = try prepareLine(line, header: titles)
        #expect(row.findings.first { $0.rule == "damage.shiftedCells" }?.message.contains("PLZ") == true)
    }

    @Test func aCountryThatTheRestOfTheRowBeliesIsNamedWithTheEvidence() throws {
        let finding = try #require(try prepare([.country: "MA"]).findings.first { $0.rule == "country.elsewhere" })
        #expect(finding.severity == .warning)
        #expect(finding.suggestion == "US")
        #expect(finding.message.contains("state 'WA'"))
        #expect(finding.message.contains("phoneNumber '+1 206 555 0100'"))
    }

    @Test func aCityIsPartedFromItsPostalCode() throws {
        let city = try prepare([.city: "98101 Seattle"]).findings
        #expect(city.map(\.rule) == ["city.postalCode"])
        #expect(city.map(\.suggestion) == ["Seattle"])
        let code = try prepare([.postalCode: "Seattle 98101"]).findings
        #expect(code.map(\.rule) == ["postalCode.city"])
        #expect(code.map(\.suggestion) == ["98101"])
    }

    /// The cell, what is suggested for it, and whether that is certain.
    @Test(
        arguments: [
            ([.city: "98101 Seattle", .postalCode: ""], ["Seattle", "98101"], false),
            ([.city: "", .postalCode: "98101 Seattle"], ["Seattle", "98101"], false),
            ([.city: "Seattle, WA 98101", .postalCode: ""], ["Seattle", "98101"], false),
            (goodRow(in: "GB", [.city: "", .postalCode: "LS1 1UR Leeds"]), ["Leeds", "LS1 1UR"], false),
            (goodRow(in: "DE", [.city: "D-50667 Köln"]), ["Köln", "50667"], false),
            (goodRow(in: "CZ", [.city: "110 00 Praha 1"]), ["Praha 1", "110 00"], true),
            (goodRow(in: "JP", [.city: "東京 163-8001"]), ["東京", "163-8001"], false),
            (goodRow(in: "CA", [.state: "ON", .city: "Toronto ON M5H 2N2"]), ["Toronto", "M5H 2N2"], false),
            (goodRow(in: "CA", [.state: "QC", .city: "Toronto ON M5H 2N2"]), ["Toronto", "M5H 2N2"], true),
            ([.state: "NY", .city: "New York 10007", .postalCode: ""], ["New York", "10007"], false),
        ] as [([Column: String], [String], Bool)]
    )
    func aCityAndItsCodeInOneCellAreToldOnceForBoth(changes: [Column: String], texts: [String], isGuess: Bool) throws {
        let findings = try prepare(changes).findings
        #expect(findings.map(\.rule) == ["damage.joinedCells", "damage.joinedCells"])
        #expect(findings.map(\.column) == ["city", "postalCode"])
        #expect(findings.map(\.suggestion) == texts)
        #expect(findings.allSatisfy { $0.isGuess == isGuess })
    }

    @Test func bothPartsOfAJoinedCellAreTyped() throws {
        let settings = with(repairs: ["damage.joinedCells"])
        let row = try prepare([.city: "98101 Seattle", .postalCode: ""], settings: settings)
        #expect(row.findings.map(\.severity) == [.repaired, .repaired])
        #expect(row.payload.contains(#""city":"Seattle""#))
        #expect(row.payload.contains(#""postalCode":"98101""#))
    }

    private func with(repairs: Set<String>) -> OnboardingSettings {
        var settings = OnboardingSettings()
        settings.acceptedRepairs = repairs
        return settings
    }

    /// Country and state by their codes, whatever was typed.
    @Test(
        arguments: [
            ([.state: "United States", .country: "WA"], ["WA", "US"]),
            ([.state: "Canada", .country: "Ontario", .postalCode: "M5H 2N2", .culture: "en-CA"], ["ON", "CA"]),
            (german.merging([.state: "Deutschland", .country: "Bayern"]) { $1 }, ["Bayern", "DE"]),
        ] as [([Column: String], [String])]
    )
    func aCountryThatChangedPlacesIsSuggestedByItsCode(changes: [Column: String], suggestions: [String]) throws {
        let findings = try prepare(changes).findings
        #expect(findings.map(\.rule) == ["damage.swappedCells", "damage.swappedCells"])
        #expect(findings.map(\.suggestion) == suggestions)
    }

    private static let german = goodRow(
        in: "DE",
        [.culture: "de-DE", .language: "de", .city: "München", .postalCode: "80331", .phoneNumber: "+49 89 23300"]
    )
}
