import Platform
import Testing

@testable import Manifests

/// What comes of rows that were pasted as UTF-8 into a text in an East Asian encoding.
struct EncodingMixTests {
    private static let eastAsian = ["Japanese", "Chinese", "Taiwanese", "Korean"]
    static let countries = EncodingMatrixTests.countries.filter { eastAsian.contains($0.name) }
    static let texts: [(country: EncodingMatrixTests.Country, encoding: String)] = countries.flatMap { country in
        country.encodings.map { (country, $0) }
    }

    /// Cells as they are in right files, some of them short or mixed with Latin words.
    private static let rightCells = [
        "Shift_JIS": [
            "㈱山田", "ｶ)ﾔﾏﾀﾞｼｮｳﾃﾝ", "ﾃｽﾄ", "ﾃｻ", "縄田製縫所", "繭玉", "NTTデータ", "Café東京", "ソニー", "表", "能", "株", "A棟", "蕗谷虹児",
            "縺れ", "繧繝錦", "郢膠", "LINEヤフー",
        ],
        "EUC-JP": ["㈱山田", "繭玉", "NTTデータ", "東", "表示", "鷲尾", "蕗谷虹児", "繧繝錦", "A棟", "B蒔"],
        "GB18030": [
            "A座", "B楼", "C门", "天猫Tmall", "T恤", "K歌", "猫", "茅台", "煤炭", "脡", "鑫", "珏晟", "铆钉厂", "美的集团", "IBM中国", "贸易·物流",
            "门楼", "路桥", "莽原", "毛皮", "么妹", "眉山市", "枚乘",
        ],
        "Big5": ["A座", "瓏山林", "碧瑤", "IBM臺灣", "鑫", "裏", "臺", "珊瑚", "鍾情", "釐金", "許功蓋"],
        "EUC-KR": ["LG전자", "쀼", "뷁", "똠방각하", "챠밍", "펲시", "대한(주)", "믜리", "A동", "힣", "찦차", "漢陽大學校"],
    ]

    @Test(arguments: texts.map { ($0.country, $0.encoding) })
    func rowsOfUTF8AreReadAndTold(country: EncodingMatrixTests.Country, encoding: String) throws {
        var text = try EncodingTests.encoded(country.text(rows: 30), as: encoding)
        let pasted = country.companies.map { "\($0);\(country.cities[0]);Zürich;1\n" }
        text += [UInt8](pasted.joined().utf8)
        text += try EncodingTests.encoded(country.text(rows: 5), as: encoding)
        let records = try readCSV(text)
        let read = records.dropFirst(30).prefix(pasted.count)
        #expect(read.map { $0.cells.joined(separator: ";") + "\n" } == pasted)
        #expect(
            read.map { $0.faults.map(\.rule) } == pasted.map { _ in Array(repeating: "csv.foreignEncoding", count: 3) }
        )
        let rest = records.prefix(30) + records.dropFirst(30 + pasted.count)
        #expect(rest.allSatisfy { $0.faults.isEmpty })
        #expect(read.first?.faults.first?.message.contains("was read as UTF-8") == true)
    }

    @Test(arguments: texts.map { ($0.country, $0.encoding) })
    func aRightTextRaisesNoAlarm(country: EncodingMatrixTests.Country, encoding: String) throws {
        let name = try #require(TextEncoding.named(encoding)).name
        let cells = Self.rightCells[name, default: []].filter { (try? EncodingTests.encoded($0, as: encoding)) != nil }
        let text = country.text(rows: 300) + cells.map { "\($0);\($0);\($0)\n" }.joined()
        let records = try readCSV(try EncodingTests.encoded(text, as: encoding))
        #expect(records.suffix(cells.count).map(\.cells[0]) == cells)
        #expect(records.flatMap(\.faults).isEmpty)
    }

    /// Words of any common characters, which have no sense to help.
    @Test(arguments: [
        ("Shift_JIS", "CP932"), ("GB18030", "GB18030"), ("Big5", "BIG5"), ("EUC-KR", "UHC"), ("EUC-JP", "EUC-JP"),
    ])
    func noWordOfCommonCharactersRaisesAnAlarm(name: String, converterName: String) throws {
        let encoding = try #require(TextEncoding.named(name))
        let judge = try #require(PastedUTF8(in: encoding))
        let converter = try #require(Converter(from: converterName))
        let rows = name == "Shift_JIS" ? 0x88...0x97 : name == "Big5" ? 0xA4...0xC6 : UInt8(0xB0)...0xC8
        var random = SeededGenerator(seed: 1)
        var alarms: [String] = []
        for _ in 0..<20_000 {
            let length = Int.random(in: 1...6, using: &random)
            let bytes = (0..<length).flatMap { _ in
                [UInt8.random(in: rows, using: &random), UInt8.random(in: 0xA1...0xFC, using: &random)]
            }
            guard let utf8 = CellDecoder.utf8(bytes.span), let own = CellDecoder.text(bytes.span, converter) else {
                continue
            }
            if judge.isLikelier(utf8, than: own) { alarms.append(own) }
        }
        #expect(alarms.isEmpty)
    }

    @Test func theBytesMayComeInAnyPieces() throws {
        let country = Self.countries[0]
        let text =
            try EncodingTests.encoded(country.text(rows: 40), as: "Shift_JIS") + [UInt8]("株式会社山田;大阪市;本町;1\n".utf8)
        let source = ByteArraySource(text, most: 1)
        let slow = try CSVReader(path: "customers.csv", head: Head(of: source), source: source)
        #expect(try slow.records() == readCSV(text))
    }

    @Test func theFileIsFoundToBeWhatMostOfItIs() throws {
        let country = Self.countries[1]
        let pasted = country.companies.prefix(4).map { "\($0);\(country.cities[0]);x;1\n" }.joined()
        let text = try EncodingTests.encoded(country.text(rows: 6), as: "GB18030") + [UInt8](pasted.utf8)
        let reader = try openCSV(text)
        #expect(reader.traits.first?.value == "GB18030")
        #expect(try reader.records().last?.cells[0] == country.companies[3])
    }
}
