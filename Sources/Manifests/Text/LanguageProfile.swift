/// A language as an encoding writes it: which characters its texts are made of.
struct LanguageProfile: Sendable {
    let encoding: TextEncoding
    let language: String
    private let letters: Set<Unicode.Scalar>
    /// The characters that few texts do without.
    private let frequent: Set<Unicode.Scalar>
    /// What is taken off the rating, so that of two that fit as well the commoner one wins; next to nothing between
    /// encodings that differ in a few characters, where a single one must tell.
    private let handicap: Double
    /// Whether its words mix with ASCII letters.
    private let isLatin: Bool

    private init(
        _ encoding: String,
        _ language: String,
        _ letters: Set<Unicode.Scalar>,
        frequent: String = "",
        handicap: Double
    ) {
        self.encoding = TextEncoding.named(encoding) ?? .western
        self.language = language
        self.letters = letters
        self.frequent = Set(frequent.unicodeScalars)
        self.handicap = handicap
        isLatin = letters.contains { $0.value < 0x250 }
    }

    static let all: [LanguageProfile] = latin + cyrillic + otherAlphabets + eastAsian

    private static func letters(_ text: String) -> Set<Unicode.Scalar> {
        Set((text + text.uppercased()).unicodeScalars.filter { $0.value >= 0x80 })
    }

    private static let latin: [LanguageProfile] = {
        let languages = [
            ("windows-1252", "German", "äöüß", 0.0), ("windows-1252", "French", "àâæçéèêëîïôœùûüÿ", 0.0),
            ("windows-1252", "Spanish", "áéíñóúü", 0.0), ("windows-1252", "Portuguese", "áâãàçéêíóôõúü", 0.0),
            ("windows-1252", "Italian", "àèéìíîòóùú", 0.0), ("windows-1252", "a Nordic language", "åäöæøé", 0.0),
            ("windows-1252", "Icelandic", "áéíóúýþæöð", 0.15),
            ("windows-1252", "several western languages", "äöüßàâæçéèêëîïôœùûÿáíñóúãõìòåøýšž", 0.18),
            ("windows-1250", "Polish", "ąćęłńóśźż", 0.04),
            ("windows-1250", "Czech", "áčďéěíňóřšťúůýž", 0.05), ("windows-1250", "Slovak", "áäčďéíĺľňóôŕšťúýž", 0.06),
            ("windows-1250", "Hungarian", "áéíóöőúüű", 0.08), ("windows-1250", "Romanian", "ăâîşţșț", 0.06),
            ("windows-1250", "Croatian or Slovene", "čćđšž", 0.06),
            ("windows-1250", "several languages of central Europe", "ąćęłńóśźżáčďéěíňřšťúůýžäöüßőű", 0.14),
            ("windows-1254", "Turkish", "çğıİöşüâî", 0.06),
            ("windows-1257", "a Baltic language", "āčēģīķļņšūžąęėįųõäöü", 0.1),
            ("ISO-8859-2", "Polish", "ąćęłńóśźż", 0.045), ("ISO-8859-2", "Croatian or Slovene", "čćđšž", 0.065),
            ("ISO-8859-2", "Czech", "áčďéěíňóřšťúůýž", 0.055), ("ISO-8859-2", "Slovak", "áäčďéíĺľňóôŕšťúýž", 0.065),
            ("ISO-8859-15", "several western languages", "äöüßàâæçéèêëîïôœùûÿáíñóúªºãõìòåøý€šž", 0.14),
            ("macintosh", "German", "äöüß", 0.08), ("macintosh", "French", "àâæçéèêëîïôœùûüÿ", 0.08),
            ("macintosh", "Spanish", "áéíñóúü", 0.08),
            ("macintosh", "several western languages", "äöüßàâæçéèêëîïôœùûÿáíñóúõìòåø", 0.16),
            ("IBM850", "German", "äöüß", 0.08), ("IBM850", "French", "àâæçéèêëîïôùûüÿ", 0.08),
            ("IBM850", "Spanish", "áéíñóúü", 0.08),
            ("IBM850", "several western languages", "äöüßàâæçéèêëîïôùûÿáíñóúõìòåø", 0.16),
        ]
        return languages.map { LanguageProfile($0.0, $0.1, letters($0.2), handicap: $0.3) } + [vietnamese]
    }()

    /// Its letters with two marks are in no other language, which tells it from the western ones.
    private static let vietnamese: LanguageProfile = {
        let marked = String(String.UnicodeScalarView((0x1EA0...0x1EF9).compactMap(Unicode.Scalar.init)))
        let vowels = letters("ăâđêôơưáàãéèíìĩóòõúùũý" + marked)
        return LanguageProfile("windows-1258", "Vietnamese", vowels, frequent: "đơưĐƠƯ" + marked, handicap: 0.28)
    }()

    private static let cyrillic: [LanguageProfile] = {
        let russian = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№"
        let frequent = "оеаинтрслвОЕАИНТРСЛВ"
        return [
            ("windows-1251", "Russian or Bulgarian", russian, 0.0), ("KOI8-R", "Russian", russian, 0.02),
            ("windows-1251", "Ukrainian", russian + "іїєґ", 0.03), ("KOI8-U", "Ukrainian", russian + "іїєґ", 0.022),
            ("windows-1251", "Serbian or Macedonian", russian + "јљњћђџѓќѕ", 0.05),
            ("ISO-8859-5", "Russian", russian, 0.05), ("IBM866", "Russian", russian, 0.05),
        ].map { LanguageProfile($0.0, $0.1, letters($0.2), frequent: frequent, handicap: $0.3) }
    }()

    private static let otherAlphabets: [LanguageProfile] = {
        let greek = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
        let greekFrequent = "αοιετσνηςόάίΑΟΙΕΤΣΝΗ"
        let hebrew = "אבגדהוזחטיךכלםמןנסעףפץצקרשת"
        let arabic = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،؟پچژگ"
        let thai = String(String.UnicodeScalarView((0x0E01...0x0E59).compactMap(Unicode.Scalar.init)))
        return [
            LanguageProfile("windows-1253", "Greek", letters(greek), frequent: greekFrequent, handicap: 0.0),
            LanguageProfile("ISO-8859-7", "Greek", letters(greek), frequent: greekFrequent, handicap: 0.002),
            LanguageProfile("windows-1255", "Hebrew", letters(hebrew), frequent: "יוהלאמרת", handicap: 0.02),
            LanguageProfile("ISO-8859-8", "Hebrew", letters(hebrew), frequent: "יוהלאמרת", handicap: 0.022),
            LanguageProfile("windows-1256", "Arabic", letters(arabic), frequent: "اليمونرت", handicap: 0.02),
            LanguageProfile("ISO-8859-6", "Arabic", letters(arabic), frequent: "اليمونرت", handicap: 0.04),
            LanguageProfile("TIS-620", "Thai", letters(thai), frequent: "านรกอเงท", handicap: 0.02),
        ]
    }()

    private static let eastAsian: [LanguageProfile] = {
        let kana = Set((0x3041...0x30FC).compactMap(Unicode.Scalar.init))
        let halfWidth = (0xFF66...0xFF9F).compactMap(Unicode.Scalar.init)
        let kanji = rows("EUC-JP-MS", 0xB0...0xCF).union(kana)
        let hanzi = "的一是不了在有人公司限市省区路号街县镇中国北上海广州深圳科技大学京东南西江山"
        let hanja = "的一是不在有人公司限市省區路號街縣鎮中國臺北台灣新竹股份資訊大學東南西段樓"
        let hangul = "이의는을가시구동로길서울부산대한민국주식회사고도리인기지아전광경남"
        let kanaText = String(String.UnicodeScalarView(kana)) + "株式会社東京都市区町県大阪山田中"
        return [
            LanguageProfile("Shift_JIS", "Japanese", kanji.union(halfWidth), frequent: kanaText, handicap: 0.04),
            LanguageProfile("EUC-JP", "Japanese", kanji, frequent: kanaText, handicap: 0.04),
            LanguageProfile("GB18030", "Chinese", rows("GB18030", 0xB0...0xD7), frequent: hanzi, handicap: 0.06),
            LanguageProfile("Big5", "Chinese", rows("BIG5", 0xA4...0xC6), frequent: hanja, handicap: 0.06),
            LanguageProfile("EUC-KR", "Korean", rows("UHC", 0xB0...0xC8), frequent: hangul, handicap: 0.04),
        ]
    }()

    /// The characters of an encoding whose first byte is in a range: where its common ones are.
    private static func rows(_ converterName: String, _ firstBytes: ClosedRange<UInt8>) -> Set<Unicode.Scalar> {
        guard let converter = Converter(from: converterName) else { return [] }
        var text: [UInt8] = []
        for first in firstBytes {
            for second in UInt8(0x40)...0xFE where second != 0x7F {
                converter.reset()
                _ = converter.convert([first, second].span, to: &text)
            }
        }
        return Set(
            String(decoding: text, as: UTF8.self).unicodeScalars.filter { $0.value > 0x2E7F && $0 != "\u{FFFD}" }
        )
    }
}

// MARK: - Rating

extension LanguageProfile {
    /// How well a text that is not ASCII goes with the language, from 0 to about 1.
    ///
    /// - Returns: the rating; nil where the encoding can't decode the text.
    func rating(of sample: [UInt8]) -> Rating? {
        guard let converter = Converter(from: encoding.converterName) else { return nil }
        var output: [UInt8] = []
        _ = converter.convertAll(sample.span, unit: 1, isEnd: true, to: &output)
        let faults = output.count { $0 == Converter.damage }
        let text = String(decoding: output, as: UTF8.self)
        var counts = Counts()
        var before: Unicode.Scalar = "\n"
        var previous: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            rate(previous, between: before, and: scalar, &counts)
            before = previous
            previous = scalar
        }
        let total = Double(counts.good + counts.neutral + counts.bad)
        guard total > 0, Double(faults) * 20 <= total else { return nil }
        // Of a few characters one may be a frequent one by chance.
        let weight = min(total / 8, 1)
        let common = frequent.isEmpty ? 0 : weight * (min(Double(counts.frequent) / total, 0.4) - 0.1)
        let fit =
            (Double(counts.good) + 0.9 * Double(counts.neutral)) / total
            - Double(counts.breaks) / total - Double(faults) / total * 4 + common - handicap
            - (isLatin || counts.hasWord ? 0 : 0.3)
        return Rating(profile: self, fit: fit, value: fit, characters: Int(total), reading: output)
    }

    /// What came of reading a text as a language in an encoding.
    struct Rating {
        let profile: LanguageProfile
        /// How well it fits by itself, from 0 to about 1.
        let fit: Double
        /// How well it fits with all that is known besides.
        var value: Double
        /// How many characters are not ASCII.
        let characters: Int
        /// The text in UTF-8.
        let reading: [UInt8]
    }

    private struct Counts {
        var good = 0
        var neutral = 0
        var bad = 0
        var frequent = 0
        /// Words that change to capitals in their middle, or that nobody can write.
        var breaks = 0
        /// Whether two letters stand together; a dash or a sign for money is a single letter of another alphabet.
        var hasWord = false
    }

    /// The characters beyond letters that texts of every language have.
    private static let typography = Set("’‘“”„«»–—…°·§®™©€£½¼²³ºª¡¿¶¥•±µ×‹›¾†\u{A0}\u{AD}、。・「」（），：；！？　".unicodeScalars)

    /// Those that stand before a number, and before no letter.
    private static let opening = Set("£€§¥".unicodeScalars)

    /// Those that stand behind no letter.
    private static let leading = Set("µ¡¿".unicodeScalars)

    /// Those that may stand in a word, which goes on behind them.
    private static let inner = Set("’\u{A0}\u{AD}".unicodeScalars)

    /// Those that stand behind something, and before no letter.
    private static let closing = Set("®©™¶ªº°²³¼½".unicodeScalars)

    private func rate(
        _ scalar: Unicode.Scalar,
        between before: Unicode.Scalar,
        and after: Unicode.Scalar,
        _ counts: inout Counts
    ) {
        guard scalar.value >= 0x80 else { return }
        if frequent.contains(scalar) { counts.frequent += 1 }
        let isInWord = Self.isLetter(before) && Self.isLetter(after)
        if letters.contains(scalar) {
            if !isLatin, before.isASCIILetter || after.isASCIILetter {
                counts.bad += 1
            } else if isLatin, scalar.isOddlyPlaced(between: before, and: after) {
                counts.bad += 1
            } else if scalar.isMisplacedThai(between: before, and: after) {
                // Bytes of Chinese are Thai letters, too, but in an order that none can write.
                counts.bad += 1
                counts.breaks += 1
            } else if isLatin, scalar.properties.isUppercase, !before.properties.isAlphabetic,
                !after.properties.isAlphabetic
            {
                // A capital alone is likelier a sign for money.
                counts.neutral += 1
            } else {
                counts.good += 1
            }
            if scalar.value > 0x2E7F || letters.contains(before) { counts.hasWord = true }
            if breaksWord(scalar, between: before, and: after) { counts.breaks += 1 }
        } else if Self.closing.contains(scalar) || Self.opening.contains(scalar), after.properties.isAlphabetic {
            counts.bad += 1
        } else if Self.leading.contains(scalar), before.properties.isAlphabetic {
            counts.bad += 1
        } else if Self.typography.contains(scalar), !isInWord || Self.inner.contains(scalar) || isLatin && scalar == "·"
        {
            counts.neutral += 1
        } else {
            counts.bad += 1
        }
    }

    /// Whether a word goes over to capitals at a letter, or at the one behind it, or has that capital in its middle.
    private func breaksWord(
        _ scalar: Unicode.Scalar,
        between before: Unicode.Scalar,
        and after: Unicode.Scalar
    ) -> Bool {
        if scalar.properties.isUppercase, before.properties.isLowercase { return true }
        guard isLatin else { return false }
        if scalar.properties.isUppercase {
            return before.properties.isUppercase && after.properties.isLowercase
        }
        return scalar.properties.isLowercase && after.properties.isUppercase
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x80 ? scalar.properties.isAlphabetic : scalar.properties.isLowercase
    }
}

extension Unicode.Scalar {
    /// Whether it is a Thai vowel or tone that stands above or below the consonant before it.
    private var isThaiMark: Bool {
        value == 0x0E31 || (0x0E34...0x0E3A).contains(value) || (0x0E47...0x0E4E).contains(value)
    }

    private var isThaiConsonant: Bool { (0x0E01...0x0E2E).contains(value) }

    /// Whether it is Thai, and stands where it never does: a mark on no consonant, a digit or an ellipsis in a word.
    fileprivate func isMisplacedThai(between before: Unicode.Scalar, and after: Unicode.Scalar) -> Bool {
        switch value {
        case 0x0E50...0x0E59: before.isThaiConsonant || after.isThaiConsonant
        case 0x0E2F: after.isThaiConsonant && after != "ล"
        default: isThaiMark && !before.isThaiConsonant && !before.isThaiMark
        }
    }

    /// Whether it is a Latin letter where likelier a sign stands: at a number and no word, or one with a grave accent
    /// that begins a word whose next letter is a vowel.
    fileprivate func isOddlyPlaced(between before: Unicode.Scalar, and after: Unicode.Scalar) -> Bool {
        if "ÈÌÒÙ".unicodeScalars.contains(self) { return "aeiouAEIOU".unicodeScalars.contains(after) }
        let isAtNumber =
            before.isDigit && !after.properties.isAlphabetic || after.isDigit && !before.properties.isAlphabetic
        return isAtNumber
    }

    private var isDigit: Bool { ("0"..."9").contains(self) }

    /// Whether it is one of A to Z or a to z.
    fileprivate var isASCIILetter: Bool { value < 0x80 && properties.isAlphabetic }
}
