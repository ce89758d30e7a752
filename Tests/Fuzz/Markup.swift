/// Markup in pieces, tag by tag, so that what is made of it mostly is markup too.
struct Markup {
    private var pieces: [[UInt8]] = []

    var bytes: [UInt8] { Array(pieces.joined()) }

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var piece: [UInt8] = []
        for byte in bytes {
            if byte == UInt8(ascii: "<"), !piece.isEmpty {
                pieces.append(piece)
                piece = []
            }
            piece.append(byte)
            if byte == UInt8(ascii: ">") {
                pieces.append(piece)
                piece = []
            }
        }
        if !piece.isEmpty { pieces.append(piece) }
    }

    /// Changes one thing.
    mutating func mutate(using generator: inout some RandomNumberGenerator) {
        guard let place = pieces.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: pieces.remove(at: place)
        case 1:
            let count = Int.random(in: 1...Int.random(in: 1...16, using: &generator), using: &generator)
            pieces.insert(contentsOf: Array(repeating: pieces[place], count: count), at: place)
        case 2: if let other = pieces.indices.randomElement(using: &generator) { pieces.swapAt(place, other) }
        case 3: if let other = pieces.randomElement(using: &generator) { pieces.insert(other, at: place) }
        case 4: repeatElement(at: place, using: &generator)
        default: replaceValue(at: place, using: &generator)
        }
    }

    /// Says an element again, with all that is in it as far as it is short.
    private mutating func repeatElement(at place: Int, using generator: inout some RandomNumberGenerator) {
        let end = min(place + Int.random(in: 1...12, using: &generator), pieces.count)
        pieces.insert(contentsOf: pieces[place..<end], at: end)
    }

    /// Replaces a text, or the value of an attribute, by one that is worth a try or stands elsewhere.
    private mutating func replaceValue(at place: Int, using generator: inout some RandomNumberGenerator) {
        let ranges = Self.values(pieces[place])
        guard let range = ranges.randomElement(using: &generator) else { return }
        var value = Array(Self.candidates.randomElement(using: &generator)?.utf8 ?? "".utf8)
        if Bool.random(using: &generator), let other = pieces.randomElement(using: &generator) {
            value = Self.values(other).randomElement(using: &generator).map { Array(other[$0]) } ?? value
        }
        pieces[place].replaceSubrange(range, with: value)
    }

    /// Where a piece's values are: what stands between quotes in a tag, or all of a text.
    private static func values(_ piece: [UInt8]) -> [Range<Int>] {
        guard piece.first == UInt8(ascii: "<") else { return [piece.indices] }
        var ranges: [Range<Int>] = []
        var open: (quote: UInt8, start: Int)?
        for (index, byte) in piece.enumerated() {
            if let start = open {
                guard byte == start.quote else { continue }
                ranges.append(start.start..<index)
                open = nil
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                open = (byte, index + 1)
            }
        }
        return ranges
    }

    /// Values that readers have a meaning for, and some just beyond it.
    private static let candidates = [
        "", "0", "1", "2", "-1", "14", "22", "170", "16384", "16385", "1048576", "1048577", "16777216", "2147483648",
        "9223372036854775807", "-9223372036854775808", "18446744073709551616", "1.5", "0.1", "-0", "1e308", "1E-320",
        "1E+999", "46347.630231481482", "2958466", "60", "0.99999999999", "12345678901234567", "NaN", "A1",
        "XFD1048576", "XFE1", "ZZZZZZZZZZZZZZZZ1", "A99999999999999999999", "a0", "B2:A1", "n", "s", "str", "b", "e",
        "d", "inlineStr", "true", "General", "yyyy-mm-dd", "[h]:mm:ss.000", "0.00%", "#,##0;[Red]-0;;@",
        "[<=9999999]###\\-####;(000) 0", "\\", "[$-409]d mmm yyyy;@", "0E+00", "# ?/?", "\"", "_x000D_",
        "_xD83D__xDE00_", "_xD83D_", "_x005F_x0041_", "2026-11-21T00:00:00.000", "2026-02-30", "PT15H07M32S",
        "PT99999999999999999999H", "P1D", "PT1.5S", "float", "percentage", "date", "time", "boolean", "string",
        "currency", "collapse", "filter", "preserve", "hidden", "Number", "DateTime", "Boolean", "Error", "String",
        "Percent", "Short Date", "companyName", "domain", " ", "../../a", "/xl/worksheets/sheet1.xml", "&amp;",
        "&#x10FFFF;", "&#0;", "&x;", "<![CDATA[<]]>", "<!-- -->", "<?a b?>", "\u{FEFF}", "é", "中", "\u{202E}",
        "\u{A0}",
    ]
}
