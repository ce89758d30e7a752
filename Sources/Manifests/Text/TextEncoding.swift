/// A character encoding that a text may be in.
struct TextEncoding: Hashable, Sendable {
    /// How a text in the encoding is read.
    enum Form: Hashable, Sendable {
        /// It is UTF-8.
        case utf8
        /// Every byte below 0x80 is that ASCII character, wherever it stands: the records are found in the bytes as
        /// they are, and decoded cell by cell.
        case byCell
        /// A byte that looks like a delimiter may be half a character: the text is made UTF-8 first. A character takes
        /// so many bytes at least.
        case whole(unit: Int)
    }

    /// The name that a person reads, as IANA has it where it has one.
    let name: String
    /// The name by which iconv knows it.
    let converterName: String
    let form: Form

    static let utf8 = TextEncoding(name: "UTF-8", converterName: "UTF-8", form: .utf8)
    static let utf16LittleEndian = TextEncoding(name: "UTF-16LE", converterName: "UTF-16LE", form: .whole(unit: 2))
    static let utf16BigEndian = TextEncoding(name: "UTF-16BE", converterName: "UTF-16BE", form: .whole(unit: 2))
    static let utf32LittleEndian = TextEncoding(name: "UTF-32LE", converterName: "UTF-32LE", form: .whole(unit: 4))
    static let utf32BigEndian = TextEncoding(name: "UTF-32BE", converterName: "UTF-32BE", form: .whole(unit: 4))
    static let western = byCell("windows-1252", "CP1252")

    private static func byCell(_ name: String, _ converterName: String? = nil) -> TextEncoding {
        TextEncoding(name: name, converterName: converterName ?? name, form: .byCell)
    }

    private static func whole(_ name: String, _ converterName: String? = nil) -> TextEncoding {
        TextEncoding(name: name, converterName: converterName ?? name, form: .whole(unit: 1))
    }

    /// The encodings that are known by name; where a newer set holds an older one, the newer one stands for both.
    private static let known: [(names: [String], encoding: TextEncoding)] = {
        var known: [(names: [String], encoding: TextEncoding)] = [
            (["UTF-8", "UTF-8-SIG"], utf8),
            (["UTF-16LE"], utf16LittleEndian), (["UTF-16BE"], utf16BigEndian),
            (["UTF-32LE"], utf32LittleEndian), (["UTF-32BE"], utf32BigEndian),
            (["windows-1252", "CP1252", "ISO-8859-1", "Latin1", "ASCII", "US-ASCII", "ANSI"], western),
            (["Shift_JIS", "SJIS", "CP932", "Windows-31J", "MS932"], whole("Shift_JIS", "CP932")),
            (["GB18030", "GBK", "GB2312", "CP936"], whole("GB18030")),
            (["Big5", "CP950"], whole("Big5", "BIG5")),
            (["EUC-KR", "CP949", "UHC", "KS_C_5601-1987"], byCell("EUC-KR", "UHC")),
            (["EUC-JP"], byCell("EUC-JP", "EUC-JP-MS")),
            (["EUC-TW"], byCell("EUC-TW")),
            (["KOI8-R"], byCell("KOI8-R")), (["KOI8-U"], byCell("KOI8-U")),
            (["TIS-620"], byCell("TIS-620")),
            (["IBM866", "CP866"], byCell("IBM866")), (["IBM855", "CP855"], byCell("IBM855")),
            (["IBM850", "CP850"], byCell("IBM850")), (["IBM852", "CP852"], byCell("IBM852")),
            (["IBM437", "CP437"], byCell("IBM437")),
            (["macintosh", "x-mac-roman"], byCell("macintosh")),
            (["x-mac-cyrillic"], byCell("x-mac-cyrillic", "MAC-CYRILLIC")),
        ]
        for number in 1250...1258 where number != 1252 {
            known.append((["windows-\(number)", "CP\(number)"], byCell("windows-\(number)", "CP\(number)")))
        }
        for number in 2...16 where number != 12 {
            known.append((["ISO-8859-\(number)"], byCell("ISO-8859-\(number)")))
        }
        return known
    }()

    /// Finds an encoding by a name that IANA, Windows or iconv gives it.
    ///
    /// - Returns: the encoding; nil where this system can't convert it.
    static func named(_ name: String) -> TextEncoding? {
        let folded = fold(name)
        if let found = byName[folded] { return found }
        guard !folded.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }),
            Converter(from: name) != nil
        else { return nil }
        return TextEncoding(name: name, converterName: name, form: .whole(unit: 1))
    }

    private static let byName: [String: TextEncoding] = Dictionary(
        known.flatMap { entry in entry.names.map { (fold($0), entry.encoding) } },
        uniquingKeysWith: { first, _ in first }
    )

    /// The names that a person reads and types, the commonest first; not every spelling of each.
    static let names = known.flatMap { $0.names.prefix(2) } + ["UTF-16", "UTF-32"]

    /// A name as it is compared: its letters and digits, without regard to case.
    static func fold(_ name: String) -> String {
        String(name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
}
