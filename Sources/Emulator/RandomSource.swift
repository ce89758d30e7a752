internal import FoundationEssentials
internal import Synchronization

/// Where identifiers, entity tags and passwords come from; a seeded generator makes them repeatable.
package final class RandomSource: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    /// Makes a source.
    ///
    /// - Parameter generator: what gives the bits.
    package init(_ generator: sending any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.generator = Mutex(generator)
    }

    /// A number whose every bit is random.
    func number() -> UInt64 { generator.withLock { $0.next() } }

    /// A version 4 GUID in lower case.
    func guid() -> String {
        let high = number() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = number() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
        var guid: [UInt8] = []
        guid.reserveCapacity(36)
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { guid.append(UInt8(ascii: "-")) }
            guid.append(digit)
        }
        return String(decoding: guid, as: UTF8.self)
    }

    /// An entity tag as the service writes them: a signed number.
    func entityTag() -> String { String(Int64(bitPattern: number())) }

    /// The first element of a correlation vector: 16 characters of base64.
    func correlationVector() -> String {
        let bytes = [number(), number()].flatMap { number in
            (0..<6).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        return Data(bytes).base64EncodedString() + ".0"
    }

    /// A password of twelve characters, none easily mistaken: capitals, small letters and digits in turn.
    func password() -> String {
        let alphabets = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"].map { Array($0.utf8) }
        var rest = number()
        let characters = (0..<12).map { index in
            let alphabet = alphabets[index % alphabets.count]
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: UInt64(alphabet.count))
            rest = quotient
            return alphabet[Int(remainder)]
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private static func hexadecimal(_ number: UInt64) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return (0..<16).map { digits[Int(number >> (60 - $0 * 4) & 0xF)] }
    }
}
