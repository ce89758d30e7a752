package import Platform

/// Writes log entries of its level and above to a sink.
///
/// The message is constant, so that entries can be counted by it; what varies goes into the metadata.
package struct Logger: Sendable {
    /// How much an entry matters, least first.
    package enum Level: String, CaseIterable, Comparable, Sendable {
        case debug, info, warning, error

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            }
        }
    }

    private let level: Level
    private let sink: any LogSink
    /// What goes with every entry.
    private var context: [LogEntry.Pair] = []
    private let clock: @Sendable () -> Timestamp

    /// Makes a logger.
    ///
    /// - Parameters:
    ///   - level: the lowest level that is written.
    ///   - sink: where the entries go.
    ///   - clock: gives the present time.
    package init(level: Level, sink: any LogSink, clock: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        self.level = level
        self.sink = sink
        self.clock = clock
    }

    /// Writes an entry, if its level is written at all.
    ///
    /// - Parameters:
    ///   - level: how much it matters.
    ///   - message: what happened, the same words each time.
    ///   - metadata: what varies, evaluated only where the entry is written.
    package func log(
        _ level: Level,
        _ message: StaticString,
        _ metadata: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        guard level >= self.level else { return }
        let pairs = metadata().map { LogEntry.Pair(name: $0.key, value: $0.value) }
        sink.write(LogEntry(time: clock(), level: level, message: "\(message)", metadata: pairs + context))
    }

    /// A logger whose every entry has one more value, behind its own.
    ///
    /// - Parameters:
    ///   - name: the value's name.
    ///   - value: the value.
    /// - Returns: the logger.
    package func adding(_ name: String, _ value: String) -> Logger {
        var logger = self
        logger.context.append(LogEntry.Pair(name: name, value: value))
        return logger
    }
}

/// One thing that happened.
package struct LogEntry: Hashable, Sendable {
    /// One value that goes with the message.
    package struct Pair: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package let time: Timestamp
    package let level: Logger.Level
    package let message: String
    /// What varies, in the order it was given.
    package let metadata: [Pair]

    /// The value of the first pair of a name.
    package subscript(name: String) -> String? { metadata.first { $0.name == name }?.value }
}

/// Takes log entries, from any thread.
package protocol LogSink: Sendable {
    /// Writes an entry.
    ///
    /// - Parameter entry: what happened.
    func write(_ entry: LogEntry)
}
