internal import HTTP
package import Platform

/// Gets bearer tokens: from a file, from a setting, from an identity service.
package protocol TokenProvider: Sendable {
    /// Gets a token; called at the start, before the last one expires, and again when the service refuses it.
    ///
    /// - Returns: the token.
    /// - Throws: `ServiceError` of kind `unauthorized` where there is none to be had, `unavailable` where who gives it
    ///   can't be reached, `unwritable` where what comes with it can't be kept.
    func fetch() async throws(ServiceError) -> AccessToken
}

/// One token for the whole run, as `PURSER_TOKEN` gives it.
package struct StaticToken: TokenProvider {
    private let token: Secret
    private let source: String

    /// Makes a provider of a token.
    ///
    /// - Parameters:
    ///   - token: the token; white space around it does not matter.
    ///   - source: where it came from, for the error.
    package init(_ token: Secret, from source: String = "PURSER_TOKEN") {
        self.token = token
        self.source = source
    }

    package func fetch() throws(ServiceError) -> AccessToken {
        AccessToken(try BearerToken(Array(token.reveal().utf8), from: source).secret)
    }
}

/// A token in a file that somebody else keeps fresh; read again before it expires, and when the service refuses it.
package struct TokenFile: TokenProvider {
    private let file: SecretFile
    private let wallClock: @Sendable () -> Timestamp

    /// Makes a provider of what a file holds: a token and nothing else, but for white space around it.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - wallClock: tells civil time, for tokens that say when they expire.
    package init(_ path: String, wallClock: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        file = SecretFile(path, holds: "a bearer token")
        self.wallClock = wallClock
    }

    package func fetch() async throws(ServiceError) -> AccessToken {
        AccessToken(try BearerToken(try await file.bytes(), from: file.path).secret, now: wallClock())
    }
}

extension ServiceError {
    /// Why no request may begin where no token is to be had.
    var closure: ServiceClosure {
        switch kind {
        case .unavailable: ServiceClosure(.unavailable, message: message)
        case .unauthorized: ServiceClosure(.unauthorized, message: message)
        case .unwritable: ServiceClosure(.unwritable, message: message)
        case .closed: ServiceClosure(.stopped, message: message)
        }
    }
}
