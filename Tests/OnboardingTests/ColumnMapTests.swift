import Manifests
import Platform
import Testing

@testable import Onboarding

@Suite struct ColumnMapTests {
    static let required = ["companyName", "domain", "email", "culture", "language", "addressLine1", "city", "country"]

    func map(_ header: [String], settings: OnboardingSettings = OnboardingSettings()) throws(ManifestError) -> ColumnMap
    {
        try ColumnMap(header: header, path: "in/m.csv", headerLine: 3, settings: settings)
    }

    func complaint(_ header: [String], settings: OnboardingSettings = OnboardingSettings()) -> String? {
        do throws(ManifestError) {
            _ = try map(header, settings: settings)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        "postalCode", "POSTAL CODE", "Postal\u{A0}Code", "postal_code", "postal-code", " postalcode ",
        "\u{2002}Postal Code",
        "billingProfile.defaultAddress.postalCode", "billingprofile.defaultaddress.POSTALCODE", "Code postal",
        "우편 번호", "PLZ", "Postcode", "Código Postal", "Codigo postal", "ZIP",
    ])
    func aTitleIsKnownByNamePathAndAlias(title: String) throws {
        let columns = try map(Self.required + [title])
        #expect(columns.position(of: .postalCode) == 8)
        #expect(columns.notices.isEmpty)
    }

    @Test(arguments: [
        ("Nom de l’entreprise", Column.companyName), ("Bedrijfsnaam", .companyName), ("회사 이름", .companyName),
        ("Firma", .companyName), ("Empresa", .companyName), ("companyProfile.domain", .domain),
        ("billingProfile.defaultAddress.firstName", .firstName), ("purser:status", .status), ("Straße", .addressLine1),
    ])
    func companiesAreKnownInSixLanguages(title: String, column: Column) throws {
        let header = Self.required.filter { $0 != column.name } + [title]
        #expect(try map(header).position(of: column) == header.count - 1)
    }

    @Test func aJobsAliasWinsOverTheBuiltInOnes() throws {
        let settings = OnboardingSettings(aliases: ["Kundenname": .companyName, "Firma": .externalId])
        let header = Self.required.dropFirst() + ["kunden name", "FIRMA"]
        let columns = try map(Array(header), settings: settings)
        #expect(columns.position(of: .companyName) == 7)
        #expect(columns.position(of: .externalId) == 8)
    }

    @Test func anUnknownColumnIsTold() throws {
        let notices = try map(Self.required + ["distict", "Favourite colour", ""]).notices
        #expect(
            notices.map(\.message) == [
                "the column 'distict' is not known and is passed over; did you mean district?",
                "the column 'Favourite colour' is not known and is passed over",
            ]
        )
        #expect(notices.allSatisfy { $0.line == 3 })
    }

    @Test func whatAnExportHasBesideIsPassedOverInSilence() throws {
        let more = ["customerId", "commerceId", "relationshipToPartner", "purser:status", "purser:problem"]
        #expect(try map(Self.required + more).notices.isEmpty)
    }

    @Test func missingColumnsAreNamedTogether() {
        let header = Self.required.filter { $0 != "email" && $0 != "city" } + ["e-mial"]
        #expect(
            complaint(header)
                == "in/m.csv:3: the required columns email, city are missing; add what is missing or rename the column that "
                + "holds it; is 'e-mial' meant as email?"
        )
        #expect(
            complaint(Self.required.filter { $0 != "city" })?.contains("the required column city is missing") == true
        )
    }

    @Test func aDefaultStandsInForAColumn() throws {
        let settings = OnboardingSettings(defaults: [.culture: "en-US", .language: "en"])
        let header = Self.required.filter { $0 != "culture" && $0 != "language" }
        #expect(complaint(header, settings: settings) == nil)
        #expect(complaint(header)?.contains("culture, language") == true)
    }

    @Test func aFileWithoutAHeaderIsSaidToHaveNone() {
        #expect(complaint(["Alder & Finch", "400 Pine Street"])?.contains("no column of this header is known") == true)
    }

    @Test func theSameColumnTwiceIsRefused() {
        #expect(
            complaint(Self.required + ["Company", "Firma"])
                == "in/m.csv:3: 'companyName' (column 1) and 'Company' (column 9) both mean companyName; remove or rename one "
                + "of them"
        )
    }

    @Test(
        arguments: [
            ("emial", "email"), ("cuntry", "country"), ("postalcod", "postalCode"), ("xyz", nil),
            ("adressLine1", "addressLine1"),
        ] as [(String, String?)]
    )
    func theNearestNameIsWhatWasMeant(typed: String, meant: String?) {
        #expect(NearestName.find(typed, among: Column.requests.map(\.name), spelt: \.self) == meant)
    }

    @Test(arguments: [
        ("Country/Region", Column.country), ("State/Province", .state), ("Zip/Postal Code", .postalCode),
        ("City/Town", .city),
        ("Town / City", .city), ("Address 1", .addressLine1), ("Adresse 1", .addressLine1),
        ("N° de téléphone", .phoneNumber),
        ("Tél.", .phoneNumber), ("C.P.", .postalCode), ("국가/지역", .country), ("Anschrift", .addressLine1),
        ("Gemeente", .city),
        ("Naam bedrijf", .companyName), ("Customer No", .externalId), ("Customer Number", .externalId),
        ("Phone (mobile)", .phoneNumber),
        ("Country (region)", .country), ("Phone (Telephone)", .phoneNumber), ("군/구", .district),
    ])
    func titlesThatPeopleUseAreKnown(title: String, column: Column) {
        #expect(ColumnNames(aliases: [:]).column(titled: title) == column)
    }

    @Test(arguments: [
        "Phone (fax)", "Phone/Fax", "Fax", "Email (old)", "Company (domain)", "Customer", "City/Country", "/",
        "Address [shipping]",
        "Telefon (Fax-Nr.)",
    ])
    func titlesThatNameAnotherThingAreNot(title: String) {
        #expect(ColumnNames(aliases: [:]).column(titled: title) == nil)
    }

    @Test func ofManyUnknownColumnsOnlySomeAreTold() throws {
        let notices = try map(Self.required + (0..<2000).map { "Column number \($0)" }).notices
        #expect(notices.count == 21)
        #expect(notices.last?.message == "and 1980 more columns are not known and are passed over")
    }
}
