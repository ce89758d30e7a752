/// A column of a manifest by its canonical name (contract, section 3), in the canonical order.
package enum Column: Int, CaseIterable, Hashable, Sendable {
    case externalId, companyName, domain, organizationRegistrationNumber
    case email, firstName, middleName, lastName, culture, language
    case addressLine1, addressLine2, addressLine3, city, district, state, region, postalCode, country
    case phoneNumber, associatedPartnerId
    /// Names a customer that exists: an export has it.
    case customerId
    // Known and passed over: an export and a corrections file have them.
    case commerceId, relationshipToPartner, status, problem

    /// The canonical name.
    package var name: String { definition.name }

    /// The members of the request that the column's cell goes to.
    package var paths: [String] { definition.paths }

    /// Finds a column by its canonical name.
    ///
    /// - Parameter name: the name, spelt exactly.
    package init?(name: String) {
        guard let column = Column.allCases.first(where: { $0.name == name }) else { return nil }
        self = column
    }

    /// Whether a request can't do without its cell.
    var isRequired: Bool { definition.isRequired }

    /// How many UTF-16 units a cell may have, as the service counts; nil where another rule says.
    var lengths: ClosedRange<Int>? { definition.lengths }

    /// Whether a cell may have several lines.
    var allowsLineBreaks: Bool { self == .addressLine1 || self == .addressLine2 || self == .addressLine3 }

    private var definition: ColumnDefinition { ColumnDefinition.all[rawValue] }
}

/// All that is to be known of a column; one line here is the one place for it.
private struct ColumnDefinition: Sendable {
    let name: String
    let paths: [String]
    var isRequired = false
    var lengths: ClosedRange<Int>?

    /// In the order of the cases of `Column`.
    static let all: [ColumnDefinition] = Column.allCases.map(definition(of:))

    private static func definition(of column: Column) -> ColumnDefinition {
        let company = "companyProfile."
        let billing = "billingProfile."
        let address = "billingProfile.defaultAddress."
        func inAddress(_ name: String, isRequired: Bool = false, longest: Int = 255) -> ColumnDefinition {
            ColumnDefinition(name: name, paths: [address + name], isRequired: isRequired, lengths: 1...longest)
        }
        return switch column {
        case .externalId: ColumnDefinition(name: "externalId", paths: [], lengths: 1...255)
        case .companyName:
            ColumnDefinition(
                name: "companyName",
                paths: [company + "companyName", billing + "companyName"],
                isRequired: true,
                lengths: 2...255
            )
        case .domain: ColumnDefinition(name: "domain", paths: [company + "domain"], isRequired: true)
        case .organizationRegistrationNumber:
            ColumnDefinition(
                name: "organizationRegistrationNumber",
                paths: [company + "organizationRegistrationNumber"],
                lengths: 1...255
            )
        case .email: ColumnDefinition(name: "email", paths: [billing + "email"], isRequired: true)
        case .firstName:
            ColumnDefinition(
                name: "firstName",
                paths: [billing + "firstName", address + "firstName"],
                lengths: 1...50
            )
        case .middleName: inAddress("middleName", longest: 50)
        case .lastName:
            ColumnDefinition(name: "lastName", paths: [billing + "lastName", address + "lastName"], lengths: 1...50)
        case .culture: ColumnDefinition(name: "culture", paths: [billing + "culture"], isRequired: true)
        case .language: ColumnDefinition(name: "language", paths: [billing + "language"], isRequired: true)
        case .addressLine1: inAddress("addressLine1", isRequired: true, longest: 200)
        case .addressLine2: inAddress("addressLine2", longest: 200)
        case .addressLine3: inAddress("addressLine3", longest: 200)
        case .city: inAddress("city", isRequired: true)
        case .district: inAddress("district")
        case .state: inAddress("state")
        case .region: inAddress("region")
        case .postalCode: inAddress("postalCode")
        case .country:
            ColumnDefinition(name: "country", paths: [address + "country"], isRequired: true)
        case .phoneNumber: inAddress("phoneNumber")
        case .associatedPartnerId:
            ColumnDefinition(name: "associatedPartnerId", paths: ["associatedPartnerId"], lengths: 1...255)
        case .customerId: ColumnDefinition(name: "customerId", paths: [])
        case .commerceId: ColumnDefinition(name: "commerceId", paths: [])
        case .relationshipToPartner: ColumnDefinition(name: "relationshipToPartner", paths: [])
        case .status: ColumnDefinition(name: "purser:status", paths: [])
        case .problem: ColumnDefinition(name: "purser:problem", paths: [])
        }
    }
}
