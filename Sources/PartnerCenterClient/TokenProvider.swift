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

    /// Makes a provider of a token.
    ///
    /// - Parameter token: the token.
    package init(_ token: Secret) {
        self.token = token
    }

    package func fetch() -> Secret { token }
}

/// A token in a file that somebody else keeps fresh; read again whenever the service refuses the last one.
package actor TokenFile: TokenProvider {
    private let path: String
    // Reading blocks, so it does not run on the cooperative pool.
    private let executor = QueueExecutor("purser.token-file")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a provider of a file's first line.
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
        let isSpace = { (byte: UInt8) in byte <= 0x20 }
        let token = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        // RFC 6750, section 2.1: printable characters only; anything else is not a token but some other file.
        guard !token.isEmpty, token.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw ServiceError(.unauthorized, message: "\(path): holds no token; write a token into it, alone")
        }
        return Secret(String(decoding: token, as: UTF8.self))
    }

    /// The file's start: a token is never longer than a header may be.
    private static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let file = try File(path, .read)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < 1 << 16 {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
