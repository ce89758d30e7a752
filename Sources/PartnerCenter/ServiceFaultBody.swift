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
            // Of a document that was refused, or is cut, the tags would be cut off where they are not.
            let isDocument = Self.isMarkup(body) && !Self.isPage(text) && !Self.isWellFormed(body)
            self.init(message: isDocument ? "" : OneLine.text(ofPage: text), or: phrase)
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

    /// What an error answer looks like, which tells who gave it.
    package enum Shape: String, Hashable, Sendable, CaseIterable {
        /// The service's own: an object that says what is wrong.
        case fault
        /// A sentence, as the service gives it in some places.
        case text
        /// Of something between: a page for people, or a gateway's object that only repeats the status.
        case gateway
        /// Nothing, or nothing that says anything.
        case nothing
    }

    /// Tells who gave an error answer.
    ///
    /// - Parameter body: the answer's body, as it came.
    /// - Returns: what it looks like.
    package static func shape(of body: [UInt8]) -> Shape {
        if let value = tree(body) {
            if let text = value.text { return text.allSatisfy(\.isWhitespace) ? .nothing : .text }
            if value["statusCode"] != nil, value["code"] == nil { return .gateway }
            let names = faultNames + ["errorName", "error_description", "reason"]
            return names.contains { value[$0] != nil } ? .fault : .nothing
        }
        let text = String(decoding: UnicodeText.utf8(body), as: UTF8.self)
        if isMarkup(body) { return isPage(text) ? .gateway : .nothing }
        return OneLine.clean(text, limit: 64).isEmpty ? .nothing : .text
    }

    private static let faultNames = ["code", "error", "description", "message"]

    private static func isMarkup(_ body: [UInt8]) -> Bool {
        let text = UnicodeText.utf8(body).prefix(512).first {
            !([0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0))
        }
        return text == UInt8(ascii: "<")
    }

    /// Whether markup is a page for people, rather than a document for programs.
    private static func isPage(_ text: String) -> Bool {
        let start = text.prefix(2_048).lowercased()
        let isDefinition = ["<!entity", "<!element", "<!attlist"].contains { start.contains($0) }
        return !isDefinition
            && pageTags.contains { start.contains($0) }
    }

    private static let pageTags = [
        "<html", "<!doctype html", "<head", "<title", "<body", "<h1", "<h2", "<p>", "<div", "<center", "<script", "<br",
    ]

    private static func isWellFormed(_ body: [UInt8]) -> Bool {
        // Only whether it can be read is asked for, not why it can't.
        (try? XMLReader.read(body)) != nil
    }

    /// The body as a tree; nil where it is none that speaks of a fault.
    private static func tree(_ body: [UInt8]) -> JSONValue? {
        // A syntax error only says that this body is of another shape.
        if let value = try? JSONParser.parse(body) { return value }
        guard let value = try? XMLReader.read(body) else { return nil }
        // A page for people can be well-formed, too.
        return faultNames.contains { value[$0] != nil } ? value : nil
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
    /// Only the service's own members count, and a path from one of them: a domain looks like a path, too.
    private static func leadingPath(_ detail: String) -> String? {
        let path = String(detail.prefix { !$0.isWhitespace && $0 != ":" && $0 != "," && $0 != ";" })
        let names = path.split(separator: ".").map { $0.lowercased() }
        let roots: Set = ["companyprofile", "billingprofile", "defaultaddress"]
        if names.count == 1, detail.dropFirst(path.count).first == ":" { return isMember(path) ? path : nil }
        guard isPath(path), names.count > 1, names.contains(where: roots.contains) else { return nil }
        return path
    }

    /// Whether a detail names a member, such as `billingProfile.defaultAddress.city`.
    private static func isPath(_ detail: String) -> Bool {
        guard let first = detail.utf8.first, detail.utf8.allSatisfy(isPathByte) else { return false }
        // A single word, such as `StateInvalid`, is a reason unless it is a member's name.
        return detail.contains(".") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) && isMember(detail)
    }

    /// Whether a word names a member of what is sent.
    private static func isMember(_ word: String) -> Bool { members.contains(word.lowercased()) }

    private static let members: Set = [
        "companyprofile", "billingprofile", "defaultaddress", "companyname", "domain", "email", "culture", "language",
        "firstname", "middlename", "lastname", "addressline1", "addressline2", "addressline3", "city", "district",
        "state", "region", "country", "postalcode", "phonenumber", "organizationregistrationnumber",
        "associatedpartnerid", "usercredentials",
    ]

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
