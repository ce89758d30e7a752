/// What was done to the partner's resources, by whom and when.
package struct AuditRecord: Codable, Hashable, Sendable {
    package var customerId: String?
    package var customerName: String?
    /// What it was done to: `customer`, `customer_billing_profile` and so on.
    package var resourceType: String?
    /// The resource before, as JSON with PascalCase members.
    package var resourceOldValue: String?
    /// The resource after, as JSON with PascalCase members; one-time passwords are blank in it.
    package var resourceNewValue: String?
    /// What was done: `add_customer`, `update_customer_billing_profile` and so on.
    package var operationType: String?
    /// The `MS-CorrelationId` of the request that did it.
    package var originalCorrelationId: String?
    /// RFC 3339.
    package var operationDate: String?
    /// `succeeded` or `failed`.
    package var operationStatus: String?
    package var customizedData: [KeyValuePair]?
    package var attributes: ResourceAttributes?

    package init() {}
}
