import Testing

@testable import Onboarding

/// What passes and what fails a rule, as changes to a row in which nothing is wrong.
struct RuleTable: Sendable, CustomTestStringConvertible {
    let rule: String
    let passes: [[Column: String]]
    let fails: [[Column: String]]

    var testDescription: String { rule }

    init(_ rule: String, passes: [[Column: String]] = [[:]], fails: [[Column: String]]) {
        self.rule = rule
        self.passes = passes
        self.fails = fails
    }

    /// A table for one column.
    init(_ rule: String, _ column: Column, passes: [String], fails: [String]) {
        self.init(rule, passes: passes.map { [column: $0] }, fails: fails.map { [column: $0] })
    }

    /// A table for one column of rows in given countries.
    init(_ rule: String, _ column: Column, passes: [(String, String)], fails: [(String, String)]) {
        func rows(_ values: [(String, String)]) -> [[Column: String]] {
            values.map { country, value in goodRow(in: country, [column: value]) }
        }
        self.init(rule, passes: rows(passes), fails: rows(fails))
    }
}

@Suite struct RuleTests {
    @Test(arguments: tables)
    func aRuleIsSilentOnWhatIsRight(table: RuleTable) throws {
        for changes in table.passes {
            #expect(try !prepare(changes).findings.map(\.rule).contains(table.rule), "\(changes)")
        }
    }

    @Test(arguments: tables)
    func aRuleFindsWhatIsWrong(table: RuleTable) throws {
        let rule = try #require((Rule.all + Rule.ofExistingCustomers).first { $0.name == table.rule })
        for changes in table.fails {
            let finding = try prepare(changes).findings.first { $0.rule == table.rule }
            #expect(finding?.severity == rule.severity, "\(changes)")
        }
    }

    @Test func everyRuleHasATableAndAnotherName() {
        let names = (Rule.all + Rule.ofExistingCustomers).map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(names) == Set(Self.tables.map(\.rule)))
    }

    static let long = String(repeating: "é", count: 201)

    static let tables = general + damage + shapes

    private static let general: [RuleTable] = [
        RuleTable(
            "field.required",
            fails: [
                [.companyName: ""], [.domain: " "], [.email: "\u{A0}"], [.culture: ""], [.language: ""],
                [.addressLine1: ""], [.city: "\t"], [.country: ""],
            ]
        ),
        RuleTable(
            "field.length",
            passes: [[.addressLine2: String(long.dropLast())], [.companyName: "三井"], [.companyName: "HP"]],
            fails: [
                [.addressLine1: long], [.companyName: "X"], [.companyName: "三"],
                [.firstName: String(repeating: "a", count: 51)], [.city: String(repeating: "b", count: 256)],
            ]
        ),
        RuleTable(
            "text.characters",
            .companyName,
            passes: ["Σταύρος", "شركة می‌خواهم", "Łódź 🚀️", "A\u{A0}B", "Tab\tand\nline"],
            fails: [
                "Surrogate \u{FFFD}\u{FFFD}", "Zero\u{200B}width", "Lost \u{FFFD}", "Bell\u{7}", "Del\u{7F}",
                "\u{FEFF}Mark", "Soft\u{AD}hyphen",
                "Private \u{E000}", "Join\u{200D}er", "C1\u{85}x", "\u{202E}turned",
            ]
        ),
        RuleTable(
            "text.lineBreak",
            passes: [[.addressLine1: "Gate 4\nMill Road"], [.addressLine2: "Block B\r\nFloor 2"]],
            fails: [[.companyName: "Alder\nFinch"], [.city: "New\tYork"], [.lastName: "Mac\r\nLeod"]]
        ),
        RuleTable(
            "companyName.content",
            .companyName,
            passes: [
                "3M", "B&Q", "LLC Partners", "Ag Forum", "Ooo La La", "株式会社山田", "Ё", "A&B", "A+B", "A/B", "A-B", "K&G",
                "S&A", "N&V", "SAS", "Spa", "AA", "三 井", "AAAB", "A B Fruit", "Co-op", "Pt.a",
            ],
            fails: [
                "---", "&!!", "L.L.C.", "Inc", "GmbH", "株式会社", "S.A.", "GmbH & Co. KG", "Pvt. Ltd.", "Sdn Bhd", "LTDA",
                "EURL", "K.K.", "Co.", "S. A.", "S.p.A.", "A/S", "Private Limited", "AAA", "aaa", "xxx", "AaA", "A B C",
                "A B",
            ]
        ),
        RuleTable(
            "companyName.doubtful",
            .companyName,
            passes: ["A B C Fruit", "AA Motors", "E.ON", "Testo SE", "Abcam", "三 井", "AAA", "A B C", "3M", "21世紀"],
            fails: ["Test", "TBD", "n/a", "SAS", "Spa", "APS", "123", "1-2", "1800 10 20"]
        ),
        RuleTable(
            "domain.syntax",
            .domain,
            passes: ["AlderFinch.onmicrosoft.com", "alder-finch.onmicrosoft.com", "7up.OnMicrosoft.com"],
            fails: [
                "alder finch.onmicrosoft.com", "alder_finch.onmicrosoft.com", "mail.alderfinch.onmicrosoft.com",
                "https://alderfinch.onmicrosoft.com", "office@alderfinch.onmicrosoft.com", "-alder.onmicrosoft.com",
                "alder-.onmicrosoft.com", "alder’s.onmicrosoft.com", "alder/finch",
            ]
        ),
        RuleTable(
            "domain.idn",
            .domain,
            passes: ["xn.onmicrosoft.com"],
            fails: [
                "müller.onmicrosoft.com", "вода.onmicrosoft.com", "сосо.onmicrosoft.com", "株式会社.onmicrosoft.com",
                "xn--mller-kva.onmicrosoft.com",
            ]
        ),
        RuleTable(
            "domain.suffix",
            .domain,
            passes: ["a.ONMICROSOFT.COM", ""],
            fails: [
                "alderfinch.com", "alderfinch", "alderfinch.onmicrosoft.con", "onmicrosoft.com", "x.microsoft.com",
            ]
        ),
        RuleTable(
            "domain.length",
            .domain,
            passes: ["a.onmicrosoft.com", String(repeating: "a", count: 27) + ".onmicrosoft.com"],
            fails: [".onmicrosoft.com", String(repeating: "a", count: 28) + ".onmicrosoft.com"]
        ),
        RuleTable(
            "domain.hyphen",
            .domain,
            passes: ["alder.onmicrosoft.com"],
            fails: ["alder-finch.onmicrosoft.com"]
        ),
        RuleTable(
            "registrationNumber.required",
            .organizationRegistrationNumber,
            passes: [("BR", "12.345.678/0001-95"), ("US", ""), ("DE", ""), ("IQ", "١٢٣٤")],
            fails: [("BR", ""), ("IN", ""), ("PL", ""), ("VE", ""), ("BR", "n/a"), ("IN", "-")]
        ),
        RuleTable(
            "registrationNumber.refused",
            .organizationRegistrationNumber,
            passes: [("BR", "12.345.678/0001-95"), ("DE", "")],
            fails: [("DE", "HRB 12345"), ("US", "12-3456789")]
        ),
        RuleTable(
            "email.syntax",
            .email,
            passes: [
                "a@example.com", "first.last+tag@sub.example.org", "o'neill@example.com", "x_y-z@example.net",
                "#!%@example.com",
                "A@EXAMPLE.COM", #""quoted name"@example.com"#, "jürgen@example.com", "info@münchen.example.com",
            ],
            fails: [
                "office", "office@", "@example.com", "a b@example.com", "a@b@example.com", "a..b@example.com",
                ".a@example.com",
                "a.@example.com", "a@example", "a@-example.com", "a@exam_ple.com", "a@example..com",
                "a@example.com.",
                "a@example.com; b@example.com", "a,b@example.com", "Mara <mara@example.com>",
                "mailto:a@example.com",
                String(repeating: "a", count: 65) + "@example.com", "a@[192.0.2.1]", "a\"b@example.com",
                "a@" + String(repeating: "b", count: 64) + ".com",
            ]
        ),
        RuleTable(
            "email.topLevelDomain",
            .email,
            passes: ["a@example.com", "a@example.COM", "a@example.museum", "a@пример.рф", "a@example.한국"],
            fails: ["a@example.con", "a@example.cmo", "a@office.local", "a@alder.example", "a@alder.invalid"]
        ),
        RuleTable(
            "email.microsoft",
            .email,
            passes: ["a@notmicrosoft.com", "a@microsoft.com.au"],
            fails: ["a@microsoft.com", "A@Microsoft.COM"]
        ),
        RuleTable(
            "email.unusual",
            .email,
            passes: ["a+b@example.com"],
            fails: [#""a b"@example.com"#, "jürgen@example.com"]
        ),
        RuleTable(
            "personName.content",
            .lastName,
            passes: ["", "Ng", "王", "김", "J.", "Ó Briain", "O’Neill", "O", "E", "Ö", "Y", "Ю"],
            fails: ["X", "é", "Ж", "12", "😀", "-", "mara@example.com", "Mara <m@x.com>"]
        ),
        RuleTable(
            "personName.letter",
            passes: [[.lastName: "O"], [.lastName: "Ng"], [.middleName: "Q"], [.lastName: "王"], [.lastName: "X"]],
            fails: [[.lastName: "Ö"], [.lastName: "Y"], [.lastName: "Ю"]]
        ),
        RuleTable(
            "personName.placeholder",
            .firstName,
            passes: ["Adam", "Testa", "Nona"],
            fails: ["test", "Admin", "N/A", "nobody"]
        ),
        RuleTable(
            "personName.length",
            .middleName,
            passes: [String(repeating: "a", count: 40)],
            fails: [String(repeating: "a", count: 41)]
        ),
        RuleTable(
            "culture.syntax",
            .culture,
            passes: ["en-US", "EN-us", "zh-Hans-CN", "es-419", "fil-PH", "sr-Latn-RS"],
            fails: ["en", "en_US", "English", "en-USA", "en US", "-US", "en-"]
        ),
        RuleTable(
            "culture.known",
            .culture,
            passes: ["de-DE", "es-419", "lld-IT"],
            fails: ["qx-US", "en-ZZ", "en-UK"]
        ),
        RuleTable(
            "culture.country",
            .culture,
            passes: [
                ("DE", "de-DE"), ("DE", "en-US"), ("SN", "fr-FR"), ("CH", "it-IT"), ("US", "es-US"),
                ("LU", "de-DE"), ("QA", "en-QA"), ("AT", "de-AT"), ("CA", "fr-CA"), ("GB", "EN-gb"), ("DE", "qx-DE"),
                ("IT", "de-IT"), ("NG", "ha-NG"), ("FI", "smn-FI"), ("IQ", "ku-IQ"), ("SK", "hu-SK"), ("BG", "tr-BG"),
                ("UG", "ach-UG"), ("IT", "lld-IT"),
            ],
            fails: [
                ("FR", "de-DE"), ("JP", "fr-FR"), ("KR", "ja-JP"), ("DE", "tr-DE"), ("DE", "en-DE"), ("DE", "de-AT"),
                ("DE", "fr-DE"), ("GB", "cy-GB"), ("JP", "tr-JP"), ("Germany", "fr-FR"),
                ("IT", "de-DE"), ("FR", "tr-FR"), ("US", "de-US"), ("FI", "de-FI"), ("AT", "tr-AT"), ("BR", "fr-BR"),
            ]
        ),
        RuleTable(
            "language.syntax",
            .language,
            passes: ["en", "En", "zh-CHS", "pt-BR"],
            fails: ["English", "e", "en_US", "12"]
        ),
        RuleTable(
            "language.country",
            .language,
            passes: [("DE", "de"), ("DE", "en"), ("DE", "en-US"), ("CH", "it"), ("JP", "en-US"), ("DE", "xx")],
            fails: [("DE", "fr"), ("JP", "zh"), ("KR", "ja")]
        ),
        RuleTable("language.known", .language, passes: ["de", "fil"], fails: ["us", "xx", "jp", "eng"]),
        RuleTable(
            "language.twoLetters",
            .language,
            passes: ["en", "zh-CHS", "zh-Hans", "us", "English"],
            fails: ["en-US", "zh-CN", "pt-br", "es-419"]
        ),
        RuleTable(
            "country.code",
            passes: [[:], [.country: "us"], [.country: " US "]],
            fails: ["UK", "USA", "Deutschland", "대한민국", "ZZ", "U.S.", "1", "Untied States", "Germnay", "ＵＳ"].map {
                [.country: $0]
            }
        ),
        RuleTable(
            "state.required",
            .state,
            passes: [("US", "WA"), ("CA", "ON"), ("DE", ""), ("MX", "JAL")],
            fails: [("US", ""), ("CN", ""), ("MX", ""), ("USA", "")]
        ),
        RuleTable(
            "state.code",
            .state,
            passes: [
                ("US", "WA"), ("US", "wa"), ("US", "DC"), ("CA", "QC"), ("CN", "GD"), ("AU", "Victoria"), ("AU", "XYZ"),
                ("MX", "JAL"), ("MX", "Jalisco"), ("MX", "Jal."), ("MX", "nuevo leon"), ("MX", "CDMX"), ("MX", "DF"),
            ],
            fails: [
                ("US", "Washington"), ("US", "PR"), ("US", "XX"), ("CA", "Ontario"), ("CN", "广东省"), ("CN", "HK"),
                ("US", "Mass."), ("US", "D.C."), ("US", "N.Y."), ("US", "US-MA"), ("US", "ＭＡ"), ("US", "AP"),
                ("CA", "PQ"), ("CA", "NF"), ("MX", "Texas"), ("MX", "Jalsico"), ("USA", "Massachusetts"),
            ]
        ),
        RuleTable(
            "state.expected",
            .state,
            passes: [("MX", "Jalisco"), ("ES", "")],
            fails: [("BR", ""), ("AU", ""), ("IN", "")]
        ),
        RuleTable(
            "state.name",
            .state,
            passes: [
                ("MX", "JAL"), ("MX", "Jalisco"), ("MX", "Jal."), ("MX", "nuevo leon"), ("MX", "CDMX"), ("MX", "Texas"),
                ("BR", "SP"), ("BR", "sao paulo"), ("AU", "NSW"), ("AU", "New South Wales"), ("IN", "Maharashtra"),
                ("IN", "KA"), ("ES", "Xyz"), ("US", "Mass."), ("IN", "दिल्ली"), ("IN", "தமிழ்நாடு"), ("IN", "পশ্চিমবঙ্গ"),
            ],
            fails: [
                ("MX", "DF"), ("BR", "Xyz"), ("BR", "XX"), ("AU", "Bavaria"), ("AU", "XYZ"), ("IN", "Orissa"),
                ("IN", "Maharashtar"),
            ]
        ),
        RuleTable("region.unitedStates", .region, passes: [("GB", "Kent"), ("US", "")], fails: [("US", "NA")]),
        RuleTable(
            "postalCode.required",
            .postalCode,
            passes: [("AE", ""), ("HK", ""), ("IE", ""), ("DE", "10115")],
            fails: [("DE", ""), ("US", ""), ("JP", "")]
        ),
        RuleTable(
            "postalCode.pattern",
            .postalCode,
            passes: [
                ("US", "98101"), ("US", "98101-1234"), ("GB", "SW1A 1AA"), ("GB", "sw1a1aa"), ("GB", "M1 1AE"),
                ("DE", "01067"),
                ("CN", "100033"), ("CA", "K1A 0B1"), ("NL", "1012 AB"), ("CH", "8035"), ("JP", "100-0001"),
                ("IE", "D02 X285"),
                ("BR", "01310-100"), ("AR", "C1070AAM"), ("BH", "1012"), ("PT", "1250096"), ("DE", "D-10115"),
                ("IN", "110 001"), ("LT", "LT-01103"), ("CR", "11501-2060"), ("RE", "97717"), ("RE", "97861"),
                ("CY", "99010"),
                ("HT", "HT6110"), ("MX", "04410"), ("US", "02134.0"),
                ("HK", "anything"), ("LV", "1010"), ("CV", "7600"), ("CV", "7943-010"), ("BD", "১২১২"),
                ("IN", "११०००१"),
                ("SA", "١٢٣٨٢"), ("IR", "۱۴۱۷۹۳۵۸۴۰"), ("US", "０２１３４"), ("BR", "70.040-912"), ("SG", "S307685"),
            ],
            fails: [
                ("US", "9810a"), ("US", "98101-12"), ("GB", "SW1A"), ("GB", "12345"), ("DE", "106"), ("BE", "800"),
                ("IE", "DUBLIN 2"), ("RU", "990000"),
                ("US", "0213"), ("KR", "0452"), ("DE", "5066"), ("AU", "300"), ("EG", "126131"), ("US", "O2134"),
                ("United States", "9810a"), ("CA", "K1A"), ("NL", "1012"), ("CH", "80350"), ("CN", "1000"),
                ("PT", "1250"), ("AT", "101"), ("CV", "76001"), ("BR", "70.040-91"),
                ("SG", "X307685"), ("KE", "00100 GPO"),
            ]
        ),
        RuleTable(
            "postalCode.format",
            .postalCode,
            passes: [
                ("PL", "00-950"), ("SE", "11455"), ("SE", "114 55"), ("DE", "1067"), ("JP", "１００－０００１"),
                ("LU", "L-1648"), ("DK", "DK-7190"), ("FO", "FO-100"), ("AX", "AX-22100"), ("HR", "HR-10000"),
                ("CH", "CH-8001"), ("AT", "A-1010"), ("SE", "SE-111 52"), ("DE", "D-10115"),
                ("JP", "〒100-0001"), ("Japan", "〒 100-0001"), ("IN", "११०००१"), ("BR", "70040-912"),
            ],
            fails: [
                ("PL", "00950"), ("PT", "1250096"), ("CH", "CH 8001"), ("CH", "D-8001"),
                ("IN", "110-001"), ("BR", "70.040-912"), ("SG", "S307685"), ("SG", "S(307685)"),
            ]
        ),
        RuleTable(
            "postalCode.servicePattern",
            .postalCode,
            passes: [("DE", "10115"), ("GB", "LS1 1UR"), ("GB", "LS11UR"), ("US", "02134-1000"), ("CH", "CH 8001")],
            fails: [
                ("DE", "D-10115"), ("DE", "D10115"), ("DE", "50 667"), ("DE", "DE 50667"), ("GB", "LS1  1UR"),
                ("GB", "LS1-1UR"),
                ("US", "02134 1000"), ("US", "021341000"), ("US", "MA 02134"), ("CN", "100 033"), ("CN", "100 084"),
            ]
        ),
        RuleTable(
            "postalCode.state",
            passes: [
                [.state: "WA", .postalCode: "98101"], [.state: "MA", .postalCode: "02134-1000"],
                [.state: "DC", .postalCode: "20500"], [.state: "MD", .postalCode: "20588-0009"],
                [.state: "VA", .postalCode: "20598"], [.state: "XX", .postalCode: "90210"],
                [.state: "", .postalCode: "90210"], [.state: "Massachusetts", .postalCode: "02134"],
                goodRow(in: "CA", [.state: "QC", .postalCode: "K1A 0B1"]),
                goodRow(in: "CA", [.state: "ON", .postalCode: "M5H 2N2"]),
                goodRow(in: "MX", [.state: "JAL", .postalCode: "04410"]),
            ],
            fails: [
                [.state: "NC", .postalCode: "20588"], [.state: "VA", .postalCode: "20001"],
                [.state: "CA", .postalCode: "02134"], [.state: "MA", .postalCode: "90210"],
                [.state: "Massachusetts", .postalCode: "90210"],
                goodRow(in: "CA", [.state: "BC", .postalCode: "M5H 2N2"]),
                goodRow(in: "USA", [.state: "MA", .postalCode: "90210"]),
            ]
        ),
        RuleTable(
            "postalCode.number",
            passes: [[:], [.postalCode: "2,13"], goodRow(in: "JP", [.postalCode: "100-0001"])],
            fails: [
                [.state: "MA", .postalCode: "2134.0"], [.state: "MA", .postalCode: "02134.0"],
                [.state: "MA", .postalCode: "2,134"], [.state: "MA", .postalCode: "'02134"],
                goodRow(in: "DE", [.postalCode: "50667,0"]), goodRow(in: "DE", [.postalCode: "1.067"]),
            ]
        ),
        RuleTable(
            "phoneNumber.required",
            .phoneNumber,
            passes: [("HU", "+36 1 234 5678"), ("BR", "+55 11 5555 0100"), ("DE", "")],
            fails: [("HU", ""), ("UA", ""), ("BR", ""), ("VN", ""), ("IN", "")]
        ),
        RuleTable(
            "phoneNumber.number",
            .phoneNumber,
            passes: ["617.495.1000", "912.345.678", "+1 617 495 1000", "'"],
            fails: ["6174951000.0", "'+16174951000", "6174951000,00"]
        ),
        RuleTable(
            "phoneNumber.syntax",
            .phoneNumber,
            passes: [
                "+1 (206) 555-0100", "030/901820", "020.7946.0958", "555 0100 ext. 12", "5550100x12",
                "+49 (0) 30 901820", "（２０６）５５５－０１００", "206–555–0100", "+1\u{A0}206\u{A0}555\u{A0}0100",
                "1-800-ASK-USPS", "13 MELB (13 6352)", "(57+601) 3813000", "1-800-FLOWERS x12",
                "(512) 463-8700, ext. 0", "514 289-2211, poste 4", "514 289-2211 #7", "(206) 555-0100/0101", "311",
                "(206) 555-CALL (2255)", "1 800 O-Canada (1-800-622-6232)",
            ],
            fails: [
                "911", "tel 206 555 0100", "Ph: (206) 555-0100", "☎ 206 555 0100", "206 555 0100 / 206 555 0101",
                "206 555 0100 - 206 555 0101",
                "*5770",
                "123", "(\u{200B}206) 555-0100",
                "call Mara", "12", "n/a", "12 Oak Street", "57+601 3813000", "TBD", "2065550100; 2065550101",
                "+1 206 555 0100 206 555 0101",
            ]
        ),
        RuleTable(
            "associatedPartnerId.number",
            .associatedPartnerId,
            passes: ["", "4847383", "48.47383", "503-823-4000", "'", "4.847383E+6"],
            fails: ["4847383.0", "4847383,00", "4,847,383", "4.847.383", "'4847383"]
        ),
        RuleTable(
            "associatedPartnerId.syntax",
            .associatedPartnerId,
            passes: ["", "4847383", "5120946", "0c39d6d5-c70d-4c55-bc02-f620844f3fd1", "4847383.0", "4.847383E+6"],
            fails: [
                "abc", "-", "n/a", "503-823-4000", "48-47383", "MPN 4847383", "contoso.onmicrosoft.com", "4847 383",
            ]
        ),
        RuleTable(
            "customerId.syntax",
            .customerId,
            passes: ["0c39d6d5-c70d-4c55-bc02-f620844f3fd1", ""],
            fails: ["n/a", "0c39d6d5c70d4c55bc02f620844f3fd1"]
        ),
    ]
}
