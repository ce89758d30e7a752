/// Makes text of a cell's bytes, and tells where that took a guess.
final class CellDecoder {
    /// What came of a cell.
    enum Outcome: Hashable {
        /// It is in the text's encoding.
        case clean
        /// It is in another one.
        case foreign(encoding: String)
        /// It is in none.
        case damaged
    }

    private let encoding: TextEncoding
    private let converter: Converter?
    /// What cells that are not UTF-8 may be in, the likeliest first; empty where the text was made UTF-8 before.
    private let fallbacks: [(encoding: TextEncoding, converter: Converter, common: PastedUTF8?)]
    private let isSingleByte: Bool
    private let isLatin: Bool
    private let pasted: PastedUTF8?

    /// Makes a decoder for a text's cells.
    ///
    /// - Parameters:
    ///   - encoding: the text's encoding; where it is not read by cell, the cells come as UTF-8.
    ///   - fallbacks: the encodings of cells that are not in it, the likeliest first.
    init(_ encoding: TextEncoding, fallbacks: [TextEncoding] = []) {
        self.encoding = encoding
        converter = encoding.form == .byCell ? Converter(from: encoding.converterName) : nil
        pasted = encoding.form == .byCell ? PastedUTF8(in: encoding) : nil
        self.fallbacks = fallbacks.compactMap { other in
            Converter(from: other.converterName).map { (other, $0, PastedUTF8(in: other)) }
        }
        isSingleByte = !encoding.name.hasPrefix("EUC")
        let latin = ["1250", "1252", "1254", "1257", "1258", "-2", "-3", "-4", "-9", "-10", "-13", "-14", "-15", "-16"]
        isLatin = latin.contains { encoding.name.hasSuffix($0) }
    }

    /// The name of the text's encoding.
    var name: String { encoding.name }

    /// Whether the bytes of several cells are the text of each as they stand there: UTF-8, and meant as such.
    func takesAsItStands(_ bytes: Span<UInt8>) -> Bool {
        converter == nil && bytes.isUTF8
    }

    /// The text of a cell; what means nothing is U+FFFD.
    func decode(_ bytes: Span<UInt8>) -> (text: String, outcome: Outcome) {
        if let text = Self.utf8(bytes) {
            guard converter != nil else { return (text, .clean) }
            let scalars = text.unicodeScalars.count
            let beyond = bytes.count - scalars
            if beyond == 0 { return (text, .clean) }
            // A Latin letter with a sign after it is rare; elsewhere one pair of bytes may be UTF-8 by chance.
            let isTold = isLatin || (isSingleByte && beyond >= 2)
            let isPasted = isTold || isPasted(text, bytes)
            if isPasted { return (text, .foreign(encoding: TextEncoding.utf8.name)) }
        }
        if let converter {
            if let text = Self.text(bytes, converter) { return (text, .clean) }
            if let text = Self.utf8(bytes) { return (text, .foreign(encoding: TextEncoding.utf8.name)) }
            var output: [UInt8] = []
            converter.reset()
            _ = converter.convertAll(bytes, unit: 1, isEnd: true, to: &output)
            return (String(decoding: output, as: UTF8.self), .damaged)
        }
        if let text = marked(bytes) { return (text, .foreign(encoding: TextEncoding.utf8.name)) }
        if let found = foreign(bytes) { return (found.text, .foreign(encoding: found.encoding.name)) }
        return (unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }, .damaged)
    }

    /// Whether a cell of a text in an East Asian encoding is likelier UTF-8.
    private func isPasted(_ text: String, _ bytes: Span<UInt8>) -> Bool {
        guard let pasted, let converter else { return false }
        return pasted.isLikelier(text, than: Self.text(bytes, converter))
    }

    /// The text of a cell that was found to be UTF-8 while the rest was made UTF-8; nil of any other.
    private func marked(_ bytes: Span<UInt8>) -> String? {
        guard case .whole = encoding.form else { return nil }
        var rest: [UInt8] = []
        for index in bytes.indices where bytes[index] != TranscodingSource.pastedMark { rest.append(bytes[index]) }
        return rest.count < bytes.count ? Self.utf8(rest.span) : nil
    }

    /// The text of bytes in UTF-8; nil where they are not.
    static func utf8(_ bytes: Span<UInt8>) -> String? {
        do {
            return String(copying: try UTF8Span(validating: bytes))
        } catch {
            return nil
        }
    }

    /// The text of bytes in a converter's encoding; nil where they are not.
    static func text(_ bytes: Span<UInt8>, _ converter: Converter) -> String? {
        var output: [UInt8] = []
        converter.reset()
        guard converter.convert(bytes, to: &output).stop == .end else { return nil }
        converter.finish(to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The text of a cell that is not UTF-8 and was written in another encoding; nil where it is likelier damaged.
    private func foreign(_ bytes: Span<UInt8>) -> (text: String, encoding: TextEncoding)? {
        var raw: [UInt8] = []
        for index in bytes.indices { raw.append(bytes[index]) }
        let counts = UTF8Counts(raw)
        var best: (text: String, encoding: TextEncoding)?
        var bestShare = 0.8
        for fallback in fallbacks {
            guard let text = Self.text(bytes, fallback.converter) else { continue }
            guard let common = fallback.common else {
                if counts.characters == 0, Self.isPlausible(text) { return (text, fallback.encoding) }
                continue
            }
            // Two bytes in a row may be valid UTF-8 by chance; damaged UTF-8 makes rare characters of such an encoding.
            let share = counts.characters <= counts.faults ? common.share(of: text) : 0
            if share > bestShare || share == bestShare && best == nil {
                (best, bestShare) = ((text, fallback.encoding), share)
            }
        }
        return best
    }

    /// Whether a text reads as words, as damaged UTF-8 does not where it is read in an encoding of single bytes.
    private static func isPlausible(_ text: String) -> Bool {
        var letters = 0
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            if scalar.value >= 0x80 {
                guard properties.isAlphabetic || "’‘“”–—…°€§®™©£ºª«»\u{A0}".unicodeScalars.contains(scalar) else {
                    return false
                }
                if properties.isUppercase, previous.properties.isLowercase { return false }
            }
            if properties.isAlphabetic { letters += 1 }
            previous = scalar
        }
        return letters >= 2
    }
}
