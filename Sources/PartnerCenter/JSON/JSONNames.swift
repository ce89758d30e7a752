/// The names of the members that somebody wants of a JSON text, wherever in it they stand.
///
/// To make texts and lists of all that an answer holds costs as much as to send the request.
package struct JSONNames: Hashable, Sendable, ExpressibleByArrayLiteral {
    private let names: [[UInt8]]

    /// Makes a set of names.
    ///
    /// - Parameter elements: the names, in ASCII; their case does not matter.
    package init(arrayLiteral elements: String...) {
        names = elements.map { Array($0.utf8) }
    }

    /// Whether a name is among them, whatever its case.
    func contains(_ name: ArraySlice<UInt8>) -> Bool {
        names.contains { ASCIIName.isSame($0, name) }
    }
}

/// Compares names as the service does: without regard to case.
enum ASCIIName {
    /// Whether two names are the same but for the case of their ASCII letters: compared byte by byte, as several are
    /// looked for in each answer, and most are told apart by their length.
    static func isSame(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).allSatisfy { one, other in
            one == other || one ^ other == 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(one | 0x20)
        }
    }
}
