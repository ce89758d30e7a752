internal import Platform

/// Tokens in a person's name by a refresh token, which each answer renews (OAuth's `refresh_token`).
package struct RefreshToken: TokenProvider {
    private let authority: TokenAuthority
    private let clientId: String
    private let secret: SecretSource?
    private let file: SecretFile

    /// How long another run may take to renew the token: longer than it may ask for.
    private static let patience = Duration.seconds(60)
    private static let pause = Duration.milliseconds(100)

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - authority: who issues the tokens.
    ///   - clientId: the application's identifier.
    ///   - secret: where its secret comes from; nil where the application has none.
    ///   - file: where the refresh token is, and where each renewed one is put before its access token is used.
    package init(_ authority: TokenAuthority, clientId: String, secret: SecretSource?, file: SecretFile) {
        self.authority = authority
        self.clientId = clientId
        self.secret = secret
        self.file = file
    }

    /// Gets an access token, and puts the renewed refresh token into the file.
    ///
    /// A refresh token may be good for one renewal only, so that from its reading until the next one is on disk no
    /// other run has the file.
    package func fetch() async throws(ServiceError) -> AccessToken {
        try await waitForLock()
        do {
            let token = try await renew()
            await file.unlock()
            return token
        } catch {
            await file.unlock()
            throw error
        }
    }

    private func waitForLock() async throws(ServiceError) {
        let began = authority.elapsed
        while try await !file.tryLock() {
            guard authority.elapsed - began < Self.patience else {
                let message = "\(file.path): another run renews the refresh token and does not come to an end"
                throw ServiceError(.unavailable, message: "\(message); run the same command again later")
            }
            try await authority.sleep(Self.pause)
        }
    }

    private func renew() async throws(ServiceError) -> AccessToken {
        let secret = try await secret?.read()
        var token = try await file.read()
        while true {
            switch try await authority.ask(fields(token, secret), hiding: [token] + (secret.map { [$0] } ?? [])) {
            case .success(let grant):
                if let renewed = grant.refresh, renewed != token { try await file.replace(with: renewed) }
                return grant.access
            case .failure(let refusal):
                let present = try await file.read()
                // A person, or a program that knows no lock, may have renewed it meanwhile.
                guard refusal.code == "invalid_grant", present != token else { throw error(refusal) }
                token = present
            }
        }
    }

    private func fields(_ token: Secret, _ secret: Secret?) -> [(name: String, value: String)] {
        var fields = [
            (name: "grant_type", value: "refresh_token"), (name: "client_id", value: clientId),
            (name: "refresh_token", value: token.reveal()), authority.address.audience(isDelegated: true),
        ]
        if let secret { fields.append((name: "client_secret", value: secret.reveal())) }
        return fields
    }

    private func error(_ refusal: TokenAuthority.Refusal) -> ServiceError {
        let advice =
            switch refusal.code {
            case "invalid_grant": "sign in again and put the new refresh token into \(file.path)"
            case "invalid_client": "put the present client secret into \(secret?.place ?? "the job's auth")"
            default: "check the tenant, the client and what it may do"
            }
        return ServiceError(.unauthorized, message: "\(refusal.message); \(advice)")
    }
}
