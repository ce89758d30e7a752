internal import Manifests

/// What a row's postal code is beside its country's pattern.
enum PostalCodeForm: Sendable {
    /// It matches, or there is nothing to compare.
    case right
    /// It matches, and another state than the row's has such codes; which one, where it is known.
    case elsewhere(owner: Country.Subdivision?, state: Country.Subdivision)
    /// It matches but for spaces, hyphens and letters before it; as the country writes it.
    case loose(suggestion: String)
    /// It matches once its dashes, spaces and letters are plain.
    case disguised(String)
    /// It is a number as a spreadsheet shows it, `2134.0` or `2,134`, or has the apostrophe that makes a number text.
    case number(suggestion: String, isCertain: Bool)
    /// It matches with the zeros that a spreadsheet takes off a number.
    case withoutZeros(String, isCertain: Bool)
    /// It does not match; what it may have been.
    case different(suggestion: String?)

    /// Compares a postal code with its country's pattern.
    ///
    /// - Parameters:
    ///   - code: the postal code.
    ///   - state: the row's state, which tells where codes with a leading zero are.
    ///   - country: the country, where it is known.
    init(_ code: Span<UInt8>, state: Span<UInt8>, in country: Country?) {
        guard let country, !code.isEmpty, let pattern = country.postalPattern else {
            self = .right
            return
        }
        guard !pattern.matches(code) else {
            self = PostalCodeForm.placed(code, state: state, in: country)
            return
        }
        let (text, state) = (code.validText, state.validText)
        self =
            if let plain = LookalikeText.plain(text), pattern.matches(plain) {
                .disguised(plain)
            } else if PostalCodeForm.hasUsualPrefix(text, in: country) {
                .right
            } else if let written = PostalCodeForm.written(text, in: country) {
                .loose(suggestion: written)
            } else if let padded = PostalCodeForm.padded(text, state: state, in: country) {
                .withoutZeros(padded.text, isCertain: padded.isCertain)
            } else if let number = PostalCodeForm.number(text, state: state, in: country) {
                number
            } else if !PostalCodeForm.isDecimal(text),
                let written = PostalCodeForm.written(text.replacing(".", with: ""), in: country)
            {
                // 70.040-912, as Brazilian authorities print it, and 1054.
                .loose(suggestion: written)
            } else {
                .different(
                    suggestion: PostalCodeForm.withDigits(text, in: country)
                        // Such as 00100 GPO and 69205 Cedex 01.
                        ?? CodeBesideWords(text, in: country)?.code
                )
            }
    }

    /// A code that matches, beside the row's state.
    private static func placed(_ code: Span<UInt8>, state: Span<UInt8>, in country: Country) -> PostalCodeForm {
        guard country.statesHavePostalCodes, !state.isEmpty, !country.isSurely(code, in: state),
            let found = country.subdivision(state.validText), found.isExact,
            let codes = found.subdivision.postalCodes, !codes.matchesBeginning(of: code)
        else { return .right }
        return .elsewhere(owner: country.subdivision(ofPostalCode: code.validText), state: found.subdivision)
    }

    /// Whether a code has before it what mail from abroad has, and the country may take it so: L-1648.
    private static func hasUsualPrefix(_ text: String, in country: Country) -> Bool {
        guard !country.hasServicePattern, let pattern = country.postalPattern else { return false }
        return country.postalPrefixes.contains { prefix in
            let rest = text.dropFirst(prefix.count)
            return text.uppercasedASCII.hasPrefix(prefix) && rest.first == "-"
                && pattern.matches(String(rest.dropFirst()))
        }
    }

    /// The code as the country writes it, where only spaces, hyphens and what stands before it differ.
    private static func written(_ text: String, in country: Country) -> String? {
        guard let pattern = country.postalPattern, let loose = country.loosePostalPattern else { return nil }
        let parts = [text, withoutBeginning(text, in: country), withoutWord(text)].compactMap { $0 }
        let bares = parts.map { part in
            let bytes = part.utf8.filter { !" -()".utf8.contains($0) }
            return String(decoding: bytes, as: UTF8.self)
        }
        let example = country.postalExample
        // Where people write the country's letters before the code, as the example shows, they stay: LV-1010.
        let keepsLetters = example.utf8.first?.isASCIILetter == true
        let bare = keepsLetters ? bares.first(where: loose.matches) : bares.last(where: loose.matches)
        guard let bare else { return nil }
        let usual = [
            separated(bare, as: example),
            String(separated(String(bare.reversed()), as: String(example.reversed())).reversed()),
            bare,
        ]
        return (usual.lazy + withOneSeparator(bare)).first(where: pattern.matches)
    }

    /// A code without a country's or state's letters and a hyphen or space before it, or without the letter of
    /// its own that is joined to it.
    private static func withoutBeginning(_ text: String, in country: Country) -> String {
        let letters = text.utf8.prefix { $0.isASCIILetter }
        let next = text.utf8.dropFirst(letters.count).first
        let isPrefix = country.postalPrefixes.contains(String(Substring(letters)).uppercasedASCII)
        guard 1...3 ~= letters.count, isPrefix || next == UInt8(ascii: "-") || next == UInt8(ascii: " ") else {
            return text
        }
        return String(text.dropFirst(letters.count))
    }

    /// A code without the word before it that says what it is: PSČ 116 36, 邮编：100084; nil where there is none.
    private static func withoutWord(_ text: String) -> String? {
        let signs = " :.)：）"
        for index in text.indices.dropFirst() where text[index].isNumber || signs.contains(text[index]) {
            guard words.contains(Text.folded(String(text[..<index]))) else { continue }
            let code = text[index...].drop { signs.contains($0) }
            return code.isEmpty ? nil : String(code)
        }
        return nil
    }

    /// What postal codes are called, as it is printed before them.
    private static let words = Set(
        [
            "Postcode", "Post code", "Postal code", "Zip", "Zip code", "PIN", "PIN code", "Code postal", "CP", "PLZ",
            "Postleitzahl",
            "Código postal", "Cód. postal", "CEP", "CAP", "PSČ", "IRSZ", "Irányítószám", "Kod pocztowy", "Postnr",
            "Postnummer",
            "Postinumero", "Cod poștal", "Τ.Κ.", "TK", "Индекс", "Почтовый индекс", "Індекс", "Поштовий індекс", "П.к.",
            "邮编", "邮政编码", "郵遞區號", "郵便番号", "우", "우편번호", "מיקוד", "الرمز البريدي", "Posta kodu", "Kode pos", "Poskod",
        ].map(Text.folded)
    )

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

    /// The ways to put one hyphen or space into a bare code.
    private static func withOneSeparator(_ bare: String) -> [String] {
        bare.indices.dropFirst().flatMap { index in
            ["-", " "].map { bare[..<index] + $0 + bare[index...] }
        }
    }
}

// MARK: - What spreadsheets do

extension PostalCodeForm {
    /// The code with the zeros that it lost, and whether the country or the state leaves no doubt of it.
    private static func padded(
        _ text: String,
        state: String,
        in country: Country
    ) -> (text: String, isCertain: Bool)? {
        // Only digits are a number to a spreadsheet, and a number that begins with a zero lost none; some people type
        // a hyphen afterwards.
        guard let pattern = country.postalPattern, let first = text.utf8.first, first.isASCIIDigit,
            first != UInt8(ascii: "0"), text.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: "-") })
        else { return nil }
        // Few countries have codes that begin with two zeros; their examples do.
        let zeros = country.postalExample.hasPrefix("00") ? ["0", "00"] : ["0"]
        // 65102010 was 06510-2010.
        guard
            let padded = zeros.lazy.map({ $0 + text }).first(where: pattern.matches)
                ?? (text.utf8.count > 7 ? written("0" + text, in: country) : nil),
            country.leadingZeros?.matchesBeginning(of: padded) != false
        else { return nil }
        // In these countries another digit is missing where no state has such codes.
        if country.subdivisions.contains(where: { $0.postalCodes != nil }) {
            let codes = country.subdivision(state).flatMap { $0.isExact ? $0.subdivision.postalCodes : nil }
            if let codes { return codes.matchesBeginning(of: padded) ? (padded, true) : nil }
            return country.subdivision(ofPostalCode: padded) == nil ? nil : (padded, false)
        }
        let isOnlyWay = !(1...9).contains { pattern.matches("\($0)" + padded.dropFirst()) }
        return (padded, isOnlyWay)
    }

    /// Whether it is a number with a point in it, whose last digits are none of the code's: 2116.0.
    private static func isDecimal(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // 1054. is a code with a point typed after it.
        guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else { return false }
        return !parts[1].isEmpty && parts[1].count != 3
    }

    /// The code in a number as a spreadsheet shows it, or behind an apostrophe.
    private static func number(_ text: String, state: String, in country: Country) -> PostalCodeForm? {
        let number = SpreadsheetNumber.digits(in: text.utf8Span.span, takesGroups: true)
        guard let pattern = country.postalPattern, let digits = number else { return nil }
        if pattern.matches(digits) { return .number(suggestion: digits, isCertain: true) }
        return padded(digits, state: state, in: country)
            .map { .number(suggestion: $0.text, isCertain: $0.isCertain) }
    }

    /// The code with digits in place of the letters that look like them.
    private static func withDigits(_ text: String, in country: Country) -> String? {
        let bytes = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "O"), UInt8(ascii: "o"): UInt8(ascii: "0")
            case UInt8(ascii: "I"), UInt8(ascii: "l"): UInt8(ascii: "1")
            default: byte
            }
        }
        let digits = String(decoding: bytes, as: UTF8.self)
        return country.postalPattern?.matches(digits) == true ? digits : nil
    }
}

/// A code that a spreadsheet shows as a number, or that keeps the apostrophe by which somebody made it text.
enum SpreadsheetNumber {
    /// The code that such a cell had.
    ///
    /// - Parameters:
    ///   - bytes: the cell.
    ///   - takesGroups: whether a sign between groups of three digits makes it such a number.
    /// - Returns: the code; nil where the cell is no such number.
    static func digits(in bytes: Span<UInt8>, takesGroups: Bool) -> String? {
        guard !bytes.isEmpty else { return nil }
        guard bytes[0].isASCIIDigit else {
            // A plus sign or a letter begins none of these.
            if bytes[0] == UInt8(ascii: "=") { return quoted(bytes) }
            guard bytes[0] == UInt8(ascii: "'") || bytes[0] == UInt8(ascii: "`") || bytes[0] >= 0x80 else { return nil }
            let text = bytes.validText
            return "'’`".contains { text.first == $0 } ? String(text.dropFirst()) : nil
        }
        // Nearly every cell ends here: it has no point, or other signs too.
        var hasPoint = false
        for index in bytes.indices where !bytes[index].isASCIIDigit {
            guard bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") else { return nil }
            hasPoint = true
        }
        guard hasPoint else { return nil }
        let text = Array(bytes.validText.utf8)
        let parts = text.split(maxSplits: 3, omittingEmptySubsequences: false) { !$0.isASCIIDigit }
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return nil }
        // 2134.0, and with the sign of other languages 2134,00.
        if parts.count == 2, 1...2 ~= last.count, last.allSatisfy({ $0 == UInt8(ascii: "0") }) {
            return String(decoding: first, as: UTF8.self)
        }
        // 2,134
        guard takesGroups, 1...3 ~= first.count, parts.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return String(decoding: parts.joined(), as: UTF8.self)
    }

    /// Whether a cell may be such a number of any length; few cells of identifiers go on from here.
    ///
    /// - Parameter bytes: the cell's bytes, not empty.
    /// - Returns: whether it is worth a look.
    static func isLikely(_ bytes: Span<UInt8>) -> Bool {
        let count = bytes.count
        guard bytes[0].isASCIIDigit, count > 4 else {
            return bytes[0] == UInt8(ascii: "'") || bytes[0] == UInt8(ascii: "=")
        }
        return (2...4).contains { SpreadsheetValue.isPoint(bytes[count - $0]) }
    }

    /// The whole number that an identifier was: 4711.0, 11,222,333, '4711, ="4711".
    ///
    /// Points part the groups of many an identifier by right.
    ///
    /// - Parameter text: the cell.
    /// - Returns: its digits; nil where it is no such number.
    static func identifier(in text: String) -> String? {
        guard let first = text.utf8.first else { return nil }
        if first == UInt8(ascii: "'") || first == UInt8(ascii: "=") {
            let bare = digits(in: text.utf8Span.span, takesGroups: false) ?? ""
            // 't Hof is a name.
            let isCode = bare.utf8.allSatisfy { $0.isASCIIDigit || $0.isASCIILetter || $0 == UInt8(ascii: "-") }
            return isCode && bare.utf8.contains(where: \.isASCIIDigit) ? bare : nil
        }
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        if groups.count > 2 {
            let isNumber = groups.allSatisfy { $0.utf8.allSatisfy(\.isASCIIDigit) } && 1...3 ~= groups[0].utf8.count
            return isNumber && groups.dropFirst().allSatisfy { $0.utf8.count == 3 } ? groups.joined() : nil
        }
        guard let bare = digits(in: text.utf8Span.span, takesGroups: false), bare.utf8.count > 2 else { return nil }
        return bare
    }

    /// What a formula has between quotation marks: ="02108".
    private static func quoted(_ bytes: Span<UInt8>) -> String? {
        guard bytes.count > 3, bytes[1] == UInt8(ascii: "\""), bytes[bytes.count - 1] == UInt8(ascii: "\"") else {
            return nil
        }
        return bytes.extracting(2..<(bytes.count - 1)).validText
    }
}
