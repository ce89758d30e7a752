internal import PartnerCenter
internal import Platform

/// A scenario as a person writes it: JSON with comments.
package enum ScenarioFile {
    /// Reads a scenario.
    ///
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - path: the file's path, for what is said of it.
    /// - Returns: the plan.
    /// - Throws: `EmulatorError` that names the member that is wrong and what could be meant.
    package static func read(_ bytes: [UInt8], path: String) throws(EmulatorError) -> FaultPlan {
        do {
            return try plan(try JSONWire.parse(bytes, allowsComments: true))
        } catch let error as JSONSyntaxError {
            throw EmulatorError(.foreign, "\(path): \(error); correct it")
        } catch let error as ScenarioMistake {
            throw EmulatorError(.foreign, "\(path): \(error.path): \(error.reason)")
        } catch {
            throw EmulatorError(.foreign, "\(path): \(error)")
        }
    }

    private static func plan(_ value: JSONValue) throws -> FaultPlan {
        let file = try ScenarioSection(value, at: "", known: ["seed", "service", "rules"])
        let seed = try file.integer("seed", in: 0...Int.max) ?? 0
        let rules = try file.list("rules").map { try rule($0.value, at: $0.path) }
        return FaultPlan(rules, seed: UInt64(seed), behaviour: try behaviour(file))
    }

    private static func behaviour(_ file: ScenarioSection) throws -> ServiceBehaviour {
        var behaviour = ServiceBehaviour()
        guard let value = file.member("service") else { return behaviour }
        let section = try ScenarioSection(
            value,
            at: "service",
            known: [
                "byteOrderMark", "memberNames", "numbers", "unknownMembers", "links", "replays", "visibleAfter",
                "tokenLifetime", "createStatus",
            ]
        )
        behaviour.sendsByteOrderMark = try section.flag("byteOrderMark") ?? behaviour.sendsByteOrderMark
        behaviour.style = JSONStyle(
            isPascalCase: try section.choice("memberNames", ["camelCase": false, "PascalCase": true]) ?? false,
            writesNumbersAsText: try section.choice("numbers", ["number": false, "text": true]) ?? false,
            addsUnknownMembers: try section.flag("unknownMembers") ?? false
        )
        behaviour.links = try section.name("links") ?? behaviour.links
        behaviour.replays = try section.name("replays") ?? behaviour.replays
        behaviour.visibleAfter = try section.duration("visibleAfter") ?? behaviour.visibleAfter
        behaviour.tokenLifetime = try section.duration("tokenLifetime") ?? behaviour.tokenLifetime
        behaviour.createStatus = try section.integer("createStatus", in: 200...201) ?? behaviour.createStatus
        return behaviour
    }

    private static func rule(_ value: JSONValue, at path: String) throws -> FaultPlan.Rule {
        let kinds = FaultKind.allCases.map { ($0.rawValue, $0) }
        let named = try ScenarioSection(value, at: path, known: nil)
        guard let kind = try named.choice("fault", Dictionary(uniqueKeysWithValues: kinds)) else {
            throw ScenarioMistake(path: path, reason: "the member fault is missing")
        }
        let common = ["fault", "when", "operation", "domain", "chance", "count", "after"]
        let section = try ScenarioSection(value, at: path, known: common + kind.members)
        let domain = try section.text("domain")
        let operation: RequestFacts.Operation? = try section.name("operation")
        let isEarly = operation == .domainCheck && kind.points.contains(.received)
        let usual = domain != nil && !isEarly ? kind.points.first { $0 != .received } : kind.points.first
        let point = try section.name("when") ?? usual ?? .received
        guard kind.points.contains(point) else {
            let points = kind.points.map(\.rawValue).joined(separator: ", ")
            throw ScenarioMistake(path: "\(path).when", reason: "a fault of this kind strikes at: \(points)")
        }
        if domain != nil, point == .received, operation != .domainCheck {
            let reason = "a domain is not known when a request is received; give another when"
            throw ScenarioMistake(path: "\(path).domain", reason: reason)
        }
        return FaultPlan.Rule(try kind.fault(section), at: point, of: operation, try occasion(section), domain: domain)
    }

    private static func occasion(_ section: ScenarioSection) throws -> FaultPlan.Occasion {
        let after = try section.integer("after", in: 0...Int.max) ?? 0
        let chance = try section.number("chance", in: 0...1)
        if let count = try section.integer("count", in: 0...Int.max) {
            guard chance == nil else {
                throw ScenarioMistake(path: "\(section.path).count", reason: "give either count or chance")
            }
            return .times(count, after: after)
        }
        return chance != nil || after > 0 ? .chance(chance ?? 1, after: after) : .always
    }
}

/// The kinds of faults that a scenario file can name.
private enum FaultKind: String, CaseIterable {
    case latency, throttle, error, lostAnswer, cutBody, consumeDomain, expireToken

    /// What a rule of the kind can say besides what all can.
    var members: [String] {
        switch self {
        case .latency: ["delay"]
        case .throttle: ["retryAfter", "retryAfterDate"]
        case .error: ["status", "body", "code", "description"]
        case .lostAnswer, .cutBody, .consumeDomain, .expireToken: []
        }
    }

    /// Where it can strike; where it does if nothing is said comes first.
    var points: [RequestPoint] {
        switch self {
        case .latency, .throttle, .error: [.received, .beforeCommit, .afterCommit, .beforeAnswer]
        case .lostAnswer: [.afterCommit, .beforeCommit, .received, .beforeAnswer]
        case .cutBody: [.beforeAnswer]
        case .consumeDomain: [.beforeCommit]
        case .expireToken: [.received]
        }
    }

    func fault(_ section: ScenarioSection) throws -> Fault {
        switch self {
        case .latency:
            guard let delay = try section.duration("delay") else {
                throw ScenarioMistake(path: section.path, reason: "the member delay is missing")
            }
            return .delay(delay)
        case .throttle:
            if let seconds = try section.integer("retryAfterDate", in: 0...86_400) {
                return .throttledUntil(seconds: seconds)
            }
            return .answer(.throttled(retryAfter: try section.text("retryAfter")))
        case .error:
            let shape: FaultBody = try section.name("body") ?? .empty
            let status = try section.integer("status", in: 400...599) ?? 503
            let code = try section.integer("code", in: 0...Int(Int32.max))
            return .answer(shape.answer(status: status, code: code, description: try section.text("description")))
        case .lostAnswer: return .cutConnection
        case .cutBody: return .cutBody
        case .consumeDomain: return .consumeDomain
        case .expireToken: return .expireToken
        }
    }
}
