/// What a spreadsheet shows in place of what was typed.
enum SpreadsheetValue {
    /// Whether a cell may be such a value, by its first letters and its length; most cells are told apart here.
    ///
    /// - Parameter text: the cell, not empty.
    /// - Returns: whether it is worth a look.
    static func isLikely(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        guard bytes.count > 2, bytes.count <= 32 else { return false }
        let (first, second) = (bytes[0], bytes[1])
        if first.isASCIIDigit { return mayBeNumber(bytes) || mayBeDate(bytes) }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "E") && second == UInt8(ascii: "r") { return true }
        if first &- UInt8(ascii: "A") < 26, second &- UInt8(ascii: "A") < 26 { return bytes.count <= 9 }
        // Apr-03
        return 5...8 ~= bytes.count && bytes[bytes.count - 1].isASCIIDigit
            && bytes[bytes.count - 3] == UInt8(ascii: "-")
    }

    /// Whether a cell is a formula's error.
    ///
    /// - Parameter text: the cell.
    /// - Returns: whether it is.
    static func isError(_ text: String) -> Bool {
        guard let first = text.utf8.first, first == UInt8(ascii: "#") || first == UInt8(ascii: "E") else {
            return false
        }
        return errors.contains(text) || text.hasPrefix("###") && text.utf8.allSatisfy { $0 == UInt8(ascii: "#") }
            || text.hasPrefix("Err:5") && text.utf8.count == 7
    }

    /// Whether a cell is a truth value, as spreadsheets in several languages show it.
    ///
    /// - Parameter text: the cell.
    /// - Returns: whether it is.
    static func isTruthValue(_ text: String) -> Bool {
        text.utf8.first?.isASCIILetter == true && truthValues.contains(text)
    }

    /// A number in exponent form.
    struct Exponent {
        /// All digits; nil where some were rounded away.
        let digits: String?

        /// Reads one; nil where the text is none.
        init?(_ text: String) {
            guard text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return nil }
            let parts = text.uppercasedASCII.utf8.split(separator: UInt8(ascii: "E"), omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].first == UInt8(ascii: "+") || parts[0].contains(where: isPoint),
                let power = Int(Substring(parts[1])), 1...40 ~= power, let first = parts[0].first, first.isASCIIDigit
            else { return nil }
            let fraction = parts[0].dropFirst()
            guard fraction.isEmpty || isPoint(fraction[fraction.startIndex]),
                fraction.dropFirst().allSatisfy(\.isASCIIDigit)
            else { return nil }
            digits = fraction.count - 1 == power ? String(Substring(parts[0])).filter(\.isNumber) : nil
        }
    }

    /// Whether a cell is a number whose digits beyond the fifteenth became zeros.
    ///
    /// - Parameter text: the cell.
    /// - Returns: whether it is.
    static func lostDigits(_ text: String) -> Bool {
        let digits = text.utf8
        return digits.count > 15 && digits.allSatisfy(\.isASCIIDigit)
            && digits.dropFirst(15).allSatisfy { $0 == UInt8(ascii: "0") }
            && digits.prefix(15).contains { $0 != UInt8(ascii: "0") }
    }

    /// What a cell that is a date may have been before: `3-4` of `3-Apr`.
    ///
    /// - Parameter text: the cell.
    /// - Returns: what may have been typed, two of the ways; nil where the cell is no date.
    static func beforeDate(_ text: String) -> [String]? {
        guard mayBeDate(text.utf8Span.span) else { return nil }
        let words = text.split { " -./:T,".contains($0) }
        guard 2...6 ~= words.count, text.utf8.count <= 24 else { return nil }
        let numbers = words.map { Int($0.hasSuffix("일") ? $0.dropLast() : $0) }
        if let month = words.firstIndex(where: { months[$0.lowercased()] != nil }), month < 2,
            let number = months[words[month].lowercased()], let day = numbers[1 - month],
            words.count == 2 || words.count == 3 && numbers[2] != nil, 1...31 ~= day
        {
            return ["\(day)-\(number)", "\(words[month].prefix(3).uppercased())\(day)"]
        }
        // A whole date: 2026-04-03, 03.04.2026, 4/3/2026, perhaps with a time.
        guard words.count == 3 || words.count >= 5, let first = numbers[0], let second = numbers[1],
            let third = numbers[2],
            numbers.allSatisfy({ $0 != nil }), let sign = text.first(where: { "-./".contains($0) })
        else { return nil }
        let date = text.split(separator: " ")[0].split { $0 == "T" }[0]
        guard date.count(where: { $0 == sign }) == 2, isCommonYear(max(first, third)), min(first, third) <= 31,
            words[first > third ? 0 : 2].utf8.count == 4
        else { return nil }
        let (month, day) = (second, min(first, third))
        guard 1...31 ~= month, 1...31 ~= day, month <= 12 || day <= 12 else { return nil }
        return ["\(day)-\(month)", "\(month)-\(day)"]
    }

    /// Whether a cell that begins with a digit may be a number that lost digits or has an exponent.
    private static func mayBeNumber(_ bytes: Span<UInt8>) -> Bool {
        var digits = 1
        while digits < bytes.count, bytes[digits].isASCIIDigit { digits += 1 }
        guard digits < bytes.count else { return digits > 15 }
        return digits == 1 && isPoint(bytes[1]) || bytes[digits] | 0x20 == UInt8(ascii: "e")
    }

    /// Whether a cell begins as a date does; nearly no address line and no postal code goes on from here.
    private static func mayBeDate(_ bytes: Span<UInt8>) -> Bool {
        guard bytes[0].isASCIIDigit else { return bytes[bytes.count - 1].isASCIIDigit }
        var digits = 1
        while digits < bytes.count, bytes[digits].isASCIIDigit { digits += 1 }
        guard digits < bytes.count, digits <= 2 || digits == 4 else { return false }
        return switch bytes[digits] {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): true
        case UInt8(ascii: " "): digits <= 2 && bytes.count <= 12
        default: bytes[digits] >= 0x80
        }
    }

    private static func isCommonYear(_ year: Int) -> Bool { 1900...2099 ~= year }

    private static func isPoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

    private static let errors: Set<String> = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
        "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#ERROR!", "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#N/D",
        "#VALEUR!", "#NOM?", "#NOMBRE!", "#NOMBRE?", "#VALOR!", "#¡REF!", "#¡VALOR!", "#¡NUM!", "#¿NOMBRE?", "#¡DIV/0!",
        "#VERW!", "#WAARDE!", "#NAAM?", "#GETAL!", "#N/B", "#DEEL/0!",
    ]

    private static let truthValues: Set<String> = [
        "TRUE", "FALSE", "VRAI", "FAUX", "WAHR", "FALSCH", "VERDADERO", "FALSO", "WAAR", "ONWAAR",
    ]

    /// The short names of months in the languages of manifests.
    private static let months: [String: Int] = {
        let names = [
            "jan feb mar apr may jun jul aug sep oct nov dec",
            "janv févr mars avr mai juin juil août sept oct nov déc",
            "jan feb mrz apr mai jun jul aug sep okt nov dez", "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "ene feb mar abr may jun jul ago sept oct nov dic", "gen feb mar apr mag giu lug ago set ott nov dic",
            "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
        ]
        let pairs = names.flatMap { $0.split(separator: " ").enumerated().map { (String($1), $0 + 1) } }
        return Dictionary(pairs) { first, _ in first }
    }()
}
