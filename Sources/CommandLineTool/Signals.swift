internal import Dispatch
internal import Glibc
internal import Jobs
internal import Synchronization

/// Turns the signals that end a process into requests to stop.
final class Signals: Sendable {
    private let stop: StopRequest

    /// Begins to listen to SIGTERM, SIGINT and, unless the process was started to outlive its terminal, SIGHUP.
    ///
    /// - Parameter stop: what is told.
    init(stop: StopRequest) {
        self.stop = stop
        SignalPipe.listener.withLock { $0 = stop }
        // Without a descriptor left for the pipe, a signal does what it would have done.
        guard SignalPipe.shared != nil else { return }
        for number in SignalPipe.names.keys where number != SIGHUP || !Self.isIgnored(SIGHUP) {
            signal(number, SignalPipe.handler)
        }
    }

    deinit { SignalPipe.listener.withLock { if $0 === stop { $0 = nil } } }

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

/// The pipe that a signal's handler writes its number to, since a handler may do next to nothing else (POSIX.1, 2.4.3).
///
/// Dispatch's own sources of signals lose about one in a hundred that come in the first milliseconds, while the main
/// thread gives itself up: nobody would hear that the process is to stop.
private final class SignalPipe: Sendable {
    static let shared = SignalPipe()
    static let names = [SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP"]
    /// Who is told.
    static let listener = Mutex<StopRequest?>(nil)
    /// Where the handler writes: it can't be given anything but a signal's number.
    private static let writer = Atomic<Int32>(-1)

    static let handler: @convention(c) (Int32) -> Void = { number in
        let error = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(writer.load(ordering: .relaxed), &byte, 1)
        errno = error
    }

    /// Dispatch sources may be used from any thread; this one lasts as long as the process.
    private nonisolated(unsafe) let source: any DispatchSourceRead

    private init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        let reader = ends[0]
        Self.writer.store(ends[1], ordering: .relaxed)
        source = DispatchSource.makeReadSource(fileDescriptor: reader, queue: DispatchQueue(label: "purser.signals"))
        source.setEventHandler {
            var byte: UInt8 = 0
            while read(reader, &byte, 1) == 1 {
                guard let name = Self.names[Int32(byte)] else { continue }
                Self.listener.withLock { $0 }?.request(.signal(name))
            }
        }
        source.resume()
    }
}
