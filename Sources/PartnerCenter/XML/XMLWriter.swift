/// Writes a tree as XML: an element for each member in name order, a list as siblings of its name, nothing for null.
struct XMLWriter {
    private var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"

    /// The document of a value, under a root of that name.
    static func write(_ value: JSONValue, root: String) -> [UInt8] {
        var writer = XMLWriter()
        if case .array(let elements) = value {
            // A list has no name of its own to repeat.
            writer.text += "<\(root)>"
            for element in elements { writer.write(element, named: "item") }
            writer.text += "</\(root)>"
        } else {
            writer.write(value == .null ? .string("") : value, named: root)
        }
        return Array(writer.text.utf8)
    }

    private mutating func write(_ value: JSONValue, named name: String) {
        switch value {
        case .null: break
        case .array(let elements): for element in elements { write(element, named: name) }
        case .string, .number, .bool: text += "<\(name)>\(Self.escaped(value.text ?? ""))</\(name)>"
        case .object(let members): write(members, "", named: name)
        case .element(let children, let content): write(children, content, named: name)
        }
    }

    private mutating func write(_ members: [JSONMember], _ content: String, named name: String) {
        text += "<\(name)>\(Self.escaped(content))"
        for place in JSONMember.nameOrder(of: members) { write(members[place].value, named: members[place].name) }
        text += "</\(name)>"
    }

    /// A character that XML 1.0 has no way to say becomes U+FFFD.
    static func escaped(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            byte >= 0x20 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
                && byte != 0xEF
        }
        if isPlain { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\r": escaped += "&#13;"
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}", "\0"..<" ": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
