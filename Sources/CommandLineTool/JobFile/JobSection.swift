internal import PartnerCenter
internal import Platform

/// A member of a job file that is not what it should be.
struct JobMistake: Error {
    /// The way to it.
    let path: [JSONStep]
    /// What follows its path to make a sentence: ` must be a text`.
    let reason: String
    /// Whether the member's name is at fault rather than its value.
    var isName = false

    /// The way as JSONPath has it: `$.auth.flow`, `$.columns['Kunden-Nr.']`, `$.manifests[0]`.
    var pathText: String {
        path.reduce("$") { text, step in
            switch step {
            case .element(let index): "\(text)[\(index)]"
            case .member(let name):
                name.utf8.allSatisfy(Self.isPlain) && !name.isEmpty ? "\(text).\(name)" : "\(text)['\(name)']"
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
            true
        default: false
        }
    }
}

/// An object in a job file, read strictly: what it does not know is a mistake.
struct JobSection: Sendable {
    let path: [JSONStep]
    /// The members, in order; none stands twice.
    let members: [JSONMember]

    /// Takes an object.
    ///
    /// - Parameters:
    ///   - value: the object.
    ///   - path: the way to it.
    ///   - known: the members that it may have; nil is any.
    /// - Throws: `JobMistake` where it is none, or has a member that is not known or stands twice.
    init(_ value: JSONValue, at path: [JSONStep], known: [String]?) throws(JobMistake) {
        guard case .object(let members) = value else {
            throw JobMistake(
                path: path,
                reason: path.isEmpty ? " (the file itself) must be an object: { … }" : " must be an object: { … }"
            )
        }
        self.path = path
        self.members = members
        var seen: Set<String> = []
        for member in members {
            let place = path + [.member(member.name)]
            if let known, !known.contains(member.name) {
                throw JobMistake(path: place, reason: Self.complaint(member.name, known), isName: true)
            }
            guard seen.insert(member.name).inserted else {
                throw JobMistake(path: place, reason: " stands there twice; give it once", isName: true)
            }
        }
    }

    private static func complaint(_ name: String, _ known: [String]) -> String {
        let file = "\(name)File"
        if known.contains(file) { return " is a secret, which no job file holds; give \(file), which names a file" }
        // `max-in-flight` is an option's spelling.
        let folded = name.lowercased().replacing("-", with: "").replacing("_", with: "")
        let nearest = NearestName.find(folded, among: known) { $0.lowercased() }
        let hint = nearest.map { "; did you mean \($0)?" } ?? "; there are \(known.joined(separator: ", "))"
        return " is not known\(hint)"
    }

    /// The way to a member.
    func place(_ name: String) -> [JSONStep] { path + [.member(name)] }

    /// A member's value, where it is there.
    subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    /// A mistake in a member.
    func mistake(_ name: String, _ reason: String) -> JobMistake { JobMistake(path: place(name), reason: reason) }

    /// A text that is not empty.
    func text(_ name: String) throws(JobMistake) -> String? {
        guard let value = self[name] else { return nil }
        return try Self.text(value, at: place(name))
    }

    /// A text that must be there.
    func requiredText(_ name: String) throws(JobMistake) -> String {
        guard let text = try text(name) else { throw JobMistake(path: path, reason: " lacks the member \(name)") }
        return text
    }

    /// One of several words.
    func word<Word>(_ name: String, _ words: [String], _ make: (String) -> Word?) throws(JobMistake) -> Word? {
        guard let text = try text(name) else { return nil }
        if let word = make(text) { return word }
        let nearest = NearestName.find(text.lowercased(), among: words) { $0.lowercased() }
        let hint = nearest.map { "; did you mean \($0)?" } ?? ""
        throw mistake(name, " takes \(words.joined(separator: ", ")), not '\(text)'\(hint)")
    }

    /// Texts that are not empty: a list of them, or just one.
    func texts(_ name: String) throws(JobMistake) -> [String]? {
        guard let value = self[name] else { return nil }
        guard case .array(let elements) = value else { return [try Self.text(value, at: place(name))] }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            texts.append(try Self.text(element, at: place(name) + [.element(index)]))
        }
        return texts
    }

    /// The texts of all members of an object within this one, with their names.
    func table(_ name: String) throws(JobMistake) -> [(name: String, text: String)] {
        guard let value = self[name] else { return [] }
        let section = try JobSection(value, at: place(name), known: nil)
        var table: [(name: String, text: String)] = []
        for member in section.members {
            table.append((member.name, try Self.text(member.value, at: section.place(member.name))))
        }
        return table
    }

    private static func text(_ value: JSONValue, at path: [JSONStep]) throws(JobMistake) -> String {
        guard case .string(let text) = value else { throw JobMistake(path: path, reason: " must be a text: \"…\"") }
        guard !text.isEmpty, !text.utf8.contains(0) else {
            throw JobMistake(path: path, reason: " must be a text that is not empty")
        }
        return text
    }
}
