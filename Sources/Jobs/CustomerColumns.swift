internal import Onboarding
internal import PartnerCenter

/// A customer of the service as a manifest's row: what an export in columns consists of (contract, section 8).
enum CustomerColumns {
    /// The canonical columns.
    static let columns: [Column] = Column.allCases.filter { $0.rawValue <= Column.associatedPartnerId.rawValue }

    /// The header: `customerId`, the canonical columns, `commerceId`, `relationshipToPartner`.
    static let header = ([.customerId] + columns + [.commerceId, .relationshipToPartner]).map(\.name)

    /// A customer's cells, in the header's order; what the service does not hold is empty.
    static func cells(of customer: Customer) -> [String] {
        let cells = columns.map { value(of: $0, in: customer) ?? "" }
        return [customer.id ?? customer.companyProfile?.tenantId ?? ""] + cells + [
            customer.commerceId ?? "", customer.relationshipToPartner ?? "",
        ]
    }

    /// What the service holds of a column; nil where it says nothing.
    static func value(of column: Column, in customer: Customer) -> String? {
        let company = customer.companyProfile
        let billing = customer.billingProfile
        let address = billing?.defaultAddress ?? company?.address
        return switch column {
        case .companyName: company?.companyName ?? billing?.companyName
        case .domain: company?.domain
        case .organizationRegistrationNumber: company?.organizationRegistrationNumber
        case .email: billing?.email ?? company?.email
        case .firstName: billing?.firstName ?? address?.firstName
        case .middleName: address?.middleName
        case .lastName: billing?.lastName ?? address?.lastName
        case .culture: billing?.culture
        case .language: billing?.language
        case .addressLine1: address?.addressLine1
        case .addressLine2: address?.addressLine2
        case .addressLine3: address?.addressLine3
        case .city: address?.city
        case .district: address?.district
        case .state: address?.state
        case .region: address?.region
        case .postalCode: address?.postalCode
        case .country: address?.country
        case .phoneNumber: address?.phoneNumber
        case .associatedPartnerId: customer.associatedPartnerId
        case .externalId, .customerId, .commerceId, .relationshipToPartner, .status, .problem: nil
        }
    }
}
