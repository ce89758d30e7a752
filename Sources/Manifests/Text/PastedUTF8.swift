/// Tells UTF-8 that was pasted into a text in an East Asian encoding.
///
/// In such an encoding nearly any bytes are characters, so both readings are weighed: the bytes count as UTF-8 where
/// they are valid as that and make common characters, and where the text's own encoding makes rare ones of them.
struct PastedUTF8 {
    /// The encodings by the names that people know, the ones that iconv knows, and where each has its common characters.
    private static let encodings: [(name: String, converterName: String, rows: ClosedRange<UInt8>)] = [
        ("Shift_JIS", "EUC-JP-MS", 0xB0...0xCF), ("EUC-JP", "EUC-JP-MS", 0xB0...0xCF),
        ("GB18030", "GB18030", 0xB0...0xD7), ("Big5", "BIG5", 0xA4...0xC6), ("EUC-KR", "UHC", 0xB0...0xC8),
    ]

    private static let kana = Set((0x3041...0x30FC).compactMap(Unicode.Scalar.init))
    /// What texts of all these languages have beside their own characters.
    private static let signs = Set("　、。・「」『』（）－‐–—’‘“”…㈱№℃".unicodeScalars)
        .union((0xFF01...0xFF5E).compactMap(Unicode.Scalar.init))
    /// The common characters of all of them.
    private static let anywhere = encodings.reduce(into: kana) { $0.formUnion(common($1.converterName, $1.rows)) }

    private let common: Set<Unicode.Scalar>

    /// Makes a judge of the cells of a text; nil where the text's encoding is not an East Asian one.
    ///
    /// - Parameter encoding: the text's encoding.
    init?(in encoding: TextEncoding) {
        guard let known = Self.encodings.first(where: { $0.name == encoding.name }) else { return nil }
        let isJapanese = known.converterName == "EUC-JP-MS"
        common = Self.common(known.converterName, known.rows).union(isJapanese ? Self.kana : [])
    }

    /// The characters of the first plane of a national standard that it puts into a range of rows.
    private static func common(_ converterName: String, _ rows: ClosedRange<UInt8>) -> Set<Unicode.Scalar> {
        guard let converter = Converter(from: converterName) else { return [] }
        // Big5 has a second half of each row in front of the others' only one.
        let cells = (converterName == "BIG5" ? Array(0x40...0x7E) : []) + Array(UInt8(0xA1)...0xFE)
        var text: [UInt8] = []
        for row in rows {
            for cell in cells {
                converter.reset()
                _ = converter.convert([row, cell].span, to: &text)
            }
        }
        return Set(String(decoding: text, as: UTF8.self).unicodeScalars.filter { $0.value > 0x2E7F })
    }

    /// Whether a cell is likelier UTF-8 than what the text is in.
    ///
    /// - Parameters:
    ///   - text: the cell as UTF-8.
    ///   - own: the cell in the text's encoding; nil where it can't be that.
    /// - Returns: whether the bytes show it clearly.
    func isLikelier(_ text: String, than own: String?) -> Bool {
        guard let own else { return true }
        if Self.isLatin(text) { return true }
        let (sense, count) = Self.count(text, Self.anywhere)
        guard sense >= 2, sense * 10 >= count * 6 else { return false }
        let (ownSense, ownCount) = Self.count(own, common)
        return ownSense * 2 <= ownCount
    }

    /// Which share of the characters beyond ASCII of a text in the encoding are common ones, signs left out.
    func share(of own: String) -> Double {
        let (sense, count) = Self.count(own, common)
        return count > 0 ? Double(sense) / Double(count) : 0
    }

    /// How many of a text's characters are common in the encoding and not in another.
    func count(in text: String, without other: PastedUTF8) -> Int {
        text.unicodeScalars.count { common.contains($0) && !other.common.contains($0) }
    }

    /// How many of a text's characters beyond ASCII are common ones, and how many there are.
    private static func count(_ text: String, _ common: Set<Unicode.Scalar>) -> (sense: Int, count: Int) {
        var (sense, count) = (0, 0)
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            // A sign is neither here nor there.
            if signs.contains(scalar) { continue }
            count += 1
            if common.contains(scalar) { sense += 1 }
        }
        return (sense, count)
    }

    /// Whether a text is a Latin word with accents, one of them between letters of ASCII.
    ///
    /// In the text's own encoding a character of another script would stand in the middle of the word.
    private static func isLatin(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var isWithin = false
        for (index, scalar) in scalars.enumerated() where scalar.value >= 0x80 {
            if (0xC0...0x17F).contains(scalar.value), scalar.properties.isAlphabetic {
                let before = index > 0 ? scalars[index - 1] : " "
                let after = index + 1 < scalars.count ? scalars[index + 1] : " "
                isWithin = isWithin || (isLower(before) || isUpper(before)) && isLower(after)
            } else if !signs.contains(scalar) {
                return false
            }
        }
        return isWithin
    }

    private static func isLower(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }
    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
}
