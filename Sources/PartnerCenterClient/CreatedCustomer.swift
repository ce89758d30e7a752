internal import PartnerCenter

/// The customer of an answer to a create, once it is known to be the order's.
struct CreatedCustomer: Hashable, Sendable {
    /// The identifier as the service writes it.
    let id: String
    /// The order's domain.
    let domain: String
    /// The first administrator's credentials; nil where the service did not send them.
    let credentials: UserCredentials?
}

/// What is looked at of the customer that an answer to a create holds.
///
/// The rest is passed over: to decode it costs as much as to send the request, and nobody asks for it.
struct CustomerInAnswer: Decodable {
    /// What is looked at of its company.
    struct Company: Decodable {
        let tenantId: String?
        let domain: String?
    }

    private let id: String?
    private let companyProfile: Company?
    let userCredentials: UserCredentials?

    /// The identifier as the service writes it; nil where there is none.
    var identifier: String? { (id ?? companyProfile?.tenantId).flatMap(GivenIdentifiers.normalized) }

    /// The domain; nil where the answer does not name it.
    var domain: String? { companyProfile?.domain }
}
