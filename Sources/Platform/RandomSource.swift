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
        let (first, second) = generator.withLock { generator in (generator.next(), generator.next()) }
        // The version and the variant, in the seventh and the ninth byte.
        let halves = [
            first & ~(0xF0 << 48) | 0x40 << 48,
            second & ~0xC0 | 0x80,
        ]
        // One is made for nearly every request, so its digits are written in place.
        return unsafe String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for index in 0..<16 {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    unsafe text[place] = UInt8(ascii: "-")
                    place += 1
                }
                let byte = UInt8(truncatingIfNeeded: halves[index / 8] >> (index % 8 * 8))
                unsafe text[place] = Self.digit(byte >> 4)
                unsafe text[place + 1] = Self.digit(byte & 0x0F)
                place += 2
            }
            return place
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
