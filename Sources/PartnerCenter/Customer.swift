package import Platform

/// A customer of the partner, as `Microsoft.Partner.Service.Customers.Contracts.V1.Customer` names its members.
///
/// A member that the service left out, or sent as null, is nil.
package struct Customer: Codable, Hashable, Sendable {
    /// The tenant's identifier, a GUID; the service sets it.
    package var id: String?
    /// The commerce account's identifier, a GUID; the service sets it, and a list leaves it out.
    package var commerceId: String?
    package var companyProfile: CustomerCompanyProfile?
    package var billingProfile: CustomerBillingProfile?
    /// `reseller`, `none`, `unknown`, … (the service's page lists them).
    package var relationshipToPartner: String?
    package var allowDelegatedAccess: Bool?
    /// The indirect reseller's identifier.
    package var associatedPartnerId: String?
    package var customDomains: [String]?
    /// The first administrator's credentials: only in the answer to a create, never again.
    package var userCredentials: UserCredentials?
    package var links: ResourceLinks?
    package var attributes: ResourceAttributes?

    package init() {}
}

/// What the service holds of a customer's company (`…V1.CustomerCompanyProfile`).
package struct CustomerCompanyProfile: Codable, Hashable, Sendable {
    package var tenantId: String?
    package var domain: String?
    package var companyName: String?
    package var organizationRegistrationNumber: String?
    package var address: Address?
    package var email: String?
    package var links: ResourceLinks?
    package var attributes: ResourceAttributes?

    package init() {}
}

/// What the service holds of a customer's billing (`…V1.CustomerBillingProfile`).
package struct CustomerBillingProfile: Codable, Hashable, Sendable {
    package var id: String?
    package var email: String?
    package var culture: String?
    package var language: String?
    package var companyName: String?
    package var firstName: String?
    package var lastName: String?
    package var defaultAddress: Address?
    package var links: ResourceLinks?
    package var attributes: ResourceAttributes?

    package init() {}
}

/// A postal address with its contact (`…V1.Address`).
package struct Address: Codable, Hashable, Sendable {
    package var id: String?
    /// ISO 3166-1 alpha-2.
    package var country: String?
    package var region: String?
    package var city: String?
    package var state: String?
    package var district: String?
    package var addressLine1: String?
    package var addressLine2: String?
    package var addressLine3: String?
    package var postalCode: String?
    package var firstName: String?
    package var middleName: String?
    package var lastName: String?
    package var emailAddress: String?
    package var phoneNumber: String?

    package init() {}
}

/// The one-time credentials of a customer's first administrator (`…V1.UserCredentials`).
package struct UserCredentials: Codable, Hashable, Sendable {
    /// The name before the `@`: `admin`.
    package var userName: String?
    package var password: Secret?

    package init(userName: String?, password: Secret?) {
        self.userName = userName
        self.password = password
    }

    private enum CodingKeys: String, CodingKey {
        case userName, password
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        userName = try container.decodeIfPresent(String.self, forKey: .userName)
        password = try container.decodeIfPresent(String.self, forKey: .password).map { Secret($0) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(userName, forKey: .userName)
        try container.encodeIfPresent(password?.reveal(), forKey: .password)
    }
}
