internal import Dispatch
internal import Glibc
internal import Jobs

/// Turns the signals that end a process into requests to stop.
///
/// SIGPIPE is ignored, so that a connection or a reader that goes away is an error of one call and not the end.
final class Signals: Sendable {
    private let sources: [any DispatchSourceSignal & Sendable]

    /// Begins to listen.
    ///
    /// - Parameter stop: what is told.
    init(stop: StopRequest) {
        let queue = DispatchQueue(label: "purser.signals")
        sources = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGHUP, "SIGHUP")].map { number, name in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { stop.request(.signal(name)) }
            source.resume()
            return source
        }
    }

    /// Ignores SIGPIPE for the whole process.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    deinit { sources.forEach { $0.cancel() } }
}
