internal import CResources

/// Purser's own XML form of a manifest: its schema and its names.
package enum XMLManifest {
    /// The namespace of its elements, which may also have none.
    package static let namespace = "urn:purser:customers:1"

    /// The schema's text, as it is published.
    package static let schema = unsafe String(
        decoding: UnsafeBufferPointer(
            start: purser_customers_schema_bytes(),
            count: Int(purser_customers_schema_size)
        ),
        as: UTF8.self
    )

    /// The elements and attributes, by the service's own names.
    enum Name: String, CaseIterable {
        case customers, customer, companyProfile, billingProfile, defaultAddress
        case externalId, companyName, domain, organizationRegistrationNumber
        case email, firstName, middleName, lastName, culture, language
        case addressLine1, addressLine2, addressLine3, city, district, state, region, postalCode, country
        case phoneNumber, associatedPartnerId
        /// An attribute that an export has.
        case customerId

        /// The columns' names, in their order.
        static let columns = allCases.drop { $0 != .externalId }.dropLast().map(\.rawValue)

        /// The positions of the columns that values go to, by the names' positions; nil for what is no such element.
        static let columnPositions = allCases.indices.map {
            $0 < first || allCases[$0] == .customerId ? nil : $0 - first
        }

        private static let first = allCases.firstIndex(of: .externalId) ?? 0
    }

    /// What namespaces the elements may have.
    static let prefixes = [namespace: ""]

    /// The schema as documents are checked with it.
    ///
    /// Where something does not belong among the customers, libxml2 leaves all after it unchecked; and were any element
    /// let through there by a wildcard, it would remember each. So the root may hold anything, each element is checked
    /// as what it is, and the reader tells what does not belong.
    ///
    /// - Parameter isQualified: whether the document's elements are in the namespace.
    /// - Returns: the schema's text.
    static func checkingSchema(isQualified: Bool) -> String {
        let tolerant = schema.replacing(
            """
                <xs:complexType>
                  <xs:sequence>
                    <xs:element ref="customer" minOccurs="0" maxOccurs="unbounded"/>
                  </xs:sequence>
                </xs:complexType>
              </xs:element>
            """,
            with: "</xs:element>"
        )
        if isQualified { return tolerant }
        return
            tolerant
            .replacing(" xmlns=\"\(namespace)\"", with: "")
            .replacing("targetNamespace=\"\(namespace)\"", with: "")
    }
}
