/// What is known of a text's encoding before its letters are looked at: some encodings are rare, and the country or
/// culture that a row says is written in a few of them.
///
/// It counts for much where few characters bear witness, and for next to nothing where many do.
struct EncodingPrior {
    /// What is taken off a rating for one character of evidence; nothing for windows-1252, what Excel saves in the west.
    private static let rarities: [String: Double] = [
        "windows-1252": 0, "windows-1250": 0.1, "windows-1257": 0.1, "ISO-8859-15": 0.1, "windows-1254": 0.15,
        "ISO-8859-2": 0.2, "Shift_JIS": 0.2, "EUC-JP": 0.2, "GB18030": 0.2, "Big5": 0.2, "EUC-KR": 0.2,
        "windows-1251": 0.25, "windows-1253": 0.3, "windows-1255": 0.3, "windows-1256": 0.3, "windows-1258": 0.3,
        "TIS-620": 0.3, "ISO-8859-6": 0.35, "ISO-8859-7": 0.35, "ISO-8859-8": 0.35, "KOI8-R": 0.4, "KOI8-U": 0.4,
        "macintosh": 0.6, "IBM850": 0.6, "IBM866": 0.6, "ISO-8859-5": 0.6,
    ]

    /// The encodings that are in use where a culture (by its country) or a country is.
    private static let families: [(countries: String, encodings: Set<String>)] = [
        ("PL CZ SK HU RO HR SI BA", ["windows-1250", "ISO-8859-2"]),
        ("RU UA BG BY MK KZ RS", ["windows-1251", "KOI8-R", "KOI8-U", "ISO-8859-5", "IBM866"]),
        ("GR CY", ["windows-1253", "ISO-8859-7"]), ("TR", ["windows-1254"]), ("IL", ["windows-1255", "ISO-8859-8"]),
        ("SA AE EG", ["windows-1256", "ISO-8859-6"]), ("LT LV EE", ["windows-1257"]), ("VN", ["windows-1258"]),
        ("JP", ["Shift_JIS", "EUC-JP"]), ("CN", ["GB18030"]), ("TW HK", ["Big5"]), ("KR", ["EUC-KR"]),
        ("TH", ["TIS-620"]),
    ]

    private static let byCountry: [String: Int] = Dictionary(
        families.enumerated().flatMap { index, family in family.countries.split(separator: " ").map { ($0, index) } }
            .map { (String($0), $1) },
        uniquingKeysWith: { first, _ in first }
    )

    /// The encodings that the rows' own cells speak for; nil where they speak for none.
    private let expected: Set<String>?
    /// How many different bytes bear witness.
    private let evidence: Double

    /// Looks at the lines of a text that are not ASCII.
    init(_ sample: [UInt8]) {
        evidence = Double(max(Set(sample.lazy.filter { $0 >= 0x80 }).count, 1))
        var counts: [Int?: Int] = [:]
        for line in sample.split(whereSeparator: \.isLineBreak) {
            if let country = Self.country(ofRow: line) { counts[Self.byCountry[country], default: 0] += 1 }
        }
        let most = counts.max { ($0.value, $1.key ?? -1) < ($1.value, $0.key ?? -1) }?.key
        expected = most.flatMap { $0 }.map { Self.families[$0].encodings }
    }

    /// What is taken off a rating in an encoding.
    func penalty(of encoding: TextEncoding) -> Double {
        let rarity = Self.rarities[encoding.name, default: 0.6]
        guard let expected else { return rarity / evidence }
        // Of the family that is expected the rarer member stays the rarer.
        return (expected.contains(encoding.name) ? rarity / 50 : rarity + 0.35) / evidence
    }

    /// Whether there is enough for a detector that knows whole texts to say something of it.
    var isEvidenceForVote: Bool { evidence >= 4 }

    private static func endsCell(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"), .quote: true
        default: false
        }
    }

    /// The country that a row's culture or country says.
    ///
    /// English is what people say everywhere, and a state has two letters, too, but stands before its country.
    private static func country(ofRow line: ArraySlice<UInt8>) -> String? {
        var country: String?
        for cell in line.split(whereSeparator: endsCell) {
            let text = cell.drop(while: \.isBlank)
            let code = text.suffix(2)
            guard text.count == 2 || text.count == 5, code.allSatisfy({ $0.isASCIILetter && $0 < 0x60 }) else {
                continue
            }
            country = String(decoding: code, as: UTF8.self)
            guard text.count == 5 else { continue }
            let language = text.prefix(3)
            let isCulture =
                language.last == UInt8(ascii: "-") && language.dropLast().allSatisfy { $0 > 0x60 && $0 < 0x7B }
            if isCulture, !language.elementsEqual("en-".utf8) { return country }
        }
        return country
    }
}
