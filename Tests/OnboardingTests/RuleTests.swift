import Testing

@testable import Onboarding

/// What each rule finds, and what it passes over.
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

    static let tables = general + address + damage + shapes

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
            passes: [
                "", "Ng", "王", "김", "J.", "Ó Briain", "O’Neill", "O", "E", "Ö", "Y", "Ю", "Lim Ah Lek @ Lim Kim Huat",
            ],
            fails: [
                "X", "é", "Ж", "12", "😀", "-", "mara@example.com", "Mara <m@x.com>", "mara @ example.com", "J@ne",
                "@ Mara", "Mara @",
            ]
        ),
        RuleTable(
            "personName.letter",
            passes: [[.lastName: "O"], [.lastName: "Ng"], [.middleName: "Q"], [.lastName: "王"], [.lastName: "X"]],
            fails: [[.lastName: "Ö"], [.lastName: "Y"], [.lastName: "Ю"]]
        ),
        RuleTable(
            "personName.placeholder",
            .firstName,
            passes: ["Adam", "Testa", "Nona", "Na"],
            fails: ["test", "Admin", "N/A", "NA", "na", "nobody"]
        ),
        RuleTable(
            "personName.length",
            .middleName,
            passes: [String(repeating: "a", count: 40)],
            fails: [String(repeating: "a", count: 41)]
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
