#if canImport(Glibc)
    internal import Glibc
#endif

/// The process's standard output or standard error.
package enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// Whether a person is looking: the stream is a terminal.
    package var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Writes a text in one call where the system takes it so.
    ///
    /// - Parameter text: what is written, line end included.
    /// - Throws: `SystemError` where it can't be written, as to a pipe whose reader has left.
    package func write(_ text: String) throws(SystemError) { try write(text.utf8) }

    /// Writes bytes, as they are.
    ///
    /// - Parameter bytes: what is written.
    /// - Throws: `SystemError` where they can't be written, as to a pipe whose reader has left.
    package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        let name = self == .output ? "standard output" : "standard error"
        try OpenDescriptor(rawValue, name: name).write(bytes)
    }
}
