/// Which characters have no business in a text, by the scripts that it is written in.
///
/// Marks that set a direction, join letters or choose a picture belong to scripts that need them.
struct InvisibleCharacters {
    private var isComplex = false
    private var isMongolian = false
    private var hasPictures = false

    /// Looks at what a text is written in.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - isCode: whether it is a code, which is not written in any such script.
    init(of text: String, isCode: Bool) {
        guard !isCode else { return }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x590..<0xE00 where scalar.value != 0x61C: isComplex = true
            case 0x1800...0x18AF where scalar.value != 0x180E: isMongolian = true
            case 0x203C...0x3299, 0x1F000...0x1FAFF: hasPictures = hasPictures || scalar.properties.isEmoji
            // Some Chinese characters have variants of their own.
            case 0x3400...0x9FFF: hasPictures = true
            default: continue
            }
        }
    }

    /// Whether a character has no business in the text.
    ///
    /// - Parameter scalar: any character.
    /// - Returns: whether it is strange there.
    func isStrange(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E: false
        case 0x00..<0x20, 0x7F..<0xA0, 0xAD, 0x2028, 0x2029, 0xFFF9...0xFFFD: true
        case 0x200C...0x200F, 0x061C: !isComplex
        case 0x34F: !isComplex
        case 0x180E: !isMongolian
        case 0xFE0F, 0xE0000...0xE007F: !hasPictures
        case 0x200B, 0x2060...0x206F, 0x202A...0x202E, 0xFEFF, 0x2800, 0x3164: true
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: true
        case let value: value & 0xFFFE == 0xFFFE || 0xFDD0...0xFDEF ~= value
        }
    }

    /// Whether a character is one that can't be seen although it is no mark of formatting.
    ///
    /// - Parameter scalar: any character.
    /// - Returns: whether it can be left out.
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { [0x34F, 0x180E, 0x2800, 0x3164, 0xFE0F].contains(scalar.value) }
}
