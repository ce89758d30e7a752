internal import Platform
internal import Synchronization
internal import Telemetry

/// Keeps the token that all requests share, and renews it once for all of them.
final class TokenCache: Sendable {
    /// A token, numbered in the order they were fetched, from 1.
    struct Token: Hashable, Sendable {
        let secret: Secret
        let number: Int
    }

    private struct State {
        var token: Token?
        /// The token that the service refused last.
        var refused: Secret?
        var fetching: Task<Result<Token, ServiceError>, Never>?
        var fetched = 0
        /// The newest token that the service has taken.
        var accepted = 0
    }

    private let provider: any TokenProvider
    private let logger: Logger
    private let state = Mutex(State())

    init(_ provider: any TokenProvider, _ logger: Logger) {
        self.provider = provider
        self.logger = logger
    }

    /// The token to send; fetched where there is none, once for all who ask meanwhile.
    ///
    /// - Returns: the token.
    /// - Throws: `ServiceError` where there is none to be had.
    func current() async throws(ServiceError) -> Token {
        let fetching: Task<Result<Token, ServiceError>, Never>
        switch state.withLock({ Self.next(&$0, fetch) }) {
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
        state.withLock { $0.accepted = max($0.accepted, token.number) }
    }

    /// Notes that the service refused a token.
    ///
    /// - Parameter token: the token of a request that was answered with 401.
    /// - Returns: whether it is worth trying again: not where a renewed token was never taken.
    func refuse(_ token: Token) -> Bool {
        state.withLock { state in
            guard state.token == token else { return true }  // Another request has seen to it.
            guard token.number == 1 || state.accepted >= token.number else { return false }
            state.token = nil
            state.refused = token.secret
            return true
        }
    }

    /// Where the token to send comes from.
    private enum Supply {
        case token(Token)
        case fetching(Task<Result<Token, ServiceError>, Never>)
    }

    private static func next(
        _ state: inout State,
        _ fetch: @escaping @Sendable () async -> Result<Token, ServiceError>
    ) -> Supply {
        if let token = state.token { return .token(token) }
        let task = state.fetching ?? Task { await fetch() }
        state.fetching = task
        return .fetching(task)
    }

    @Sendable private func fetch() async -> Result<Token, ServiceError> {
        let result: Result<Secret, ServiceError>
        do {
            result = .success(try await provider.fetch())
        } catch {
            result = .failure(error)
        }
        let refused = state.withLock { $0.refused }
        // A provider with one token only gives it again, which is no news.
        if case .success(let secret) = result, let refused, secret != refused {
            logger.log(.info, "The token was refused and has been renewed")
        }
        return state.withLock { state in
            state.fetching = nil
            return result.map { secret in
                state.fetched += 1
                let token = Token(secret: secret, number: state.fetched)
                state.token = token
                return token
            }
        }
    }
}
