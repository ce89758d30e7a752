package import Platform

/// All that a checkpoint knows of one row.
package struct RowHistory: Hashable, Sendable {
    package var manifest: ManifestSummary
    package var result: RowResult
    /// The request that was recorded for its customer last; nil where the row never came so far.
    package var request: RequestHistory?
}

/// The request of a customer, and what was tried to have it done.
package struct RequestHistory: Hashable, Sendable {
    /// Whose it is: the name that the key is made of.
    package var identity: String
    /// The service that it goes to: the base URL without a trailing slash, and the version segment.
    package var endpoint: String
    package var apiVersion: String
    /// The canonical JSON.
    package var payload: [UInt8]
    /// The payload's SHA-256, 32 bytes.
    package var digest: [UInt8]
    /// How many definite refusals came so far.
    package var generation: Int
    /// The key that was sent last.
    package var key: String
    /// In the order in which they were made.
    package var attempts: [AttemptHistory]
}

/// An attempt, and the run and the generation that it belongs to.
package struct AttemptHistory: Hashable, Sendable {
    /// The run's identifier, which is its `MS-CorrelationId`.
    package var run: String
    package var generation: Int
    package var attempt: Attempt
}

/// A row that another run must go on with.
package struct OpenRow: Hashable, Sendable {
    package var reference: RowReference
    package var line: Int
    package var status: RowStatus
    /// When its request was first sent; nil where none was.
    package var since: Timestamp?
    package var problem: Problem?
}
