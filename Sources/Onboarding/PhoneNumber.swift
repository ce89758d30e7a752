internal import Manifests

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
    /// It stands behind a word; the number alone, and whether a number it is for sure.
    case labelled(String, isCertain: Bool)
    /// It has letters that were read for digits; with these.
    case misread(String)
    /// There are several; the first of them.
    case several(first: String)
    /// It has as many digits as the country's numbers without their area code; which that is, where there is but one.
    case local(areaCode: String?)
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
    static func form(of text: Span<UInt8>, in country: Country?) -> PhoneForm {
        guard !text.isEmpty else { return .absent }
        // Points between groups are how some people write phone numbers.
        if let bare = SpreadsheetNumber.digits(in: text, takesGroups: false), bare.utf8.count > 6 {
            if case .withoutZero(let whole) = formAlone(bare.utf8Span.span, in: country) { return .number(whole) }
            return .number(bare)
        }
        let form = formAlone(text, in: country)
        return switch form {
        case .strange, .local, .unknown: PhoneText(text.validText).form(in: country) ?? form
        default: form
        }
    }

    /// What a text is as one number, perhaps with an extension or the end of a range of numbers.
    ///
    /// - Parameters:
    ///   - text: the text, with plain signs.
    ///   - country: the country of the row, where it is known.
    ///   - takesLateLetters: whether letters behind more digits than usual are digits too.
    ///   - takesAnyService: whether a few digits may be a service's number.
    /// - Returns: what it is.
    static func formAlone(
        _ text: Span<UInt8>,
        in country: Country?,
        takesLateLetters: Bool = false,
        takesAnyService: Bool = true
    ) -> PhoneForm {
        guard let number = Number(text, takesLateLetters: takesLateLetters), 3...20 ~= number.digits.count else {
            return .strange
        }
        if number.hasText, let form = PhoneText(text.validText).formWithText(in: country) { return form }
        let form = form(of: number, text, in: country, takesAnyService: takesAnyService)
        switch form {
        case .local, .unknown: break
        default: return form
        }
        // In Italy the zero in +39 (0)41 is dialled from abroad, too.
        if let place = number.digitsBeforeZero {
            var whole = number
            whole.digits.insert(0, at: place)
            if case .valid = self.form(of: whole, text, in: country, takesAnyService: false) { return .valid }
        }
        // 02-215-0871-3 is 02-215-0871 to 02-215-0873, +357 22605758-5616 has an extension; and words may have more letters than a number has digits.
        var shorter = number
        for count in number.hasLetters ? [1, 1, 1] : number.digitsOfRange > 0 ? [number.digitsOfRange] : [] {
            shorter.digits.removeLast(count)
            if case .valid = self.form(of: shorter, text, in: country, takesAnyService: false) {
                return .valid
            }
        }
        return form
    }

    private static func form(
        of number: Number,
        _ text: Span<UInt8>,
        in country: Country?,
        takesAnyService: Bool
    ) -> PhoneForm {
        let digits = number.digits[...]
        if digits.count == 3 {
            // 012 is a region's in Spain.
            return country?.phonePlan?.numbers.mark(of: digits) == .other ? .valid : .strange
        }
        // Most numbers with a calling code have that of the row's country.
        if number.isInternational {
            return country?.phonePlan?.takesWithCallingCode(digits) == true || isInternational(digits)
                ? .valid : .unknown
        }
        guard let country, let plan = country.phonePlan else { return .valid }
        if plan.takesWithCallingCode(digits) { return .valid }
        let mark = plan.numbers.mark(of: digits)
        let mayLackZero = number.isBare && country.writesZeroOfNumbers
        if mayLackZero, plan.needsZero(before: digits, mark: mark) { return .withoutZero("0" + text.validText) }
        if mark != .none || plan.takes(digits) { return .valid }
        if takesAnyService, plan.mayBeOfService(digits) || plan.mayBeOfService(number) { return .valid }
        let isAbroad = plan.internationalPrefixes.contains {
            digits.starts(with: $0) && isInternational(digits.dropFirst($0.count))
        }
        if isAbroad || plan.isWholeWithoutAreaCode(digits) { return .valid }
        if PhonePlan.sharing(plan.callingCode[...]).contains(where: { $0.takes(digits) }) {
            return .valid
        }
        // Where the zero is a part of the number itself, as in Italy.
        if mayLackZero, plan.numbers.mark(of: [0] + digits) == .geographic { return .withoutZero("0" + text.validText) }
        guard plan.localLengths.contains(digits.count) else { return .unknown }
        let areaCode = String(decoding: plan.onlyAreaCode.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        return .local(areaCode: plan.lacksAreaCode(digits) ? areaCode : nil)
    }

    /// Whether digits are a calling code and a number behind it.
    private static func isInternational(_ digits: ArraySlice<UInt8>) -> Bool {
        (1...3).contains { length in
            let rest = digits.dropFirst(length)
            return PhonePlan.sharing(digits.prefix(length)).contains { $0.takes(rest) }
        }
    }
}
