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
                [.city: "New York", .state: "NY", .postalCode: "10007"],
            ],
            fails: [
                [.city: "98101", .postalCode: "Seattle"], [.culture: "en", .language: "en-US"],
                [.domain: "office@alderfinch.example.com", .email: "alderfinch.onmicrosoft.com"],
                goodRow(in: "GB", [.city: "EC1A 1HQ", .postalCode: "London"]), [.city: "WA", .state: "Seattle"],
                [.addressLine1: "Seattle", .city: "400 Pine Street"],
                goodRow(in: "DE", [.addressLine1: "Köln", .city: "Hauptstraße 12", .postalCode: "50667"]),
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
            ]
        ),
        RuleTable(
            "country.elsewhere",
            passes: rightRows + [
                [:], goodRow(in: "DE", [.postalCode: "10115", .culture: "en-US"]), [.country: "UK"],
                goodRow(in: "MA", [.postalCode: "20000", .city: "Casablanca"]),
                goodRow(in: "MC", [.culture: "fr-FR", .postalCode: "98000", .phoneNumber: "+33 1 42 76 40 40"]),
            ],
            fails: [
                [.country: "MA"], [.country: "GA"], [.country: "DE"],
                goodRow(in: "DE", [.culture: "nl-NL", .postalCode: "1011 PN", .phoneNumber: "+31 20 624 1111"]),
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
            passes: [[:], [.city: "100 Mile House"], [.city: "98101"], [.city: "98102 Seattle"]],
            fails: [
                [.city: "98101 Seattle"], [.city: "Seattle, 98101"],
                goodRow(in: "GB", [.city: "London EC1A 1HQ", .postalCode: "EC1A 1HQ"]),
            ]
        ),
        RuleTable(
            "postalCode.city",
            passes: [[:], [.postalCode: "Seattle"], [.postalCode: "WA 98101"]],
            fails: [[.postalCode: "Seattle 98101"], [.postalCode: "98101 Seattle"]]
        ),
    ]

    /// Rows in which nothing stands wrong, though much can be taken for something else.
    private static let rightRows: [[Column: String]] = [
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

@Suite struct RowShapeTests {
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
}
