internal import Platform

/// What the simulated service is like in one seed: its speed, its faults and how often each happens.
struct ServiceNature {
    /// What it does with a key that it knows.
    enum Replay: CaseIterable {
        case whole
        case withoutPassword
        /// It knows no keys: the domain is taken, and that is all it says.
        case none
        /// It forgets keys after a minute.
        case forgetful
    }

    /// What can befall a request.
    enum Fault: CaseIterable {
        case notConnected, lostBefore, lostAfter, hangsBefore, hangsAfter, cutBody, unreadable, throttled
        case busyBefore, busyAfter, errorBefore, errorAfter, refusedAtRandom
        /// What is in front of the service answers in its place, and passes nothing on.
        case turnedAway
    }

    var replay: Replay
    /// How often each fault befalls a request.
    var chances: [(fault: Fault, chance: Double)]
    /// How long a request takes at least and at most until the service has done it, and until its answer is there.
    var latency: ClosedRange<Int64>
    /// How often a request takes up to 15 seconds.
    var slowChance: Double
    /// How long a new customer stays out of sight at most.
    var longestLag: Int64
    /// How often a domain belongs to somebody else, or to another customer of the partner's.
    var takenChance: Double
    /// How often a payload is one that the service refuses, and how often after its domain is used up.
    var refusalChance: Double
    var lateRefusalChance: Double
    /// How long a token serves; nil for ever.
    var tokenLife: Int64?
    /// How often no token is to be had, or an old one is given.
    var tokenFaultChance: Double
    /// When the service is down, from and to.
    var outages: [ClosedRange<Int64>]
    /// Whether it forgets the keys in an outage.
    var forgetsInOutage: Bool
    var sendsMark: Bool
    /// How many customers a page of the list has, which ignores the filter then; nil where it comes whole.
    var pageSize: Int?
    /// A payload's verdict is the same whenever it is sent.
    var salt: UInt64

    /// Draws a service.
    init(using generator: inout SeededGenerator) {
        func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < probability }
        replay = Replay.allCases.randomElement(using: &generator) ?? .whole
        let calm = chance(0.1)
        chances = Fault.allCases.map { fault in
            (fault, calm || chance(0.5) ? 0 : Double.random(in: 0...(chance(0.1) ? 0.5 : 0.12), using: &generator))
        }
        let fastest = Int64.random(in: 1...400, using: &generator) * 1_000_000
        latency = fastest...(fastest * Int64.random(in: 1...10, using: &generator))
        slowChance = chance(0.3) ? 0.1 : 0
        longestLag = [0, 5, 30, 90].randomElement(using: &generator).map { Int64($0) * 1_000_000_000 } ?? 0
        takenChance = chance(0.3) ? 0.1 : 0
        refusalChance = chance(0.4) ? 0.15 : 0
        lateRefusalChance = chance(0.3) ? 0.1 : 0
        tokenLife = chance(0.3) ? Int64.random(in: 5...120, using: &generator) * 1_000_000_000 : nil
        tokenFaultChance = chance(0.2) ? 0.1 : 0
        outages = []
        if chance(0.25) {
            let start = Int64.random(in: 0...60, using: &generator) * 1_000_000_000
            outages = [start...(start + Int64.random(in: 1...400, using: &generator) * 1_000_000_000)]
        }
        forgetsInOutage = chance(0.3)
        sendsMark = chance(0.5)
        pageSize = chance(0.2) ? Int.random(in: 1...20, using: &generator) : nil
        salt = generator.next()
    }

    /// The same service without what passes: what it refuses for good, it refuses still.
    var calmed: ServiceNature {
        var nature = self
        nature.chances = []
        nature.slowChance = 0
        nature.tokenLife = nil
        nature.tokenFaultChance = 0
        nature.outages = []
        return nature
    }

    /// A number from 0 to 1 that depends on a text and this service only.
    func verdict(on text: some Sequence<UInt8>, _ question: UInt64) -> Double {
        var hash = salt &+ question &* 0x9E37_79B9_7F4A_7C15
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: hash)
        return Double.random(in: 0..<1, using: &generator)
    }
}
