internal import FoundationEssentials
internal import HTTP
internal import PartnerCenterClient
internal import Platform
internal import Reports
internal import Telemetry

/// Where a run's bearer tokens come from.
enum TokenSource: Sendable {
    case token(Secret)
    case file(String)
    case clientCredentials(TokenAuthority.Address, clientId: String, secretFile: String?)
    case refreshToken(TokenAuthority.Address, clientId: String, secretFile: String?, tokenFile: String)
    case command([String], limit: Duration)

    /// The variable with the client secret, where no file holds it.
    static let secretVariable = "PURSER_CLIENT_SECRET"

    /// The files that it reads.
    var files: [String] {
        switch self {
        case .token: []
        case .file(let path): [path]
        case .clientCredentials(_, _, let secretFile): [secretFile].compactMap { $0 }
        case .refreshToken(_, _, let secretFile, let tokenFile): [secretFile, tokenFile].compactMap { $0 }
        case .command(let words, _): words.prefix(1).filter { $0.contains("/") }
        }
    }

    /// Checks, before anything else is done, what a person can forget.
    ///
    /// - Throws: `InputError` where a file can't be opened, `UsageError` where no client secret is given.
    func check() throws {
        switch self {
        case .token, .command: break
        case .file(let path): try Self.open(path, "a file that holds the token")
        case .clientCredentials(_, _, let secretFile):
            if let secretFile { return try Self.open(secretFile, "a file that holds the client secret") }
            guard Self.secret(nil) != nil else {
                throw UsageError("a client secret is missing; set \(Self.secretVariable) or give auth.clientSecretFile")
            }
        case .refreshToken(_, _, let secretFile, let tokenFile):
            if let secretFile { try Self.open(secretFile, "a file that holds the client secret") }
            try Self.open(tokenFile, "a file that holds the refresh token")
        }
    }

    private static func open(_ path: String, _ content: String) throws(InputError) {
        do {
            _ = try File(path, .read)
        } catch {
            throw InputError(description: "\(error); give \(content)", isConfiguration: false)
        }
    }

    /// Makes the provider that asks this source.
    ///
    /// - Parameters:
    ///   - transport: sends requests to an identity service.
    ///   - logger: told of what matters to an operator.
    ///   - redactor: learns the secrets that are used.
    /// - Returns: the provider.
    /// - Throws: `UsageError` where the client secret is missing.
    func provider(
        transport: any HTTPTransport,
        logger: Logger,
        redactor: SecretRedactor
    ) throws(UsageError) -> any TokenProvider {
        func authority(_ address: TokenAuthority.Address) -> TokenAuthority {
            var ports = TokenAuthority.Ports(transport: transport, logger: logger)
            ports.redactor = redactor
            return TokenAuthority(address, ports)
        }
        switch self {
        case .token(let token): return StaticToken(token)
        case .file(let path): return TokenFile(path)
        case .clientCredentials(let address, let clientId, let secretFile):
            guard let secret = Self.secret(secretFile) else {
                throw UsageError("a client secret is missing; set \(Self.secretVariable) or give auth.clientSecretFile")
            }
            return ClientCredentials(authority(address), clientId: clientId, secret: secret)
        case .refreshToken(let address, let clientId, let secretFile, let tokenFile):
            return RefreshToken(
                authority(address),
                clientId: clientId,
                secret: Self.secret(secretFile),
                file: SecretFile(tokenFile, holds: "a refresh token")
            )
        case .command(let words, let limit):
            let program = Program(words, environment: ProcessInfo.processInfo.environment)
            return TokenCommand(program, limit: limit, logger: logger)
        }
    }

    /// Who asks the service: what one account has fetched is not to be completed by another.
    ///
    /// - Returns: a text that stays the same when the token is renewed, as far as that can be known; never a secret.
    /// - Throws: `ServiceError` where a token that is needed for it can't be had.
    func account() async throws -> String {
        switch self {
        case .token(let token): return Self.account(of: try StaticToken(token).fetch())
        case .file(let path): return Self.account(of: try await TokenFile(path).fetch())
        case .clientCredentials(let address, let clientId, _):
            return "client \(clientId) of \(address.tenant) at \(address.authority)"
        case .refreshToken(let address, let clientId, _, let tokenFile):
            let user = "the user of \(Folder.absolute(tokenFile))"
            return "\(user), client \(clientId) of \(address.tenant) at \(address.authority)"
        case .command(let words, _): return "command \(words.joined(separator: " "))"
        }
    }

    /// A token that does not tell whose it is stands for itself.
    private static func account(of token: AccessToken) -> String {
        token.holder.map { "holder \($0)" } ?? "token \(Fingerprint.text(of: token.secret))"
    }

    private static func secret(_ file: String?) -> SecretSource? {
        if let file { return .file(SecretFile(file, holds: "a client secret")) }
        guard let text = ProcessInfo.processInfo.environment[secretVariable], !text.isEmpty else { return nil }
        return .setting(Secret(text), name: secretVariable)
    }
}
