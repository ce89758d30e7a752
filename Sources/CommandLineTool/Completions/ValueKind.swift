/// What an option's value or an operand is, as far as a shell can help with it.
enum ValueKind: Hashable, Sendable {
    case file
    case folder
    /// One of some words.
    case words([String])
    /// Something that only the person knows.
    case other

    /// Tells it by the name that help gives it: `FILE`, `json|xml`, `N`.
    ///
    /// - Parameter name: the name.
    init(named name: String) {
        let isPlain = name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-|".utf8.contains($0) }
        self =
            switch name {
            case "DIR": .folder
            case "FILE", "FILE,...", "MANIFEST", "MANIFEST...": .file
            case let name where isPlain && name.contains("|"): .words(name.split(separator: "|").map(String.init))
            default: .other
            }
    }
}

extension CommandSpecification {
    /// What its operands are; nil where it takes none.
    var operandKind: ValueKind? { operandCount.upperBound == 0 ? nil : ValueKind(named: operands) }
}

extension CommandSpecification.Option {
    /// What its value is; nil for a flag.
    var valueKind: ValueKind? { value.map(ValueKind.init) }
}
