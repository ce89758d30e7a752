/// What the service says of the addresses and companies of a country, in the shape that it is recorded in.
///
/// A member that the service left out, or sent as null, is nil.
package struct CountryValidationRules: Codable, Hashable, Sendable {
    /// ISO 3166-1 alpha-2.
    package var iso2Code: String?
    package var defaultCulture: String?
    package var isStateRequired: Bool?
    /// The states' codes; empty where any text goes.
    package var supportedStatesList: [String]?
    package var supportedLanguagesList: [String]?
    package var supportedCulturesList: [String]?
    package var isPostalCodeRequired: Bool?
    package var postalCodeRegex: String?
    package var isCityRequired: Bool?
    package var phoneNumberRegex: String?
    package var customerOrganizationRegistrationNumberRequired: Bool?
    package var customerOrganizationPhoneNumberRequired: Bool?
    package var countryCallingCodesList: [String]?
    package var attributes: ResourceAttributes?

    package init() {}
}

/// What the service says of one address.
package struct AddressValidation: Codable, Hashable, Sendable {
    package var originalAddress: Address?
    /// What the address may have been meant as, the likeliest first.
    package var suggestedAddresses: [Address]?
    /// `VerifiedShippable`, `Verified`, `InteractionRequired`, `StreetPartial`, `PremisesPartial`, `Multiple`, `None`
    /// or `NotValidated`; nil where the service answers as it did before 2021, with nothing for a good address.
    package var status: String?
    package var validationMessage: String?

    package init() {}
}
