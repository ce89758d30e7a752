internal import Synchronization

/// A random source that tasks may share.
final class RandomSource: RandomNumberGenerator, Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    init(_ generator: some RandomNumberGenerator & Sendable) {
        self.generator = Mutex(generator)
    }

    func next() -> UInt64 { generator.withLock { $0.next() } }

    /// Sixteen random bytes.
    func bytes() -> [UInt8] {
        [next(), next()].flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    }

    /// A random UUID (RFC 9562, version 4), in lower case.
    func uuid() -> String {
        var bytes = bytes()
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let hyphenated = bytes.enumerated().map { index, byte in
            let digits = byte < 16 ? "0\(String(byte, radix: 16))" : String(byte, radix: 16)
            return [4, 6, 8, 10].contains(index) ? "-\(digits)" : digits
        }
        return hyphenated.joined()
    }
}
