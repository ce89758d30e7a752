internal import PartnerCenter

/// Keeps the tokens that the service gave with new customers, so that reads of them see what was written.
///
/// The service shows a customer late by a minute or two, so that only the newest tokens are of use.
struct ConsistencyTokens: Sendable {
    /// The header of a create that asks for a token.
    static let request = KeyValuePair(key: "GenerateReadWriteConsistencyToken", value: "true")
    /// The header that brings the token, and takes it back.
    static let name = "ReadWriteConsistencyToken"

    /// By the customer's identifier; by its domain, where that could not be read.
    private var tokens = NewestEntries(most: 4_096)

    /// Keeps a token.
    ///
    /// - Parameters:
    ///   - token: what the service gave; nil or empty for none.
    ///   - customer: the customer's identifier, or its domain.
    mutating func keep(_ token: String?, of customer: String) {
        guard let token, !token.isEmpty else { return }
        tokens.keep(token, of: customer)
    }

    /// The headers of a read.
    ///
    /// - Parameter customer: the customer's identifier, or its domain.
    /// - Returns: the token's header; none where no token came.
    func headers(of customer: String) -> [KeyValuePair] {
        tokens[customer].map { [KeyValuePair(key: Self.name, value: $0)] } ?? []
    }
}
