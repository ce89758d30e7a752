internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// A program that runs beside this one, writes to files, and is stopped when the caller says so.
///
/// Waiting blocks: do it on a thread of your own, never on the cooperative pool.
package final class ChildProcess: Sendable {
    /// What can be sent to it.
    package enum Signal: Hashable, Sendable {
        /// It may end in order.
        case terminate
        /// It is gone at once.
        case kill
    }

    /// The process's number.
    package let id: Int32
    private let ended = Mutex<Program.End?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: the program.
    ///   - output: the file that its standard output is appended to.
    ///   - errors: the file that its standard error is appended to.
    /// - Throws: `SystemError` where it can't be started, or a file can't be opened.
    package init(_ program: Program, output: String, errors: String) throws(SystemError) {
        let outputFile = try File(output, .append)
        let errorsFile = try File(errors, .append)
        id = try program.start(output: outputFile.descriptor, errors: errorsFile.descriptor)
    }

    /// How it ended; nil while it runs.
    package var end: Program.End? {
        ended.withLock { ended in
            if ended == nil { ended = Program.status(of: id).map(Program.End.init) }
            return ended
        }
    }

    /// Sends a signal; nothing happens where it has ended.
    ///
    /// - Parameter signal: what is sent.
    package func send(_ signal: Signal) {
        guard end == nil else { return }
        _ = Glibc.kill(id, signal == .kill ? SIGKILL : SIGTERM)
    }

    /// Waits for its end.
    ///
    /// - Parameters:
    ///   - limit: for how long at most.
    ///   - isOver: looked at all the while; ends the waiting.
    /// - Returns: how it ended; nil where it still runs.
    package func wait(_ limit: Duration, unless isOver: () -> Bool = { false }) -> Program.End? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let end { return end }
            if ContinuousClock.now >= deadline || isOver() { return nil }
            usleep(300)
        }
    }
}
