/// What the ledger knows of one customer of the service.
struct LedgerEntry: Hashable, Sendable {
    /// How far it came.
    enum State: String, Hashable, Sendable {
        /// No request for it is under way: none was ever sent, or none of those sent can have created it.
        case new
        /// Its intent is on disk and its outcome is not: the request may have reached the service.
        case open
        /// The service created it.
        case created
        /// The service answered that it will not create it.
        case rejected
    }

    var id: Int64
    /// The identity that it was last sent under.
    var name: String
    /// As in its payload; nil where a row of another name has taken the domain over.
    var domain: String?
    var state: State
    /// The SHA-256 of the payload that was last sent or is to be sent.
    var digest: [UInt8]
    var generation: Int
    var key: String
    var customerId: String?
    /// The run that sent its last request.
    var run: Int64
    /// The status of the refusal.
    var httpStatus: Int?
    /// The refusal, the last failure, or the note that its one-time password was never received.
    var problem: Problem?

    /// Whether it has exactly an identity's name and domain.
    ///
    /// - Parameter identity: the identity.
    /// - Returns: true where both are the same.
    func has(_ identity: Identity) -> Bool { name == identity.name && domain == identity.domain }
}

/// Where an identity was claimed before in this run.
struct Claim: Hashable, Sendable {
    var reference: RowReference
    /// The column that both rows share: `domain` or `externalId`.
    var column: String
}
