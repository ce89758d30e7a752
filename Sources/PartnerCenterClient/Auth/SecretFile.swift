package import Platform

/// A file that holds one secret and nothing else, but for white space around it.
package actor SecretFile {
    package nonisolated let path: String
    private let content: String
    // Reading blocks, so it does not run on the cooperative pool.
    private let executor = QueueExecutor("purser.secret-file")
    /// The file while its lock is held.
    private var locked: File?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The largest file that is read: a token is never longer than a header may be.
    private static let maximumBytes = 1 << 16

    /// Names a file; it is read whenever its secret is needed.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - content: what it must hold, for the error: `a client secret`.
    package init(_ path: String, holds content: String) {
        self.path = path
        self.content = content
    }

    /// The whole file as it is now.
    ///
    /// - Returns: its bytes.
    /// - Throws: `ServiceError` of kind `unauthorized` where it can't be read or is too large to be a secret.
    func bytes() throws(ServiceError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try File(path, .read).read(atMost: Self.maximumBytes + 1)
        } catch {
            throw ServiceError(.unauthorized, message: "\(error); the file must hold \(content)")
        }
        guard bytes.count <= Self.maximumBytes else {
            throw refusal("holds more than \(Self.maximumBytes) bytes")
        }
        return bytes
    }

    /// The secret as it is now.
    ///
    /// - Returns: the file's text without the white space around it.
    /// - Throws: `ServiceError` of kind `unauthorized` where it can't be read or holds no such thing.
    package func read() throws(ServiceError) -> Secret {
        guard let text = String(validating: try bytes(), as: UTF8.self) else { throw refusal("is not UTF-8 text") }
        let trimmed = String(
            text.trimmingPrefix("\u{FEFF}").trimmingPrefix { $0.isWhitespace }.reversed().drop { $0.isWhitespace }
                .reversed()
        )
        guard !trimmed.isEmpty else { throw refusal("holds nothing") }
        guard !trimmed.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw refusal("holds a control character or more than one line")
        }
        return Secret(trimmed)
    }

    /// Puts another secret into the file's place, for its owner's eyes only, and durably.
    ///
    /// - Parameter secret: what the file holds from now on.
    /// - Throws: `ServiceError` of kind `unwritable` where it can't be written; the file is then as it was.
    func replace(with secret: Secret) throws(ServiceError) {
        do throws(SystemError) {
            var file = try ReplacementFile(path, permissions: 0o600)
            try file.write(secret.reveal() + "\n")
            try file.commit()
        } catch {
            throw ServiceError(.unwritable, message: "\(error); \(content) was renewed and must be kept there")
        }
    }

    /// Takes the file's lock, without waiting: one process at a time may renew what it holds.
    ///
    /// The kernel frees it when the process dies. It lies on the file itself, so that nothing is left beside it; since
    /// the file is replaced under it, a lock counts only while the file is still in its place.
    ///
    /// - Returns: whether the lock was free.
    /// - Throws: `ServiceError` of kind `unauthorized` where the file can't be opened.
    func tryLock() throws(ServiceError) -> Bool {
        do {
            while true {
                let file = try File(path, .read)
                guard Self.lock(file) else { return false }
                guard file.isInPlace() else { continue }
                locked = consume file
                return true
            }
        } catch {
            throw ServiceError(.unauthorized, message: "\(error); the file must hold \(content)")
        }
    }

    /// Gives the lock back, if it is held.
    func unlock() {
        guard let file = locked.take() else { return }
        do {
            // Closing it would not do where a child process that is just starting has a copy of the descriptor.
            try file.unlock()
        } catch {
            return
        }
    }

    private static func lock(_ file: borrowing File) -> Bool {
        do {
            return try file.lock()
        } catch {
            // A file system that knows no locks must not keep a run from its token.
            return true
        }
    }

    private func refusal(_ reason: String) -> ServiceError {
        ServiceError(.unauthorized, message: "\(path): \(reason); it must hold \(content) and nothing else")
    }
}

/// Where a secret comes from.
package enum SecretSource: Sendable {
    /// A file, read whenever the secret is needed.
    case file(SecretFile)
    /// A setting such as an environment variable, and what it is called.
    case setting(Secret, name: String)

    /// What to name where the secret is wrong: a path, a variable.
    var place: String {
        switch self {
        case .file(let file): file.path
        case .setting(_, let name): name
        }
    }

    func read() async throws(ServiceError) -> Secret {
        switch self {
        case .file(let file): try await file.read()
        case .setting(let secret, _): secret
        }
    }
}
