import Foundation
import Testing

@testable import Manifests

struct EncodingTests {
    /// Texts as people write them, and the encoding that each is saved in.
    static let texts: [(encoding: String, text: String)] = [
        ("windows-1252", "Firma;Ort\nMüller GmbH;Köln\nGroße Straße AG;Düsseldorf\n"),
        ("windows-1252", "Nom;Ville\nSociété Générale d’Élevage;Besançon\nHôtel du Lac;Évian\n"),
        ("windows-1252", "name,city\nCaf\u{E9} One,Paris\n"),
        ("windows-1252", "Empresa;Ciudad\nEspañola de Niños;Málaga\nJosé Muñoz;Cádiz\n"),
        ("windows-1252", "Empresa;Cidade\nConstruções São João;Conceição\nIrmãos Gusmão;Vitória\n"),
        ("windows-1252", "Navn;By\nBlåbær Mølle;Tromsø\nÅrhus Æbler;Århus\n"),
        ("windows-1250", "Firma;Miasto\nŻółta Łódź;Wrocław\nŚwięty Mikołaj;Gdańsk\nKsięgarnia Zielona;Poznań\n"),
        ("windows-1250", "Firma;Město\nŘeznictví Dvořák;Plzeň\nČeské dráhy;Hradec Králové\nKůň a žába;Ústí\n"),
        ("windows-1250", "Cég;Város\nŐszi Bőrdíszmű;Győr\nKőbányai Sör;Székesfehérvár\nFűszer;Gödöllő\n"),
        ("windows-1254", "Firma;Şehir\nIşık Şirketi;İstanbul\nGüneş Tekstil;Eskişehir\nYağmur Dağıtım;Muğla\n"),
        ("windows-1251", "Компания;Город\nСеверный ветер;Москва\nООО Ромашка;Екатеринбург\n"),
        ("KOI8-R", "Компания;Город\nСеверный ветер;Москва\nООО Ромашка;Екатеринбург\n"),
        ("windows-1253", "Εταιρεία;Πόλη\nΕλληνική Βιομηχανία;Θεσσαλονίκη\nΓαλάζιο Κύμα;Ηράκλειο\n"),
        ("windows-1255", "חברה;עיר\nהמאפייה הגדולה;ירושלים\nספרים וקפה;חיפה\n"),
        ("Shift_JIS", "会社名,住所\n株式会社ソニー,東京都港区\nトヨタ自動車,愛知県豊田市\n表示,能力ソ\n"),
        ("EUC-JP", "会社名,住所\n株式会社ソニー,東京都港区\nトヨタ自動車,愛知県豊田市\nさくら書店,大阪市\n"),
        ("GB18030", "公司名称,城市\n北京科技有限公司,北京市\n上海贸易有限公司,上海市\n广州电子厂,广州市\n"),
        ("Big5", "公司名稱,城市\n臺灣科技股份有限公司,臺北市\n新竹電子,新竹市\n高雄貿易有限公司,高雄市\n"),
        ("EUC-KR", "회사 이름,도시\n한국전자 주식회사,서울\n대한상사,부산광역시\n푸른하늘,대전\n"),
        ("UTF-16LE", "회사 이름,도시\n한국전자 주식회사,서울\n"),
        ("UTF-16BE", "name\tcity\nMüller\tKöln\n"),
    ]

    @Test(arguments: texts)
    func theEncodingIsFoundFromTheContent(encoding: String, text: String) throws {
        let bytes = try Self.encoded(text, as: encoding)
        let reader = try openCSV(bytes)
        #expect(reader.traits.first?.value == encoding, "\(reader.traits)")
        let records = [reader.header] + (try reader.records().map(\.texts))
        let lines = text.split(separator: "\n").map { $0.split { ",;\t".contains($0) }.map(String.init) }
        #expect(records == lines)
    }

    @Test(arguments: texts)
    func theSaidEncodingIsUsed(encoding: String, text: String) throws {
        var options = ManifestOptions()
        options.encoding = encoding.lowercased()
        let source = ByteArraySource(try Self.encoded(text, as: encoding), most: 7)
        let reader = try CSVReader(path: "customers.csv", head: Head(of: source), source: source, options: options)
        #expect(reader.traits.first?.value == encoding)
        #expect(try reader.records().allSatisfy { $0.faults.isEmpty })
    }

    @Test(arguments: ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030"])
    func aByteOrderMarkIsBelievedAndLeavesTheHeaderAlone(encoding: String) throws {
        let bytes = try Self.encoded("\u{FEFF}domain,회사\nx,한\n", as: encoding)
        let reader = try openCSV(bytes)
        #expect(reader.header == ["domain", "회사"])
        #expect(try reader.records() == [Record(cells: ["x", "한"], row: 1, line: 2)])
    }

    /// Among rows that are ASCII, what Excel saves in the west: most of it signs, and little of it.
    @Test(arguments: [
        ["O’Brien Ltd"], ["O’Brien Ltd", "D’Arcy"], ["Ben’s Bakery", "Joe’s"], ["“Best” Co"], ["A – B"], ["A — B"],
        ["Foo…"], ["Foo™"], ["Foo®"], ["5° Ltd"], ["£5"], ["€5"], ["Euro €"], ["½ Price"], ["Café"], ["Zoë"],
        ["Cafe • Bar"], ["São"], ["Ø"], ["Ærø"], ["Ñandú"], ["Über"], ["Ä"], ["Weiß"], ["À la"], ["Œuvre"], ["Ý"],
        ["Müller", "O’Brien"], ["L’Oréal"], ["dell’Arte"], ["§5 Kanzlei"], ["N°5"], ["nº 5"], ["1ª"], ["¿Qué?"],
        ["¡Hola!"], ["±"], ["µTorrent"], ["a·b"], ["x²"], ["10 m³"], ["non\u{A0}break"], ["‘q’"], ["‹x›", "«y»"],
        Array(repeating: "dell’Arte", count: 30), ["10 m³", "5 m²", "½ Preis"],
        ["O’Brien", "£5 Shop", "Foo™", "Zoë’s"],
    ])
    func littleEvidenceSpeaksForWhatExcelSavesInTheWest(names: [String]) throws {
        let reader = try openCSV(try Self.encoded(Self.customers(names, country: "US"), as: "windows-1252"))
        #expect(reader.traits[0].value == "windows-1252", "\(reader.traits[0])")
        #expect(try reader.records().suffix(names.count).map { $0.cells[0] } == names)
    }

    @Test(arguments: [
        ("windows-1250", "HU", ["Győr", "Fő út"]), ("windows-1250", "CZ", ["Čapek"]), ("windows-1257", "LV", ["Rīga"]),
        ("windows-1257", "LT", ["Šiauliai"]), ("windows-1254", "TR", ["Şahin"]), ("GB18030", "CN", ["华为"]),
        ("EUC-KR", "KR", ["한"]), ("windows-1252", "PL", ["O’Brien", "Müller"]),
        ("windows-1252", "US", ["Chloë", "5°"]),
    ])
    func theRowsOwnCountrySpeaksForItsEncodings(encoding: String, country: String, names: [String]) throws {
        let reader = try openCSV(try Self.encoded(Self.customers(names, country: country), as: encoding))
        #expect(try reader.records().suffix(names.count).map { $0.cells[0] } == names, "\(reader.traits[0])")
    }

    @Test func aStateOfTwoLettersIsNoCountry() throws {
        let text = "name,state,country\n" + "Café,IL,US\nZoë,IL,US\n"
        #expect(try openCSV(try Self.encoded(text, as: "windows-1252")).traits[0].value == "windows-1252")
    }

    @Test(arguments: [("IBM850", ["Müller", "Köln"]), ("macintosh", ["Café Liberté", "Hôtel Château"])])
    func aRareEncodingIsFoundWhereNoOtherMakesSense(encoding: String, names: [String]) throws {
        let reader = try openCSV(try Self.encoded(Self.customers(names, country: "US"), as: encoding))
        #expect(try reader.records().suffix(names.count).map { $0.cells[0] } == names, "\(reader.traits[0])")
    }

    @Test func aGuessThatMayBeWrongIsToldWithTwoWordsAsTheyAreRead() throws {
        let text = "name,city\nPlain,York\nO’Brien Ltd,Café\nO’Brien Ltd,York\n"
        let notice = try #require(try openCSV(try Self.encoded(text, as: "windows-1252")).notices.first)
        #expect(notice.line == 3)
        for part in ["windows-1252", "% sure", "\"O’Brien\"", "\"Café\"", "--encoding NAME"] {
            #expect(notice.message.contains(part), "\(notice.message)")
        }
    }

    @Test func whatIsSureOrSaidNeedsNoNotice() throws {
        let sure = "Firma;Ort\n" + String(repeating: "Jäger Größe;Öhringen\n", count: 200)
        #expect(try openCSV(try Self.encoded(sure, as: "windows-1252")).notices.isEmpty)
        #expect(try openCSV([UInt8]("name,city\nCafé,Köln\n".utf8)).notices.isEmpty)
        var options = ManifestOptions()
        options.encoding = "windows-1252"
        let source = ByteArraySource(try Self.encoded("name,city\nCafé,York\n", as: "windows-1252"))
        let said = try CSVReader(path: "customers.csv", head: Head(of: source), source: source, options: options)
        #expect(said.notices.isEmpty)
    }

    /// Customers whose first twenty rows are ASCII, as the hostile ones of an import are.
    static func customers(_ names: [String], country: String) -> String {
        func row(_ number: Int, _ name: String, _ country: String) -> String {
            "\(name),c\(number).onmicrosoft.com,a@c\(number).com,en-\(country),en,\(number) Main St,Seattle,WA,98101,"
                + "\(country),+1 206 555 0100\r\n"
        }
        return "companyName,domain,email,culture,language,addressLine1,city,state,postalCode,country,phoneNumber\r\n"
            + (0..<20).map { row($0, "Company \($0)", "US") }.joined()
            + names.enumerated().map { row(100 + $0, $1, country) }.joined()
    }

    @Test func anEncodingThatNobodyKnowsIsRefused() {
        var options = ManifestOptions()
        options.encoding = "klingon"
        let source = ByteArraySource([UInt8]("a,b\n".utf8))
        let error = #expect(throws: ManifestError.self) {
            try CSVReader(path: "customers.csv", head: Head(of: source), source: source, options: options)
        }
        #expect(error?.message.contains("'klingon'") == true)
    }

    @Test(arguments: [
        ("utf8", true), ("UTF-16", true), ("cp1252", true), ("shift-jis", true), ("ISO 8859-15", true),
        ("klingon", false), ("", false), ("windows-1259", false), ("UTF-8//IGNORE", false),
    ])
    func anEncodingIsKnownByItsNames(name: String, isKnown: Bool) {
        #expect(EncodingNames.isKnown(name) == isKnown)
    }

    @Test(arguments: [
        ("utf-9", ["UTF-8"]), ("win-1252", ["windows-1252", "CP1252"]), ("shiftjs", ["Shift_JIS"]), ("klingon", []),
        ("ISO-8859-12", ["ISO-8859-2"]),
    ])
    func theNearestNamesAreTold(name: String, nearest: [String]) {
        #expect(EncodingNames.nearest(to: name).starts(with: nearest))
    }

    @Test func aFaultInATextThatIsMadeUTF8FirstLandsInItsCell() throws {
        var bytes = try Self.encoded("会社名,住所\n株式会社ソニー,東京都港区\nトヨタ自動車,愛知県\n", as: "Shift_JIS")
        bytes += [0x61, 0x2C, 0x83] + [UInt8]("\nb,c\n".utf8)
        let records = try readCSV(bytes)
        #expect(records.map { $0.faults.map(\.rule) } == [[], [], ["csv.encoding"], []])
        #expect(records[2].faults[0].column == 1)
        #expect(records[2].texts == ["a", "\u{FFFD}"])
        #expect(records.map(\.line) == [2, 3, 4, 5])
    }

    @Test func aLoneSurrogateIsItsCellsFault() throws {
        var bytes = try Self.encoded("\u{FEFF}a,b\n1,", as: "UTF-16LE")
        bytes += [0x00, 0xD8]
        bytes += try Self.encoded("\n2,3\n", as: "UTF-16LE")
        let records = try readCSV(bytes)
        #expect(records.map(\.texts) == [["1", "\u{FFFD}"], ["2", "3"]])
        #expect(records.map { $0.faults.map(\.column) } == [[1], []])
    }

    @Test func aCellPastedIntoUTF8IsReadAndTold() throws {
        let bytes = [UInt8]("a,b\n1,Köln\n2,caf".utf8) + [0xE9] + [UInt8]("\n3,Évian\n".utf8)
        let records = try readCSV(bytes)
        #expect(records.map { $0.cells[1] } == ["Köln", "café", "Évian"])
        #expect(records.map { $0.faults.map(\.rule) } == [[], ["csv.foreignEncoding"], []])
        #expect(records[1].faults[0].severity == .warning)
        #expect(records[1].faults[0].column == 1)
    }

    @Test(arguments: [
        ("windows-1250", "Żółta Łódź;Wrocław\nŚwięty;Gdańsk\n", "Księgarnia"),
        ("windows-1251", "Москва;Пермь\n", "Ромашка"),
        ("windows-1253", "Αθήνα;Πάτρα\n", "Ελληνική"),
        ("Shift_JIS", "さくら;カフェ\n", "東京都"),
    ])
    func whatIsPastedIntoUTF8IsReadAsTheLettersOfTheRestSay(encoding: String, rest: String, cell: String) throws {
        let bytes = [UInt8]("a;b\n\(rest)".utf8) + (try Self.encoded("x;\(cell)\n", as: encoding))
        let last = try #require(try readCSV(bytes).last)
        #expect(last.texts == ["x", cell])
        #expect(last.faults.map(\.rule) == ["csv.foreignEncoding"])
    }

    @Test(arguments: [
        ("EUC-KR", "회사;도시\n대한상사;서울\n", ["한국전자", "김", "한국전자(주) Seoul"]),
        ("GB18030", "公司;城市\n广州电子厂;北京\n", ["科技有限公司", "张伟", "（上海）贸易"]),
        ("Big5", "公司;城市\n臺灣電子股份;高雄\n", ["陽明海運股份有限公司", "陳"]),
        ("GB18030", "公司;城市\n臺灣電子股份;高雄\n", ["贸易有限公司"]),
        ("Shift_JIS", "会社名;住所\n株式会社さくら;東京\nソニー;大阪\n", ["東京都港区", "株式会社山田", "さくら商店"]),
        ("EUC-JP", "会社名;住所\n株式会社さくら;東京\nソニー;大阪\n", ["東京都港区", "株式会社山田"]),
    ])
    func eastAsianCellsPastedIntoUTF8AreReadThoughPairsOfTheirBytesAreValid(
        encoding: String,
        rest: String,
        cells: [String]
    ) throws {
        let pasted = try cells.flatMap { try Self.encoded("x;\($0)\n", as: encoding) }
        let head = [UInt8](rest.utf8) + [UInt8](repeatElement(rest, count: 4).joined().utf8)
        let last = try readCSV(head + pasted).suffix(cells.count)
        #expect(last.map(\.texts) == cells.map { ["x", $0] })
        #expect(last.flatMap(\.faults).map(\.rule) == cells.map { _ in "csv.foreignEncoding" })
        #expect(last.last?.faults.first?.message.contains("was read as \(encoding)") == true)
    }

    /// A cell that lost one byte of its UTF-8 must not be taken for a text in another encoding.
    @Test(arguments: [
        "회사;도시\n대한상사;서울\n푸른하늘;대전\n한국전자 주식회사;부산광역시\n",
        "公司;城市\n广州电子厂;北京\n上海华鑫贸易有限公司;深圳市\n", "公司;城市\n臺灣電子股份;高雄\n新竹;臺中\n",
        "会社名;住所\n株式会社さくら;東京\nソニー;大阪\n",
    ])
    func damagedUTF8IsNoOtherEncoding(text: String) throws {
        for line in text.split(separator: "\n").dropFirst() {
            let cell = [UInt8](line.prefix { $0 != ";" }.utf8)
            for index in cell.indices {
                var damaged = cell
                damaged.remove(at: index)
                let last = try readCSV([UInt8](text.utf8) + [UInt8]("x;".utf8) + damaged + [0x0A]).last
                guard CellDecoder.utf8(damaged.span) == nil else { continue }
                #expect(last?.faults.map(\.rule) == ["csv.encoding"], "\(last?.texts ?? [])")
            }
        }
    }

    @Test(arguments: [
        ("ISO-8859-1", "windows-1252"), ("latin1", "windows-1252"), ("gbk", "GB18030"), ("cp949", "EUC-KR"),
        ("UTF-16", "UTF-16BE"),
    ])
    func anOlderNameStandsForTheNewerSet(name: String, encoding: String) throws {
        var options = ManifestOptions()
        options.encoding = name
        let source = ByteArraySource([UInt8]("a,b\n1,2\n".utf8))
        let reader = try CSVReader(path: "customers.csv", head: Head(of: source), source: source, options: options)
        #expect(reader.traits.first?.value == encoding)
    }

    @Test func aClearGermanTextIsSureOfItself() throws {
        let text =
            "Firma;Ort\nMüller GmbH;Köln\nGroße Straße AG;Düsseldorf\nSöhne & Töchter;Lübeck\nBüro Schön;Gießen\n"
        let trait = try openCSV(try Self.encoded(text, as: "windows-1252")).traits[0]
        #expect(trait.value == "windows-1252")
        #expect(trait.reason == "what is not ASCII reads as German; 92 % sure")
    }

    @Test(arguments: [
        (1.0, 1.0, 100, 50), (1.0, 0.5, 1, 67), (1.0, 0.0, 4, 83), (1.0, 0.9, 100, 99), (1.0, 0.9, 5, 63),
    ])
    func theConfidenceIsTheShareOfTheEvidence(value: Double, rival: Double, characters: Int, percent: Int) {
        #expect(EncodingFinder.confidence(value, rival, characters) == percent)
    }

    @Test func aTextThatIsMostlyUTF8IsUTF8() throws {
        let bytes = [UInt8]("name;city\nMüller;Köln\nSöhne;".utf8) + [0xFC] + [UInt8]("lm\n".utf8)
        let trait = try openCSV(bytes).traits[0]
        #expect(trait.value == "UTF-8")
        #expect(trait.reason == "3 characters are valid UTF-8, 1 bytes are not; 75 % sure")
    }

    /// One line that is not ASCII says little, but these say enough.
    @Test(arguments: [
        ("windows-1252", "Smith – Sons;York"), ("windows-1252", "Tea;5 £"), ("windows-1252", "Tea;5 €"),
        ("windows-1252", "Caffè Roma;Padova"), ("windows-1250", "Mlékárna Vysočina;Třebíč"),
        ("windows-1251", "Пчёлка;Томск"), ("KOI8-R", "Пчёлка;Томск"), ("windows-1253", "Ψωμί;Βόλος"),
        ("windows-1255", "דגים טריים;אילת"), ("GB18030", "王记面馆;西安市"), ("GB18030", "绵阳机械制造厂;绵阳"),
        ("Big5", "林記茶行;花蓮縣"), ("EUC-KR", "두리안경;광주"), ("TIS-620", "โรงสีข้าวสมบูรณ์;ชัยนาท"),
        ("windows-1258", "Phở Hòa;Huế"), ("windows-1257", "Raiņa bulvāris;Daugavpils"),
    ])
    func aSingleLineMaySayEnough(encoding: String, line: String) throws {
        let reader = try openCSV(try Self.encoded("name;city\n\(line)\n", as: encoding))
        #expect(try reader.next()?.cells.joined(separator: ";") == line, "\(reader.traits[0])")
    }

    @Test func anEncodingThatGivesTheSameTextIsNoRival() throws {
        // ISO-8859-15 and windows-1254 read the same, and windows-1257 but one letter otherwise.
        let text = "Firma;Ort\n" + String(repeating: "Jäger;Öhringen\n", count: 200)
        #expect(try openCSV(try Self.encoded(text, as: "windows-1252")).traits[0].reason.hasSuffix("99 % sure"))
    }

    @Test func aRowOfUTF8BetweenBarsIsReadAsAWhole() throws {
        let rest = String(repeating: "株式会社山田|大阪市|本町\n", count: 6)
        let text = try Self.encoded("会社名|市|番地\n" + rest, as: "Shift_JIS") + [UInt8]("東京電子工業|札幌市|銀座\n".utf8)
        let last = try #require(try readCSV(text).last)
        #expect(last.texts == ["東京電子工業", "札幌市", "銀座"])
        #expect(last.faults.map(\.rule) == ["csv.foreignEncoding"])
    }

    @Test func aCellOfUTF8PastedIntoAnotherEncodingIsReadAndTold() throws {
        let rest = try Self.encoded("a;b\nMüller;Köln\nGroß;Düsseldorf\nSöhne;Lübeck\n", as: "windows-1252")
        let records = try readCSV(rest + [UInt8]("x;Évian\n".utf8))
        #expect(records.map { $0.cells[1] } == ["Köln", "Düsseldorf", "Lübeck", "Évian"])
        #expect(records.map { $0.faults.map(\.rule) } == [[], [], [], ["csv.foreignEncoding"]])
    }

    /// A text that has characters which an encoding lacks.
    struct CannotEncode: Error {}

    static func encoded(_ text: String, as encoding: String) throws -> [UInt8] {
        let handle = iconv_open(encoding, "UTF-8")
        guard Int(bitPattern: handle) != -1 else { throw CannotEncode() }
        defer { iconv_close(handle) }
        var bytes = Array(text.utf8).map(CChar.init(bitPattern:))
        var output = [CChar](repeating: 0, count: bytes.count * 6 + 16)
        let room = output.count
        let count: Int? = bytes.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (input, inputLeft) = (source.baseAddress, source.count)
                var (end, left) = (target.baseAddress, room)
                let status = iconv(handle, &input, &inputLeft, &end, &left)
                // A character that the encoding lacks, or the last ones of one that puts them together.
                guard status == 0, iconv(handle, nil, nil, &end, &left) == 0 else { return nil }
                return room - left
            }
        }
        guard let count else { throw CannotEncode() }
        return output[..<count].map(UInt8.init(bitPattern:))
    }
}
