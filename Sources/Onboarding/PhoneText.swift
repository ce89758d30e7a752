/// A phone number's digits, without an extension.
struct Number {
    var digits: [UInt8] = []
    /// Whether it begins with a plus sign.
    var isInternational = false
    /// Whether it is nothing but digits.
    var isBare = true
    /// Whether some digits are written as letters.
    var hasLetters = false
    /// Whether there are letters in it, as digits or behind the number.
    var hasText = false
    /// How many digits at its end, behind a hyphen, may be where a range of numbers ends, or an extension.
    var digitsOfRange = 0
    /// How many digits stand before a zero in parentheses, which is none of the number's in most countries.
    var digitsBeforeZero: Int?
    /// How many digits stand before the first slash, hyphen or closing parenthesis, where an area code may end; 0 for none.
    var digitsOfArea = 0

    /// Reads the digits; nil where something else is among them.
    ///
    /// - Parameters:
    ///   - text: the text, with plain signs.
    ///   - takesLateLetters: whether capital letters behind more than four digits are digits, and no extension.
    init?(_ text: Span<UInt8>, takesLateLetters: Bool) {
        digits.reserveCapacity(20)
        var digitsBeforeParenthesis: Int?
        var digitsBeforeHyphen: Int?
        var digitsBeforeLetters = 0
        var isBehindSign = false
        var isInWord = false
        reading: for index in text.indices {
            let byte = text[index]
            if byte.isASCIIDigit {
                if isBehindSign { digitsBeforeHyphen = nil }
                digits.append(byte - UInt8(ascii: "0"))
                (isBehindSign, isInWord) = (false, false)
                continue
            }
            isBare = false
            isBehindSign = byte != UInt8(ascii: "-")
            let wasInWord = isInWord
            isInWord = false
            if digitsOfArea == 0, "/)-".utf8.contains(byte) { digitsOfArea = digits.count }
            switch byte {
            case UInt8(ascii: "+"):
                // In Colombia, (57+601) is the country's code and the area's.
                guard digits.count <= 3, digits.isEmpty || digitsBeforeParenthesis == 0, !isInternational else {
                    return nil
                }
                isInternational = true
            // 13 MELB (13 6352): the number again without letters.
            case UInt8(ascii: "(") where hasLetters: break reading
            case UInt8(ascii: "("): digitsBeforeParenthesis = digits.count
            case UInt8(ascii: ")"):
                // +44 (0) 20: the zero is for callers within the country.
                if isInternational, let count = digitsBeforeParenthesis, count > 0, digits[count...] == [0] {
                    digits.removeLast()
                    digitsBeforeZero = count
                }
            case UInt8(ascii: "A")...UInt8(ascii: "Z")
            where hasLetters || 2...(takesLateLetters ? 9 : 4) ~= digits.count:
                // 1-800-FLOWERS: what the letters have beside them on a telephone's keys.
                if !hasLetters { digitsBeforeLetters = digits.count }
                (hasLetters, hasText, isInWord) = (true, true, true)
                digits.append(Self.keys[Int(byte - UInt8(ascii: "A"))])
            // 1-800-Flowers, but not 12 Oak Street
            case UInt8(ascii: "a")...UInt8(ascii: "z") where wasInWord && digitsBeforeLetters > 3:
                isInWord = true
                digits.append(Self.keys[Int(byte - UInt8(ascii: "a"))])
            // In East Asia 033-738-3000~1 ends with the last digit of a range; 8~5 is how Lithuanians waited for a tone.
            case UInt8(ascii: "~") where digits.count >= 5: break reading
            case UInt8(ascii: "~") where !digits.isEmpty: continue
            case UInt8(ascii: "-"): digitsBeforeHyphen = digits.count
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "/"): continue
            // (0xx11) and (0**16): in Brazil, the digits of a telephone company go there.
            case _ where digits.count == 1 && digits[0] == 0 && "xX*".utf8.contains(byte): continue
            case _ where digits.count >= 5 && (byte.isASCIILetter || byte == UInt8(ascii: "#") || byte >= 0x80):
                hasText = true
                break reading
            default: return nil
            }
        }
        let rest = digitsBeforeHyphen.map { digits.count - $0 } ?? 0
        if rest <= 5 { digitsOfRange = rest }
    }

    private static let keys: [UInt8] = "22233344455566677778889999".utf8.map { $0 - UInt8(ascii: "0") }
}

/// A cell that is no single phone number as it stands, but may have one.
struct PhoneText {
    private let text: Substring
    private let bytes: Substring.UTF8View

    /// Takes a cell.
    ///
    /// - Parameter text: the text, with plain signs.
    init(_ text: String) {
        self.text = text[...]
        bytes = self.text.utf8
    }

    /// What the cell is, where more than one number explains it.
    ///
    /// - Parameter country: the country of the row, where it is known.
    /// - Returns: what it is; nil where nothing explains it.
    func form(in country: Country?) -> PhoneForm? {
        if isSigned(in: country) { return .valid }
        if let digits = withDigits, isNumber(digits[...], in: country) { return .misread(digits) }
        // (868) 621-CBTT (2288)
        if bytes.contains(where: \.isASCIILetter),
            case .valid = PhoneNumber.formAlone(text.utf8Span.span, in: country, takesLateLetters: true)
        {
            return .valid
        }
        if hasNumberInParentheses(in: country) || hasNote(in: country) { return .valid }
        return formOfAreas(in: country) ?? formOfSeveral(in: country) ?? formBehindLabel(in: country)
    }

    /// Whether it is a sign and a few digits that the country has for numbers of companies: *5770.
    private func isSigned(in country: Country?) -> Bool {
        guard let signs = country?.phonePlan?.signs.utf8, !signs.isEmpty, let first = bytes.first, let last = bytes.last
        else { return false }
        let digits = signs.contains(first) ? bytes.dropFirst() : signs.contains(last) ? bytes.dropLast() : nil
        return digits.map { 3...5 ~= $0.count && $0.allSatisfy(\.isASCIIDigit) } ?? false
    }

    /// Whether a number is given again without letters: 1 800 O-Canada (1-800-622-6232).
    private func hasNumberInParentheses(in country: Country?) -> Bool {
        guard bytes.last == UInt8(ascii: ")"), let start = bytes.lastIndex(of: UInt8(ascii: "(")),
            bytes[..<start].count(where: \.isASCIIDigit) > 2, bytes[..<start].contains(where: \.isASCIILetter)
        else { return false }
        return isNumber(text[start...].dropFirst().dropLast(), in: country)
    }

    /// Whether a number has an extension or a note in parentheses behind it: 6222 3322 (24 hrs).
    private func hasNote(in country: Country?) -> Bool {
        guard bytes.last == UInt8(ascii: ")"), let start = bytes.lastIndex(of: UInt8(ascii: "(")) else { return false }
        let (number, note) = (trimmed(text[..<start]), bytes[start...])
        let digits = note.count { $0.isASCIIDigit }
        let isWord = note.contains {
            $0.isASCIILetter || $0 >= 0x80 || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/")
        }
        guard digits <= (isWord ? 8 : 5), isWord || number.utf8.count(where: \.isASCIIDigit) > 6 else { return false }
        if case .valid = PhoneNumber.formAlone(number.utf8Span.span, in: country) { return true }
        return false
    }

    /// A number with several area codes in its parentheses: (+36 1/20/30) 366 6666.
    private func formOfAreas(in country: Country?) -> PhoneForm? {
        guard let start = bytes.firstIndex(of: UInt8(ascii: "(")), let end = bytes.firstIndex(of: UInt8(ascii: ")")),
            let slash = bytes.firstIndex(of: UInt8(ascii: "/")), start < slash, slash < end
        else { return nil }
        let first = text[..<start] + text[start..<slash].dropFirst() + " "
        let number = first + trimmed(text[end...].dropFirst())
        return isNumber(number[...], in: country) ? .several(first: trimmed(number[...])) : nil
    }

    /// A number and what comes behind a sign that parts numbers.
    private func formOfSeveral(in country: Country?) -> PhoneForm? {
        for place in bytes.indices.reversed() where isParting(at: place) {
            let (first, rest) = (text[..<place], bytes[place...].dropFirst().drop { $0 == UInt8(ascii: " ") })
            guard let next = rest.first, first.utf8.count(where: \.isASCIIDigit) > 4, isNumber(first, in: country),
                first.count(where: { $0 == "(" }) == first.count(where: { $0 == ")" })
            else { continue }
            // A word behind the sign is the extension's: 514 289-2211, poste 4.
            if next.isASCIILetter || next == UInt8(ascii: "#") || next >= 0x80 { return .valid }
            let digits = rest.count { $0.isASCIIDigit }
            // 414 258441/6 and 020 7960 1900 / 1901 end in one or the other.
            if isEnds(rest) { return .valid }
            if PhoneText(String(Substring(rest))).isSigned(in: country) { return .several(first: trimmed(first)) }
            if digits >= 6, rest.allSatisfy({ !$0.isASCIILetter }) { return .several(first: trimmed(first)) }
        }
        return nil
    }

    /// Whether a sign parts numbers; a hyphen does with a space before and behind it.
    private func isParting(at place: Substring.UTF8View.Index) -> Bool {
        guard bytes[place] == UInt8(ascii: "-") else { return "/,;&".utf8.contains(bytes[place]) }
        return bytes[..<place].last == UInt8(ascii: " ") && bytes[place...].dropFirst().first == UInt8(ascii: " ")
    }

    /// Whether a text is nothing but the last digits of further numbers, 2481/2482, or an extension with its word
    /// behind it: 123 mellék.
    private func isEnds(_ rest: Substring.UTF8View) -> Bool {
        rest.split(omittingEmptySubsequences: false) { "/,".utf8.contains($0) }.allSatisfy { part in
            let end = part.drop { $0 == UInt8(ascii: " ") }
            let digits = end.prefix { $0.isASCIIDigit }
            let word = end.dropFirst(digits.count)
            return 1...5 ~= digits.count
                && word.allSatisfy {
                    $0.isASCIILetter || $0 >= 0x80 || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-")
                }
        }
    }

    /// What the cell is where letters read for digits, or a second number behind a word, explain it better than that the
    /// letters are digits by themselves, or an extension.
    ///
    /// - Parameter country: the country of the row, where it is known.
    /// - Returns: what it is; nil where neither is so.
    func formWithText(in country: Country?) -> PhoneForm? {
        if let digits = withDigits, isNumber(digits[...], in: country) { return .misread(digits) }
        guard let start = bytes.firstIndex(where: \.isASCIIDigit),
            let end = bytes[start...].firstIndex(where: { $0.isASCIILetter || $0 >= 0x80 }),
            let next = bytes[end...].firstIndex(where: { $0.isASCIIDigit || $0 == UInt8(ascii: "+") }),
            bytes[next...].count(where: \.isASCIIDigit) > 6, isNumber(text[..<end], in: country),
            isNumber(text[next...], in: country)
        else { return nil }
        // 1 800 O-Canada (1-800-622-6232) is one number, twice.
        guard bytes[end..<next].last != UInt8(ascii: "(") else { return nil }
        return .several(first: trimmed(text[..<end]))
    }

    /// The cell with digits in place of the letters that look like them, in groups that have digits, or have nothing
    /// else than such letters; nil where there is none.
    private var withDigits: String? {
        let scalars = Array(text.unicodeScalars)
        var digits = scalars
        func isWord(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
        for group in scalars.indices.split(whereSeparator: { !isWord(scalars[$0]) }) {
            guard group.allSatisfy({ Self.digit(lookingLike: scalars[$0]) != nil }),
                group.count > 2 || group.contains(where: { 0x30...0x39 ~= scalars[$0].value })
            else { continue }
            for place in group { digits[place] = Self.digit(lookingLike: scalars[place]) ?? scalars[place] }
        }
        guard digits != scalars else { return nil }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: digits)
        return String(view)
    }

    private static func digit(lookingLike scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "0"..."9": scalar
        case "O", "o", "О", "о", "Ο", "ο": "0"
        case "l", "I", "І": "1"
        default: nil
        }
    }

    /// A number behind a word such as `tel`.
    private func formBehindLabel(in country: Country?) -> PhoneForm? {
        guard var start = bytes.firstIndex(where: { $0.isASCIIDigit || $0 == UInt8(ascii: "+") }) else { return nil }
        let label = text[..<start]
        guard label.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0 == "☎" || $0 == "📞" }) else {
            return nil
        }
        // A parenthesis that the label leaves open belongs to the number.
        if let open = label.utf8.lastIndex(of: UInt8(ascii: "(")), !label[open...].utf8.contains(UInt8(ascii: ")")) {
            guard label[open...].utf8.count == 1 else { return nil }
            start = open
        }
        let rest = text[start...]
        let isLetter = label.unicodeScalars.count == 1 && label.last?.isLetter == true
        guard !isLetter, isLabel(label, before: rest) else { return nil }
        if let form = PhoneText(String(rest)).formWithText(in: country) { return form }
        let digits = rest.utf8.count(where: \.isASCIIDigit)
        // A street's number may be a service's, too.
        if digits > 4, isNumber(rest, in: country) { return .labelled(String(rest), isCertain: digits > 6) }
        return switch PhoneText(String(rest)).formOfSeveral(in: country) {
        case .valid: .labelled(String(rest), isCertain: true)
        case let form?: form
        case nil:
            rest.utf8.count == 4 && rest.utf8.allSatisfy(\.isASCIIDigit)
                ? .labelled(String(rest), isCertain: false) : nil
        }
    }

    /// Whether words may be a label: not where letters are joined to the number, or are a country's code, as in the
    /// identifier of a taxpayer, DE 811 128 135.
    private func isLabel(_ label: Substring, before rest: Substring) -> Bool {
        guard let first = rest.utf8.first, first.isASCIIDigit, first != UInt8(ascii: "0"), rest.utf8.count > 5 else {
            return true
        }
        let words = label.split { $0 == " " }
        guard let last = words.last else { return true }
        let isJoined = label.last?.isLetter == true
        return !isJoined && !(last.utf8.count == 2 && Country.find(String(last)) != nil)
    }

    private func isNumber(_ part: Substring, in country: Country?) -> Bool {
        let number = trimmed(part)
        let form = PhoneNumber.formAlone(number.utf8Span.span, in: country, takesAnyService: false)
        if case .valid = form { return true }
        return false
    }

    private func trimmed(_ part: Substring) -> String {
        String(String(part.reversed().drop { $0 == " " }).reversed().drop { $0 == " " })
    }
}
