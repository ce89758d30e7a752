#if canImport(Glibc)
    internal import Glibc
#endif

/// A descriptor that somebody else has opened and will close: standard output, standard error, a log's, a file's.
package struct OpenDescriptor: Hashable, Sendable {
    private let number: Int32
    private let name: String

    /// Makes the descriptor of a number.
    ///
    /// - Parameters:
    ///   - number: the descriptor's number; 2 is standard error.
    ///   - name: what an error calls it.
    package init(_ number: Int32, name: String) {
        self.number = number
        self.name = name
    }

    /// Writes all of some bytes, in one call where the system takes it so.
    ///
    /// Somebody else may have made the descriptor non-blocking, as a terminal's other user can: then it waits for room.
    ///
    /// - Parameter bytes: what is written.
    /// - Throws: `SystemError` where not all of it could be written, as to a pipe whose reader has left.
    package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        var rest = ContiguousArray(bytes)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                waitForRoom()
            } else if errno != EINTR {
                throw SystemError(operation: "write", path: name)
            }
        }
    }

    /// Waits until a write would not block; what goes wrong here, the next write tells.
    private func waitForRoom() {
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        unsafe _ = poll(&entry, 1, -1)
    }
}
