package import HTTP
internal import PartnerCenter
package import Platform
package import Telemetry

/// An identity service that issues tokens (OAuth 2.0, RFC 6749), asked again while it can't be reached.
package struct TokenAuthority: Sendable {
    /// Which identity service, and what the token is for.
    package struct Address: Hashable, Sendable {
        /// The forms that the token endpoint has.
        package enum Version: String, CaseIterable, Sendable {
            /// `/oauth2/token`, which names a resource.
            case v1
            /// `/oauth2/v2.0/token`, which names scopes.
            case v2
        }

        /// The identity service's base URL.
        package var authority: String
        /// The partner's tenant: a domain or an identifier.
        package var tenant: String
        /// The service that the token is for.
        package var resource: String
        package var version: Version = .v2

        /// Names the identity service of a cloud.
        ///
        /// - Parameters:
        ///   - cloud: the cloud.
        ///   - tenant: the partner's tenant.
        package init(_ cloud: NationalCloud, tenant: String) {
            authority = cloud.authority
            resource = cloud.endpoint
            self.tenant = tenant
        }

        var url: String {
            switch version {
            case .v1: "\(authority)/\(tenant)/oauth2/token"
            case .v2: "\(authority)/\(tenant)/oauth2/v2.0/token"
            }
        }

        /// The field that says what the token is for.
        func audience(isDelegated: Bool) -> (name: String, value: String) {
            switch version {
            case .v1: ("resource", resource)
            case .v2 where isDelegated: ("scope", "\(resource)/user_impersonation offline_access")
            case .v2: ("scope", "\(resource)/.default")
            }
        }
    }

    /// What is reached through others.
    package struct Ports: Sendable {
        let transport: any HTTPTransport
        let logger: Logger
        package var stopwatch = Stopwatch(ContinuousClock())
        package var wallClock: @Sendable () -> Timestamp = Timestamp.now
        package var random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
        /// Learns the secrets that are sent and received, and keeps them out of what is told.
        package var redactor = SecretRedactor()

        /// Makes ports with the system's clocks and random source.
        ///
        /// - Parameters:
        ///   - transport: sends the requests.
        ///   - logger: told where a request is repeated; never of a secret.
        package init(transport: any HTTPTransport, logger: Logger) {
            self.transport = transport
            self.logger = logger
        }
    }

    /// What it gives.
    struct Grant: Sendable {
        let access: AccessToken
        /// What to ask with the next time.
        let refresh: Secret?
    }

    /// A refusal that another request would not change.
    struct Refusal: Error {
        /// OAuth's code: `invalid_client`.
        let code: String
        /// The whole sentence, without a secret.
        let message: String
    }

    let address: Address
    private let ports: Ports
    private let transport: RedactingTransport
    private let random: RandomSource

    /// A service that does not answer must end the run within a minute: the last request begins before `patience`.
    private static let timeout = Duration.seconds(20)
    private static let patience = Duration.seconds(35)

    /// Makes the authority of an address.
    ///
    /// - Parameters:
    ///   - address: which identity service, and what the token is for.
    ///   - ports: what is reached through others.
    package init(_ address: Address, _ ports: Ports) {
        self.address = address
        self.ports = ports
        transport = RedactingTransport(ports.transport, ports.redactor)
        random = RandomSource(ports.random)
    }

    /// Asks for a token.
    ///
    /// - Parameters:
    ///   - fields: the form.
    ///   - secrets: those in the form, which no error shows.
    /// - Returns: what it gives; or its refusal.
    /// - Throws: `ServiceError` of kind `unavailable` where no answer is to be had.
    func ask(
        _ fields: [(name: String, value: String)],
        hiding secrets: [Secret]
    ) async throws(ServiceError) -> Result<Grant, Refusal> {
        for secret in secrets { ports.redactor.learn(secret) }
        let began = ports.stopwatch.elapsed
        var schedule = RetrySchedule(RetrySchedule.Limits(attempts: 6, base: .seconds(1), cap: .seconds(10)))
        var generator = random
        while true {
            schedule.begin()
            let trouble: Trouble
            switch await send(fields) {
            case .success(let grant): return .success(grant)
            case .failure(.refused(let refusal)): return .failure(refusal)
            case .failure(.trouble(let reason)): trouble = reason
            }
            let wait = schedule.wait(using: &generator).map { max($0, trouble.retryAfter ?? .zero) }
            let passed = ports.stopwatch.elapsed - began
            guard let wait, !trouble.isFinal, passed + wait < Self.patience else {
                throw ServiceError(.unavailable, message: "no token from \(address.url): \(trouble.message)")
            }
            ports.logger.log(.warning, "The token endpoint is asked again", ["reason": trouble.message])
            try await sleep(wait)
        }
    }

    /// The time on the stopwatch that it waits by.
    var elapsed: Duration { ports.stopwatch.elapsed }

    /// Waits.
    ///
    /// - Parameter duration: how long.
    /// - Throws: `ServiceError` of kind `closed` where the run is stopped meanwhile.
    func sleep(_ duration: Duration) async throws(ServiceError) {
        do {
            try await ports.stopwatch.sleep(duration)
        } catch {
            throw ServiceError(.closed, message: "the run is being stopped")
        }
    }

    /// Why no answer came that could be used.
    private struct Trouble: Error {
        let message: String
        var retryAfter: Duration?
        var isFinal = false
    }

    private enum Failure: Error {
        case refused(Refusal)
        case trouble(Trouble)
    }

    private func send(_ fields: [(name: String, value: String)]) async -> Result<Grant, Failure> {
        let request = HTTPRequest(
            method: "POST",
            url: address.url,
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: FormBody.bytes(fields),
            timeout: Self.timeout
        )
        do {
            return judge(try await transport.send(request))
        } catch {
            let isFinal = [.notTrusted, .invalidRequest, .cancelled].contains(error.kind)
            return .failure(.trouble(Trouble(message: error.message, isFinal: isFinal)))
        }
    }

    private func judge(_ response: HTTPResponse) -> Result<Grant, Failure> {
        if (200..<300).contains(response.status) {
            return grant(response).map { .success($0) }
                ?? .failure(.trouble(Trouble(message: "its answer holds no token")))
        }
        let fault = ServiceFault(status: response.status, reason: "", body: response.body)
        let code = fault.code.isEmpty ? "status \(response.status)" : fault.code
        let message = "\(fault.message) (\(code))"
        let isPassing = ["temporarily_unavailable", "server_error"].contains(fault.code)
        guard !isPassing, (400..<500).contains(response.status), response.status != 408, response.status != 429 else {
            let wait = RetryAfter.parse(response.headers.list("Retry-After"), now: ports.wallClock())
            return .failure(.trouble(Trouble(message: message, retryAfter: wait)))
        }
        return .failure(.refused(Refusal(code: fault.code, message: "\(address.url) refused: \(message)")))
    }

    private func grant(_ response: HTTPResponse) -> Grant? {
        // What is not JSON is no grant; the caller says so.
        guard let body = try? JSONWire.parse(response.body),
            let text = body["access_token"]?.text,
            let token = try? BearerToken(Array(text.utf8), from: address.url)
        else { return nil }
        // Version 1 writes its numbers as text.
        let lifetime = body["expires_in"]?.text.flatMap(Int64.init).map { Duration.seconds(min($0, 1 << 31)) }
        let refresh = body["refresh_token"]?.text.flatMap { $0.isEmpty ? nil : Secret($0) }
        for secret in [token.secret, refresh].compactMap(\.self) { ports.redactor.learn(secret) }
        return Grant(access: AccessToken(token.secret, lifetime: lifetime), refresh: refresh)
    }
}
