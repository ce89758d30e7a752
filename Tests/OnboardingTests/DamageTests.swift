import Foundation
import Manifests
import TestSupport
import Testing

@testable import Onboarding

/// What is said and suggested of damaged cells.
@Suite struct DamageTests {
    @Test(
        arguments: [
            ("damage.encoding", [.lastName: "MÃ¼ller"], "Müller"),
            ("damage.encoding", [.lastName: "MÃƒÂ¼ller"], "Müller"),
            ("damage.encoding", [.city: "K├╢ln"], "Köln"), ("damage.encoding", [.city: "╨Ь╨╛╤Б╨║╨▓╨░"], "Москва"),
            ("damage.encoding", [.companyName: "HÃƒÆ’Ã‚Â¶fner"], "Höfner"),
            ("damage.encoding", [.companyName: "ì‚¼ì„±ì „ìž"], nil),
            ("damage.encoding", [.companyName: "Macy\u{92}s"], "Macy’s"),
            ("damage.encoding", [.companyName: "Oâ€™Neill"], "O’Neill"),
            ("damage.encoding", [.city: "ÐœÐ¾Ñ\u{81}ÐºÐ²Ð°"], "Москва"),
            ("damage.encoding", goodRow(in: "RU", [.city: "Ìîñêâà"]), "Москва"),
            ("damage.encoding", goodRow(in: "RU", [.city: "íÏÓË×Á"]), "Москва"),
            ("damage.encoding", [.companyName: "MÃ¼ller\u{A0}GmbH"], "Müller\u{A0}GmbH"),
            ("damage.encoding", [.companyName: "CafÃ© René"], "Café René"),
            ("damage.encoding", [.companyName: "ESPAÃ‘A"], "ESPAÑA"), ("damage.encoding", [.city: "Ã–BB"], "ÖBB"),
            ("damage.encoding", [.city: "MALMÃ–"], "MALMÖ"), ("damage.encoding", [.city: "Ã…RHUS"], "ÅRHUS"),
            ("damage.encoding", [.city: "BucureÈ™ti"], "București"), ("damage.encoding", [.city: "Ãƒâ€“BB"], "ÖBB"),
            ("damage.encoding", [.companyName: "SocietÃ\u{A0}"], "Società"),
            ("damage.encoding", [.companyName: "SocietÃƒÂ\u{A0}"], "Società"),
            ("damage.encoding", [.city: "San Pedro Garza GarcÃ\u{AD}a"], "San Pedro Garza García"),
            ("damage.encoding", [.city: "Pointe-Ã\u{A0}-Pitre"], "Pointe-à-Pitre"),
            ("damage.encoding", [.city: "Å\u{A0}koda"], "Škoda"), ("damage.encoding", [.city: "Ä°STANBUL"], "İSTANBUL"),
            ("damage.encoding", [.lastName: "çŽ‹"], "王"), ("damage.encoding", [.lastName: "Nguyá»…n"], "Nguyễn"),
            ("damage.encoding", [.city: "M√ºnchen"], "München"), ("damage.encoding", [.lastName: "MГјller"], "Müller"),
            ("damage.encoding", [.city: "РњРѕСЃРєРІР°"], "Москва"), ("damage.encoding", [.city: "M├╝nchen"], "München"),
            ("damage.encoding", [.city: "GdaĹ„sk"], "Gdańsk"), ("damage.encoding", [.lastName: "MŸller"], "Müller"),
            ("damage.encoding", [.lastName: "M¸ller"], "Müller"), ("damage.encoding", [.lastName: "Mьller"], "Müller"),
            ("damage.encoding", goodRow(in: "DE", [.lastName: "J„ger"]), "Jäger"),
            ("damage.encoding", goodRow(in: "SE", [.city: "Gˆteborg"]), "Göteborg"),
            ("damage.encoding", goodRow(in: "PL", [.lastName: "Wi┼¢niewski"]), "Wiśniewski"),
            ("damage.encoding", [.lastName: "–ü–µ—Ç—Ä–æ–≤"], "Петров"),
            ("damage.encoding", [.addressLine1: "Masarykovo n├ím─¢st├¡ 1"], "Masarykovo náměstí 1"),
            ("damage.encoding", goodRow(in: "IL", [.city: "Î¬Î£ ÎÉÎæÎÖÎæ"]), "תל אביב"),
            ("damage.encoding", [.lastName: "‚àö√ñsa"], "Åsa"), ("damage.encoding", [.lastName: "Р¶СњР‹"], "李"),
            ("damage.encoding", goodRow(in: "UA", [.companyName: "Ðåñòîðàí Êè¿â"]), "Ресторан Київ"),
            ("damage.encoding", [.firstName: "MarΓ\u{AD}a"], "María"),
            ("damage.encoding", [.firstName: "JiÅ™Ć\u{AD}"], "Jiří"),
            ("damage.markup", [.companyName: "Fish &amp; Chips"], "Fish & Chips"),
            ("damage.markup", [.lastName: "M&amp;uuml;ller"], "Müller"),
            ("damage.markup", [.lastName: "O&#146;Brien"], "O’Brien"), ("damage.markup", [.addressLine2: "&nbsp;"], ""),
            ("damage.lostLetters", [.lastName: "M?ller"], nil), ("damage.nameDate", [.externalId: "1-Mar"], nil),
            ("damage.identifier", [.externalId: "ｃｒｍ–９"], "crm-9"),
            ("domain.syntax", [.domain: "contoso.on microsoft.com"], "contoso.onmicrosoft.com"),
            ("domain.syntax", [.domain: "contoso.onmicrosoft…"], nil),
            ("domain.syntax", [.domain: "alder&amp;finch.onmicrosoft.com"], nil),
            ("damage.codeCharacters", [.email: "joe\u{A0}@x.com"], "joe@x.com"),
            ("damage.codeCharacters", [.email: "“joe”@x.com"], "joe@x.com"),
            ("email.syntax", [.email: "joe@outlook.com\tb"], nil),
            ("email.syntax", [.email: "joe @x.com"], "joe@x.com"),
            ("email.syntax", [.email: "jo e@x.com"], nil), ("email.topLevelDomain", [.email: "joe@x.d"], nil),
            ("email.homoglyph", [.email: "joe@соntoso.com"], "joe@contoso.com"),
            ("damage.exponent", [.phoneNumber: "4.25555010101E+11"], "425555010101"),
            ("damage.exponent", [.phoneNumber: "4.2555501E+10"], nil),
            ("damage.codeCharacters", [.postalCode: "98101–1234"], "98101-1234"),
            ("damage.codeCharacters", [.domain: "ａｌｄｅｒ.onmicrosoft.com"], "alder.onmicrosoft.com"),
            ("damage.space", [.companyName: "Alder\u{A0}Finch"], "Alder Finch"),
            ("domain.homoglyph", [.domain: "contоso.onmicrosoft.com"], "contoso.onmicrosoft.com"),
            ("postalCode.leadingZero", [.postalCode: "2134", .state: "MA"], "02134"),
            ("postalCode.leadingZero", goodRow(in: "IT", [.postalCode: "144"]), "00144"),
            ("postalCode.format", goodRow(in: "PL", [.postalCode: "00950"]), "00-950"),
            ("postalCode.servicePattern", goodRow(in: "DE", [.postalCode: "D-10115"]), "10115"),
            ("postalCode.servicePattern", goodRow(in: "GB", [.postalCode: "LS1  1UR"]), "LS1 1UR"),
            ("postalCode.servicePattern", goodRow(in: "GB", [.postalCode: "M1-1AE"]), "M1 1AE"),
            ("postalCode.servicePattern", [.postalCode: "981011000"], "98101-1000"),
            ("postalCode.servicePattern", [.postalCode: "98101 1000"], "98101-1000"),
            ("postalCode.servicePattern", [.postalCode: "WA 98101"], "98101"),
            ("postalCode.servicePattern", goodRow(in: "CN", [.postalCode: "100 084"]), "100084"),
            ("postalCode.format", goodRow(in: "BR", [.postalCode: "70.040-912"]), "70040-912"),
            ("postalCode.format", goodRow(in: "HU", [.postalCode: "1054."]), "1054"),
            ("postalCode.format", goodRow(in: "SG", [.postalCode: "S307685"]), "307685"),
            ("postalCode.format", goodRow(in: "CZ", [.postalCode: "PSČ 116 36"]), "116 36"),
            ("postalCode.format", goodRow(in: "GR", [.postalCode: "Τ.Κ. 176 74"]), "176 74"),
            ("postalCode.format", goodRow(in: "KR", [.postalCode: "우)03045"]), "03045"),
            ("postalCode.format", goodRow(in: "BR", [.postalCode: "CEP: 05508-220"]), "05508-220"),
            ("postalCode.format", goodRow(in: "LV", [.postalCode: "LV 1423"]), "LV-1423"),
            ("postalCode.format", goodRow(in: "MD", [.postalCode: "MD 2009"]), "MD-2009"),
            ("postalCode.format", goodRow(in: "LT", [.postalCode: "LT 01513"]), "LT-01513"),
            ("postalCode.servicePattern", goodRow(in: "CN", [.postalCode: "邮编：100084"]), "100084"),
            ("postalCode.pattern", goodRow(in: "KE", [.postalCode: "00100 GPO"]), "00100"),
            ("phoneNumber.syntax", goodRow(in: "CH", [.phoneNumber: "tel +41 58 666 40 00"]), "+41 58 666 40 00"),
            ("phoneNumber.syntax", goodRow(in: "KR", [.phoneNumber: "국번없이 1355"]), "1355"),
            ("phoneNumber.syntax", goodRow(in: "IL", [.phoneNumber: "02-6777111, *6119"]), "02-6777111"),
            ("phoneNumber.syntax", goodRow(in: "HU", [.phoneNumber: "(+36 1/20/30/70) 366 6666"]), "+36 1 366 6666"),
            ("phoneNumber.country", goodRow(in: "BB", [.phoneNumber: "427-0201"]), "246 427-0201"),
            ("postalCode.format", goodRow(in: "NL", [.postalCode: "NL 1011 PN"]), "1011 PN"),
            ("postalCode.number", [.postalCode: "2134.0", .state: "MA"], "02134"),
            ("postalCode.number", [.postalCode: "02134.0", .state: "MA"], "02134"),
            ("postalCode.number", [.postalCode: "2,134", .state: "MA"], "02134"),
            ("postalCode.number", [.postalCode: "'02134", .state: "MA"], "02134"),
            ("postalCode.pattern", [.postalCode: "O2134", .state: "MA"], "02134"),
            ("postalCode.leadingZero", goodRow(in: "BR", [.postalCode: "1002-020"]), "01002-020"),
            ("phoneNumber.number", [.phoneNumber: "6174951000.0"], "6174951000"),
            ("phoneNumber.number", [.phoneNumber: "'+16174951000"], "+16174951000"),
            ("phoneNumber.leadingZero", goodRow(in: "GB", [.phoneNumber: "7911123456"]), "07911123456"),
            ("phoneNumber.number", goodRow(in: "DE", [.phoneNumber: "3514880.0"]), "03514880"),
            ("phoneNumber.syntax", goodRow(in: "DE", [.phoneNumber: "O351 4880"]), "0351 4880"),
            ("phoneNumber.syntax", goodRow(in: "DE", [.phoneNumber: "О351 4880"]), "0351 4880"),
            ("phoneNumber.syntax", goodRow(in: "DE", [.phoneNumber: "0351 488O"]), "0351 4880"),
            ("phoneNumber.syntax", [.phoneNumber: "(617) 495-IOOO"], "(617) 495-1000"),
            ("phoneNumber.syntax", goodRow(in: "DE", [.phoneNumber: "S351 4880"]), nil),
            ("phoneNumber.syntax", goodRow(in: "PL", [.phoneNumber: "ul. Piotrkowska 104"]), nil),
            ("phoneNumber.syntax", goodRow(in: "DE", [.phoneNumber: "DE 811 128 135"]), nil),
            ("damage.exponent", goodRow(in: "FI", [.postalCode: "1.00E+02"]), "00100"),
            ("damage.exponent", goodRow(in: "IT", [.phoneNumber: "6.67101E+05"]), "0667101"),
            ("damage.exponent", goodRow(in: "DE", [.postalCode: "1.0E+01"]), nil),
            ("damage.exponent", [.city: "1.5E+1"], nil),
            ("damage.escape", [.country: "US\\n"], "US"), ("damage.escape", [.city: "Seattle\\r\\n"], "Seattle"),
            ("damage.codeCharacters", [.culture: "“en-US”"], "en-US"),
            ("damage.codeCharacters", [.associatedPartnerId: "“4847383”"], "4847383"),
            ("damage.codeCharacters", [.culture: "еn-US"], "en-US"), ("damage.codeCharacters", [.country: "АТ"], "AT"),
            ("damage.codeCharacters", goodRow(in: "GB", [.postalCode: "ЅW1A 2AA"]), "SW1A 2AA"),
            ("damage.identifier", [.externalId: "сrm-1"], "crm-1"),
            (
                "damage.number", goodRow(in: "BR", [.organizationRegistrationNumber: "11222333000181.0"]),
                "11222333000181"
            ),
            (
                "damage.number", goodRow(in: "BR", [.organizationRegistrationNumber: "11,222,333,000,181"]),
                "11222333000181"
            ),
            ("damage.number", [.externalId: "'4711"], "4711"), ("damage.number", [.externalId: "=\"4711\""], "4711"),
            ("postalCode.number", [.postalCode: "=\"02108\"", .state: "MA"], "02108"),
            ("postalCode.leadingZero", [.postalCode: "65102010", .state: "CT"], "06510-2010"),
            ("text.characters", [.email: "office\u{34F}@alderfinch.example.com"], "office@alderfinch.example.com"),
            ("text.characters", [.lastName: "Fin\u{3164}ch"], "Finch"),
            ("text.characters", [.lastName: "Fin\u{180E}ch"], "Finch"),
            ("country.code", [.country: "ＧＢ"], "GB"),
            ("domain.suffix", [.domain: "none"], nil), ("domain.syntax", [.domain: "n/a"], nil),
            ("domain.syntax", [.domain: "https://beacon.com/"], nil),
            ("domain.syntax", [.domain: "info@beacon.com"], nil),
            ("domain.syntax", [.domain: "ftp://beacon.onmicrosoft.com"], "beacon.onmicrosoft.com"),
            ("domain.syntax", [.domain: "beacon.onmicrosoft.com.onmicrosoft.com"], "beacon.onmicrosoft.com"),
            ("state.code", [.state: "Mass."], "MA"), ("state.code", [.state: "D.C."], "DC"),
            ("state.code", [.state: "N.Y."], "NY"), ("state.code", [.state: "US-MA"], "MA"),
            ("state.code", [.state: "ＭＡ"], "MA"), ("state.code", [.state: "AP"], nil),
            ("state.code", [.state: "Puerto Rico"], nil), ("state.code", goodRow(in: "CN", [.state: "山西"]), "SX"),
            ("state.code", goodRow(in: "CA", [.state: "PQ"]), "QC"),
            ("state.code", goodRow(in: "CA", [.state: "NF"]), "NL"),
            ("state.name", goodRow(in: "MX", [.state: "DF"]), "Ciudad de México"),
            ("country.code", goodRow(in: "GER", [.phoneNumber: ""]), "DE"),
            ("country.code", goodRow(in: "RSA", [.phoneNumber: ""]), "ZA"),
            ("country.code", [.country: "США"], "US"),
            ("culture.known", [.culture: "US-es"], "es-US"),
            ("culture.known", goodRow(in: "JP", [.culture: "jp-JP"]), "ja-JP"),
            ("culture.known", goodRow(in: "JP", [.culture: "ja-JA"]), "ja-JP"),
            ("culture.country", goodRow(in: "DE", [.culture: "de-AT"]), "de-DE"),
            ("language.known", [.language: "jp"], "ja"), ("language.known", [.language: "eng"], "en"),
            ("language.twoLetters", [.language: "en-US"], "en"),
            ("phoneNumber.leadingZero", goodRow(in: "DE", [.phoneNumber: "30901820"]), "030901820"),
            ("phoneNumber.format", [.phoneNumber: "206–555–0100"], "206-555-0100"),
            ("text.characters", [.companyName: "Zero\u{200B}width"], "Zerowidth"),
            ("text.characters", [.companyName: "Private \u{E000}"], nil),
            ("country.code", [.country: "Germnay"], "DE"), ("country.code", [.country: "ＵＳＡ"], "US"),
            ("language.country", goodRow(in: "DE", [.culture: "de-DE", .language: "fr"]), "de"),
        ] as [(String, [Column: String], String?)]
    )
    func theRepairIsKnown(rule: String, changes: [Column: String], repair: String?) throws {
        let finding = try #require(try prepare(changes).findings.first { $0.rule == rule })
        #expect(finding.suggestion == repair)
    }

    /// Where a person lets repairs be applied, what they leave must be right.
    @Test func aRepairedCellPassesItsRule() throws {
        for table in RuleTests.tables {
            let rule = (Rule.all + Rule.ofExistingCustomers).first { $0.name == table.rule }
            guard rule?.isRepairable == true else { continue }
            for changes in table.fails {
                var repaired = changes
                for finding in try prepare(changes).findings where finding.rule == table.rule {
                    guard let column = Column(name: finding.column), let repair = finding.suggestion else { continue }
                    repaired[column] = repair
                }
                guard repaired != changes else { continue }
                #expect(try !prepare(repaired).findings.map(\.rule).contains(table.rule), "\(changes)")
            }
        }
    }

    @Test func aStateIsSentInUpperCase() throws {
        #expect(try prepare([.state: "wa"]).payload == prepare().payload)
    }

    @Test func aStateThatTheServiceDoesNotHaveIsNotToldToBeAnother() throws {
        let military = try prepare([.state: "AP"]).findings.first { $0.rule == "state.code" }
        #expect(military?.message.contains("the service takes no address there") == true)
        let country = try prepare([.state: "PR"]).findings.first { $0.rule == "state.code" }
        #expect(country?.message.contains("type PR in country") == true)
    }

    @Test func aHomoglyphIsNamedWithItsPlace() throws {
        let finding = try #require(try prepare([.domain: "contоso.onmicrosoft.com"]).findings.first)
        #expect(finding.message.contains("Cyrillic letter 'о' (U+043E) as character 5"))
    }

    @Test func fullWidthDigitsAreSentAtTheirUsualWidth() throws {
        let row = try prepare(goodRow(in: "JP", [.postalCode: "１００－０００１", .phoneNumber: "０３－３５８１－５２１１"]))
        #expect(row.findings.isEmpty)
        #expect(row.payload.contains(#""postalCode":"100-0001""#))
        #expect(row.payload.contains(#""phoneNumber":"03-3581-5211""#))
    }

    @Test func bothCellsThatChangedPlacesAreNamed() throws {
        let findings = try prepare([.city: "98101", .postalCode: "Seattle"]).findings
            .filter { $0.rule == "damage.swappedCells" }
        #expect(findings.map(\.column) == ["city", "postalCode"])
        #expect(findings.map(\.suggestion) == ["Seattle", "98101"])
    }

    /// A day that nobody types is a number, as a column of dates shows it.
    @Test(arguments: [("2166-02-17 00:00:00", "97204"), ("2100-03-01", "73110"), ("2173-10-13", "99999")])
    func aDateFarAheadIsTheNumberThatItWas(date: String, number: String) throws {
        let findings = try prepare([.postalCode: date]).findings
        #expect(findings.map(\.rule) == ["damage.date"])
        #expect(findings.first?.message.contains("a spreadsheet makes of \(number);") == true)
    }

    /// A character that half of a pair stands for can't be in a Swift string: the reader leaves U+FFFD.
    @Test func anUnpairedSurrogateIsFound() throws {
        let header = ColumnMapTests.required.joined(separator: ",")
        let row = "Al_er,alder.onmicrosoft.com,a@example.com,en-US,en,1 High St,Dublin,IE"
        var units = Array("\u{FEFF}\(header)\n\(row)\n".utf16)
        units[units.lastIndex(of: UInt16(UInt8(ascii: "_"))) ?? 0] = 0xD83D
        let folder = try TemporaryFolder()
        let path = folder.path + "/manifest.csv"
        try Data(units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }).write(to: URL(filePath: path))
        let reader = try Manifest.open(path)
        let record = try #require(try reader.next())
        let prepared = try RowPreparer(reader, path: path, settings: OnboardingSettings()).prepare(record)
        #expect(prepared.findings.map(\.rule) == ["csv.encoding"])
        #expect(prepared.findings.map(\.column) == ["companyName"])
        #expect(prepared.verdict == .invalid)
    }

    /// Half of the letters typed for a person would be no repair.
    @Test(arguments: [
        "HÃ Ná»™i", "SÃ£oÂ Paulo", "Gï¿½teborg", "ÐœÐ¾ÑÐºÐ²Ð°", "æ±äº¬", "ÅÃ³dÅº", "Р�РІР°РЅ", "Ĺ\u{FFFD}ĂłdĹş",
        "Äąďż˝ukasz", "M锟斤拷ller",
        "MпїЅller", "Mďż˝ller", "M´┐¢ller", "M∩┐╜ller", "M眉ller", "Mﾃｼller", "Z羹rich", "M체ller", "Niccol貌",
    ])
    func whatLostSomeOfItsLettersIsNotRepairedInPart(value: String) throws {
        let finding = try #require(try prepare([.city: value]).findings.first { $0.column == "city" })
        #expect(finding.rule == "damage.encoding" && finding.suggestion == nil)
        #expect(finding.message.contains("type it again"))
    }

    /// A row is misread as a whole: what one cell can't tell by itself, another does.
    @Test(
        arguments: [
            ([.lastName: "M¸ller", .firstName: "Jˆrg"], .firstName, "Jörg", false),
            ([.lastName: "M¸ller", .firstName: "JosÈ"], .firstName, "José", false),
            ([.lastName: "Jˆrg"], .lastName, "Jörg", true),
            ([.lastName: "‚àö√ñsa", .firstName: "¬ª√≤tefan"], .firstName, "Ștefan", false),
            ([.lastName: "GarcÃ"], .lastName, "Garcà", true), ([.lastName: "GarcÃ\u{A0}"], .lastName, "Garcà", false),
            ([.lastName: "MÃ¼ller", .firstName: "Wi┼¢ka"], .firstName, "Wiśka", true),
        ] as [([Column: String], Column, String, Bool)]
    )
    func theMistakeThatExplainsAllCellsIsTheRows(
        changes: [Column: String],
        column: Column,
        meant: String,
        isGuess: Bool
    ) throws {
        let row = goodRow(in: "DE", changes)
        let finding = try #require(try prepare(row).findings.first { $0.column == column.name })
        #expect(finding.rule == "damage.encoding")
        #expect(finding.suggestion == meant)
        #expect(finding.isGuess == isGuess)
    }

    /// A name is judged by the rest of the row as a code is.
    @Test(
        arguments: [
            (
                goodRow(
                    in: "UK",
                    [.culture: "uk-UA", .language: "uk", .postalCode: "01001", .phoneNumber: "+380 44 202 7000"]
                ), "country.elsewhere"
            ),
            (
                goodRow(in: "Georgia", [.state: "CT", .postalCode: "06510", .phoneNumber: "203-946-8200"]),
                "country.elsewhere"
            ),
            (
                goodRow(
                    in: "Australia",
                    [.culture: "de-AT", .language: "de", .postalCode: "1010", .phoneNumber: "01 4000"]
                ), "country.code"
            ),
        ] as [([Column: String], String)]
    )
    func aCountryThatTheRowDeniesIsAGuessAtMost(changes: [Column: String], rule: String) throws {
        let findings = try prepare(changes).findings.filter { $0.column == "country" }
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.allSatisfy { $0.isGuess })
    }

    /// A number with a word and another behind it is two.
    @Test(arguments: ["Tel. 0351 4880 Fax 0351 4881", "0351 4880 Fax 0351 4881"])
    func twoNumbersAreNeverOne(phoneNumber: String) throws {
        let findings = try prepare(goodRow(in: "DE", [.postalCode: "01067", .phoneNumber: phoneNumber])).findings
        #expect(findings.map(\.rule) == ["phoneNumber.syntax"])
        #expect(findings.map(\.suggestion) == ["0351 4880"])
        #expect(findings.allSatisfy { $0.isGuess })
    }

    @Test func aTelephoneAndAPartnerThatChangedPlacesAreTold() throws {
        let cells = goodRow(
            in: "DE",
            [.postalCode: "01067", .phoneNumber: "6033178", .associatedPartnerId: "0351 4880"]
        )
        let findings = try prepare(cells).findings
        #expect(findings.map(\.rule) == ["damage.swappedCells", "damage.swappedCells"])
        #expect(findings.map(\.suggestion) == ["0351 4880", "6033178"])
    }

    /// What a spreadsheet made of a cell is told as that, and not as another column's.
    @Test(
        arguments: [([.lastName: "03.Apr"], "damage.date"), ([.country: "#ARG!"], "damage.errorValue")]
            as [([Column: String], String)]
    )
    func aValueOfASpreadsheetBelongsToNoOtherColumn(changes: [Column: String], rule: String) throws {
        #expect(try prepare(changes).findings.map(\.rule) == [rule])
    }

    @Test func aStatesCodeInPlaceOfTheCityIsFoundWhereTheStateHasItsName() throws {
        let findings = try prepare(
            goodRow(in: "CN", [.state: "北京市", .city: "BJ", .postalCode: "100006", .phoneNumber: "+86 10 6512 5588"])
        ).findings
        #expect(findings.map(\.rule) == ["city.content", "state.code"])
    }

    /// What can't be seen is then a part of a letter.
    @Test(arguments: ["إ\u{A0}pela", "Π\u{A0}Π\u{FFFD}", "HĆ\u{A0} Nį»™i", "ذ\u{A0}ذ¾ذ¼ذ°رˆ"])
    func nothingElseIsRepairedInAMisreadCell(value: String) throws {
        var settings = OnboardingSettings()
        settings.acceptedRepairs = ["damage.space", "text.characters"]
        let findings = try prepare([.city: value], settings: settings).findings
        #expect(findings.contains { $0.column == "city" })
        #expect(!findings.contains { $0.severity == .repaired })
    }

    /// A byte of an encoding that nobody knows may be any letter.
    @Test(arguments: ["Gen\u{8A}ve", "K\u{94}ln"])
    func aLoneByteIsNotTakenForALetter(value: String) throws {
        #expect(
            try prepare([.city: value]).findings.allSatisfy {
                $0.column != "city" || $0.suggestion?.contains("ä") != true
            }
        )
        #expect(try prepare([.city: value]).findings.contains { $0.column == "city" && $0.severity == .error })
    }
}
