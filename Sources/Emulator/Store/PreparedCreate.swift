/// A create that was read and checked, ready to be stored.
struct PreparedCreate: Hashable, Sendable {
    /// The `MS-RequestId` in lower case; nil where the client sent none, and then no replay is kept.
    var requestId: String?
    /// Tells two bodies under the same request id apart.
    var fingerprint: Int64
    var verdict: Verdict
    /// What a repeat is answered with.
    var replays = ServiceBehaviour.Replays.whole

    /// The same, but that it fails after the domain was used up.
    var orphaned: PreparedCreate {
        guard case .accepted(var customer) = verdict else { return self }
        customer.isOrphan = true
        var create = self
        create.verdict = .accepted(customer)
        return create
    }

    /// What the checks said, before the domain was looked up.
    enum Verdict: Hashable, Sendable {
        case refused(StoredAnswer)
        case accepted(NewCustomer)
    }
}

/// A customer that is created if its domain is free.
struct NewCustomer: Hashable, Sendable {
    var id: String
    /// In the case that it was sent in.
    var domain: String
    var companyName: String
    var relationshipToPartner: String
    /// The indirect reseller's identifier; empty where there is none.
    var reseller = ""
    /// When it was created, in milliseconds since 1970.
    var created: Int64 = 0
    /// The `MS-CorrelationId` of its create.
    var correlationId = ""
    /// Whether its domain is used up without a customer.
    var isOrphan = false
    /// The JSON that a get by id answers with.
    var resource: [UInt8]
    /// The JSON that the create answers with, with the one-time password.
    var answer: [UInt8]
}

/// A status and a JSON body, as they are kept for a replay.
struct StoredAnswer: Hashable, Sendable {
    var status: Int
    var body: [UInt8]
}

/// A customer as a list needs it.
struct ListedCustomer: Hashable, Sendable {
    /// Its place in the order of creation.
    var sequence: Int64
    var id: String
    var domain: String
    var companyName: String
    var relationshipToPartner: String
}

/// Which customers a page holds.
struct PageQuery: Hashable, Sendable {
    /// The columns that a filter can search.
    enum Field: String, Hashable, Sendable {
        case companyName = "company_key"
        case domain = "domain_key"
        case indirectReseller = "reseller_key"
    }

    /// From where the page is read.
    enum Position: Hashable, Sendable {
        case first
        case after(Int64)
        case before(Int64)
        case last
        /// After that many from the first one.
        case skipping(Int)
    }

    var position = Position.first
    var size: Int
    var field: Field?
    /// What the field starts with, in lower case.
    var prefix = ""
    /// Later ones can't be seen yet; nil shows all.
    var createdBy: Int64?
}
