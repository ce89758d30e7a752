package import Platform
package import Telemetry

/// Tokens that another program prints.
package actor TokenCommand: TokenProvider {
    private let program: Program
    private let limit: Duration
    private let logger: Logger
    private let wallClock: @Sendable () -> Timestamp
    // Waiting for a program blocks, so it does not happen on the cooperative pool.
    private let executor = QueueExecutor("purser.token-command")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - program: the program; it prints a token and nothing else to standard output.
    ///   - limit: how long it may take.
    ///   - logger: told what the program writes to standard error, without what looks like a secret.
    ///   - wallClock: tells civil time, for tokens that say when they expire.
    package init(
        _ program: Program,
        limit: Duration,
        logger: Logger,
        wallClock: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.program = program
        self.limit = limit
        self.logger = logger
        self.wallClock = wallClock
    }

    package func fetch() throws(ServiceError) -> AccessToken {
        let outcome: Program.Outcome
        do {
            outcome = try program.run(limit: limit)
        } catch {
            throw ServiceError(.unauthorized, message: "\(error); the job's auth names it to print a token")
        }
        let name = "the token command \(program.arguments.first ?? "")"
        let complaint = report(outcome).map { ": \($0)" } ?? ""
        switch outcome.end {
        case .exited(0): return AccessToken(try BearerToken(outcome.output, from: name).secret, now: wallClock())
        case .exited(let status):
            throw ServiceError(.unauthorized, message: "\(name) ended with status \(status)\(complaint)")
        case .signalled(let number):
            throw ServiceError(.unauthorized, message: "\(name) was ended by signal \(number)\(complaint)")
        case .timedOut:
            let message = "\(name) printed no token within \(limit.components.seconds) seconds\(complaint)"
            throw ServiceError(.unavailable, message: message)
        case .cancelled: throw ServiceError(.closed, message: "the run is being stopped")
        }
    }

    /// Logs what it wrote to standard error.
    ///
    /// - Returns: the last line, for the error.
    private func report(_ outcome: Program.Outcome) -> String? {
        let output = String(decoding: outcome.output, as: UTF8.self)
        let mask = SecretMask(
            output.split(whereSeparator: \.isWhitespace).map { Secret(String($0)) }
                + program.environment.filter { $0.key.hasPrefix("PURSER_") }.map { Secret($0.value) }
        )
        let text = String(decoding: outcome.errors, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).suffix(20).map {
            mask.maskedStrictly(String($0.prefix(500)))
        }
        let level: Logger.Level = outcome.end == .exited(0) ? .info : .warning
        for line in lines { logger.log(level, "The token command wrote", ["line": line]) }
        return lines.last
    }
}
