/// What a template tells a person of a column.
struct ColumnGuide {
    let column: Column
    /// Whether a value is needed: `yes`, `no`, or when.
    let need: String
    /// What the value is, one sentence.
    let meaning: String
    let example: String

    /// The columns of a template, in the canonical order.
    static let all: [ColumnGuide] = Column.requests.compactMap(guide(to:))

    private static func guide(to column: Column) -> ColumnGuide? {
        guard let (meaning, example) = text(of: column) else { return nil }
        let need = conditional[column] ?? (column.isRequired ? "yes" : "no")
        return ColumnGuide(column: column, need: need, meaning: meaning, example: example)
    }

    private static let conditional: [Column: String] = [
        .organizationRegistrationNumber: "in some countries", .state: "in some countries",
        .postalCode: "in most countries", .phoneNumber: "in some countries",
        .firstName: "recommended", .lastName: "recommended",
    ]

    private static func text(of column: Column) -> (meaning: String, example: String)? {
        switch column {
        case .externalId:
            ("Your own identifier of the customer, once in the file; a later run knows the customer by it.", "crm-0042")
        case .companyName: ("The company's name.", "Contoso")
        case .domain:
            ("The first part of the domain that the customer gets, or the whole domain.", "contoso.onmicrosoft.com")
        case .organizationRegistrationNumber:
            ("The company's number in its country's register.", "0123456789")
        case .email: ("The contact's e-mail address.", "ann.peeters@contoso.example")
        case .firstName: ("The contact's first name, at most 50 characters.", "Ann")
        case .middleName: ("The contact's middle name, at most 50 characters.", "Maria")
        case .lastName: ("The contact's last name, at most 50 characters.", "Peeters")
        case .culture: ("Language and country, which decide how dates and numbers are written.", "nl-BE")
        case .language: ("The language of invoices and messages.", "nl")
        case .addressLine1: ("Street and number, at most 200 characters.", "Korenmarkt 1")
        case .addressLine2: ("More of the address, at most 200 characters.", "Building B")
        case .addressLine3: ("More of the address, at most 200 characters.", "Third floor")
        case .city: ("The city or town.", "Gent")
        case .district: ("The district, where addresses have one.", "Centrum")
        case .state: ("The state or province, by its code or name.", "WA")
        case .region: ("The region, where addresses have one.", "Oost-Vlaanderen")
        case .postalCode: ("The postal code; its zeros are kept.", "9000")
        case .country: ("The country's two letters (ISO 3166).", "BE")
        case .phoneNumber: ("The telephone number, with the country's prefix.", "+32 9 123 45 67")
        case .associatedPartnerId:
            ("The indirect reseller's partner identifier; for an indirect provider only.", "1234567")
        case .customerId, .commerceId, .relationshipToPartner, .status, .problem: nil
        }
    }
}
