/// A language tag as the service takes it: a language, perhaps a script, perhaps a region.
struct LanguageTag {
    /// Two or three letters, in lower case.
    let language: String
    /// Two letters in upper case, or three digits; nil where there is none.
    let region: String?

    /// Reads a tag; nil where the text is none.
    ///
    /// - Parameter text: such as `en`, `en-US`, `zh-Hans-CN`, `zh-CHS`, `es-419`, `ca-ES-valencia`.
    init?(_ text: String) {
        let bytes = text.utf8Span.span
        // The two forms that nearly every cell has need no splitting.
        if bytes.count == 2, bytes[0].isASCIILetter, bytes[1].isASCIILetter {
            self.init(language: bytes.extracting(0..<2).text { $0 | 0x20 }, region: nil)
            return
        }
        if bytes.count == 5, bytes[2] == UInt8(ascii: "-"), bytes[0].isASCIILetter, bytes[1].isASCIILetter,
            bytes[3].isASCIILetter, bytes[4].isASCIILetter
        {
            self.init(
                language: bytes.extracting(0..<2).text { $0 | 0x20 },
                region: bytes.extracting(3..<5).text { $0 & 0xDF }
            )
            return
        }
        var parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)[...]
        guard let first = parts.popFirst(), 2...3 ~= first.count, first.allSatisfy(\.isASCIILetter) else { return nil }
        if let script = parts.first, 3...4 ~= script.count, script.allSatisfy(\.isASCIILetter) { parts.removeFirst() }
        let region = parts.popFirst()
        if let variant = parts.first, LanguageTag.isVariant(variant) { parts.removeFirst() }
        guard parts.isEmpty, region.map(LanguageTag.isRegion) ?? true else { return nil }
        self.init(language: Substring(first).lowercased(), region: region.map { Substring($0).uppercased() })
    }

    /// Whether it is the culture that the service has for every country, so that it tells of none.
    var isForAll: Bool { language == "en" && region == "US" }

    private init(language: String, region: String?) {
        self.language = language
        self.region = region
    }

    /// Whether a part says which form of a language it is: Windows has one culture with such a part, ca-ES-valencia.
    private static func isVariant(_ part: Substring.UTF8View) -> Bool { Substring(part).lowercased() == "valencia" }

    private static func isRegion(_ part: Substring.UTF8View) -> Bool {
        part.count == 2 && part.allSatisfy(\.isASCIILetter) || part.count == 3 && part.allSatisfy(\.isASCIIDigit)
    }
}
