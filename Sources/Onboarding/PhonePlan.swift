/// A country's phone numbers.
final class PhonePlan: Sendable {
    let callingCode: [UInt8]
    /// What is dialled before a calling code.
    let internationalPrefixes: [[UInt8]]
    /// What is dialled before a number within the country; the usual one first.
    let nationalPrefixes: [[UInt8]]
    /// Whether every number has the zero before it that is dialled within the country.
    let isZeroAlwaysDialled: Bool
    /// How many digits its numbers have without their area code.
    let localLengths: [Int]
    /// The signs that stand before a few digits, as in `*5770`.
    let signs: Substring
    /// The area code of all its numbers, which people leave out; none where there are several.
    let onlyAreaCode: [UInt8]
    let numbers: DigitAutomaton

    private init(_ row: [Substring]) {
        func numbers(_ text: Substring) -> [[UInt8]] {
            text.names.map { name in name.utf8.map { $0 - UInt8(ascii: "0") } }
        }
        callingCode = row[1].utf8.map { $0 - UInt8(ascii: "0") }
        internationalPrefixes = numbers(row[2])
        nationalPrefixes = numbers(row[3])
        isZeroAlwaysDialled = row[4] == "always"
        localLengths = row[5].names.compactMap { Int($0) }
        signs = row[6]
        onlyAreaCode = numbers(row[7]).first ?? []
        self.numbers = DigitAutomaton(row[8])
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

    /// Whether digits are a number of the country once the only area code stands before them.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: whether they are.
    func lacksAreaCode(_ digits: ArraySlice<UInt8>) -> Bool {
        !onlyAreaCode.isEmpty && localLengths.contains(digits.count) && numbers.mark(of: onlyAreaCode + digits) != .none
    }

    /// Whether digits are the country's calling code and a number of the country.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: whether they are.
    func takesWithCallingCode(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.starts(with: callingCode) else { return false }
        let number = digits.dropFirst(callingCode.count)
        return takes(number) || isWholeWithoutAreaCode(number)
    }

    /// Whether digits are a number to which the country's telephone companies add the only area code, as libphonenumber
    /// does, too; where the calling code is 1, the area code is all that tells the country.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: whether they are.
    func isWholeWithoutAreaCode(_ digits: ArraySlice<UInt8>) -> Bool { callingCode != [1] && lacksAreaCode(digits) }

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
    func mayBeOfService(_ digits: ArraySlice<UInt8>) -> Bool {
        guard callingCode != [1] else { return false }
        if digits.count <= 6 { return true }
        return ([[]] + nationalPrefixes).contains { digits.starts(with: $0) && mayBeFree(digits.dropFirst($0.count)) }
    }

    /// Whether digits begin as the numbers of services alone do, and none is missing: the metadata may lack some of them,
    /// as 800 990 000, or have only the beginning, as 195 of 1950 1000.
    private func mayBeFree(_ digits: ArraySlice<UInt8>) -> Bool {
        let services = numbers.marks(behind: digits.prefix(3))
        guard digits.count > 3, services.allSatisfy({ $0.isSubset(of: [.other]) }),
            let longest = services.lastIndex(where: { !$0.isEmpty })
        else { return false }
        let rest = digits.count - 3
        if rest <= longest { return !services[rest].isEmpty }
        let all = numbers.marks(behind: [])
        return digits.count < all.count && !all[digits.count].isEmpty
    }

    /// Whether a number is an area code and few enough digits for a service's number behind it: 02/15 600, 021-99000.
    ///
    /// - Parameter number: the number.
    /// - Returns: whether it is.
    func mayBeOfService(_ number: Number) -> Bool {
        let digits = number.digits
        guard number.digitsOfArea > 1, nationalPrefixes.first == [0], digits.first == 0, callingCode != [1] else {
            return false
        }
        guard digits.count > 7 else { return true }
        // In countries without area codes, such groups are another country's number.
        return !localLengths.isEmpty && number.digitsOfArea <= 5 && digits.count - number.digitsOfArea <= 5
            && numbers.begins(with: digits[1..<number.digitsOfArea])
    }

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

    /// Whether any number begins with some digits.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: whether one does.
    func begins(with digits: ArraySlice<UInt8>) -> Bool { state(behind: digits) != nil }

    /// What the numbers are that begin with some digits, by how many more digits they have.
    ///
    /// - Parameter digits: the digits, from 0 to 9.
    /// - Returns: their marks; none where there are no such numbers.
    func marks(behind digits: ArraySlice<UInt8>) -> [Set<Mark>] {
        guard let start = state(behind: digits) else { return [] }
        return levels(from: start).map { states in Set(states.map { marks[$0] }).subtracting([.none]) }
    }

    private func state(behind digits: ArraySlice<UInt8>) -> Int? {
        var state = 0
        for digit in digits {
            let target = next[state * 10 + Int(digit)]
            guard target != DigitAutomaton.dead else { return nil }
            state = Int(target)
        }
        return state
    }

    /// The states behind a state: after no digit, after one, and so on.
    private func levels(from start: Int) -> [Set<Int>] {
        var levels: [Set<Int>] = [[start]]
        while let last = levels.last, !last.isEmpty, levels.count <= 20 {
            levels.append(
                last.reduce(into: []) { states, state in
                    for target in next[(state * 10)..<(state * 10 + 10)] where target != DigitAutomaton.dead {
                        states.insert(Int(target))
                    }
                }
            )
        }
        return levels
    }
}
