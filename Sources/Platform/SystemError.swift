#if canImport(Glibc)
    internal import Glibc
#endif

/// A call to the operating system that failed: what was tried, on which path, and the reason it gave.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The `errno` value.
    package let code: Int32
    /// What was tried, as a verb: `open`, `write`, `rename`.
    package let operation: String
    /// The path it was tried on.
    package let path: String

    /// Makes an error of a code.
    ///
    /// - Parameters:
    ///   - code: the `errno` value; by default the thread's current one.
    ///   - operation: what was tried, as a verb.
    ///   - path: the path it was tried on.
    package init(code: Int32 = errno, operation: String, path: String) {
        self.code = code
        self.operation = operation
        self.path = path
    }

    /// The system's words for the code: `No space left on device`.
    package var reason: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether the reader of a pipe has left (`EPIPE`).
    package var isClosedPipe: Bool { code == EPIPE }

    package var description: String { "\(path): can't \(operation): \(reason)" }
}
