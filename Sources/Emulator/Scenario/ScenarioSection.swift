internal import PartnerCenter
internal import Platform

/// A member of a scenario file that is not what it should be.
struct ScenarioMistake: Error {
    /// The member's path: `rules[2].chance`.
    let path: String
    /// What is wrong and what to do.
    let reason: String
}

/// An object in a scenario file, read strictly: what it does not know is a mistake.
struct ScenarioSection {
    /// The object's path; empty for the file itself.
    let path: String
    private let members: [JSONMember]

    /// Takes an object.
    ///
    /// - Parameters:
    ///   - value: the object.
    ///   - path: its path.
    ///   - known: the members that it may have; nil is any.
    /// - Throws: `ScenarioMistake` where it is none, or has a member that is not known or stands twice.
    init(_ value: JSONValue, at path: String, known: [String]?) throws(ScenarioMistake) {
        guard case .object(let members) = value else {
            throw ScenarioMistake(path: path.isEmpty ? "the file" : path, reason: "must be an object: { … }")
        }
        self.path = path
        self.members = members
        var seen: Set<String> = []
        for member in members {
            if let known, !known.contains(member.name) {
                throw ScenarioMistake(
                    path: place(member.name),
                    reason: "no such member\(Self.hint(member.name, known))"
                )
            }
            guard seen.insert(member.name).inserted else {
                throw ScenarioMistake(path: place(member.name), reason: "stands twice; give it once")
            }
        }
    }

    private static func hint(_ name: String, _ known: [String]) -> String {
        let nearest = NearestName.find(name.lowercased(), among: known) { $0.lowercased() }
        return nearest.map { "; did you mean \($0)?" } ?? "; there are: \(known.joined(separator: ", "))"
    }

    private func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// A member's value; nil where it is absent or null.
    func member(_ name: String) -> JSONValue? {
        members.first { $0.name == name }.flatMap { $0.value == .null ? nil : $0.value }
    }

    /// A list's elements with their paths; empty where it is absent.
    func list(_ name: String) throws(ScenarioMistake) -> [(value: JSONValue, path: String)] {
        guard let value = member(name) else { return [] }
        guard case .array(let elements) = value else {
            throw ScenarioMistake(path: place(name), reason: "must be a list: [ … ]")
        }
        return elements.enumerated().map { ($1, "\(place(name))[\($0)]") }
    }

    /// A text, or a number as it is written.
    func text(_ name: String) throws(ScenarioMistake) -> String? {
        guard let value = member(name) else { return nil }
        switch value {
        case .string(let text), .number(let text): return text
        default: throw ScenarioMistake(path: place(name), reason: "must be a text")
        }
    }

    func flag(_ name: String) throws(ScenarioMistake) -> Bool? {
        guard let value = member(name) else { return nil }
        guard case .bool(let flag) = value else {
            throw ScenarioMistake(path: place(name), reason: "must be true or false")
        }
        return flag
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(ScenarioMistake) -> Int? {
        guard let value = member(name) else { return nil }
        guard case .number(let text) = value, let number = Int(text), range.contains(number) else {
            let upper = range.upperBound == Int.max ? "up" : "to \(range.upperBound)"
            throw ScenarioMistake(path: place(name), reason: "must be a whole number from \(range.lowerBound) \(upper)")
        }
        return number
    }

    func number(_ name: String, in range: ClosedRange<Double>) throws(ScenarioMistake) -> Double? {
        guard let value = member(name) else { return nil }
        guard case .number(let text) = value, let number = Double(text), range.contains(number) else {
            let reason = "must be a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))"
            throw ScenarioMistake(path: place(name), reason: reason)
        }
        return number
    }

    /// A duration: `250ms`, `1.5s`, `2m`, `1h`, or a plain number of seconds; a day at most.
    func duration(_ name: String) throws(ScenarioMistake) -> Duration? {
        guard let text = try text(name) else { return nil }
        let number = text.prefix { $0.isNumber || $0 == "." }
        let units = ["ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0]
        guard let amount = Double(number), let unit = units[String(text.dropFirst(number.count))],
            amount * unit <= 86_400
        else {
            throw ScenarioMistake(path: place(name), reason: "must be a duration such as 250ms, 90s, 2m or 1h")
        }
        return .milliseconds(Int((amount * unit * 1000).rounded()))
    }

    /// One of several names.
    func choice<Value>(_ name: String, _ choices: [String: Value]) throws(ScenarioMistake) -> Value? {
        guard let value = member(name) else { return nil }
        if case .string(let text) = value, let choice = choices[text] { return choice }
        let text = value.text ?? ""
        let names = choices.keys.sorted()
        throw ScenarioMistake(path: place(name), reason: "no such name\(Self.hint(text, names))")
    }

    /// One of an enumeration's names.
    func name<Name: RawRepresentable<String> & CaseIterable>(_ name: String) throws(ScenarioMistake) -> Name? {
        try choice(name, Dictionary(uniqueKeysWithValues: Name.allCases.map { ($0.rawValue, $0) }))
    }
}
