/// What a spreadsheet shows in place of what was typed.
enum SpreadsheetValue {
    /// Whether a cell may be such a value, by its first letters and its length; most cells are told apart here.
    ///
    /// - Parameter bytes: the cell's bytes, not empty.
    /// - Returns: whether it is worth a look.
    static func isLikely(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 2, bytes.count <= 32 else { return false }
        let (first, second) = (bytes[0], bytes[1])
        if first.isASCIIDigit { return mayBeNumber(bytes) || SpreadsheetDate.isLikely(bytes) }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "E") && second == UInt8(ascii: "r") { return true }
        if first &- UInt8(ascii: "A") < 26, second &- UInt8(ascii: "A") < 26 { return bytes.count <= 11 }
        // True, and its Russian name.
        if bytes.count == 4, first | 0x20 == UInt8(ascii: "t"), second == UInt8(ascii: "r") { return true }
        if bytes.count == 5, first | 0x20 == UInt8(ascii: "f"), second == UInt8(ascii: "a") { return true }
        if first == 0xD0, second == 0x98 || second == 0x9B, bytes.count == 12 || bytes.count == 8 { return true }
        return SpreadsheetDate.isLikely(bytes)
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
            || text.hasPrefix("Err:5") && text.utf8.count == 7 || hasFormOfError(text)
    }

    /// Whether a text is capitals of any script between a hash sign and a mark.
    ///
    /// Spreadsheets write their errors so in every language: `#ЗНАЧ!` in Russian.
    private static func hasFormOfError(_ text: String) -> Bool {
        guard text.first == "#", let last = text.last, last == "!" || last == "?" else { return false }
        let word = text.unicodeScalars.dropFirst().dropLast()
        return word.count > 2
            && word.allSatisfy { $0.properties.isUppercase || "/0_¡¿".unicodeScalars.contains($0) }
    }

    /// Whether a cell is a truth value, as spreadsheets in several languages show it.
    ///
    /// - Parameter text: the cell.
    /// - Returns: whether it is.
    static func isTruthValue(_ text: String) -> Bool { truthValues.contains(text) }

    /// Whether a cell is what a program has for a truth value, which is also a word: not in a name.
    ///
    /// - Parameter text: the cell.
    /// - Returns: whether it is.
    static func isTruthWord(_ text: String) -> Bool { ["True", "False", "true", "false"].contains(text) }

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

    /// Whether a cell that begins with a digit may be a number that lost digits or has an exponent.
    private static func mayBeNumber(_ bytes: Span<UInt8>) -> Bool {
        var digits = 1
        while digits < bytes.count, bytes[digits].isASCIIDigit { digits += 1 }
        guard digits < bytes.count else { return digits > 15 }
        return digits == 1 && isPoint(bytes[1]) || bytes[digits] | 0x20 == UInt8(ascii: "e")
    }

    /// Whether a byte is what parts a number's digits from its fraction.
    ///
    /// - Parameter byte: any byte.
    /// - Returns: whether it is.
    static func isPoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

    private static let errors: Set<String> = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
        "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#ERROR!", "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#N/D",
        "#VALEUR!", "#NOM?", "#NOMBRE!", "#NOMBRE?", "#VALOR!", "#¡REF!", "#¡VALOR!", "#¡NUM!", "#¿NOMBRE?", "#¡DIV/0!",
        "#VERW!", "#WAARDE!", "#NAAM?", "#GETAL!", "#N/B", "#DEEL/0!", "#Н/Д", "#YOK", "#I/T", "#GETALDMPEN",
    ]

    private static let truthValues: Set<String> = [
        "TRUE", "FALSE", "VRAI", "FAUX", "WAHR", "FALSCH", "VERDADERO", "FALSO", "WAAR", "ONWAAR", "VERDADEIRO",
        "ИСТИНА", "ЛОЖЬ", "DOĞRU", "YANLIŞ", "IGAZ", "HAMIS", "PRAWDA", "FAŁSZ", "PRAVDA", "NEPRAVDA", "EPÄTOSI",
    ]
}
