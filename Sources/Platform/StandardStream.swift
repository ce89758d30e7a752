internal import Synchronization

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
        if Self.held.withLock({ $0?.add(Array(bytes), to: self) }) != nil { return }
        let name = self == .output ? "standard output" : "standard error"
        try OpenDescriptor(rawValue, name: name).write(bytes)
    }

    /// What is held back.
    private struct Held {
        private(set) var pieces: [(stream: StandardStream, bytes: [UInt8])] = []
        private(set) var droppedPieces = 0
        private var size = 0

        /// More than anybody reads; it is memory.
        private static let maximumBytes = 1 << 20

        mutating func add(_ bytes: [UInt8], to stream: StandardStream) {
            guard size + bytes.count <= Self.maximumBytes else { return droppedPieces += 1 }
            size += bytes.count
            pieces.append((stream, bytes))
        }
    }

    private static let held = Mutex<Held?>(nil)

    /// Whether what is written is held back now.
    package static var isHeld: Bool { held.withLock { $0 != nil } }

    /// Holds back what is written from now on, until it is known whether anybody needs it.
    package static func hold() { held.withLock { $0 = $0 ?? Held() } }

    /// Ends what `hold` began.
    ///
    /// - Parameter isShown: whether what was held back is written now, or dropped.
    package static func release(isShown: Bool) {
        let held = held.withLock { held in
            defer { held = nil }
            return held
        }
        guard isShown, let held else { return }
        do {
            for piece in held.pieces { try piece.stream.write(piece.bytes) }
            if held.droppedPieces > 0 { try StandardStream.error.write("and \(held.droppedPieces) more lines\n") }
        } catch {
            return  // There is nobody left to tell.
        }
    }
}
