/// Brings texts in other Unicode encodings to UTF-8, by their byte-order marks.
package enum UnicodeText {
    /// A text's bytes in UTF-8.
    ///
    /// Some gateways answer in UTF-16; what is no whole text in it is repaired, as the reader of the result will refuse
    /// it.
    ///
    /// - Parameter bytes: the text, whose encoding is UTF-16 where it begins with that one's mark.
    /// - Returns: the same text without the mark in UTF-8; the bytes as they are where they begin with no such mark.
    package static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        let isBigEndian: Bool
        switch (bytes.first, bytes.dropFirst().first) {
        case (0xFE, 0xFF): isBigEndian = true
        case (0xFF, 0xFE): isBigEndian = false
        default: return bytes
        }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
