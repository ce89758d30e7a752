import Manifests
import Testing

@testable import Onboarding

@Suite struct RepairTests {
    private static func accepting(_ rules: String...) -> OnboardingSettings {
        var settings = OnboardingSettings()
        settings.acceptedRepairs = Set(rules)
        return settings
    }

    private static let boston: [Column: String] = [.city: "Boston", .state: "MA", .postalCode: "2116"]

    @Test func nothingIsChangedUnlessItIsAccepted() throws {
        for settings in [OnboardingSettings(), Self.accepting("country.code")] {
            let row = try prepare(Self.boston, settings: settings)
            #expect(row.verdict == .invalid)
            #expect(row.findings.map(\.severity) == [.error])
        }
    }

    @Test func anAcceptedRepairIsReportedAndTheRequestHasIt() throws {
        let row = try prepare(Self.boston, settings: Self.accepting("postalCode.leadingZero"))
        #expect(row.payload == (try prepare(Self.boston.merging([.postalCode: "02116"]) { $1 }).payload))
        let repair = try #require(row.findings.first)
        #expect(row.findings.count == 1)
        #expect(repair.severity == .repaired)
        #expect((repair.rule, repair.column) == ("postalCode.leadingZero", "postalCode"))
        #expect((repair.value, repair.suggestion) == ("2116", "02116"))
        #expect(repair.sentence.hasPrefix("'2116' is taken as '02116', since it lost its leading zero"))
    }

    @Test func theIdentityIsThatOfTheRepairedDomain() throws {
        let row = try prepare(
            [.externalId: "", .domain: "alder finch.onmicrosoft.com"],
            settings: Self.accepting("domain.syntax")
        )
        #expect(row.identity?.name == "alderfinch.onmicrosoft.com")
        #expect(row.domain == "alderfinch.onmicrosoft.com")
    }

    @Test func whatARepairBringsToLightIsRepairedToo() throws {
        // Without its country the row has no pattern that the postal code could miss.
        let cells = Self.boston.merging([.country: "USA"]) { $1 }
        let row = try prepare(cells, settings: Self.accepting("country.code", "postalCode.leadingZero"))
        #expect(row.findings.map(\.rule) == ["postalCode.leadingZero", "country.code"])
        #expect(row.findings.allSatisfy { $0.severity == .repaired })
        #expect(row.payload.contains(#""postalCode":"02116""#))
    }

    @Test(
        arguments: [
            (.country, "Deutschland", "DE"), (.country, "UK", "GB"), (.country, "USA", "US"),
            (.country, "대한민국", "KR"), (.state, "Washington", "WA"), (.state, "new york", "NY"),
            (.country, "Germnay", nil), (.country, "Untied States", nil), (.state, "Califronia", nil),
        ] as [(Column, String, String?)]
    )
    func aNameIsRepairedOnlyWhereItIsExact(column: Column, name: String, code: String?) throws {
        // A row that denies the country is another matter.
        let rest = column == .country ? goodRow(in: name, [.phoneNumber: ""]) : [:]
        let row = try prepare(
            rest.merging([column: name]) { $1 },
            settings: Self.accepting("country.code", "state.code")
        )
        let finding = try #require(row.findings.first { $0.column == column.name })
        #expect(finding.suggestion != nil)
        #expect((finding.severity == .repaired) == (code != nil))
        guard let code else {
            #expect(finding.sentence.hasSuffix("meant?"))
            return
        }
        #expect(finding.suggestion == code)
    }

    @Test func namesThatCountriesShareAreGuesses() throws {
        #expect(Country.all.allSatisfy { Country.named($0.alpha3)?.isExact == true })
        for country in Country.all {
            for name in country.otherNames {
                let named = try #require(Country.named(name))
                #expect(named.country === country || !named.isExact, "\(name)")
            }
        }
    }

    @Test(
        arguments: [
            ([.state: "MA", .postalCode: "2134"], "02134"), ([.state: "Mass.", .postalCode: "2134"], "02134"),
            (goodRow(in: "PR", [.postalCode: "907"]), "00907"),
            (goodRow(in: "BR", [.state: "SP", .postalCode: "1002-020"]), "01002-020"),
            (goodRow(in: "DE", [.postalCode: "1067"]), nil), (goodRow(in: "FR", [.postalCode: "7500"]), nil),
            (goodRow(in: "BR", [.postalCode: "1002-020"]), nil),
        ] as [([Column: String], String?)]
    )
    func aLeadingZeroIsPutBackOnlyWhereNothingElseCanBeMeant(changes: [Column: String], code: String?) throws {
        let row = try prepare(changes, settings: Self.accepting("postalCode.leadingZero"))
        let finding = try #require(row.findings.first { $0.rule == "postalCode.leadingZero" })
        #expect(finding.suggestion != nil)
        #expect((finding.severity == .repaired) == (code != nil))
        if let code { #expect(finding.suggestion == code) }
    }

    @Test func aRepairLeavesWhatElseIsWrongWithTheRow() throws {
        let cells = Self.boston.merging([.email: "nobody"]) { $1 }
        let row = try prepare(cells, settings: Self.accepting("postalCode.leadingZero"))
        #expect(row.verdict == .invalid)
        #expect(row.findings.map(\.rule) == ["email.syntax", "postalCode.leadingZero"])
        #expect(row.findings.map(\.severity) == [.error, .repaired])
    }

    @Test func strictTakesWarningsForErrors() throws {
        var settings = OnboardingSettings()
        settings.isStrict = true
        let hyphen: [Column: String] = [.domain: "alder-finch.onmicrosoft.com"]
        #expect(try prepare(hyphen).findings.map(\.severity) == [.warning])
        let row = try prepare(hyphen, settings: settings)
        #expect(row.findings.map(\.severity) == [.error])
        #expect(row.verdict == .invalid)
    }

    @Test(arguments: [
        [Column.companyName: "companyName", .domain: "domain", .email: "email"],
        [.companyName: "Company Name", .domain: "Domain", .email: "E-mail", .city: "City"],
        [.companyName: "Firma", .domain: "Domain name", .email: "Email", .country: "Land"],
    ])
    func aHeaderAmongTheRowsIsFound(cells: [Column: String]) throws {
        let header = Column.allCases.map(\.name)
        let record = Record(cells: Column.allCases.map { cells[$0, default: ""] }, row: 7, line: 8)
        let row = try RowPreparer(header: header, path: "m.csv").prepare(record)
        #expect(row.findings.map(\.rule) == ["row.repeatedHeader"])
        #expect(row.verdict == .invalid)
        #expect(row.identity == nil)
    }

    @Test(arguments: [
        [Column.companyName: "Domain", .city: "City"], [.domain: "domain", .city: "City"],
        [.email: "email", .companyName: "Company", .city: "City"], [.domain: "domain", .email: "email"],
    ])
    func aRowWithATitleInItIsNoHeader(changes: [Column: String]) throws {
        #expect(!(try prepare(changes).findings.contains { $0.rule == "row.repeatedHeader" }))
    }

    @Test(arguments: [
        ([""], true), ([" ", "\t", "\u{A0}\u{3000}", "\n"], true), ([" ", "x"], false), (["\u{200B}"], false),
    ])
    func aRowOfSpacesIsBlank(cells: [String], isBlank: Bool) {
        #expect(RowPreparer.isBlank(Record(cells: cells, row: 1, line: 2)) == isBlank)
        let fault = RecordFault(rule: "csv.encoding", message: "no text")
        #expect(!RowPreparer.isBlank(Record(cells: cells, row: 1, line: 2, faults: [fault])))
    }

    @Test(
        arguments: [
            ("UK", "is no code", "GB", "'UK' is no code; type 'GB'"),
            ("Oregon", "is no code; type OR", "OR", "'Oregon' is no code; type OR"),
            ("", "is empty", nil, "is empty"),
            ("A\u{200B}\u{A0}\u{202E}", "is strange", "A", "'A<U+200B><U+00A0><U+202E>' is strange; type 'A'"),
            ("x", "must be empty", "", "'x' must be empty; empty the cell"),
        ] as [(String, String, String?, String)]
    )
    func aSentenceHasTheCellAndWhatToType(value: String, message: String, suggestion: String?, sentence: String) {
        let finding = Finding(
            .error,
            rule: "a.b",
            column: "city",
            value: value,
            message: message,
            suggestion: suggestion
        )
        #expect(finding.sentence == sentence)
    }

    @Test func rulesAreNamedOnce() {
        let names = RuleDescription.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(RuleDescription.all.allSatisfy { $0.summary.hasSuffix(".") || $0.summary.hasSuffix(")") })
    }

    @Test(arguments: [
        (#"^\d{5}(-\d{4})?$"#, "98101-1234", true), (#"^\d{5}(-\d{4})?$"#, "9810", false),
        ("^[0-9]{6,6}$", "100033", true), ("[ab]{2}", "ab", true),
    ])
    func aPatternOfTheServiceIsMatchedAsAWhole(expression: String, text: String, isMatch: Bool) throws {
        #expect(try #require(ServicePattern(expression)).matches(text) == isMatch)
    }

    @Test(arguments: ["", "^$", "a*", "(?=x)", "^(.*)+$"])
    func aPatternBeyondTheSubsetIsNone(expression: String) {
        #expect(ServicePattern(expression) == nil)
    }
}
