@testable import Onboarding

extension RuleTests {
    /// Where a company is, what is spoken there, and its telephone.
    static let address: [RuleTable] = [
        RuleTable(
            "culture.syntax",
            .culture,
            passes: [
                "en-US", "EN-us", "zh-Hans-CN", "es-419", "fil-PH", "sr-Latn-RS", "ca-ES-valencia", "tzm-Latn-DZ",
            ],
            fails: ["en", "en_US", "English", "en-USA", "en US", "-US", "en-", "de-LA-Torre"]
        ),
        RuleTable(
            "culture.known",
            .culture,
            passes: [
                "de-DE", "es-419", "lld-IT", "quz-PE", "prs-AF", "hif-FJ", "nan-TW", "gag-MD", "crs-SC", "rue-SK",
            ],
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
                ("FO", "da-FO"), ("FO", "da-DK"), ("GL", "da-DK"), ("ME", "sq-ME"), ("ME", "cnr-ME"), ("ME", "bs-ME"),
                ("NA", "de-NA"), ("UZ", "ru-UZ"), ("AM", "ru-AM"), ("IL", "ru-IL"), ("MN", "kk-MN"), ("FR", "eu-FR"),
                ("JE", "fr-JE"), ("RW", "sw-RW"), ("PE", "ay-PE"), ("RS", "bs-Latn-RS"), ("DZ", "tzm-Latn-DZ"),
                ("TL", "id-TL"), ("PE", "quz-PE"), ("AF", "prs-AF"), ("FJ", "hif-FJ"), ("TW", "nan-TW"),
                ("ES", "ca-ES-valencia"), ("SK", "rue-SK"),
            ],
            fails: [
                ("FR", "de-DE"), ("JP", "fr-FR"), ("KR", "ja-JP"), ("DE", "tr-DE"), ("DE", "en-DE"), ("DE", "de-AT"),
                ("DE", "fr-DE"), ("GB", "cy-GB"), ("JP", "tr-JP"), ("Germany", "fr-FR"),
                ("IT", "de-DE"), ("FR", "tr-FR"), ("US", "de-US"), ("FI", "de-FI"), ("AT", "tr-AT"), ("BR", "fr-BR"),
                ("NA", "de-DE"), ("FR", "eu-ES"), ("CH", "quz-CH"),
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
        RuleTable(
            "language.known",
            .language,
            passes: ["de", "fil", "quz", "hif", "yua"],
            fails: ["us", "xx", "jp", "eng", "qqq"]
        ),
        RuleTable(
            "language.rare",
            passes: [[:], [.language: "fil"], [.language: "qqq"], goodRow(in: "PE", [.culture: "quz-PE"])],
            fails: [[.language: "yua"], goodRow(in: "SK", [.culture: "rue-SK"])]
        ),
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
                goodRow(in: $0, [.phoneNumber: ""])
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
                ("MX", "Coahuila"), ("MX", "Q. Roo"), ("MX", "Edo. Méx."), ("MX", "Baja California Norte"),
            ],
            fails: [
                ("US", "Washington"), ("US", "PR"), ("US", "XX"), ("CA", "Ontario"), ("CN", "广东省"), ("CN", "HK"),
                ("US", "Mass."), ("US", "D.C."), ("US", "N.Y."), ("US", "US-MA"), ("US", "ＭＡ"), ("US", "AP"),
                ("CA", "PQ"), ("CA", "NF"), ("US", "Puerto Rico"), ("CN", "山西"), ("MX", "Texas"), ("MX", "Jalsico"),
                ("USA", "Massachusetts"),
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
                ("IN", "KA"), ("IN", "OD"), ("IN", "CG"), ("IN", "UK"), ("IN", "TS"), ("IN", "Telangana State"),
                ("IN", "UT of Ladakh"), ("IN", "Delhi (NCT)"), ("IN", "Andaman & Nicobar Islands"), ("AU", "JBT"),
                ("BR", "Estado de São Paulo"), ("MX", "Coahuila"), ("MX", "Edo. Méx."), ("ES", "Xyz"), ("US", "Mass."),
                ("IN", "दिल्ली"), ("IN", "தமிழ்நாடு"), ("IN", "পশ্চিমবঙ্গ"),
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
                ("UY", "11.300"), ("UY", "11300"), ("LI", "FL-9490"), ("VA", "V-00120"),
                ("CZ", "PSČ 116 36"), ("GR", "Τ.Κ. 176 74"), ("KR", "우)03045"), ("CN", "邮编：100084"),
                ("SA", "١٢٣٨٢"), ("IR", "۱۴۱۷۹۳۵۸۴۰"), ("US", "０２１３４"), ("BR", "70.040-912"), ("SG", "S307685"),
            ],
            fails: [
                ("US", "9810a"), ("US", "98101-12"), ("GB", "SW1A"), ("GB", "12345"), ("DE", "106"), ("BE", "800"),
                ("IE", "DUBLIN 2"), ("RU", "990000"),
                ("US", "0213"), ("KR", "0452"), ("DE", "5066"), ("AU", "300"), ("EG", "126131"), ("US", "O2134"),
                ("United States", "9810a"), ("CA", "K1A"), ("NL", "1012"), ("CH", "80350"), ("CN", "1000"),
                ("PT", "1250"), ("AT", "101"), ("CV", "76001"), ("BR", "70.040-91"),
                ("SG", "X307685"), ("KE", "00100 GPO"), ("CZ", "Praha 116 36"), ("UY", "11.30"), ("UY", "1.1300"),
            ]
        ),
        RuleTable(
            "postalCode.format",
            .postalCode,
            passes: [
                ("PL", "00-950"), ("SE", "11455"), ("SE", "114 55"), ("DE", "1067"), ("JP", "１００－０００１"),
                ("LU", "L-1648"), ("DK", "DK-7190"), ("FO", "FO-100"), ("AX", "AX-22100"), ("HR", "HR-10000"),
                ("CH", "CH-8001"), ("AT", "A-1010"), ("SE", "SE-111 52"), ("DE", "D-10115"),
                ("LI", "FL-9490"), ("GL", "DK-3900"), ("SM", "RSM-47890"), ("VA", "V-00120"), ("SI", "SLO-1000"),
                ("UY", "11.300"), ("LV", "LV-1423"), ("LV", "1423"), ("JP", "〒100-0001"), ("Japan", "〒 100-0001"),
                ("IN", "११०००१"), ("BR", "70040-912"),
            ],
            fails: [
                ("PL", "00950"), ("PT", "1250096"), ("CH", "CH 8001"), ("CH", "D-8001"),
                ("IN", "110-001"), ("BR", "70.040-912"), ("SG", "S307685"), ("SG", "S(307685)"), ("CZ", "PSČ 116 36"),
                ("GR", "Τ.Κ. 176 74"), ("KR", "우)03045"), ("KR", "우 08826"), ("BR", "CEP: 05508-220"),
                ("LV", "LV 1423"),
            ]
        ),
        RuleTable(
            "postalCode.servicePattern",
            .postalCode,
            passes: [("DE", "10115"), ("GB", "LS1 1UR"), ("GB", "LS11UR"), ("US", "02134-1000"), ("CH", "CH 8001")],
            fails: [
                ("DE", "D-10115"), ("DE", "D10115"), ("DE", "50 667"), ("DE", "DE 50667"), ("GB", "LS1  1UR"),
                ("GB", "LS1-1UR"),
                ("CN", "邮编：100084"), ("US", "02134 1000"), ("US", "021341000"), ("US", "MA 02134"), ("CN", "100 033"),
                ("CN", "100 084"),
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
                "(206) 555-CALL (2255)", "1 800 O-Canada (1-800-622-6232)", "206 555 0100 (24/7)",
            ],
            fails: [
                "911", "tel 206 555 0100", "Ph: (206) 555-0100", "☎ 206 555 0100", "206 555 0100 / 206 555 0101",
                "206 555 0100 - 206 555 0101",
                "*5770",
                "123", "(\u{200B}206) 555-0100",
                "call Mara", "12", "n/a", "12 Oak Street", "57+601 3813000", "TBD", "2065550100; 2065550101",
                "+1 206 555 0100 206 555 0101", "~206",
            ]
        ),
    ]
}
