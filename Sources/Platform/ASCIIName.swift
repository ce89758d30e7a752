/// Compares names without regard to case, as HTTP's headers (RFC 9110, section 5.1) and the service's members are.
package enum ASCIIName {
    /// Whether two names are the same but for the case of their ASCII letters: compared byte by byte, as several are
    /// looked for in each answer, and most are told apart by their length.
    ///
    /// - Parameters:
    ///   - one: a name's bytes.
    ///   - other: those of another.
    /// - Returns: whether they are the same.
    @inlinable
    package static func isSame(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).allSatisfy { one, other in
            one == other || one ^ other == 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(one | 0x20)
        }
    }
}
