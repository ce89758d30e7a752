@testable import Onboarding

extension RuleTests {
    /// What programs do to cells, and what only looks so.
    static let damage: [RuleTable] = [
        RuleTable(
            "damage.errorValue",
            passes: [
                [.companyName: "#Hashtag GmbH"], [.addressLine1: "# 14 High Street"], [.companyName: "Err:or"],
                [.companyName: "#Wow!"],
            ],
            fails: [
                [.city: "#N/A"], [.postalCode: "#REF!"], [.companyName: "#NAME?"], [.phoneNumber: "#########"],
                [.city: "#ЗНАЧ!"], [.city: "#ДЕЛ/0!"], [.city: "#Н/Д"], [.city: "#BAŞV!"], [.city: "#VÄRDEFEL!"],
                [.city: "#NIMI?"], [.city: "#I/T"], [.city: "#YOK"], [.city: "#GETALDMPEN!"], [.city: "#N/DOST!"],
                [.addressLine1: "#DIV/0!"], [.firstName: "#NV"], [.lastName: "Err:502"], [.city: "#¡VALOR!"],
            ]
        ),
        RuleTable(
            "damage.truthValue",
            passes: [
                [.companyName: "True Corporation"], [.lastName: "True"], [.companyName: "TRUEFORM"],
                [.companyName: "True"], [.city: "Troy"],
            ],
            fails: [
                [.companyName: "TRUE"], [.city: "FALSE"], [.state: "WAHR"], [.addressLine2: "FAUX"], [.city: "true"],
                [.addressLine2: "False"], [.city: "ИСТИНА"], [.city: "DOĞRU"], [.companyName: "IGAZ"],
            ]
        ),
        RuleTable(
            "damage.date",
            passes: [
                [.companyName: "24-7"], [.addressLine1: "3-4"], [.addressLine1: "5 de Mayo 12"],
                [.addressLine1: "1 May Street"], [.companyName: "May 1 Foundation"], [.companyName: "Mar-Tec"],
                [.phoneNumber: "01.42.34.56.78"], [.postalCode: "98101-1234"], [.externalId: "2026-04-03"],
                [.addressLine1: "1 Mai"], [.addressLine1: "Dub 12"], [.addressLine1: "Calle 2 de Mayo"],
                [.addressLine2: "Unit 4"], [.addressLine1: "18 Juin 1940"], [.externalId: "1-Mar"],
                [.addressLine1: "8 Mai 1945"], [.companyName: "May-22"], [.addressLine1: "17. Juni 135"],
                [.addressLine1: "1. Mai 5"],
                goodRow(in: "ZA", [.organizationRegistrationNumber: "2019/000007/07"]),
                [.addressLine1: "12/34/56"], [.addressLine1: "1900 Main"], [.phoneNumber: "020-7946-2026"],
            ],
            fails: [
                [.addressLine2: "3-Apr"], [.city: "1-Mar"], [.organizationRegistrationNumber: "2019-07-03"],
                [.addressLine1: "2026-04-03"],
                [.postalCode: "Apr-03"], [.addressLine2: "3. Apr"], [.addressLine2: "03-avr"],
                [.addressLine1: "2026-04-03 00:00:00"], [.addressLine1: "03.04.2026"], [.addressLine2: "4/3/2026"],
                [.organizationRegistrationNumber: "12-Dec"], [.addressLine2: "2026-04-03T00:00:00"],
                [.addressLine2: "4월 3일"], [.addressLine1: "Mar 1"], [.addressLine1: "3 апр"],
                [.addressLine1: "03-апр"], [.addressLine1: "4月3日"], [.addressLine1: "2026年4月3日"],
                [.postalCode: "2166-02-17"], [.postalCode: "2166-02-17 00:00:00"],
                [.addressLine1: "3. dub"], [.addressLine1: "Mrz 24"], [.addressLine1: "3-avr"],
                [.addressLine1: "1-mai"], [.addressLine1: "3-abr"], [.addressLine1: "3-ott"],
                [.addressLine1: "5-Οκτ"], [.addressLine1: "24-يونيو"], [.associatedPartnerId: "1-Mar"],
            ]
        ),
        RuleTable(
            "damage.nameDate",
            passes: ["24-7", "May 1 Foundation", "Mar-Tec", "May-22"].map { [.companyName: $0] }
                + ["2026-04-03", "crm-3", "MAY"].map { [.externalId: $0] },
            fails: ["1-Mar", "Mar-22", "2026-04-03"].map { [.companyName: $0] }
                + ["1-Mar", "Mar-01", "03-апр"].map { [.externalId: $0] }
        ),
        RuleTable(
            "damage.exponent",
            passes: [
                [.externalId: "4E12"], [.phoneNumber: "5550100E"], [.organizationRegistrationNumber: "123E+ABC"],
            ],
            fails: [
                [.phoneNumber: "4.2555501E+10"], [.organizationRegistrationNumber: "1.23457E+13"],
                [.externalId: "1E+05"], [.phoneNumber: "4,26E+10"], [.companyName: "1.5E+3"], [.lastName: "1,2E+11"],
            ]
        ),
        RuleTable(
            "damage.number",
            passes: [
                [.externalId: "4711"], [.externalId: "12.345.678"], [.externalId: "1.0"], [.externalId: "a,b"],
                [.externalId: "'t Hof"], goodRow(in: "CL", [.organizationRegistrationNumber: "12.345.678"]),
            ],
            fails: [
                [.externalId: "4711.0"], [.externalId: "4,711,000"], [.externalId: "'4711"], [.externalId: "=\"4711\""],
            ]
        ),
        RuleTable(
            "damage.escape",
            passes: [[.companyName: "A\\B"], [.companyName: "\\n"]],
            fails: [[.country: "US\\n"], [.city: "\\tSeattle"], [.companyName: "Alder\\r\\n"]]
        ),
        RuleTable(
            "damage.lostDigits",
            .organizationRegistrationNumber,
            passes: ["123456789012345", "1234567890123456", "100000000000000", "0000000000000000"],
            fails: ["1234567890123450", "123456789012345000"]
        ),
        RuleTable(
            "damage.encoding",
            passes: [
                [.lastName: "Nañez Ãvila"], [.companyName: "CAFÉ’S"], [.companyName: "LIBERTÉ\u{A0}!"],
                [.city: "São Paulo"],
                [.companyName: "IRMÃ’S"], [.companyName: "Œuvre « Été »"], [.city: "Zürich"], [.city: "Âge™"],
                [.companyName: "ÀÉÎÕ"], [.city: "東京"], [.companyName: "BEAUTÉ®"], [.companyName: "„CAFÉ“"],
                goodRow(in: "GR", [.city: "Αθήνα"]), goodRow(in: "RU", [.city: "Москва"]),
                [.companyName: "Ångström AS"], [.companyName: "SÃO PAULO"], [.companyName: "JOÃO ÃO"], [.city: "Ø"],
                [.companyName: "« Le Café\u{A0}»"], [.companyName: "HYVÄ–PÄIVÄ"], [.companyName: "„UMEÅ“ AB"],
                [.companyName: "»öffentlich«"], [.companyName: "TĂŞNAD"],
                [.companyName: "DeÁngelis"], [.companyName: "Paris–Lyon"], [.city: "Nguyễn Ái Quốc"],
                goodRow(in: "UA", [.city: "Гірка"]), [.companyName: "CAFFÈ™"], [.companyName: "MAÇÃ® ALIMENTOS S.A."],
                [.companyName: "Аlder"], [.companyName: "Café «Manhã»"], [.companyName: "«Avelã» e «Romã»"],
                goodRow(in: "UA", [.city: "ЧЕРНІГІВ"]), goodRow(in: "UA", [.lastName: "ЧЕРНІГІВСЬКА"]),
                goodRow(in: "KZ", [.companyName: "ЖАУАПКЕРШІЛІГІ ШЕКТЕУЛІ СЕРІКТЕСТІГІ"]),
                goodRow(in: "KZ", [.city: "АСТАНА ӘКІМДІГІ"]), goodRow(in: "UA", [.city: "РІВНЕ РІВНЕ"]),
                [.city: "ParanÁ"], [.city: "CearÁ"], [.city: "MaceiÓ"], [.city: "TietÊ"], [.city: "TromsØ"],
                [.city: "ForlÌ"], [.companyName: "CaffÈ Roma"], [.firstName: "ChloË"], [.firstName: "JosÚ"],
                [.city: "CantÙ"], goodRow(in: "JP", [.companyName: "Uniqlo店"]), goodRow(in: "GR", [.city: "ΚΌΡΙΝΘΟΣ"]),
                goodRow(in: "RU", [.companyName: "ООО\u{A0}!"]),
            ],
            fails: [
                [.lastName: "MÃ¼ller"], [.lastName: "MÃƒÂ¼ller"], [.companyName: "Oâ€™Neill"], [.city: "ÃŽle"],
                [.city: "æ\u{9D}±äº¬"], [.companyName: "Ã–sterreich"], [.city: "ÐœÐ¾Ñ\u{81}ÐºÐ²Ð°"],
                [.companyName: "SocietÃ\u{A0} Agricola"], [.lastName: "NÃºÃ±ez"],
                goodRow(in: "RU", [.city: "Ìîñêâà"]), goodRow(in: "RU", [.city: "íÏÓË×Á"]),
                [.companyName: "MÃ¼ller\u{A0}GmbH"], [.companyName: "CafÃ© René"], [.companyName: "ESPAÃ‘A"],
                [.city: "MALMÃ–"], [.city: "Ã…RHUS"], [.city: "BucureÈ™ti"], [.city: "M√ºnchen"],
                [.companyName: "MГјller"], [.companyName: "M├╝ller"], [.companyName: "MŸller"],
                [.city: "Gï¿½teborg"], [.city: "K├╢ln"], [.companyName: "Macy\u{92}s"], [.city: "HÃ Ná»™i"],
                [.city: "SÃ£oÂ Paulo"],
            ]
        ),
        RuleTable(
            "damage.lostLetters",
            passes: [
                [.companyName: "Who? Ltd"], [.companyName: "Yahoo!"], [.companyName: "Guess?"],
                [.companyName: "Quoi ?"],
                [.companyName: "What??"], [.companyName: "Who?What"], [.companyName: "?What If!"],
                [.addressLine2: "www.example.com/?q=a"], [.companyName: "Caf? Ltd"],
            ],
            fails: [
                [.lastName: "M?ller"], [.city: "R?ga"], [.city: "?????"], [.city: "?stanbul"], [.city: "?RHUS"],
                [.lastName: "Niccol?"], [.firstName: "Ji??"], [.companyName: "Caff? Perch? Srl"],
                [.lastName: "O?Brien"], [.companyName: "?? ??"], [.companyName: "?? GmbH"], [.addressLine1: "Stra?e 5"],
                [.city: "?"],
            ]
        ),
        RuleTable(
            "damage.markup",
            passes: [
                [.companyName: "AT&T; Co"], [.companyName: "R&D"], [.companyName: "Fish & Chips; Beer"],
                [.companyName: "&;"], [.companyName: "&#;"],
            ],
            fails: [
                [.companyName: "Fish &amp; Chips"], [.lastName: "M&uuml;ller"], [.lastName: "O&#39;Brien"],
                [.lastName: "O&#x27;Brien"], [.addressLine2: "&nbsp;"], [.companyName: "&lt;b&gt;Alder"],
            ]
        ),
        RuleTable(
            "damage.identifier",
            .externalId,
            passes: ["crm-1", "Müller – Nord", "顧客　１", "L’Oréal", "Smith’s"],
            fails: ["crm–0001", "ｃｒｍ９", "crm\u{A0}1"]
        ),
        RuleTable(
            "damage.codeCharacters",
            passes: [
                [.companyName: "Alder – Finch"], [.phoneNumber: "206–555–0100"],
                goodRow(in: "JP", [.postalCode: "１００-０００１"]),
            ],
            fails: [
                [.domain: "alder–finch.onmicrosoft.com"], [.domain: "ａｌｄｅｒ.onmicrosoft.com"],
                [.postalCode: "98101–1234"],
                goodRow(in: "GB", [.postalCode: "SW1A\u{A0}1AA"]), [.email: "a‐b@example.com"], [.culture: "en–US"],
                goodRow(in: "BR", [.organizationRegistrationNumber: "12.345.678/0001–95"]),
            ]
        ),
        RuleTable(
            "damage.space",
            passes: [[.companyName: "« Été »"], [.companyName: "Oui\u{A0}!"], [.lastName: "山田　太郎"]],
            fails: [[.companyName: "Alder\u{A0}Finch"], [.city: "New\u{2009}York"]]
        ),
        RuleTable(
            "domain.homoglyph",
            .domain,
            passes: ["contoso.onmicrosoft.com", "вода.onmicrosoft.com"],
            fails: ["contоso.onmicrosoft.com", "Сontoso.onmicrosoft.com", "αlder.onmicrosoft.com"]
        ),
        RuleTable(
            "email.homoglyph",
            .email,
            passes: ["joe@contoso.com", "joe@вода.com", "jürgen@example.com", "info@yapı.com"],
            fails: ["joe@соntoso.com", "jоe@contoso.com"]
        ),
        RuleTable(
            "postalCode.leadingZero",
            passes: [
                goodRow(in: "CH", [.postalCode: "8035"]), [.postalCode: "9810"],
                goodRow(in: "BE", [.postalCode: "800"]),
                goodRow(in: "DE", [.postalCode: "01067"]), goodRow(in: "NL", [.postalCode: "1012"]),
                goodRow(in: "CN", [.postalCode: "10010", .state: "BJ"]), [.postalCode: "0213", .state: "MA"],
                goodRow(in: "KR", [.postalCode: "0452"]), goodRow(in: "DE", [.postalCode: "5066"]),
                goodRow(in: "AU", [.postalCode: "300", .state: "VIC"]), goodRow(in: "AU", [.postalCode: "300"]),
                goodRow(in: "MX", [.postalCode: "4410", .state: "JAL"]), goodRow(in: "EG", [.postalCode: "126131"]),
            ],
            fails: [
                [.postalCode: "2134", .state: "MA"], goodRow(in: "DE", [.postalCode: "1067"]),
                goodRow(in: "CN", [.postalCode: "10010", .state: "NM"]), goodRow(in: "IT", [.postalCode: "144"]),
                goodRow(in: "FR", [.postalCode: "6000"]),
                goodRow(in: "JP", [.postalCode: "600001"]), goodRow(in: "BR", [.postalCode: "1310100"]),
                goodRow(in: "KR", [.postalCode: "3051"]), [.postalCode: "2134", .state: "Massachusetts"],
                goodRow(in: "USA", [.postalCode: "2134", .state: "MA"]),
                goodRow(in: "AU", [.postalCode: "800", .state: "NT"]), goodRow(in: "PR", [.postalCode: "907"]),
                goodRow(in: "BR", [.postalCode: "1002-020", .state: "SP"]),
            ]
        ),
        RuleTable(
            "phoneNumber.leadingZero",
            .phoneNumber,
            passes: [
                ("DE", "030901820"), ("DE", "30 901820"), ("US", "2065550100"), ("ES", "912345678"),
                ("DE", "4930901820"),
                ("AU", "1300555010"), ("IT", "0612345678"), ("CN", "4008123456"),
                ("CN", "13800138000"), ("IN", "9876543210"), ("BR", "11987654321"), ("BR", "1131138000"),
                ("AR", "1150917000"), ("TR", "5321234567"), ("CO", "3001234567"), ("CO", "6043855555"),
                ("PE", "987654321"),
            ],
            fails: [
                ("DE", "30901820"), ("GB", "7911123456"), ("GB", "3448090202"), ("CH", "588667111"),
                ("GB", "2079460958"), ("IT", "612345678"), ("FR", "142345678"),
            ]
        ),
        RuleTable(
            "phoneNumber.country",
            .phoneNumber,
            passes: [
                ("DE", "+49 30 901820"), ("DE", "030 901820"), ("DE", "0049 30 901820"), ("US", "(206) 555-0100"),
                ("US", "1-206-555-0100"), ("US", "011 49 30 901820"), ("DE", "+41 44 668 18 00"),
                ("HU", "06 1 441 4000"),
                ("RU", "8 (495) 606-36-02"), ("AR", "011 15 5555 0100"), ("IT", "06 67791"), ("CA", "206 555 0100"),
                ("BR", "0 15 11 5555 0100"), ("US", ""), ("US", "call Mara"), ("DE", "4930901820"),
                ("JP", "０３－３５８１－５２１１"), ("ZZ", "12345"),
                ("FR", "39 75"), ("PL", "19 115"), ("RW", "3260"), ("KR", "02-120"), ("UY", "1950"),
                ("TH", "02-215-0871-3"), ("US", "1-800-ASK-USPS"), ("AU", "13 MELB (13 6352)"),
                ("CO", "(57+601) 3813000"),
                ("IL", "*5770"), ("IL", "5770*"), ("RO", "*2227"), ("ES", "012"), ("SA", "٩٤٠"), ("AZ", "196"),
                ("MK", "02/15 600"), ("PM", "05 08 41 10 50"), ("TT", "(868) 621-CBTT (2288)"),
                ("AR", "0810-222-VOLAR (86527)"), ("UG", "+256 414 258441/6"), ("GB", "020 7960 1900 / 1901"),
                ("PW", "(680) 488-2470/2471"), ("FM", "(691) 320-2480/2481/2482"), ("PK", "111-111-425"),
                ("TZ", "+255 23 2640006/7/8/9"), ("DE", "0228 / 38 77 888 - 0"),
                ("JP", "011-211-2111（内線2114）"), ("AT", "(01) 87878-0 DW 12"), ("BR", "(51) 3308-6000 ramal 3"),
                ("UG", "0800 990 000"), ("UY", "1950 1000"), ("PK", "021-99000"),
                ("CY", "+357 22605758-5616"), ("AT", "+43 2742 / 90590-15540"), ("TH", "0 7331 3930-50 ต่อ 1380-2"),
                ("BE", "00 800 6 7 8 9 10 11"), ("US", "+800 1234 5678"), ("GA", "011 73 20 45"),
                ("GA", "+241 011 73 20 45"), ("SM", "+378 882911"), ("SM", "+378 (0)549 882555"), ("MG", "22 217 51"),
                ("IT", "+39 (0)41 2407211"), ("IT", "+39(0)2.72341"), ("VA", "+39 (0)6 69884676"),
                ("US", "1-800-Flowers"), ("CA", "1 800 O-Canada"), ("US", "1-800-Mattress"), ("US", "1-800-GET-LOWER"),
                ("KR", "033-738-3000~1"), ("KR", "02-880-5114~5117"), ("TW", "(02)2789-9400~9"),
                ("JP", "03-3812-2111～3"),
                ("BR", "(0xx11) 3091-3121"), ("BR", "0xx61 3493-9002"), ("BR", "(0**16) 3711-2002"),
                ("SG", "6222 3322 (24 hrs)"), ("TR", "0312 305 50 00 (10 hat)"), ("GB", "0800 123 456 (24/7)"),
                ("IN", "+91 22 2572 2545 (30 lines)"), ("FR", "01 44 27 44 27 (24h/24)"),
                ("GE", "032 2 25 04 84 (1234)"),
                ("IN", "033-2575 2001 / 02 / 03"), ("NP", "01-5970015 / 16 / 17"), ("KE", "+254 20 4910000 / 1 / 2"),
                ("HU", "+36 1 338 2122 /123-as mellék"), ("HU", "06 (1) 338-2122 / 123 mellék"),
                ("TR", "0 212 359 54 00 - 10 Hat"), ("AU", "0011 61 2 9351 2222"), ("BB", "(246) 427-0201"),
            ],
            fails: [
                ("US", "555-0100"), ("US", "55501"), ("United States", "555-0100"), ("US", "206 555 010"),
                ("DE", "+1 206 155 0100"), ("FR", "01 42 34 56"),
                ("GB", "+44 20 7946 09"), ("JP", "+999 12345678"), ("DE", "00 000 000"),
                ("GE", "2 25 04 84"), ("GB", "020 7960 190 / 1901"), ("TT", "(868) 621-CBT (228)"),
                ("UG", "+256 414 2584/6"),
                ("MK", "02/15 6001 22"), ("MK", "02/15 600 1"), ("PM", "05 09 41 10 50"), ("HU", "(62) 544-00"),
                ("FR", "0221 / 221-0"), ("UG", "0800 990 00"), ("GB", "333 011 778"), ("UY", "8950 1000"),
                ("PK", "021-990000"), ("BB", "427-0201"), ("TT", "623-2901"), ("BE", "00 800 6 7 8 9 10"),
                ("GA", "021 73 20 45"), ("SM", "+378 582911"), ("IT", "+39 (0)41 24"), ("US", "1-800-Flower"),
                ("KR", "033-738-300~1"), ("BR", "(0xx11) 3091-312"), ("SG", "6222 332 (24 hrs)"),
                ("SG", "6222 3322 (345678)"),
                ("IN", "033-2575 200 / 02 / 03"), ("GB", "+44 (0)20 7946 09"),
            ]
        ),
        RuleTable(
            "phoneNumber.format",
            .phoneNumber,
            passes: [("US", "206-555-0100"), ("JP", "０３－３５８１－５２１１")],
            fails: [("US", "206–555–0100"), ("FR", "01\u{A0}42\u{A0}34\u{A0}56\u{A0}78")]
        ),
    ]
}
