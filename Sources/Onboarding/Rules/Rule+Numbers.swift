/// What holds for registration numbers, phone numbers and identifiers.
extension Rule {
    static let registrationNumberRequired = Rule(
        "registrationNumber.required",
        .error,
        when: .wrongCells,
        "A registration number is given where the service requires one (600049).",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.registrationNumber == .required,
            !$0[.organizationRegistrationNumber].contains(where: \.isNumber)
        else { return }
        let fault = $0[.organizationRegistrationNumber].isEmpty ? "is empty" : "has no digit"
        $1.note(
            .organizationRegistrationNumber,
            "\(fault), and the service requires a number of companies in \(country.name)"
        )
    }

    static let registrationNumberRefused = Rule(
        "registrationNumber.refused",
        .error,
        when: .wrongCells,
        "No registration number is given where the service refuses one (600002).",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.registrationNumber == .none,
            !$0[.organizationRegistrationNumber].isEmpty
        else { return }
        $1.note(
            .organizationRegistrationNumber,
            "must be empty: the service takes no registration number of companies in \(country.name)"
        )
    }

    static let phoneNumberRequired = Rule(
        "phoneNumber.required",
        .error,
        when: .wrongCells,
        "A phone number is given where the service requires one (600051).",
        judgesByCountry: true
    ) {
        guard let country = $0.meantCountry, country.phoneNumber == .required, $0[.phoneNumber].isEmpty else { return }
        $1.note(.phoneNumber, "is empty, and the service requires it of companies in \(country.name)")
    }

    static let phoneNumberSyntax = Rule(
        "phoneNumber.syntax",
        .warning,
        when: .phoneNumber,
        "A phone number is one number of 4 to 20 digits with the usual signs, and perhaps an extension.",
        isRepairable: true,
        judgesByCountry: true
    ) {
        switch $0.phoneNumber {
        case .labelled(let number, let isCertain):
            return $1.note(
                .phoneNumber,
                "has a word before the number; type the number alone",
                suggestion: number,
                isGuess: !isCertain
            )
        case .misread(let digits):
            return $1.note(.phoneNumber, "has a letter that was typed or read for a digit", suggestion: digits)
        case .several(let first):
            return $1.note(.phoneNumber, "is several numbers; type one of them", suggestion: first, isGuess: true)
        case .strange: break
        default: return
        }
        let code = $0.meantCountry?.phonePlan.map { String(decoding: $0.callingCode.map { $0 + 0x30 }, as: UTF8.self) }
        let place = $0.meantCountry.map { " of \($0.name)" } ?? ""
        $1.note(
            .phoneNumber,
            "does not look like a phone number; "
                + (code.map { "type one\(place), which begins with +\($0)" } ?? "type it with + and its country's code")
        )
    }

    static let phoneNumberNumber = Rule(
        "phoneNumber.number",
        .warning,
        when: .phoneNumber,
        "A phone number is not a number as a spreadsheet shows it: 6174951000.0.",
        isRepairable: true
    ) {
        guard case .number(let suggestion) = $0.phoneNumber else { return }
        $1.note(
            .phoneNumber,
            "is a number as a spreadsheet shows it, or has the apostrophe that makes a number text; format the column as "
                + "text",
            suggestion: suggestion
        )
    }

    static let phoneNumberCountry = Rule(
        "phoneNumber.country",
        .warning,
        when: .phoneNumber,
        "A phone number is one that its country has, or the country that it names (libphonenumber).",
        judgesByCountry: true
    ) {
        let country = $0.meantCountry?.name ?? "its country"
        switch $0.phoneNumber {
        case .local(let areaCode?):
            return $1.note(
                .phoneNumber,
                "lacks the area code \(areaCode) of \(country); type it with the area code",
                suggestion: "\(areaCode) \($0[.phoneNumber])"
            )
        case .local(nil):
            return $1.note(
                .phoneNumber,
                "is no number of \(country), but as long as one without its area code; type it with the area code"
            )
        case .unknown: break
        default: return
        }
        $1.note(
            .phoneNumber,
            $0[.phoneNumber].contains("+")
                ? "is no number of the country whose code it begins with; a digit is wrong, missing or too many"
                : "is no number of \(country); a digit is wrong, missing or too many, or its country code with a + is"
        )
    }

    static let phoneNumberLeadingZero = Rule(
        "phoneNumber.leadingZero",
        .warning,
        when: .phoneNumber,
        "A phone number has its leading zero, which a spreadsheet takes off a number.",
        isRepairable: true,
        judgesByCountry: true
    ) {
        guard case .withoutZero(let suggestion) = $0.phoneNumber else { return }
        $1.note(
            .phoneNumber,
            "lost its leading zero, it seems, with which it is dialled; format the column as text",
            suggestion: suggestion
        )
    }

    static let phoneNumberFormat = Rule(
        "phoneNumber.format",
        .warning,
        when: .oddCharacter,
        "A phone number has plain hyphens and spaces.",
        isRepairable: true
    ) {
        guard $0.intricate.contains(.phoneNumber), let plain = LookalikeText.plain($0[.phoneNumber]) else { return }
        $1.note(
            .phoneNumber,
            "has a dash, quotation mark or space that a word processor makes; type plain ones",
            suggestion: plain
        )
    }

    static let customerIdSyntax = Rule(
        "customerId.syntax",
        .error,
        when: .always,
        "A customer that exists is named by its GUID."
    ) {
        guard !$0[.customerId].isGUID else { return }
        $1.note(
            .customerId,
            "is no customer's identifier (a GUID); empty the cell to create the customer, and put numbers of your own into "
                + "a column externalId"
        )
    }
}
