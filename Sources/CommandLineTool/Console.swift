internal import Platform
internal import Synchronization

/// Where a command writes: results to standard output, everything else to standard error.
///
/// A reader that has left, as `head` does, is no error; a disk that is full is, and `failure` tells it at the end.
final class Console: Sendable {
    private struct State {
        var isOutputClosed = false
        var failure: SystemError?
    }

    private let state = Mutex(State())

    /// Why standard output could not be written, where it could not.
    var failure: SystemError? { state.withLock { $0.failure } }

    /// Whether nobody reads standard output any more.
    var isOutputClosed: Bool { state.withLock { $0.isOutputClosed } }

    /// Writes to standard output.
    ///
    /// - Parameter text: what is written, line ends included.
    func write(_ text: String) { write(text.utf8) }

    /// Writes bytes to standard output, as they are.
    ///
    /// - Parameter bytes: what is written.
    func write(_ bytes: some Sequence<UInt8>) {
        guard !isOutputClosed else { return }
        do {
            try StandardStream.output.write(bytes)
        } catch {
            state.withLock {
                $0.isOutputClosed = true
                if !error.isClosedPipe { $0.failure = error }
            }
        }
    }

    /// Writes a line to standard output.
    ///
    /// - Parameter line: the line without its end.
    func print(_ line: String) { write(line + "\n") }

    /// Writes a line to standard error; where that fails there is nobody left to tell.
    ///
    /// - Parameter line: the line without its end.
    func report(_ line: String) { StandardErrorLine.write(line) }

    /// Writes over the present line of standard error, for progress.
    ///
    /// - Parameter text: the line's text; an empty one wipes the line.
    func overwrite(_ text: String) { StandardErrorLine.overwrite(text) }
}
