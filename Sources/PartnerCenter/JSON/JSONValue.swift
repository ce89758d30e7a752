/// A parsed JSON text; a number stays the text that it was, so that no digit is lost.
indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// The value as text, where it is a text, a number or a truth value.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// A member's value, whatever the case of its name; the last one counts, and null is none.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let folded = name.lowercased()
        guard let value = members.last(where: { $0.name.lowercased() == folded })?.value else { return nil }
        return value == .null ? nil : value
    }
}

/// A name and its value in a JSON object.
struct JSONMember: Hashable, Sendable {
    let name: String
    let value: JSONValue
}

/// Where a text stops being JSON, and why.
package struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// From 1, in bytes.
    package let column: Int
    /// What is wrong there.
    package let reason: String

    package var description: String { "line \(line), column \(column): \(reason)" }
}
