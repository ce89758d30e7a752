internal import Synchronization

/// Random numbers that tasks may share; a seeded generator makes them repeatable.
package final class RandomSource: RandomNumberGenerator, Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    /// Makes a source.
    ///
    /// - Parameter generator: what gives the bits.
    package init(_ generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.generator = Mutex(generator)
    }

    /// A number whose every bit is random.
    ///
    /// - Returns: the number.
    package func next() -> UInt64 { generator.withLock { $0.next() } }

    /// Random bytes.
    ///
    /// - Parameter count: how many.
    /// - Returns: the bytes.
    package func bytes(_ count: Int) -> [UInt8] {
        let numbers = (0..<(count + 7) / 8).map { _ in next() }
        let bytes = numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
        return Array(bytes.prefix(count))
    }

    /// A random UUID (RFC 9562, version 4).
    ///
    /// - Returns: its text, in lower case.
    package func uuid() -> String {
        var bytes = bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hyphenated = bytes.enumerated().map { index, byte in
            let digits = byte < 16 ? "0\(String(byte, radix: 16))" : String(byte, radix: 16)
            return [4, 6, 8, 10].contains(index) ? "-\(digits)" : digits
        }
        return hyphenated.joined()
    }
}
