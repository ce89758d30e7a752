internal import Platform

/// A parsed JSON text; a number stays the text that it was, so that no digit is lost.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
    /// An element of XML, which does not say whether it is an object, a list or a text: its reader knows.
    case element([JSONMember], text: String)

    /// The value as text, where it is a text, a number or a truth value.
    package var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .element(let children, let text): children.isEmpty ? text : nil
        case .null, .array, .object: nil
        }
    }

    /// The members of an object, or the children of an element; nil for anything else.
    package var members: [JSONMember]? {
        switch self {
        case .object(let members), .element(let members, _): members
        default: nil
        }
    }

    /// The elements of a list; nil for anything else.
    ///
    /// XML writes a list as elements of one name within another, or as siblings of the list's own name.
    package var elements: [JSONValue]? {
        switch self {
        case .array(let elements): elements
        case .element(let children, let text):
            if Set(children.map(\.name)).count == 1 {
                children.map(\.value)
            } else if children.isEmpty && text.allSatisfy(\.isWhitespace) {
                []
            } else {
                [self]
            }
        default: nil
        }
    }

    /// A member's value, whatever the case of its name; the last one counts, and null is none.
    package subscript(name: String) -> JSONValue? {
        guard let members else { return nil }
        guard let value = members.last(where: { $0.isNamed(name) })?.value else { return nil }
        return value == .null ? nil : value
    }
}

/// A name and its value in a JSON object.
package struct JSONMember: Hashable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }

    /// Whether it has a name, which is ASCII, but for the case.
    ///
    /// A member is looked for among all of its object: most are told apart by their length, and most that are found are
    /// spelt as the pages spell them.
    ///
    /// - Parameter other: the name.
    /// - Returns: whether it is the member's.
    func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count && (name == other || ASCIIName.isSame(name.utf8, other.utf8))
    }

    /// The places of some members in the order of their names.
    static func nameOrder(of members: [JSONMember]) -> [Int] {
        var order: [Int] = []
        order.reserveCapacity(members.count)
        // Objects are small: putting each in its place among those before it beats a general sort, which copies them.
        guard members.count <= 32 else { return members.indices.sorted { members[$0].name < members[$1].name } }
        for place in members.indices {
            var slot = order.count
            while slot > 0, members[place].name < members[order[slot - 1]].name { slot -= 1 }
            order.insert(place, at: slot)
        }
        return order
    }
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
