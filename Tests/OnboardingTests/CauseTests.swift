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
            ([.postalCode: "2166-02-13 00:00:00"], ["damage.date"]),
            ([.companyName: "2166-02-13"], ["damage.nameDate"]),
            ([.phoneNumber: String(repeating: "5", count: 500)], ["field.length"]),
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

    /// Where the country is wrong, what is judged by it is not told; what it would have been, the cause is.
    @Test(
        arguments: [
            (goodRow(in: "CN", swiss), .error), (goodRow(in: "BR", swiss), .error),
            (goodRow(in: "BE", swiss), .warning),
            (goodRow(in: "DE", [.culture: "nl-NL", .postalCode: "1011 PN", .phoneNumber: "+31 20 624 1111"]), .error),
            (goodRow(in: "AT", hungarian), .error), ([.country: "CA"], .error), ([.country: "MA"], .warning),
        ] as [([Column: String], Finding.Severity)]
    )
    func aWrongCountryIsAllThatIsToldOfIt(changes: [Column: String], severity: Finding.Severity) throws {
        let findings = try prepare(changes).findings
        #expect(findings.map(\.rule) == ["country.elsewhere"])
        #expect(findings.map(\.severity) == [severity])
    }

    /// An American company's branch has its language and telephone there: of a slip in its postal code that is no
    /// cause.
    @Test(arguments: [("DE", "5066"), ("GB", "12345"), ("CH", "80350")])
    func aSlipInABranchsPostalCodeIsTold(country: String, postalCode: String) throws {
        let findings = try prepare(goodRow(in: country, [.postalCode: postalCode])).findings
        #expect(findings.contains { $0.rule == "postalCode.pattern" })
    }

    private static let swiss: [Column: String] = [
        .culture: "de-CH", .language: "de", .city: "Zürich", .postalCode: "8001", .phoneNumber: "+41 44 412 31 11",
    ]

    private static let hungarian: [Column: String] = [
        .culture: "hu-HU", .language: "hu", .city: "Budapest", .postalCode: "1052", .phoneNumber: "+36 1 327 1000",
        .organizationRegistrationNumber: "15735636-2-41",
    ]

    @Test func whatIsWrongInAnyCountryIsToldBesideAWrongCountry() throws {
        let row = goodRow(in: "CN", Self.swiss.merging([.email: "nobody", .phoneNumber: "4.1444123E+10"]) { $1 })
        let rules = try prepare(row).findings.map(\.rule)
        #expect(rules == ["email.syntax", "country.elsewhere", "damage.exponent"])
    }

    /// A reader's fault, and what the rules would say of the cells that it spoils.
    @Test(
        arguments: [
            ("workbook.formula", .city, nil, [.city: ""], []),
            ("workbook.date", .postalCode, nil, [.postalCode: "-5"], []),
            ("csv.nul", .companyName, nil, [.companyName: "A\u{0}B"], []),
            ("csv.cellTooLong", .addressLine1, nil, [.addressLine1: String(repeating: "a", count: 999)], []),
            ("csv.nul", .country, nil, [.country: "D\u{0}E"], []),
            ("workbook.number", .country, nil, [.country: "CA"], []),
            // What is wrong elsewhere is another fault.
            ("workbook.formula", .city, nil, [.city: "", .email: "nobody"], ["email.syntax"]),
            // The cells behind went into the one with the quote.
            (
                "csv.unclosedQuote", .email, .rest,
                [
                    .email: "a\nb,c", .culture: "", .language: "", .addressLine1: "", .city: "", .country: "",
                    .domain: "x y",
                ],
                ["domain.syntax"]
            ),
            ("csv.recordTooLong", nil, .record, [.email: "nobody", .country: ""], []),
            ("xml.schema", nil, nil, [.email: "nobody"], ["email.syntax"]),
        ] as [(String, Column?, RecordFault.Reach?, [Column: String], [String])]
    )
    func aReadersFaultIsToldOnce(
        rule: String,
        column: Column?,
        reach: RecordFault.Reach?,
        changes: [Column: String],
        others: [String]
    ) throws {
        let fault = RecordFault(rule: rule, column: column?.rawValue, spoils: reach, message: "")
        let cells = goodRow.merging(changes) { $1 }
        let columns = Column.allCases
        let preparer = try RowPreparer(header: columns.map(\.name), path: "m.csv")
        let record = Record(cells: columns.map { cells[$0, default: ""] }, row: 1, line: 2, faults: [fault])
        #expect(Set(preparer.prepare(record).findings.map(\.rule)) == Set([rule] + others))
    }

    @Test func aRowOfWhichOnlyASpoiltCellIsLeftNamesNobody() throws {
        let preparer = try RowPreparer(header: ColumnMapTests.required, path: "m.csv")
        let fault = RecordFault(rule: "csv.encoding", column: 0, message: "the cell is not UTF-16LE")
        let cells = ["\u{FFFD}"] + ColumnMapTests.required.dropFirst().map { _ in "" }
        let row = preparer.prepare(Record(cells: cells, row: 1, line: 2, faults: [fault]))
        #expect(row.findings.map(\.rule) == ["csv.encoding"])
        #expect(row.identity == nil)
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
