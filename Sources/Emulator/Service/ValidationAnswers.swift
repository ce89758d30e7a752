internal import PartnerCenter

/// What the service answers before a create: its rules of a country, and what it thinks of an address.
enum ValidationAnswers {
    /// The rules of a country, in the shape that is recorded of the live service.
    ///
    /// - Parameter country: ISO 3166-1 alpha-2, in any case.
    /// - Returns: the rules as JSON.
    /// - Throws: `Refusal` where there is no such country.
    static func rules(of country: String) throws(Refusal) -> [UInt8] {
        let code = country.uppercased()
        guard let rules = CountryRules.of(code) else { throw .noRules(country) }
        let recorded = recorded[code]
        var answer = CountryValidationRules()
        answer.iso2Code = code
        answer.defaultCulture = recorded?.culture ?? "en-US"
        answer.isStateRequired = rules.states != nil
        answer.supportedStatesList = rules.states?.sorted() ?? []
        answer.supportedLanguagesList = recorded?.languages ?? []
        answer.supportedCulturesList = recorded?.cultures ?? []
        answer.isPostalCodeRequired = rules.postalForms != nil
        answer.postalCodeRegex = recorded?.postalCode
        answer.isCityRequired = true
        answer.phoneNumberRegex = recorded?.phoneNumber
        answer.customerOrganizationRegistrationNumberRequired = rules.asksForRegistration
        answer.customerOrganizationPhoneNumberRequired = rules.asksForRegistration
        answer.countryCallingCodesList = recorded.map { [$0.callingCode] } ?? []
        answer.attributes = ResourceAttributes(objectType: "CountryValidationRules")
        return try json(answer)
    }

    /// What the service finds of an address.
    ///
    /// - Parameter request: the request, with an address for its body.
    /// - Returns: the answer as JSON: `Verified` where the address keeps its country's rules.
    /// - Throws: `Refusal` where the body is no address of a country.
    static func address(_ request: ServerRequest) throws(Refusal) -> [UInt8] {
        let address = try RequestBody.read(Address.self, of: request)
        guard let rules = CountryRules.of(address.country?.uppercased() ?? "") else {
            throw .invalid("country", "CountryInvalid - Details")
        }
        let reason = doubt(address, rules)
        var answer = AddressValidation()
        answer.originalAddress = address
        answer.suggestedAddresses = []
        answer.status = reason == nil ? "Verified" : "InteractionRequired"
        answer.validationMessage = reason
        return try json(answer)
    }

    private static func doubt(_ address: Address, _ rules: CountryRules) -> String? {
        if let states = rules.states, !states.contains(address.state?.uppercased() ?? "") {
            return "The state is not one of the country."
        }
        if let forms = rules.postalForms, !forms.contains(where: { $0.matches(address.postalCode ?? "") }) {
            return "The postal code does not have the country's form."
        }
        let parts = [address.addressLine1, address.city]
        return parts.allSatisfy { $0?.isEmpty == false } ? nil : "The street or the city is missing."
    }

    private static func json(_ value: some Encodable) throws(Refusal) -> [UInt8] {
        do {
            return try JSONWire.encode(value)
        } catch {
            throw .failed
        }
    }

    /// What is recorded of a country, beyond what every create is checked by.
    private struct Recorded {
        let culture: String
        let languages: [String]
        let cultures: [String]
        let postalCode: String
        var phoneNumber: String?
        let callingCode: String
    }

    private static let recorded = [
        "US": Recorded(
            culture: "en-US",
            languages: ["en", "es"],
            cultures: ["en-US", "es-US"],
            postalCode: #"^\d{5}(-\d{4})?$"#,
            phoneNumber: #"^(1[ \-\/\.]?)?(\((\d{3})\)|(\d{3}))[ \-\/\.]?(\d{3})[ \-\/\.]?(\d{4})$"#,
            callingCode: "1"
        ),
        "GB": Recorded(
            culture: "en-GB",
            languages: ["en"],
            cultures: ["en-GB", "en-US"],
            postalCode: "^([gG][iI][rR][ ]?0[aA]{2,2}|[a-zA-Z]([0-9][0-9a-zA-Z]?|[a-zA-Z][0-9][0-9a-zA-Z]?)"
                + "[ ]?[0-9][a-zA-Z]{2,2})$",
            callingCode: "44"
        ),
        "DE": Recorded(
            culture: "de-DE",
            languages: ["en", "de"],
            cultures: ["de-DE", "en-US"],
            postalCode: "^[0-9]{5,5}$",
            callingCode: "49"
        ),
        "CN": Recorded(
            culture: "zh-CN",
            languages: ["zh-CHS", "en"],
            cultures: ["zh-CN", "en-US"],
            postalCode: "^[0-9]{6,6}$",
            callingCode: "86"
        ),
    ]
}

extension Refusal {
    /// The answer for a code that is no country's, such as UK.
    fileprivate static func noRules(_ country: String) -> Refusal {
        Refusal(
            code: 3000,
            description: "There are no validation rules for \(country).",
            data: ["country"],
            status: 404
        )
    }
}
