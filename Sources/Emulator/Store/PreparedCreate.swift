/// A create that was read and checked, ready to be stored.
struct PreparedCreate: Hashable, Sendable {
    /// The `MS-RequestId` in lower case; nil where the client sent none, and then no replay is kept.
    var requestId: String?
    /// Tells two bodies under the same request id apart.
    var fingerprint: Int64
    var verdict: Verdict

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
    }

    /// From where the page is read.
    enum Position: Hashable, Sendable {
        case first
        case after(Int64)
        case before(Int64)
        case last
    }

    var position = Position.first
    var size: Int
    var field: Field?
    /// What the field starts with, in lower case.
    var prefix = ""
}
