/// What holds for the identifier of the partner who has the customer.
extension Rule {
    static let associatedPartnerIdNumber = Rule(
        "associatedPartnerId.number",
        .error,
        when: .partner,
        "A partner's identifier is not a number as a spreadsheet shows it: 4847383.0.",
        isRepairable: true,
        explainsCells: true
    ) {
        let text = $0[.associatedPartnerId]
        guard let digits = SpreadsheetNumber.digits(in: text.utf8Span.span, takesGroups: true),
            !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIDigit)
        else { return }
        $1.note(
            .associatedPartnerId,
            "is a number as a spreadsheet shows it, or has the apostrophe that makes a number text; format the column as "
                + "text",
            suggestion: digits
        )
    }

    static let associatedPartnerIdSyntax = Rule(
        "associatedPartnerId.syntax",
        .error,
        when: .partner,
        "A partner is named by the digits of its Partner ID (MPN), or by its tenant's GUID."
    ) {
        let text = $0[.associatedPartnerId]
        guard !text.isEmpty, !text.utf8.allSatisfy(\.isASCIIDigit), !text.isGUID else { return }
        let bare = text.filter { $0 != "{" && $0 != "}" }
        // More digits are another number, such as that of a telephone.
        let digits = String(decoding: text.utf8.filter(\.isASCIIDigit), as: UTF8.self)
        $1.note(
            .associatedPartnerId,
            "is no partner's identifier; type the digits of its Partner ID (MPN), or its tenant's GUID",
            suggestion: bare.isGUID ? bare : 4...8 ~= digits.utf8.count ? digits : nil,
            isGuess: !bare.isGUID
        )
    }
}

extension String {
    /// Whether it is a GUID as the service writes them, with hyphens and without braces.
    var isGUID: Bool {
        guard utf8.count == 36 else { return false }
        return utf8.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index)
                ? byte == UInt8(ascii: "-") : byte.isASCIIDigit || (byte | 0x20) &- UInt8(ascii: "a") < 6
        }
    }
}
