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

    static let tables = general + damage

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
            passes: ["3M", "B&Q", "LLC Partners", "Ag Forum", "Ooo La La", "株式会社山田", "Ё"],
            fails: ["---", "&!!", "L.L.C.", "Inc", "GmbH", "株式会社", "S.A."]
        ),
        RuleTable(
            "companyName.doubtful",
            .companyName,
            passes: ["A B C Fruit", "AA Motors", "E.ON", "Testo SE", "Abcam", "三 井"],
            fails: ["A B C", "AAA", "xxx", "Test", "TBD", "n/a"]
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
            passes: [("BR", "12.345.678/0001-95"), ("US", ""), ("DE", "")],
            fails: [("BR", ""), ("IN", ""), ("PL", ""), ("VE", "")]
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
            passes: ["", "Ng", "王", "김", "J.", "Ó Briain", "O’Neill"],
            fails: ["X", "é", "Ж", "12", "😀", "-"]
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
        RuleTable("culture.known", .culture, passes: ["de-DE", "es-419"], fails: ["qx-US", "en-ZZ", "en-UK"]),
        RuleTable(
            "culture.country",
            .culture,
            passes: [
                ("DE", "de-DE"), ("DE", "en-US"), ("SN", "fr-FR"), ("CH", "it-IT"), ("US", "es-US"),
                ("LU", "de-DE"),
            ],
            fails: [("FR", "de-DE"), ("JP", "fr-FR"), ("KR", "ja-JP")]
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
            passes: [("DE", "de"), ("DE", "en"), ("CH", "it"), ("JP", "en-US"), ("DE", "xx")],
            fails: [("DE", "fr"), ("JP", "zh"), ("KR", "ja")]
        ),
        RuleTable("language.known", .language, passes: ["de", "fil"], fails: ["us", "xx", "jp"]),
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
            passes: [("US", "WA"), ("CA", "ON"), ("DE", "")],
            fails: [("US", ""), ("CN", "")]
        ),
        RuleTable(
            "state.code",
            .state,
            passes: [("US", "WA"), ("US", "wa"), ("US", "DC"), ("CA", "QC"), ("CN", "GD"), ("AU", "Victoria")],
            fails: [
                ("US", "Washington"), ("US", "PR"), ("US", "XX"), ("CA", "Ontario"), ("CN", "广东省"), ("CN", "HK"),
            ]
        ),
        RuleTable(
            "state.expected",
            .state,
            passes: [("MX", "Jalisco"), ("ES", "")],
            fails: [("MX", ""), ("BR", ""), ("AU", "")]
        ),
        RuleTable(
            "state.name",
            .state,
            passes: [
                ("MX", "JAL"), ("MX", "Jalisco"), ("MX", "Jal."), ("MX", "nuevo leon"), ("MX", "CDMX"),
                ("BR", "Xyz"),
            ],
            fails: [("MX", "Jalsico"), ("MX", "Texas")]
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
                ("IN", "110 001"), ("LT", "LT-01103"), ("CR", "11501-2060"),
                ("HK", "anything"), ("LV", "1010"),
            ],
            fails: [
                ("US", "9810a"), ("US", "98101-12"), ("GB", "SW1A"), ("GB", "12345"), ("DE", "106"), ("BE", "800"),
                ("IE", "DUBLIN 2"), ("RU", "990000"),
                ("CA", "K1A"), ("NL", "1012"), ("CH", "80350"), ("CN", "1000"), ("PT", "1250"), ("AT", "101"),
            ]
        ),
        RuleTable(
            "postalCode.format",
            .postalCode,
            passes: [("PL", "00-950"), ("SE", "11455"), ("SE", "114 55"), ("DE", "1067"), ("JP", "１００－０００１")],
            fails: [
                ("JP", "〒100-0001"), ("PL", "00950"), ("DE", "D-10115"), ("CN", "100 033"), ("PT", "1250096"),
                ("CH", "CH-8001"),
            ]
        ),
        RuleTable(
            "phoneNumber.required",
            .phoneNumber,
            passes: [("HU", "+36 1 234 5678"), ("BR", "")],
            fails: [("HU", ""), ("UA", "")]
        ),
        RuleTable(
            "phoneNumber.expected",
            .phoneNumber,
            passes: [("BR", "+55 11 5555 0100"), ("DE", "")],
            fails: [("BR", ""), ("VN", "")]
        ),
        RuleTable(
            "phoneNumber.syntax",
            .phoneNumber,
            passes: [
                "+1 (206) 555-0100", "030/901820", "020.7946.0958", "555 0100 ext. 12", "5550100x12",
                "+49 (0) 30 901820", "（２０６）５５５－０１００", "206–555–0100", "+1\u{A0}206\u{A0}555\u{A0}0100",
            ],
            fails: ["call Mara", "12", "n/a", "2065550100; 2065550101", "+1 206 555 0100 206 555 0101"]
        ),
        RuleTable(
            "customerId.syntax",
            .customerId,
            passes: ["0c39d6d5-c70d-4c55-bc02-f620844f3fd1", ""],
            fails: ["n/a", "0c39d6d5c70d4c55bc02f620844f3fd1"]
        ),
    ]
}
