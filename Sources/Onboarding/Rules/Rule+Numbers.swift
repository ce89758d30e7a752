/// What holds for registration numbers, phone numbers and identifiers.
extension Rule {
    static let registrationNumberRequired = Rule(
        "registrationNumber.required",
        .error,
        "A registration number is given where the service requires one (600049)."
    ) {
        guard let country = $0.country, country.registrationNumber == .required,
            $0[.organizationRegistrationNumber].isEmpty
        else { return }
        $1.note(
            .organizationRegistrationNumber,
            "is empty, and the service requires it of companies in \(country.name)"
        )
    }

    static let registrationNumberRefused = Rule(
        "registrationNumber.refused",
        .error,
        "No registration number is given where the service refuses one (600002)."
    ) {
        guard let country = $0.country, country.registrationNumber == .none,
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
        "A phone number is given where the service requires one (600051)."
    ) {
        guard let country = $0.country, country.phoneNumber == .required, $0[.phoneNumber].isEmpty else { return }
        $1.note(.phoneNumber, "is empty, and the service requires it of companies in \(country.name)")
    }

    static let phoneNumberExpected = Rule(
        "phoneNumber.expected",
        .warning,
        "A phone number is given where the service may require one."
    ) {
        guard let country = $0.country, country.phoneNumber == .expected, $0[.phoneNumber].isEmpty else { return }
        $1.note(.phoneNumber, "is empty, and the service may require it of companies in \(country.name)")
    }

    static let phoneNumberSyntax = Rule(
        "phoneNumber.syntax",
        .warning,
        "A phone number is 4 to 20 digits with the usual signs, and perhaps an extension."
    ) {
        let text = $0[.phoneNumber]
        guard !text.isEmpty else { return }
        var digits = 0
        var isStrange = false
        for byte in mainNumber(text) {
            if byte.isASCIIDigit { digits += 1 } else if !"+-() ./".utf8.contains(byte) { isStrange = true }
        }
        guard isStrange || !(4...20 ~= digits) else { return }
        $1.note(.phoneNumber, "does not look like a phone number; type it with its country code: +49 30 901820")
    }

    static let customerIdSyntax = Rule(
        "customerId.syntax",
        .warning,
        "A customer that exists is named by its GUID."
    ) {
        let text = $0[.customerId]
        let dashes = [8, 13, 18, 23]
        let isGUID =
            text.utf8.count == 36
            && text.utf8.enumerated().allSatisfy { index, byte in
                dashes.contains(index) ? byte == UInt8(ascii: "-") : isHexDigit(byte)
            }
        guard !isGUID else { return }
        $1.note(
            .customerId,
            "is no customer's identifier; while it is filled this row is not sent, so empty it to create"
        )
    }

    /// The number without an extension such as `ext. 12` or `x12`.
    private static func mainNumber(_ text: String) -> some Sequence<UInt8> {
        text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "x") && $0 | 0x20 != UInt8(ascii: "e") }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }
}
