/// Ways in which services spell the same JSON.
package struct JSONStyle: Hashable, Sendable {
    /// Whether members begin with a capital: `CompanyProfile`.
    package var isPascalCase: Bool
    /// Whether numbers and truth values stand as texts.
    package var writesNumbersAsText: Bool
    /// Whether every object has members that no page names, one of them null.
    package var addsUnknownMembers: Bool

    package init(isPascalCase: Bool = false, writesNumbersAsText: Bool = false, addsUnknownMembers: Bool = false) {
        self.isPascalCase = isPascalCase
        self.writesNumbersAsText = writesNumbersAsText
        self.addsUnknownMembers = addsUnknownMembers
    }

    /// Spells a tree.
    ///
    /// - Parameter value: the tree in camelCase.
    /// - Returns: the same in this style.
    package func applied(to value: JSONValue) -> JSONValue {
        switch value {
        case .number(let text) where writesNumbersAsText: .string(text)
        case .bool(let flag) where writesNumbersAsText: .string(flag ? "True" : "False")
        case .array(let elements): .array(elements.map(applied))
        case .object(let members): .object(members.map(applied) + unknownMembers)
        case .element(let children, let text): .element(children.map(applied) + unknownMembers, text: text)
        case .null, .bool, .number, .string: value
        }
    }

    private func applied(to member: JSONMember) -> JSONMember {
        let name = isPascalCase ? member.name.prefix(1).uppercased() + member.name.dropFirst() : member.name
        return JSONMember(name: name, value: applied(to: member.value))
    }

    private var unknownMembers: [JSONMember] {
        guard addsUnknownMembers else { return [] }
        let later = JSONValue.object([JSONMember(name: "since", value: .number("2026"))])
        return [JSONMember(name: "xNull", value: .null), JSONMember(name: "xObject", value: later)]
    }
}
