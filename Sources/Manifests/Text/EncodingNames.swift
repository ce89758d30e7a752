internal import Platform

/// The names of character encodings, as far as a person types them.
package enum EncodingNames {
    /// Whether a name is one of an encoding that a manifest can be read in.
    ///
    /// - Parameter name: a name of IANA, Windows or iconv, in any case, with or without hyphens.
    /// - Returns: whether this system can convert it.
    package static func isKnown(_ name: String) -> Bool {
        if isWide(name) { return true }
        return TextEncoding.named(name).map { Converter(from: $0.converterName) != nil } ?? false
    }

    /// The known names that are nearest to one that is not.
    ///
    /// - Parameter name: what was typed.
    /// - Returns: three names at most, the nearest first; none where nothing is near.
    package static func nearest(to name: String) -> [String] {
        let typed = TextEncoding.fold(name)
        let slip = NearestName.find(typed, among: TextEncoding.names) { TextEncoding.fold($0) }
        // `win-1252` and `latin-2` have the number right.
        let number = typed.filter(\.isNumber)
        let numbered = number.count < 2 ? [] : TextEncoding.names.filter { $0.hasSuffix(number) }
        var names: [String] = []
        for name in ([slip].compactMap { $0 } + numbered) where !names.contains(name) { names.append(name) }
        return Array(names.prefix(3))
    }

    /// Whether a name leaves it to the text which end of a unit comes first.
    static func isWide(_ name: String) -> Bool { ["utf16", "utf-16", "utf32", "utf-32"].contains(name.lowercased()) }
}
