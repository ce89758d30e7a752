/// A customer's consent to an agreement (`…V1.Agreement`).
package struct Agreement: Codable, Hashable, Sendable {
    /// Who at the partner recorded it; the service sets it.
    package var userId: String?
    package var primaryContact: Contact?
    package var templateId: String?
    /// When the customer agreed, RFC 3339.
    package var dateAgreed: String?
    /// `MicrosoftCustomerAgreement` or `MicrosoftCloudAgreement`.
    package var type: String?
    package var agreementLink: String?

    package init() {}
}

/// The person at the customer who agreed (`…V1.Contact`).
package struct Contact: Codable, Hashable, Sendable {
    package var firstName: String?
    package var lastName: String?
    package var email: String?
    package var phoneNumber: String?

    package init() {}
}

/// An agreement that customers can consent to (`…V1.AgreementMetadata`).
package struct AgreementMetadata: Codable, Hashable, Sendable {
    package var templateId: String?
    package var agreementType: String?
    package var agreementLink: String?
    package var versionRank: Int?

    package init() {}
}
