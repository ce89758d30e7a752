/// Texts of XLSX that hold characters which XML does not allow, written as `_x000D_`.
enum EscapedText {
    /// Puts the characters for their escapes; `_x005F_` is an underscore that would begin one.
    static func resolve(_ bytes: inout [UInt8]) {
        guard let first = nextEscape(in: bytes, from: 0) else { return }
        var result = Array(bytes[..<first])
        var index = first
        var units: [UInt16] = []
        while index < bytes.count {
            if let unit = unit(in: bytes, at: index) {
                units.append(unit)
                index += 7
            } else {
                flush(&units, &result)
                result.append(bytes[index])
                index += 1
            }
        }
        flush(&units, &result)
        bytes = result
    }

    /// Two escapes that follow each other may be one character.
    private static func flush(_ units: inout [UInt16], _ result: inout [UInt8]) {
        guard !units.isEmpty else { return }
        result.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
        units.removeAll()
    }

    private static func nextEscape(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + 7 <= bytes.count {
            if bytes[index] == UInt8(ascii: "_"), unit(in: bytes, at: index) != nil { return index }
            index += 1
        }
        return nil
    }

    private static func unit(in bytes: [UInt8], at start: Int) -> UInt16? {
        guard start + 7 <= bytes.count, bytes[start] == UInt8(ascii: "_"), bytes[start + 1] == UInt8(ascii: "x"),
            bytes[start + 6] == UInt8(ascii: "_")
        else { return nil }
        return UInt16(String(decoding: bytes[start + 2..<start + 6], as: UTF8.self), radix: 16)
    }
}
