internal import PartnerCenter
internal import Platform

extension PartnerCenterService {
    /// Replaces a customer's billing profile, if the client knows the present one.
    func replaceBillingProfile(_ id: String, _ call: Call) {
        let asked: CustomerBillingProfile
        do throws(Refusal) {
            asked = try RequestBody.read(CustomerBillingProfile.self, of: call.request)
        } catch {
            return refuse(error, call)
        }
        let tag = call.request.headers["if-match"].map(Self.unquoted) ?? asked.attributes?.etag
        guard let tag else { return refuse(.malformed("The If-Match header is missing.", "If-Match"), call) }
        let correlationId = call.request.headers["ms-correlationid"] ?? configuration.random.uuid()
        let (configuration, now) = (configuration, configuration.now())
        change(call) { store in
            guard let stored = try store.customer(id: id) else { return Refusal.noSuchCustomer(id).answer }
            let before = try stored.customer()
            guard tag == before.billingProfile?.attributes?.etag || tag == "*" else { return Refusal.staleTag.answer }
            let (after, refusal) = CreateCustomer(configuration).replacing(asked, of: before)
            if let refusal { return refusal.answer }
            let name = after.billingProfile?.companyName ?? ""
            try store.replace(try JSONWire.encode(after), companyName: name, id: id)
            var record = AuditRecord("update_customer_billing_profile", "customer_billing_profile", of: after, at: now)
            record.originalCorrelationId = correlationId
            record.resourceOldValue = try AuditRecord.text(before.billingProfile)
            record.resourceNewValue = try AuditRecord.text(after.billingProfile)
            try store.keep(record, time: now.milliseconds)
            return StoredAnswer(status: 200, body: try JSONWire.encode(after.billingProfile ?? asked))
        }
    }

    private static func unquoted(_ tag: String) -> String {
        tag.split(separator: "\"").first { $0 != "W/" }.map(String.init) ?? tag
    }

    /// Deletes a customer, where the partner is a sandbox.
    func deleteCustomer(_ id: String, _ call: Call) {
        guard configuration.isSandbox else { return refuse(.notSandbox, call) }
        let correlationId = call.request.headers["ms-correlationid"] ?? configuration.random.uuid()
        let now = configuration.now()
        change(call) { store in
            guard let stored = try store.customer(id: id) else { return Refusal.noSuchCustomer(id).answer }
            let customer = try stored.customer()
            var record = AuditRecord("delete_customer", "customer", of: customer, at: now)
            record.originalCorrelationId = correlationId
            record.resourceOldValue = try AuditRecord.text(customer)
            // The record of its creation is kept beyond it.
            try store.keep(try AuditRecord(creationOf: stored), time: stored.created)
            try store.keep(record, time: now.milliseconds)
            try store.delete(id: id)
            return StoredAnswer(status: 204, body: [])
        }
    }
}

extension AuditRecord {
    /// A record of something that succeeded.
    init(_ operation: String, _ resource: String, of customer: Customer, at time: Timestamp) {
        self.init()
        customerId = customer.id
        customerName = customer.companyProfile?.companyName
        resourceType = resource
        operationType = operation
        operationDate = time.description
        operationStatus = "succeeded"
        customizedData = []
        attributes = ResourceAttributes(objectType: "AuditRecord")
    }

    /// The record of a customer's creation; its one-time password is blank.
    init(creationOf stored: StoredCustomer) throws {
        var customer = try stored.customer()
        customer.userCredentials = UserCredentials(userName: "admin", password: Secret(""))
        self.init("add_customer", "customer", of: customer, at: Timestamp(milliseconds: stored.created))
        originalCorrelationId = stored.correlationId
        resourceNewValue = try Self.text(customer)
    }

    /// A resource as records hold it: JSON with PascalCase members.
    static func text<T: Encodable>(_ resource: T) throws -> String {
        let value = JSONStyle(isPascalCase: true).applied(to: try JSONWire.parse(try JSONWire.encode(resource)))
        return String(decoding: JSONWire.write(value), as: UTF8.self)
    }
}
