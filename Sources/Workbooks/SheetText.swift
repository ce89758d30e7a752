/// What a sheet's cell can hold.
package enum SheetText {
    /// How many UTF-16 units a cell holds.
    package static let limit = 32_767

    /// A text as a cell can hold it: without the code points that XML can't hold, and cut where it is too long.
    ///
    /// - Parameter text: any text.
    /// - Returns: the text; nearly every one is as it was.
    package static func fitting(_ text: String) -> String {
        var fitting = text.utf8.contains(0xEF) ? String(text.map { isNoCharacter($0) ? "\u{FFFD}" : $0 }) : text
        guard fitting.utf8.count > limit, fitting.utf16.count > limit else { return fitting }
        var count = 1
        let end = fitting.indices.first { index in
            count += fitting[index].utf16.count
            return count > limit
        }
        fitting = fitting[..<(end ?? fitting.endIndex)] + "…"
        return fitting
    }

    private static func isNoCharacter(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.value == 0xFFFE || $0.value == 0xFFFF }
    }

    /// A text with the escapes that a workbook's texts have: of an underscore that would begin an escape, and of NUL.
    ///
    /// libxlsxwriter escapes the other control characters.
    ///
    /// - Parameter text: what the cell is to say.
    /// - Returns: what is written.
    package static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "_") }) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0: result += "_x0000_".utf8
            case UInt8(ascii: "_") where isEscape(bytes, at: index): result += "_x005F_".utf8
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether `_xHHHH_` stands at a position.
    private static func isEscape(_ bytes: [UInt8], at index: Int) -> Bool {
        guard index + 6 < bytes.count, bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
        else { return false }
        return bytes[index + 2..<index + 6].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    /// How many columns of a fixed-width font a text takes, about.
    ///
    /// - Parameter text: one line.
    /// - Returns: the width; letters of East Asian scripts are two wide.
    package static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ((0x1100...0xFFDC).contains($1.value) && $1.value > 0x2E7F ? 2 : 1) }
    }
}
