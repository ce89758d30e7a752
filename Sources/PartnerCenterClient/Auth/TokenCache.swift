internal import HTTP
internal import Platform
internal import Synchronization
internal import Telemetry

/// Keeps the token that all requests share, and renews it once for all of them.
final class TokenCache: Sendable {
    /// A token, numbered in the order they were fetched, from 1.
    struct Token: Hashable, Sendable {
        let secret: Secret
        let number: Int
        /// Whether it was fetched since the service had refused the one before.
        let followsRefusal: Bool
    }

    private struct State {
        var token: Token?
        /// When another one is fetched, while this one still serves; nil for never.
        var renewAt: Duration?
        /// When it serves no more; nil where only the service's refusal tells.
        var expiresAt: Duration?
        /// The token that the service refused last.
        var refused: Secret?
        /// Whether no token has been taken since one was refused.
        var isRefused = false
        var fetching: Task<Result<Token, ServiceError>, Never>?
        var fetched = 0
        /// The newest token that the service has taken.
        var accepted = 0
    }

    private let provider: any TokenProvider
    private let stopwatch: Stopwatch
    private let logger: Logger
    private let redactor: SecretRedactor
    private let state = Mutex(State())

    /// A token is renewed when a fifth of its life is left, but never earlier than this before its end.
    private static let longestMargin = Duration.seconds(300)
    /// A request may be on its way for a while: so long before its end a token counts as expired.
    private static let longestTravel = Duration.seconds(30)
    /// How long a renewal that failed for want of a connection waits, while the token still serves.
    private static let pause = Duration.seconds(30)

    init(
        _ provider: any TokenProvider,
        _ stopwatch: Stopwatch,
        _ logger: Logger,
        _ redactor: SecretRedactor = SecretRedactor()
    ) {
        self.redactor = redactor
        self.provider = provider
        self.stopwatch = stopwatch
        self.logger = logger
    }

    /// The token to send; fetched where there is none, once for all who ask meanwhile.
    ///
    /// A token that will soon expire serves until another one has come.
    ///
    /// - Returns: the token.
    /// - Throws: `ServiceError` where there is none to be had.
    func current() async throws(ServiceError) -> Token {
        let fetching: Task<Result<Token, ServiceError>, Never>
        switch supply() {
        case .token(let token): return token
        case .fetching(let task): fetching = task
        }
        // The fetch is a task of its own: cancelling one who waits for it does not cancel it for the others.
        return try await fetching.value.get()
    }

    /// Notes that the service took a token.
    ///
    /// - Parameter token: the token of a request that was answered with anything but 401.
    func accept(_ token: Token) {
        state.withLock { state in
            state.accepted = max(state.accepted, token.number)
            if state.token == token { state.isRefused = false }
        }
    }

    /// Notes that the service refused a token.
    ///
    /// - Parameter token: the token of a request that was answered with 401.
    /// - Returns: whether it is worth trying again: not where one that was renewed for a refusal was never taken.
    func refuse(_ token: Token) -> Bool {
        state.withLock { state in
            guard state.token == token else { return true }  // Another request has seen to it.
            guard !token.followsRefusal || state.accepted >= token.number else { return false }
            state.token = nil
            state.refused = token.secret
            state.isRefused = true
            return true
        }
    }

    /// Gives up a fetch that is under way, since no request will need it.
    func stop() {
        state.withLock { $0.fetching }?.cancel()
    }

    /// Where the token to send comes from.
    private enum Supply {
        case token(Token)
        case fetching(Task<Result<Token, ServiceError>, Never>)
    }

    private func supply() -> Supply {
        let now = stopwatch.elapsed
        return state.withLock { state in
            let serving = state.token.flatMap { now < state.expiresAt ?? now + .seconds(1) ? $0 : nil }
            let isDue = state.renewAt.map { now >= $0 } ?? false
            if let serving, !isDue { return .token(serving) }
            let task = state.fetching ?? Task { await self.fetch() }
            state.fetching = task
            return serving.map { .token($0) } ?? .fetching(task)
        }
    }

    private func fetch() async -> Result<Token, ServiceError> {
        let began = stopwatch.elapsed
        let result: Result<AccessToken, ServiceError>
        do {
            let token = try await provider.fetch()
            redactor.learn(token.secret)
            result = .success(token)
        } catch {
            result = .failure(error)
        }
        tell(result)
        let now = stopwatch.elapsed
        return state.withLock { state in
            state.fetching = nil
            if case .failure(let error) = result {
                state.renewAt = error.kind == .unavailable ? now + Self.pause : nil
            }
            return result.map { Self.keep($0, since: began, &state) }
        }
    }

    private static func keep(_ access: AccessToken, since began: Duration, _ state: inout State) -> Token {
        state.fetched += 1
        let token = Token(secret: access.secret, number: state.fetched, followsRefusal: state.isRefused)
        state.token = token
        state.expiresAt = access.lifetime.map { began + $0 - min($0 / 10, longestTravel) }
        state.renewAt = access.lifetime.map { began + $0 - min($0 / 5, longestMargin) }
        return token
    }

    /// Logs what a renewal came to; the first fetch is no news.
    private func tell(_ result: Result<AccessToken, ServiceError>) {
        let (token, refused) = state.withLock { ($0.token, $0.refused) }
        switch result {
        // A provider with one token only gives it again, which is no news.
        case .success(let access) where token == nil && refused != nil && access.secret != refused:
            logger.log(.info, "The token was refused and has been renewed")
        case .success(let access) where token != nil && access.secret != token?.secret:
            logger.log(.debug, "The token was renewed before it expires")
        case .failure(let error) where token != nil && error.kind != .closed:
            logger.log(.warning, "The token could not be renewed yet", ["reason": error.message])
        default: break
        }
    }
}
