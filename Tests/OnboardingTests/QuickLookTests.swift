import Manifests
import Testing

@testable import Onboarding

/// The quick looks at clean cells: what they let pass, the rules would let pass too.
struct QuickLookTests {
    /// Cells that are odd in one way each.
    static let cells: [String] =
        [
            "", " ", "a", "A", "aa", "Aa", "AaA", "AAAAAAAAAAAAAAAAAA", "AaAaAaAaAaAaAaAaAa", "a b c", "1", "12", "1&1",
            "A&B", "-", "--", "·", "×", "÷", "×Ö", "é", "Ö", "Øy", "ø", "ÿ", "Å", "Ł", "ſ", "İ", "İnc", "Ÿ", "ß",
            "Ω", "Ж", "ж", "김", "李", "〇", "々", "あ", "ア", "٣", "ा", "€", "™", "\u{200B}", "\u{FEFF}x", "e\u{301}",
            "oü", "OÜ", "Oü.", "o ü", "ооо", "ООО", "О.О.О.", "株式会社", "주식회사", "주 식 회 사", "有限公司", "tob",
            "GmbH & Co. KG", "gmbh&cokg", "S.A. de C.V.", "s a de c v", "Sp. z o.o.", "SP Z O O", "a/s", "A/S", "a.s.",
            "UG (haftungsbeschränkt)", "UG haftungsbeschränkt", "ug HAFTUNGSBESCHRÄNKT", "Co", "CO.", "P T", "P.T.",
            "test", "Test", "TEST", "tests", "n/a", "N/A", "n.a.", "Null", "unKnown", "un\u{212A}nown", "g\u{212A}",
            "firstname", "Dummy", "dummy.", "xxx", "x x x", "Anna", "O'Brien", "Jean-Luc", "Nguyễn", "Đặng",
            "Contoso Trading Company Limited", "Contoso\u{7F}", "\u{1F}", "~~~~~~~~", "        ", "abcdefgh\u{80}",
            "abcdefg\u{7F}", "abcdefgh\u{7F}", String(repeating: "x", count: 300), "1234567\t9", "12345678\n",
        ] + Names.legalForms.sorted() + Names.legalForms.sorted().map { $0.uppercased() + "." }

    private func findings(_ column: Column, _ text: String, of rules: [Rule]) throws -> [String] {
        let columns = try ColumnMap(header: Column.allCases.map(\.name), path: "m.csv")
        let cells = goodRow.merging([column: text]) { $1 }
        let record = Record(cells: Column.allCases.map { cells[$0, default: ""] }, row: 1, line: 2)
        let row = CheckedRow(record, columns: columns, settings: OnboardingSettings())
        return rules.filter { rule in
            guard rule.signs.isDisjoint(with: row.signs) else { return false }
            var problems = Problems()
            rule.check(row, &problems)
            return !problems.list.isEmpty
        }.map(\.name)
    }

    @Test(arguments: cells)
    func noRuleWouldHaveFoundAnythingInANamePassedOver(cell: String) throws {
        for column in [Column.companyName] + Names.ofPersons {
            #expect(try findings(column, cell, of: Rule.all) == [], "\(column) \(cell.debugDescription)")
        }
    }

    @Test(arguments: cells)
    func printableTextIsToldAsByALookAtEachByte(cell: String) {
        for start in 0...min(cell.utf8.count, 9) {
            let bytes = Array(cell.utf8.dropFirst(start))
            #expect(bytes.isPrintableASCII == bytes.allSatisfy { 0x20...0x7E ~= $0 }, "\(cell.debugDescription)")
        }
    }

    @Test func everyByteAtEveryPlaceOfAWordIsToldPrintableOrNot() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<19 {
                var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 19)
                bytes[place] = byte
                #expect(bytes.isPrintableASCII == (0x20...0x7E ~= byte), "\(byte) at \(place)")
            }
        }
    }

    @Test func aByteIsFoundAtEveryPlaceOfAWordAndNoOtherIs() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<19 {
                var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 19)
                bytes[place] = byte
                let isMark = byte == UInt8(ascii: ";") || byte == UInt8(ascii: "?")
                #expect(bytes.hasMark == isMark, "\(byte) at \(place)")
                #expect(bytes.contains(byte: 0x40) == (byte == 0x40), "\(byte) at \(place)")
            }
        }
    }

    @Test func aWordThatIsNotLikelyGarbledHasNoDamage() throws {
        let letters = try (UInt32(0xA0)...0x17F).map { String(try #require(Unicode.Scalar($0))) }
        for word in letters.flatMap({ [$0, "Zo" + $0, "a " + $0, "Caf" + $0 + " & Co", "김" + $0] }) {
            guard !word.isLikelyGarbled else { continue }
            for languages in [["fr"], ["ru"], ["ko"]] {
                #expect(Mojibake.damage(of: word, languages: languages) == nil, "\(word)")
            }
        }
    }

    @Test(arguments: ["Zoé", "Weiß", "Möbelhaus & Café", "Citroën à"])
    func aWordThatEndsInASmallLetterIsPassedOver(word: String) { #expect(!word.isLikelyGarbled) }

    @Test(arguments: ["MÃ", "LÂ", "HÃ Ná»™i", "MÃ¼ller", "WeiÃŸ"])
    func aGarbledWordIsNotPassedOver(word: String) { #expect(word.isLikelyGarbled) }

    @Test func noMonthHasANameThatBeginsInHangul() {
        for name in Resource.months.flatMap({ $0.dropFirst().flatMap(\.names) }) {
            #expect(!(name.unicodeScalars.first.map { 0xAC00...0xD7A3 ~= $0.value } ?? false), "\(name)")
        }
        for street in ["세종대로 23", "세종대로 7", "시월 12", "월-12"] { #expect(SpreadsheetDate(street) == nil, "\(street)") }
    }

    @Test(arguments: cells)
    func aWordOfASCIIHasNoLegalFormBehindIt(word: String) {
        guard word.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: " ") }), word.first != "(" else { return }
        #expect(!CompanyForm.ends(word))
    }

    @Test func whatBeginsWithALetterAtAGlanceIsALetter() {
        for value in UInt32(0x20)...0xFFFF {
            guard let scalar = Unicode.Scalar(value), String(scalar).beginsWithLetter else {
                continue
            }
            #expect(scalar.properties.isAlphabetic, "U+\(String(value, radix: 16))")
        }
    }

    @Test(arguments: ["legal", "names", "ug haftungsbeschränkt", "ооо", "주식회사"])
    func aListKnowsItsWordsInEveryCase(word: String) {
        let list = FoldedWords([word], omittingSeparators: true)
        for form in [
            word, word.uppercased(), word.replacing(" ", with: ""), word + ".", word.map { "\($0)," }.joined(),
        ] {
            #expect(form.mayBe(in: list), "\(form)")
        }
        #expect(!"otherword".mayBe(in: list))
        #expect(!"".mayBe(in: list))
    }

    @Test(
        arguments: cells + [
            "a@b.com", "a@b", "a.b@c.de", ".a@b.com", "a.@b.com", "a..b@c.com", "a@b@c.com", "A@B.COM", "a@B.com",
            "@b.com",
            "a@", "a@.com", "a@com.", "a@-b.com", "a@b-.com", "a@b..com", "a@microsoft.com", "a@Microsoft.com",
            "m@mmmmmmmmm.com", "a b@c.com", "\"a b\"@c.com", "a+b_c-d@e-f.co.uk", "ü@x.de", "u@müller.de", "a@b.con",
            "a@b.xn--p1ai", "a@b.cancerresearch", "a@b.notonthelist", "a@b.c\u{301}om", "a'b@c.com", "a@b.museum ",
            String(repeating: "a", count: 64) + "@b.com", String(repeating: "a", count: 65) + "@b.com",
            "a@" + String(repeating: "b", count: 63) + ".com", "a@" + String(repeating: "b", count: 64) + ".com",
            "a@" + String(repeating: "b.", count: 130) + "com",
        ]
    )
    func anAddressThatIsPlainlyUsualIsUsual(address: String) {
        if address.isPlainlyUsualAddress { #expect(EmailAddress.form(of: address).isUsual) }
        #expect(address.isUsualAddress == EmailAddress.form(of: address).isUsual)
    }

    @Test func plainAddressesAreTakenAtAGlance() {
        for address in ["office@alderfinch.example.com", "a.b@c.de", "a+b_c-d@e-f.co.uk"] {
            #expect(address.isPlainlyUsualAddress, "\(address)")
        }
    }

    @Test func everyTopLevelDomainAndNoOtherIsFound() {
        for label in TopLevelDomains.all {
            #expect(String(label).isTopLevelDomain, "\(label)")
            for other in [label + "q", label.dropLast(), "q" + label] {
                let isKnown = String(other).isTopLevelDomain
                #expect(isKnown == TopLevelDomains.all.contains(other), "\(other)")
            }
        }
    }

    @Test func aCultureThatIsUsualAtAGlanceIsTheCountrysOwn() throws {
        for country in Country.all {
            for language in country.languages + ["en", "zz", "EN", "ger", ""] {
                for (culture, other) in [
                    ("\(language)-\(country.code)", language), ("\(language)_\(country.code)", language),
                    ("\(language)-\(country.code.lowercased())", language.uppercased()),
                    ("\(language)-US", language), ("\(language)-\(country.code)", "\(language)-\(country.code)"),
                ] where country.takes(culture: culture, language: other) {
                    let (tag, spoken) = (try #require(LanguageTag(culture)), try #require(LanguageTag(other)))
                    #expect(tag.region == country.code && spoken.region == nil && tag.language == spoken.language)
                    #expect(country.languages.contains(tag.language) && Languages.codes.contains(tag.language[...]))
                }
            }
        }
        #expect(try #require(Country.find("DE")).takes(culture: "de-DE", language: "de"))
    }

    @Test func aPostalCodeIsSurelyOfAStateOnlyWhereItIs() throws {
        let country = try #require(Country.find("US"))
        #expect(country.has("98101", in: "WA"))
        for state in ["MA", "wa", "Washington", "", "W", "WAS"] { #expect(!country.has("98101", in: state)) }
        for part in country.subdivisions {
            #expect(country.lists(part.code) && !country.refuses(part.code), "\(part.code)")
        }
        #expect(!country.lists("ZZ") && country.refuses("wa"))
    }
}

// The macros of the tests can't take a span.

extension String {
    fileprivate var isPlainlyUsualAddress: Bool { EmailAddress.isPlainlyUsual(utf8Span.span) }
    fileprivate var isUsualAddress: Bool { EmailAddress.isUsual(utf8Span.span) }
    fileprivate var isTopLevelDomain: Bool { TopLevelDomains.contains(utf8Span.span) }
    fileprivate var beginsWithLetter: Bool { Names.beginsWithLetter(utf8Span.span) }
    fileprivate var isLikelyGarbled: Bool { Mojibake.isLikely(utf8Span.span) }
    fileprivate func mayBe(in list: FoldedWords) -> Bool { list.mayContain(utf8Span.span) }
}

extension Country {
    fileprivate func takes(culture: String, language: String) -> Bool {
        isUsual(culture: culture.utf8Span.span, language: language.utf8Span.span)
    }
    fileprivate func has(_ postalCode: String, in state: String) -> Bool {
        isSurely(postalCode.utf8Span.span, in: state.utf8Span.span)
    }
    fileprivate func lists(_ state: String) -> Bool { isOnList(state.utf8Span.span) }
    fileprivate func refuses(_ state: String) -> Bool { mayRefuse(state: state.utf8Span.span) }
}

extension [UInt8] {
    fileprivate func contains(byte: UInt8) -> Bool { span.contains(byte) }
    fileprivate var isPrintableASCII: Bool { span.lookedThrough.isPrintableASCII }
    fileprivate var hasMark: Bool { span.lookedThrough.hasMark }
}
