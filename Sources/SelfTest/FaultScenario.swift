/// What the local Partner Center of a round does wrong, in the form that `purser emulator --scenario` reads.
struct FaultScenario: Hashable, Sendable {
    /// What a repeated request is answered with.
    enum Replays: String, Hashable, Sendable {
        case whole, withoutPassword, none
    }

    let replays: Replays
    private let seed: Int

    /// Draws a scenario.
    ///
    /// - Parameters:
    ///   - isLenient: whether a repeat always tells all that the first answer told.
    ///   - generator: the round's random source.
    init(isLenient: Bool, using generator: inout some RandomNumberGenerator) {
        seed = Int.random(in: 0...1_000_000, using: &generator)
        let other: Replays = Bool.random(using: &generator) ? .withoutPassword : .none
        let isOther = Int.random(in: 0..<5, using: &generator) == 0
        replays = isOther && !isLenient ? other : .whole
    }

    /// Whether every password must reach the file: a repeat gives it again.
    var givesPasswordsAgain: Bool { replays == .whole }

    /// The scenario file's text.
    var text: String {
        """
        {
            "seed": \(seed),
            "service": { "replays": "\(replays.rawValue)", "visibleAfter": "700ms" },
            "rules": [
                { "fault": "latency", "operation": "create", "when": "beforeCommit", "delay": "25ms", "chance": 0.5 },
                { "fault": "latency", "operation": "create", "when": "afterCommit", "delay": "25ms", "chance": 0.5 },
                { "fault": "latency", "operation": "create", "when": "afterCommit", "delay": "300ms", "chance": 0.03 },
                { "fault": "throttle", "operation": "create", "retryAfter": 1, "after": 60, "count": 2 },
                { "fault": "throttle", "operation": "create", "chance": 0.02 },
                { "fault": "error", "operation": "create", "status": 500, "body": "fault", "chance": 0.02 },
                { "fault": "error", "operation": "create", "status": 503, "body": "empty", "when": "afterCommit",
                  "chance": 0.03 },
                { "fault": "error", "operation": "create", "status": 504, "body": "gateway", "when": "beforeCommit",
                  "chance": 0.02 },
                { "fault": "lostAnswer", "operation": "create", "when": "beforeCommit", "chance": 0.04 },
                { "fault": "lostAnswer", "operation": "create", "when": "afterCommit", "chance": 0.06 },
                { "fault": "cutBody", "operation": "create", "chance": 0.04 },
                { "fault": "error", "operation": "list", "status": 500, "body": "fault", "chance": 0.1 },
                { "fault": "cutBody", "operation": "list", "chance": 0.1 }
            ]
        }

        """
    }
}
