internal import Dispatch
internal import Glibc
internal import Jobs

/// Turns the signals that end a process into requests to stop.
final class Signals: Sendable {
    /// Dispatch sources may be used from any thread; they are only cancelled here.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// Begins to listen to SIGTERM, SIGINT and, unless the process was started to outlive its terminal, SIGHUP.
    ///
    /// - Parameter stop: what is told.
    init(stop: StopRequest) {
        let queue = DispatchQueue(label: "purser.signals")
        let signals = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGHUP, "SIGHUP")]
        sources = signals.filter { $0.0 != SIGHUP || !Self.isIgnored(SIGHUP) }.map { number, name in
            // The default action must be off, or the process would be gone before the source speaks.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { stop.request(.signal(name)) }
            source.resume()
            return source
        }
    }

    deinit { sources.forEach { $0.cancel() } }

    /// Ignores for the whole process the signals that would end it without need: SIGPIPE and SIGXFSZ, since the write
    /// that failed says itself that the reader is gone or that the file may not grow; and SIGIO, which says that
    /// somebody opens a file while it is found out whether anybody writes to it.
    static func ignoreThoseThatNeedNoStop() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGIO, SIG_IGN)
    }

    /// Whether the process was started with a signal ignored, as `nohup` does with SIGHUP.
    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        let handler = action.__sigaction_handler.sa_handler
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
