internal import Platform

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
