internal import Platform

/// Tokens for an application by its secret (OAuth's `client_credentials`).
package struct ClientCredentials: TokenProvider {
    private let authority: TokenAuthority
    private let clientId: String
    private let secret: SecretSource

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - authority: who issues the tokens.
    ///   - clientId: the application's identifier.
    ///   - secret: where its secret comes from; read each time, so that it may be changed while a run goes on.
    package init(_ authority: TokenAuthority, clientId: String, secret: SecretSource) {
        self.authority = authority
        self.clientId = clientId
        self.secret = secret
    }

    package func fetch() async throws(ServiceError) -> AccessToken {
        let secret = try await secret.read()
        let fields = [
            ("grant_type", "client_credentials"), ("client_id", clientId), ("client_secret", secret.reveal()),
            authority.address.audience(isDelegated: false),
        ]
        switch try await authority.ask(fields, hiding: [secret]) {
        case .success(let grant): return grant.access
        case .failure(let refusal):
            let advice =
                refusal.code == "invalid_client"
                ? "put the present client secret into \(self.secret.place)"
                : "check the tenant, the client and what it may do"
            throw ServiceError(.unauthorized, message: "\(refusal.message); \(advice)")
        }
    }
}
