/// What a row's postal code is beside its country's pattern.
enum PostalCodeForm: Sendable {
    /// It matches, or there is nothing to compare.
    case right
    /// It matches but for spaces, hyphens and a country's letters before it; as the country writes it.
    case loose(suggestion: String?)
    /// It matches once its dashes, spaces and letters are plain.
    case disguised(String)
    /// It matches with the zeros that a spreadsheet takes off a number.
    case withoutZeros(String)
    /// It does not match.
    case different

    /// Compares a postal code with its country's pattern.
    ///
    /// - Parameters:
    ///   - text: the postal code.
    ///   - state: the row's state, which tells where codes with a leading zero are.
    ///   - country: the country, where it is known.
    init(_ text: String, state: String, in country: Country?) {
        guard let country, !text.isEmpty, let pattern = country.postalPattern, !pattern.matches(text) else {
            self = .right
            return
        }
        if let plain = LookalikeText.plain(text), pattern.matches(plain) {
            self = .disguised(plain)
        } else if let bare = PostalCodeForm.bare(text, in: country) {
            let written = [bare, PostalCodeForm.separated(bare, as: country.postalExample)].first(
                where: pattern.matches
            )
            self = .loose(suggestion: written)
        } else if let padded = PostalCodeForm.padded(text, state: state, in: country) {
            self = .withoutZeros(padded)
        } else {
            self = .different
        }
    }

    /// The code without spaces, hyphens and a country's letters or sign before it, where the pattern is so too.
    private static func bare(_ text: String, in country: Country) -> String? {
        guard let loose = country.loosePostalPattern else { return nil }
        let text = text.hasPrefix("〒") ? String(text.dropFirst()) : text
        let prefix = text.utf8.prefix { $0.isASCIILetter }
        let hasPrefix = 1...3 ~= prefix.count && text.utf8.dropFirst(prefix.count).first == UInt8(ascii: "-")
        return [text, hasPrefix ? String(text.dropFirst(prefix.count)) : text]
            .map { part in
                let bytes = part.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
                return String(decoding: bytes, as: UTF8.self)
            }
            .last(where: loose.matches)
    }

    /// A bare code with the spaces and hyphens that the country's example has.
    private static func separated(_ bare: String, as example: String) -> String {
        var rest = bare[...]
        var written = ""
        for character in example {
            if character == " " || character == "-" {
                written.append(character)
            } else if let next = rest.popFirst() {
                written.append(next)
            }
        }
        return written + rest
    }

    private static func padded(_ text: String, state: String, in country: Country) -> String? {
        guard let pattern = country.postalPattern, text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        // Elsewhere in these countries another digit is missing.
        if let states = statesWithZero[country.code], !state.isEmpty, !states.contains(state.uppercasedASCII) {
            return nil
        }
        // Few countries have codes that begin with two zeros; their examples do.
        let zeros = country.postalExample.hasPrefix("00") ? ["0", "00"] : ["0"]
        return zeros.lazy.map { $0 + text }.first(where: pattern.matches)
    }

    /// The states whose postal codes begin with a zero, in countries where few are such.
    private static let statesWithZero: [String: Set<String>] = [
        "CN": ["HE", "NM", "SX"], "US": ["CT", "MA", "ME", "NH", "NJ", "RI", "VT"],
    ]
}
