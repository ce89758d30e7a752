/// What a row's phone number came to.
enum PhoneForm: Sendable {
    case absent
    /// It has something else than digits and the usual signs, or too few or too many digits.
    case strange
    /// It is a number of its country, or of the country whose code it begins with.
    case valid
    /// It lacks the zero that is dialled before it; the text with it.
    case withoutZero(String)
    /// It is a number as a spreadsheet shows it, or has the apostrophe that makes a number text; without these.
    case number(String)
    /// No country has such a number.
    case unknown
}

/// Phone numbers, by the metadata of libphonenumber.
///
/// The library itself takes 4.5 MB, a third of a millisecond a number and a table that ages with the system; its
/// metadata, as automata over digits, take 0.1 MB and less than a microsecond.
enum PhoneNumber {
    /// Says what a text is as a phone number.
    ///
    /// - Parameters:
    ///   - text: the text, with plain signs.
    ///   - country: the country of the row, where it is known.
    /// - Returns: what it is.
    static func form(of text: String, in country: Country?) -> PhoneForm {
        guard !text.isEmpty else { return .absent }
        // Points between groups are how some people write phone numbers.
        if let bare = SpreadsheetNumber.digits(in: text, takesGroups: false), bare.utf8.count > 6 {
            return .number(bare)
        }
        guard let number = Number(text), 4...20 ~= number.digits.count else { return .strange }
        let form = form(of: number, text, in: country)
        guard case .unknown = form, number.digitsOfRange > 0 else { return form }
        // 02-215-0871-3 is 02-215-0871 to 02-215-0873.
        return self.form(of: number.withoutRange, text, in: country)
    }

    private static func form(of number: Number, _ text: String, in country: Country?) -> PhoneForm {
        let digits = number.digits[...]
        // Most numbers with a calling code have that of the row's country.
        if number.isInternational {
            return country?.phonePlan?.takesWithCallingCode(digits) == true || isInternational(digits)
                ? .valid : .unknown
        }
        guard let country, let plan = country.phonePlan else { return .valid }
        if plan.takesWithCallingCode(digits) { return .valid }
        let mark = plan.numbers.mark(of: digits)
        if number.isBare, plan.needsZero(before: digits, mark: mark) { return .withoutZero("0" + text) }
        if mark != .none || plan.takes(digits) || plan.mayBeOfService(digits) { return .valid }
        let abroad = plan.internationalPrefixes.first { digits.starts(with: $0) }
        if let abroad, isInternational(digits.dropFirst(abroad.count)) { return .valid }
        if PhonePlan.sharing(plan.callingCode[...]).contains(where: { $0.takes(digits) }) {
            return .valid
        }
        // Where the zero is a part of the number itself, as in Italy.
        if number.isBare, plan.numbers.mark(of: [0] + digits) == .geographic { return .withoutZero("0" + text) }
        return .unknown
    }

    /// Whether digits are a calling code and a number behind it.
    private static func isInternational(_ digits: ArraySlice<UInt8>) -> Bool {
        (1...3).contains { length in
            let rest = digits.dropFirst(length)
            return PhonePlan.sharing(digits.prefix(length)).contains { $0.takes(rest) }
        }
    }
}

/// A phone number's digits, without an extension.
private struct Number {
    var digits: [UInt8] = []
    /// Whether it begins with a plus sign.
    var isInternational = false
    /// Whether it is nothing but digits.
    var isBare = true
    /// How many digits at its end, behind a hyphen, may be where a range of numbers ends.
    var digitsOfRange = 0

    /// The first number of the range.
    var withoutRange: Number {
        var number = self
        number.digits.removeLast(digitsOfRange)
        number.digitsOfRange = 0
        return number
    }

    /// Reads the digits; nil where something else is among them.
    init?(_ text: String) {
        digits.reserveCapacity(20)
        var bytes = text.utf8.makeIterator()
        var digitsBeforeParenthesis: Int?
        var hasLetters = false
        var digitsBeforeHyphen: Int?
        while let byte = bytes.next() {
            if byte.isASCIIDigit {
                digits.append(byte - UInt8(ascii: "0"))
                continue
            }
            isBare = false
            if byte != UInt8(ascii: "-") { digitsBeforeHyphen = nil }
            switch byte {
            case UInt8(ascii: "+"):
                // In Colombia, (57+601) is the country's code and the area's.
                guard digits.count <= 3, digits.isEmpty || digitsBeforeParenthesis == 0, !isInternational else {
                    return nil
                }
                isInternational = true
            // 13 MELB (13 6352): the number again without letters.
            case UInt8(ascii: "(") where hasLetters: return
            case UInt8(ascii: "("): digitsBeforeParenthesis = digits.count
            case UInt8(ascii: ")"):
                // +44 (0) 20: the zero is for callers within the country.
                if isInternational, let count = digitsBeforeParenthesis, count > 0, digits[count...] == [0] {
                    digits.removeLast()
                }
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where hasLetters || 2...4 ~= digits.count:
                // 1-800-FLOWERS: what the letters have beside them on a telephone's keys.
                hasLetters = true
                digits.append(Self.keys[Int(byte - UInt8(ascii: "A"))])
            case UInt8(ascii: "-"): digitsBeforeHyphen = digits.count
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "/"): continue
            case _ where digits.count >= 5 && (byte.isASCIILetter || byte == UInt8(ascii: "#") || byte >= 0x80): return
            default: return nil
            }
        }
        let rest = digitsBeforeHyphen.map { digits.count - $0 } ?? 0
        if rest < 3 { digitsOfRange = rest }
    }

    private static let keys: [UInt8] = "22233344455566677778889999".utf8.map { $0 - UInt8(ascii: "0") }
}

/// A country's phone numbers.
final class PhonePlan: Sendable {
    let callingCode: [UInt8]
    /// What is dialled before a calling code.
    let internationalPrefixes: [[UInt8]]
    /// What is dialled before a number within the country; the usual one first.
    let nationalPrefixes: [[UInt8]]
    /// Whether every number has the zero before it that is dialled within the country.
    let isZeroAlwaysDialled: Bool
    let numbers: DigitAutomaton

    private init(_ row: [Substring]) {
        func numbers(_ text: Substring) -> [[UInt8]] {
            text.names.map { name in name.utf8.map { $0 - UInt8(ascii: "0") } }
        }
        callingCode = row[1].utf8.map { $0 - UInt8(ascii: "0") }
        internationalPrefixes = numbers(row[2])
        nationalPrefixes = numbers(row[3])
        isZeroAlwaysDialled = row[4] == "always"
        self.numbers = DigitAutomaton(row[5])
    }

    /// Whether digits are a number of the country, with or without what is dialled before it.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: whether they are.
    func takes(_ digits: ArraySlice<UInt8>) -> Bool {
        numbers.mark(of: digits) != .none
            || nationalPrefixes.contains {
                digits.starts(with: $0) && numbers.mark(of: digits.dropFirst($0.count)) != .none
            }
    }

    /// Whether digits are the country's calling code and a number of the country.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: whether they are.
    func takesWithCallingCode(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.starts(with: callingCode) && takes(digits.dropFirst(callingCode.count))
    }

    /// Whether a bare number lacks the zero that is dialled before it.
    ///
    /// - Parameters:
    ///   - digits: the digits, from 0 to 9.
    ///   - mark: what the country's numbers say of them.
    /// - Returns: whether it does.
    func needsZero(before digits: ArraySlice<UInt8>, mark: DigitAutomaton.Mark) -> Bool {
        guard nationalPrefixes.first == [0], digits.first != 0 else { return false }
        // The islands that share a code with a country have numbers that look like its own.
        return mark == .geographic || mark == .other && isZeroAlwaysDialled
            || mark == .none
                && PhonePlan.sharing(callingCode[...]).contains { $0.numbers.mark(of: digits) == .geographic }
    }

    /// Whether digits are few enough for a service's number, which the metadata do not have: 3975, or 02-120.
    ///
    /// Where the calling code is 1, no company has one.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: whether they are.
    func mayBeOfService(_ digits: ArraySlice<UInt8>) -> Bool { digits.count <= 6 && callingCode != [1] }

    /// All plans, by their country's code.
    static let all: [Substring: PhonePlan] = Dictionary(
        uniqueKeysWithValues: Resource.phoneNumbers.map { ($0[0], PhonePlan($0)) }
    )

    /// The plans of the countries that share a calling code.
    ///
    /// - Parameter callingCode: its digits, from 0 to 9, at most three.
    /// - Returns: the plans; none where no country has the code.
    static func sharing(_ callingCode: ArraySlice<UInt8>) -> [PhonePlan] {
        byCallingCode[callingCode.reduce(0) { $0 * 10 + Int($1) }]
    }

    private static let byCallingCode: [[PhonePlan]] = {
        var table = [[PhonePlan]](repeating: [], count: 1000)
        for (_, plan) in all.sorted(by: { $0.key < $1.key }) {
            table[plan.callingCode.reduce(0) { $0 * 10 + Int($1) }].append(plan)
        }
        return table
    }()
}

/// Tells which runs of digits are numbers, one step a digit.
struct DigitAutomaton: Sendable {
    /// What a run of digits is.
    enum Mark: UInt8, Sendable {
        case none
        /// A number of a service, such as a free one.
        case other
        /// A fixed line's or a mobile's.
        case geographic
    }

    private static let dead = UInt16.max
    /// Ten states behind each state.
    private var next: [UInt16] = []
    private var marks: [Mark] = []

    /// Reads an automaton: states parted by spaces, each its mark and what is behind 0 to 9, as runs `state*count`.
    ///
    /// - Parameter text: the automaton as `scripts/update-country-data` writes it.
    init(_ text: Substring) {
        for state in text.utf8.split(separator: UInt8(ascii: " ")) {
            let mark: Mark =
                switch state.first {
                case UInt8(ascii: "+"): .geographic
                case UInt8(ascii: "!"): .other
                default: .none
                }
            marks.append(mark)
            let runs = mark == .none ? state : state.dropFirst()
            for run in runs.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                let parts = run.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
                let target = parts.first.flatMap { UInt16(Substring($0)) } ?? DigitAutomaton.dead
                let count = parts.count > 1 ? Int(Substring(parts[1])) ?? 1 : 1
                next.append(contentsOf: repeatElement(target, count: count))
            }
        }
    }

    /// What a run of digits is.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: its mark.
    func mark(of digits: ArraySlice<UInt8>) -> Mark {
        var state = 0
        for digit in digits {
            let target = next[state * 10 + Int(digit)]
            guard target != DigitAutomaton.dead else { return .none }
            state = Int(target)
        }
        return marks[state]
    }
}
