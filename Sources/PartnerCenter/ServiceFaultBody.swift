extension ServiceFault {
    /// Reads an error answer, whichever of the service's body shapes it has.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - reason: the status line's reason phrase; may be empty.
    ///   - body: the answer's body, as it came.
    package init(status: Int, reason: String, body: [UInt8]) {
        let phrase = reason.isEmpty ? "HTTP status \(status)" : reason
        guard let value = Self.tree(body) else {
            let text = String(decoding: UnicodeText.utf8(body), as: UTF8.self)
            self.init(message: OneLine.text(ofPage: text), or: phrase)
            return
        }
        if let inner = value["error"], inner.members?.isEmpty == false {
            self.init(object: inner, or: phrase)
        } else if value.members != nil {
            self.init(object: value, or: phrase)
        } else {
            self.init(message: value.text ?? "", or: phrase)
        }
    }

    /// The body as a tree; nil where it is none that speaks of a fault.
    private static func tree(_ body: [UInt8]) -> JSONValue? {
        // A syntax error only says that this body is of another shape.
        if let value = try? JSONParser.parse(body) { return value }
        guard let value = try? XMLReader.read(body) else { return nil }
        // A page for people can be well-formed, too.
        return ["code", "error", "description", "message"].contains { value[$0] != nil } ? value : nil
    }

    private init(object: JSONValue, or phrase: String) {
        let details = Self.details(of: object)
        var sentences = [Self.message(of: object)].filter { !$0.isEmpty }
        for detail in details where !Self.isPath(detail) && !sentences.contains(where: { $0.contains(detail) }) {
            sentences.append(detail)
        }
        self.init(
            code: object["code"]?.text ?? object["error"]?.text ?? "",
            field: details.first(where: Self.isPath) ?? details.lazy.compactMap(Self.leadingPath).first ?? "",
            message: sentences.joined(separator: " "),
            or: phrase
        )
    }

    private init(code: String = "", field: String = "", message: String, or phrase: String) {
        let line = OneLine.clean(message, limit: 1024)
        self.init(
            code: OneLine.clean(code, limit: 64),
            field: OneLine.clean(field, limit: 256),
            message: line.isEmpty ? OneLine.clean(phrase, limit: 1024) : line
        )
    }

    /// The sentence for a person; a description that is JSON itself is looked into.
    private static func message(of object: JSONValue) -> String {
        let names = ["description", "reason", "message", "error_description"]
        guard let text = names.lazy.compactMap({ object[$0]?.text }).first(where: { !$0.isEmpty }) else {
            return object["errorName"]?.text ?? ""
        }
        let decoded = OneLine.withoutEntities(text)
        guard decoded.contains("{"), let nested = nestedObject(text) ?? nestedObject(decoded) else { return decoded }
        let inner = message(of: nested)
        return inner.isEmpty ? decoded : inner
    }

    private static func nestedObject(_ text: String) -> JSONValue? {
        // A syntax error only says that the description is plain text with a brace in it.
        guard let value = try? JSONParser.parse([UInt8](text.utf8)), case .object = value else { return nil }
        return value
    }

    /// The texts of `data`: a list, a text, or in XML elements within one of that name or one after the other.
    private static func details(of object: JSONValue) -> [String] {
        let data = (object.members ?? []).filter { $0.name.lowercased() == "data" }.map(\.value)
        let elements = data.flatMap { $0.text == nil ? $0.elements ?? [] : [$0] }
        return elements.compactMap(\.text).filter { !$0.isEmpty }
    }

    /// The path that a detail begins with before it says what is wrong there, such as `billingProfile.email: …`.
    ///
    /// Only a path from one of the service's own members counts: a domain looks like a path, too.
    private static func leadingPath(_ detail: String) -> String? {
        let path = String(detail.prefix { !$0.isWhitespace && $0 != ":" && $0 != "," && $0 != ";" })
        let names = path.split(separator: ".").map { $0.lowercased() }
        let roots: Set = ["companyprofile", "billingprofile", "defaultaddress"]
        guard isPath(path), names.count > 1, names.contains(where: roots.contains) else { return nil }
        return path
    }

    /// Whether a detail names a member, such as `billingProfile.defaultAddress.city`.
    private static func isPath(_ detail: String) -> Bool {
        guard let first = detail.utf8.first, detail.utf8.allSatisfy(isPathByte) else { return false }
        // A single capitalised word, such as `StateInvalid`, is a reason rather than a name.
        return detail.contains(".") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "["),
            UInt8(ascii: "]"):
            true
        default: false
        }
    }
}
