/// What a cell's number format makes of its number, as far as that is what a person typed.
///
/// A date is a date, a percentage keeps its sign, and a format that only arranges whole digits and literal text
/// (`00000` for a postal code, `"+"0` or `(###) ###-####` for a phone number) shows them so. Every other format, of
/// decimals or thousands, only dresses up a number: it is read with all its decimals and without the dress.
enum NumberFormat: Hashable {
    case general
    case percent
    /// A date, a time of day, or both.
    case date(hasDate: Bool, hasTime: Bool)
    /// A length of time.
    case elapsed
    case digits([DigitPattern])

    /// The format of a built-in number; dates among them look different in every country.
    init(builtIn number: Int) {
        switch number {
        case 9, 10: self = .percent
        case 14...17, 27...31, 36, 50...54, 57, 58, 71...74: self = .date(hasDate: true, hasTime: false)
        case 22, 77: self = .date(hasDate: true, hasTime: true)
        case 18...21, 32...35, 45, 47, 55, 56, 75, 76, 78, 80: self = .date(hasDate: false, hasTime: true)
        case 46, 79: self = .elapsed
        default: self = .general
        }
    }

    /// The format of a code such as `dd/mm/yyyy;@` or `[$-409]h:mm AM/PM`, or of a name that Excel 2003 gives it.
    init(code: String) {
        if let named = Self.named[code] {
            self = named
            return
        }
        let sections = FormatSection.all(in: code)
        let first = sections.first ?? FormatSection()
        if first.isElapsed {
            self = .elapsed
        } else if first.hasDate || first.hasTime {
            self = .date(hasDate: first.hasDate, hasTime: first.hasTime)
        } else if first.isPercent {
            self = .percent
        } else {
            let patterns = sections.prefix(2).compactMap { DigitPattern($0) }
            self = patterns.first.map { _ in .digits(patterns) } ?? .general
            // Without a condition, the second section is for negative numbers and the third for zero.
            if var only = patterns.first, !only.isConditional {
                only.excludesZero = sections.count > 2
                self = .digits([only])
            }
            if DigitPattern(first) == nil { self = .general }
        }
    }

    private static let named: [String: NumberFormat] = [
        "General Date": .date(hasDate: true, hasTime: true), "Long Date": .date(hasDate: true, hasTime: false),
        "Medium Date": .date(hasDate: true, hasTime: false), "Short Date": .date(hasDate: true, hasTime: false),
        "Long Time": .date(hasDate: false, hasTime: true), "Medium Time": .date(hasDate: false, hasTime: true),
        "Short Time": .date(hasDate: false, hasTime: true), "Percent": .percent, "Standard": .general,
        "Fixed": .general, "Currency": .general, "Euro Currency": .general, "Scientific": .general,
        "Yes/No": .general, "True/False": .general, "On/Off": .general, "General": .general, "General Number": .general,
    ]

    /// The text of a number under the format.
    ///
    /// - Returns: the text; nil for what is no number, or no date that a spreadsheet can show.
    func text(of number: [UInt8], dates: DateSystem) -> String? {
        switch self {
        case .general:
            if number.isPlainInteger { return String(decoding: number, as: UTF8.self) }
            return DecimalNumber(number)?.text
        case .percent: return DecimalNumber(number).map { $0.percentage.text + "%" }
        case .digits(let patterns):
            guard let value = DecimalNumber(number) else { return nil }
            let arranged = patterns.first { $0.applies(to: value) }.flatMap { $0.text(of: value) }
            return arranged ?? value.text
        case .elapsed: return Double(number).flatMap { SerialDate($0)?.elapsed }
        case .date(let hasDate, let hasTime):
            return Double(number).flatMap { SerialDate($0)?.text(dates, hasDate: hasDate, hasTime: hasTime) }
        }
    }
}

extension [UInt8] {
    /// Whether these are the digits of a whole number that is shown as it is stored.
    fileprivate var isPlainInteger: Bool {
        guard let first, count <= DecimalNumber.precision, first != UInt8(ascii: "0") || count == 1 else {
            return false
        }
        return allSatisfy(\.isDigit)
    }
}

extension Double {
    fileprivate init?(_ bytes: [UInt8]) {
        // Only decimal numbers: no infinity, no hexadecimal digits.
        guard DecimalNumber(bytes) != nil else { return nil }
        self.init(String(decoding: bytes, as: UTF8.self))
    }
}
