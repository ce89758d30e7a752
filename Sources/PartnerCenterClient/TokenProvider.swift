package import Platform

/// Gets bearer tokens: from a file, from a setting, from an identity service.
package protocol TokenProvider: Sendable {
    /// Gets a token; called at the start, and again when the service refuses the last one.
    ///
    /// - Returns: the token.
    /// - Throws: `ServiceError` of kind `unauthorized` where there is none to be had.
    func fetch() async throws(ServiceError) -> Secret
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

    package func fetch() throws(ServiceError) -> Secret {
        try BearerToken(Array(token.reveal().utf8), from: source).secret
    }
}

/// A token in a file that somebody else keeps fresh; read again whenever the service refuses the last one.
package actor TokenFile: TokenProvider {
    private let path: String
    // Reading blocks, so it does not run on the cooperative pool.
    private let executor = QueueExecutor("purser.token-file")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The largest file that is read: a token is never longer than a header may be.
    private static let maximumBytes = 1 << 16

    /// Makes a provider of what a file holds: a token and nothing else, but for white space around it.
    ///
    /// - Parameter path: the file's path.
    package init(_ path: String) {
        self.path = path
    }

    package func fetch() throws(ServiceError) -> Secret {
        let bytes: [UInt8]
        do {
            bytes = try Self.read(path)
        } catch {
            throw ServiceError(.unauthorized, message: "\(error); the file must hold a token")
        }
        guard bytes.count <= Self.maximumBytes else {
            let message =
                "\(path): holds more than \(Self.maximumBytes) bytes; it must hold a bearer token and nothing else"
            throw ServiceError(.unauthorized, message: message)
        }
        return try BearerToken(bytes, from: path).secret
    }

    /// The whole file, or more of it than is taken.
    private static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let file = try File(path, .read)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= maximumBytes {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
