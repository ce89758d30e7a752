import Manifests
import Testing

@testable import Onboarding

@Suite struct RowPreparerTests {
    @Test func aGoodRowAsksForACustomer() throws {
        let row = try prepare()
        #expect(row.findings.isEmpty)
        #expect(row.identity == CustomerIdentity(name: "crm-1", domain: "alderfinch.onmicrosoft.com"))
        #expect(row.companyName == "Alder & Finch Ltd")
        guard case .request(let payload, let digest) = row.verdict else {
            Issue.record("no request")
            return
        }
        #expect(digest == MessageDigest.sha256(payload))
    }

    @Test(arguments: [
        (" Alder ", "Alder"), ("\u{A0}Alder\u{2003}\r\n", "Alder"), ("Mu\u{308}ller", "M\u{FC}ller"),
        ("'+Alder", "'+Alder"),
        ("'Alder", "'Alder"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("A  B", "A  B"), ("", ""),
        ("\u{2126}hm", "\u{3A9}hm"),
    ])
    func aCellIsTrimmedAndComposed(cell: String, text: String) {
        // Swift compares strings by canonical equivalence, so the scalars are what tells.
        #expect(Array(Text.normalised(cell).unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test func theDomainIsSentAsTypedAndNamesTheCustomerInLowerCase() throws {
        let row = try prepare([.externalId: "", .domain: " AlderFinch.OnMicrosoft.com"])
        #expect(row.domain == "AlderFinch.OnMicrosoft.com")
        #expect(
            row.identity == CustomerIdentity(name: "alderfinch.onmicrosoft.com", domain: "alderfinch.onmicrosoft.com")
        )
        #expect(row.payload.contains(#""domain":"AlderFinch.OnMicrosoft.com""#))
    }

    @Test(
        arguments: [
            ("Müller.onmicrosoft.com", "xn--mller-kva.onmicrosoft.com"), ("a_b.onmicrosoft.com", nil), ("", nil),
            ("Contoso.com", "contoso.com"), ("a b", nil),
        ] as [(String, String?)]
    )
    func anInvalidDomainNamesACustomerOnlyWhereItIsAHostName(domain: String, ascii: String?) throws {
        let row = try prepare([.externalId: "", .domain: domain])
        #expect(row.identity?.domain == ascii)
        #expect(row.verdict == .invalid)
        #expect(try prepare([.domain: domain]).identity == CustomerIdentity(name: "crm-1", domain: ascii))
    }

    @Test func aCountryIsSentInUpperCase() throws {
        #expect(try prepare([.country: "us"]).payload.contains(#""country":"US""#))
    }

    @Test func emptyCellsAreAbsent() throws {
        let payload = try prepare([.phoneNumber: "\u{A0}", .firstName: ""]).payload
        #expect(!payload.contains("phoneNumber"))
        #expect(!payload.contains("firstName"))
    }

    @Test func allFindingsComeInTheManifestsOrder() throws {
        let header = ["Land", "PLZ", "Ort", "Straße", "E-Mail", "Firma", "Domain", "culture", "language"]
        let preparer = try RowPreparer(header: header, path: "m.csv")
        let cells = ["DE", "1067", "", "Am Markt 1", "a@b", "Test", "x.com", "xx", "de"]
        let row = preparer.prepare(Record(cells: cells, row: 1, line: 2))
        #expect(
            row.findings.map { "\($0.column) \($0.rule)" } == [
                "PLZ postalCode.leadingZero", "Ort field.required", "E-Mail email.syntax", "Firma companyName.doubtful",
                "Domain domain.suffix", "culture culture.syntax",
            ]
        )
        #expect(row.findings[0].suggestion == "01067")
        #expect(row.findings[0].value == "1067")
        #expect(row.verdict == .invalid)
    }

    @Test func aColumnThatTheManifestLacksIsNamedCanonicallyAndComesLast() throws {
        let preparer = try RowPreparer(
            header: ["culture", "companyName", "domain", "email", "language", "addressLine1", "city", "country"],
            path: "m.csv"
        )
        let cells = ["de_DE", "Alder", "alder.onmicrosoft.com", "a@example.com", "de", "Am Markt 1", "Dresden", "DE"]
        let row = preparer.prepare(Record(cells: cells, row: 1, line: 2))
        #expect(row.findings.map(\.column) == ["culture", "postalCode"])
    }

    @Test func aRecordsFaultsAreErrors() throws {
        let preparer = try RowPreparer(header: ColumnMapTests.required, path: "m.csv")
        let cells = [
            "Al\u{FFFD}er", "alder.onmicrosoft.com", "a@example.com", "en-US", "en", "1 High St", "Dublin", "IE",
        ]
        let faults = [
            RecordFault(rule: "text.encoding", column: 0, message: "can't be decoded"),
            RecordFault(rule: "csv.longRow", message: "has 9 cells"),
        ]
        let row = preparer.prepare(Record(cells: cells, row: 1, line: 2, faults: faults))
        #expect(row.verdict == .invalid)
        #expect(row.findings.map(\.rule) == ["csv.longRow", "text.encoding"])
        #expect(row.findings.map(\.column) == ["", "companyName"])
        #expect(row.findings.map(\.value) == ["", "Al\u{FFFD}er"])
    }

    @Test func aShortRecordIsReadAsIfItsLastCellsWereEmpty() throws {
        let preparer = try RowPreparer(header: ColumnMapTests.required, path: "m.csv")
        let row = preparer.prepare(Record(cells: ["Alder"], row: 1, line: 2))
        #expect(row.findings.count == 7)
        #expect(row.identity == nil)
    }

    @Test func aRowThatNamesItsCustomerIsNeverAnError() throws {
        let id = "0c39d6d5-c70d-4c55-bc02-f620844f3fd1"
        let row = try prepare([.customerId: id, .email: "nonsense", .country: "UK"])
        #expect(row.verdict == .existing(customerId: id))
        #expect(row.findings.isEmpty)
        #expect(row.identity?.domain == "alderfinch.onmicrosoft.com")
    }

    @Test(arguments: ["n/a", "1001"])
    func aRowThatNamesNoCustomerByAGUIDIsAnError(id: String) throws {
        let row = try prepare([.customerId: id])
        #expect(row.findings.map(\.severity) == [.error])
        #expect(row.verdict == .invalid)
    }

    @Test func ofARowThatHoldsNothingOnlyItsFaultIsTold() throws {
        let preparer = try RowPreparer(header: ColumnMapTests.required, path: "m.xml")
        let fault = RecordFault(rule: "xml.schema", message: "there is text between the customers")
        let cells = ColumnMapTests.required.map { _ in " " }
        let row = preparer.prepare(Record(cells: cells, row: 1, line: 2, faults: [fault]))
        #expect(row.verdict == .invalid)
        #expect(row.findings.map(\.rule) == ["xml.schema"])
    }

    @Test func aWarningDoesNotKeepARowFromBeingSent() throws {
        let row = try prepare([.domain: "alder-finch.onmicrosoft.com"])
        #expect(row.findings.map(\.rule) == ["domain.hyphen"])
        #expect(!row.payload.isEmpty)
    }

    @Test func aFormulasErrorIsToldOnce() throws {
        let header = Column.requests.map(\.name)
        let preparer = try RowPreparer(header: header, path: "m.xlsx")
        let cells = Column.requests.map { $0 == .city || $0 == .district ? "#N/A" : "" }
        let city = try #require(header.firstIndex(of: "city"))
        let faults = [RecordFault(rule: "workbook.errorValue", column: city, message: "the cell holds the error #N/A")]
        let findings = preparer.prepare(Record(cells: cells, row: 1, line: 2, faults: faults)).findings
        #expect(findings.filter { $0.column == "city" }.map(\.rule) == ["workbook.errorValue"])
        #expect(findings.contains { $0.column == "district" && $0.rule == "damage.errorValue" })
    }

    @Test func defaultsFillEmptyCells() throws {
        let settings = OnboardingSettings(defaults: [.culture: "de-DE", .language: "de"])
        let row = try prepare([.culture: "", .language: "en"], settings: settings)
        #expect(row.payload.contains(#""culture":"de-DE""#))
        #expect(row.payload.contains(#""language":"en""#))
    }

    @Test func theSuffixIsASetting() throws {
        let settings = OnboardingSettings(domainSuffix: "ccsctp.net")
        #expect(try prepare([.domain: "alder.ccsctp.net"], settings: settings).findings.isEmpty)
        #expect(try prepare(settings: settings).findings.map(\.rule) == ["domain.suffix"])
    }

    @Test(
        arguments: [
            (Column.country, "UK", "GB"), (.country, "Germany", "DE"), (.state, "Washington", "WA"),
            (.state, "Califronia", "CA"),
            (.postalCode, "98101–1234", "98101-1234"), (.email, "a@example.con", "a@example.com"),
            (.email, "mailto:a@example.com", "a@example.com"),
            (.email, "Mara <mara@example.com>", "mara@example.com"), (.email, "a b@example.com", nil),
            (.domain, "alderfinch", "alderfinch.onmicrosoft.com"),
            (.domain, "alder finch.onmicrosoft.com", "alderfinch.onmicrosoft.com"),
            (.domain, "alder.onmicrosoft.con", "alder.onmicrosoft.com"),
            (.domain, "https://alder.onmicrosoft.com/", "alder.onmicrosoft.com"),
            (.domain, "alder.com", nil), (.culture, "en_US", "en-US"), (.culture, "en", "en-US"),
            (.culture, "English", "en-US"), (.culture, "US", "en-US"), (.culture, "zz-ZZ", nil),
            (.culture, "en- US", "en-US"),
            (.culture, "en US", "en-US"), (.language, "iw", "en"), (.country, "Bayern", nil),
            (.country, "Germnay", "DE"),
            (.associatedPartnerId, "4,847,383", "4847383"), (.associatedPartnerId, "MPN 4847383", "4847383"),
            (.associatedPartnerId, "503-823-4000", nil), (.postalCode, "98101 Seattle WA", "98101"),
            (.associatedPartnerId, "{0c39d6d5-c70d-4c55-bc02-f620844f3fd1}", "0c39d6d5-c70d-4c55-bc02-f620844f3fd1"),
            (.culture, "en-UK", "en-GB"), (.language, "Deutsch", "de"), (.language, "en_US", "en"),
            (.companyName, "Zero\u{200B}width", "Zerowidth"), (.city, "New\nYork", "New York"),
        ] as [(Column, String, String?)]
    )
    func whatWouldBeRightIsSuggested(column: Column, value: String, suggestion: String?) throws {
        // Where another country is meant, the rest of the address is not its own.
        let rest =
            column == .country && Country.named(value)?.isExact == true ? goodRow(in: value, [.phoneNumber: ""]) : [:]
        let findings = try prepare(rest.merging([column: value]) { $1 }).findings.filter { $0.column == column.name }
        #expect(findings.count == 1)
        #expect(findings.first?.suggestion == suggestion)
        // A suggestion that does not pass would send a person round in circles.
        if let suggestion, column != .country {
            let repaired = try prepare([column: suggestion]).findings.filter { $0.column == column.name }
            #expect(repaired.filter { $0.severity == .error }.isEmpty)
        }
    }

    @Test(
        arguments: [
            (goodRow(in: "CN", [.city: "Beijing"]), "BJ"), (goodRow(in: "CN", [.city: "上海市"]), "SH"),
            (goodRow(in: "MX", [.city: "Ciudad de México"]), "CMX"), (goodRow(in: "CN", [.city: "Suzhou"]), nil),
            ([.state: ""], "WA"), ([.state: "", .city: "Washington", .postalCode: "20001"], "DC"),
            (goodRow(in: "AU", [.city: "Sydney", .postalCode: "2000"]), "New South Wales"),
            (goodRow(in: "IN", [.city: "Mumbai", .postalCode: "400 098"]), "Maharashtra"),
        ] as [([Column: String], String?)]
    )
    func aStateThatTheRestOfTheAddressTellsIsSuggested(changes: [Column: String], state: String?) throws {
        let finding = try prepare(changes).findings.first { $0.column == "state" }
        #expect(finding?.suggestion == state)
        #expect(finding?.isGuess == true)
    }
}
