import Manifests
import Testing

@testable import Onboarding

/// A person is told the cause, and not what follows from it.
@Suite struct CauseTests {
    /// A cell too many before the e-mail address.
    private static let shifted: [Column: String] = [
        .email: "", .firstName: "office@alderfinch.example.com", .middleName: "Mara", .lastName: "", .culture: "Finch",
        .language: "en-US", .addressLine1: "en", .addressLine2: "400 Pine Street", .addressLine3: "", .city: "",
        .district: "Seattle", .state: "", .region: "WA", .postalCode: "", .country: "98101", .phoneNumber: "US",
        .associatedPartnerId: "+1 206 555 0100",
    ]

    @Test func aShiftedRowHasOneFindingAtTheFirstCellThatIsAnothers() throws {
        let findings = try prepare(Self.shifted).findings
        #expect(findings.map(\.rule) == ["damage.shiftedCells"])
        #expect(findings.map(\.column) == ["firstName"])
        #expect(findings.map(\.value) == ["office@alderfinch.example.com"])
        let sentence = try #require(findings.first?.sentence)
        #expect(sentence.contains("is what belongs to email: from email to associatedPartnerId the cells stand one"))
        #expect(sentence.contains("too far to the right"))
    }

    @Test func aRowThatLacksACellIsToldSoAtTheFirstCellThatIsAnothers() throws {
        let findings = try prepare([
            .lastName: "en-US", .culture: "en", .language: "400 Pine Street", .addressLine1: "", .city: "WA",
            .state: "", .region: "98101", .postalCode: "US", .country: "+1 206 555 0100", .phoneNumber: "",
        ]).findings
        #expect(findings.map(\.rule) == ["damage.shiftedCells"])
        #expect(findings.map(\.column) == ["lastName"])
        #expect(findings.first?.message.contains("belongs to culture: from lastName to") == true)
    }

    @Test func whatIsWrongElsewhereInAShiftedRowStays() throws {
        let cells = Self.shifted.merging([.domain: "alder_finch.onmicrosoft.com", .middleName: "Lost \u{FFFD}"]) { $1 }
        let rules = try prepare(cells).findings.map(\.rule)
        #expect(rules == ["domain.syntax", "damage.shiftedCells", "text.characters"])
    }

    @Test func whatStandsInItsPlaceAgainIsCheckedAsEver() throws {
        let findings = try prepare([
            .domain: "Ltd", .organizationRegistrationNumber: "alderfinch.onmicrosoft.com", .email: "",
            .firstName: "office@alderfinch.example.com", .postalCode: "9810",
        ]).findings
        #expect(findings.map(\.rule) == ["damage.shiftedCells", "postalCode.pattern"])
        #expect(findings.first?.message.contains("from domain to firstName") == true)
    }

    @Test(
        arguments: [
            ([.city: "98101", .postalCode: "Seattle"], ["damage.swappedCells", "damage.swappedCells"]),
            ([.phoneNumber: "4.2555501E+10"], ["damage.exponent"]), ([.postalCode: "Apr-03"], ["damage.date"]),
            ([.postalCode: "#REF!"], ["damage.errorValue"]), ([.email: "#N/A"], ["damage.errorValue"]),
            ([.phoneNumber: "4.2555501E+10", .email: "nobody"], ["email.syntax", "damage.exponent"]),
            // A warning hides no error.
            ([.state: "TRUE"], ["damage.truthValue", "state.code"]),
            ([.companyName: "MÃ¼ller\u{A0}GmbH"], ["damage.encoding"]),
            ([.city: "GarcÃ\u{AD}a"], ["damage.encoding"]), ([.culture: "en–US"], ["damage.codeCharacters"]),
            ([.email: "joe\u{A0}@x.com"], ["damage.codeCharacters"]),
            ([.email: "a–b@x.com"], ["damage.codeCharacters"]),
            ([.email: "j\u{200B}oe@x.com"], ["text.characters"]), ([.email: "joe@x\u{200B}.com"], ["text.characters"]),
            ([.email: "joe@x.com\tb"], ["email.syntax"]), ([.email: "joe@соntoso.com"], ["email.homoglyph"]),
        ] as [([Column: String], [String])]
    )
    func aCauseIsToldOnce(changes: [Column: String], rules: [String]) throws {
        #expect(try prepare(changes).findings.map(\.rule) == rules)
    }

    /// What to type is named in quotation marks once: at the end, or in the message where it says why.
    @Test(arguments: RuleTests.tables)
    func aSuggestionIsSaidOnce(table: RuleTable) throws {
        for changes in table.fails {
            for finding in try prepare(changes).findings {
                guard let suggestion = finding.suggestion, !suggestion.isEmpty else { continue }
                let parts = finding.advice.split(separator: "'\(suggestion)'", omittingEmptySubsequences: false)
                #expect(parts.count <= 2, "\(finding.advice)")
            }
        }
    }

    /// A rule is passed over where the row has none of its signs: that must never hide a finding.
    @Test(arguments: RuleTests.tables)
    func aRuleThatIsPassedOverWouldHaveFoundNothing(table: RuleTable) throws {
        let names = Column.allCases.map(\.name)
        let settings = OnboardingSettings()
        let columns = try ColumnMap(header: names, path: "m.csv", settings: settings)
        for changes in table.passes + table.fails {
            let cells = goodRow.merging(changes) { $1 }
            let record = Record(cells: Column.allCases.map { cells[$0, default: ""] }, row: 1, line: 2)
            let row = CheckedRow(record, columns: columns, settings: settings)
            for rule in Rule.all where rule.signs.isDisjoint(with: row.signs) {
                var problems = Problems()
                rule.check(row, &problems)
                #expect(problems.list.isEmpty, "\(rule.name) of \(changes)")
            }
        }
    }

    @Test func aRowInWhichNothingIsWrongHasNoSigns() throws {
        let columns = try ColumnMap(header: Column.allCases.map(\.name), path: "m.csv")
        let cells = goodRow.merging([.externalId: "crm-0001", .companyName: "Alder & Finch Trading"]) { $1 }
        let record = Record(cells: Column.allCases.map { cells[$0, default: ""] }, row: 1, line: 2)
        #expect(CheckedRow(record, columns: columns, settings: OnboardingSettings()).signs == .always)
    }
}
