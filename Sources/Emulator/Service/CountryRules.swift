/// What the service asks of an address and a company in one country.
///
/// It is kept apart from the tables that check a manifest on purpose: the service is an independent check of them, and
/// shared tables would agree in every mistake.
struct CountryRules {
    /// The states that it knows; nil where any text will do.
    var states: Set<String>?
    /// The forms of its postal codes; nil where they are not checked.
    var postalForms: [PostalForm]?
    /// Whether a registration number and a phone number must be given.
    var asksForRegistration: Bool

    /// The rules of a country.
    ///
    /// - Parameter code: ISO 3166-1 alpha-2 in upper case.
    /// - Returns: the rules; nil where the code is none. `UK` is a code that people write and no country has.
    static func of(_ code: String) -> CountryRules? {
        guard code.utf8.count == 2, code.utf8.allSatisfy(isLetter), code != "UK" else { return nil }
        return CountryRules(
            states: states[code],
            postalForms: postalForms[code],
            asksForRegistration: registrationCountries.contains(code)
        )
    }

    private static let registrationCountries = words(
        "AM AZ BY HU KZ KG MD RU TJ UZ UA BR IN ZA PL AE SA TR TH VN MM IQ SS VE"
    )

    private static let states = [
        "US": words(
            """
            AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND \
            OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY
            """
        ),
        "CA": words("AB BC MB NB NL NS NT NU ON PE QC SK YT"),
        "CN": words("AH BJ CQ FJ GD GS GX GZ HA HB HE HI HL HN JL JS JX LN NM NX QH SC SD SH SN SX TJ XJ XZ YN ZJ"),
    ]

    private static let postalForms: [String: [PostalForm]] = [
        "US": [PostalForm("#####"), PostalForm("#####-####")],
        "DE": [PostalForm("#####")],
        "CN": [PostalForm("######")],
        "GB": [
            PostalForm("@# #@@"), PostalForm("@## #@@"), PostalForm("@@# #@@"), PostalForm("@@## #@@"),
            PostalForm("@#@ #@@"), PostalForm("@@#@ #@@"), PostalForm("GIR 0AA"),
        ],
    ]

    private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        let small = byte | 0x20
        return isDigit(byte) || small >= UInt8(ascii: "a") && small <= UInt8(ascii: "f")
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        let small = byte | 0x20
        return small >= UInt8(ascii: "a") && small <= UInt8(ascii: "z")
    }
}

/// A postal code's form: `#` is a digit, `@` a letter, a space may be left out.
struct PostalForm {
    private let pattern: [UInt8]

    init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
    }

    func matches(_ text: String) -> Bool {
        var rest = Array(text.uppercased().utf8)[...]
        for mark in pattern {
            if mark == UInt8(ascii: " "), rest.first != mark { continue }
            guard let byte = rest.popFirst() else { return false }
            let fits =
                switch mark {
                case UInt8(ascii: "#"): CountryRules.isDigit(byte)
                case UInt8(ascii: "@"): CountryRules.isLetter(byte)
                default: byte == mark
                }
            guard fits else { return false }
        }
        return rest.isEmpty
    }
}
