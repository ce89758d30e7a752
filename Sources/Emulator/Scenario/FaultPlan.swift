internal import Synchronization

/// Which faults befall which requests, by count or by chance; the same seed gives the same chances.
package struct FaultPlan: Hashable, Sendable {
    /// One fault and when it strikes.
    package struct Rule: Hashable, Sendable {
        package var fault: Fault
        package var point: RequestPoint
        /// nil is every operation.
        package var operation: RequestFacts.Operation?
        package var occasion: Occasion

        package init(
            _ fault: Fault,
            at point: RequestPoint,
            of operation: RequestFacts.Operation? = nil,
            _ occasion: Occasion = .always
        ) {
            self.fault = fault
            self.point = point
            self.operation = operation
            self.occasion = occasion
        }
    }

    /// How often a rule strikes, of the requests that it is for.
    package enum Occasion: Hashable, Sendable {
        case always
        /// The next `count` after `skipped` were let through.
        case times(_ count: Int, after: Int = 0)
        /// Each with a chance from 0 to 1.
        case chance(Double)
    }

    package var rules: [Rule]
    package var seed: UInt64

    package init(_ rules: [Rule], seed: UInt64 = 0) {
        self.rules = rules
        self.seed = seed
    }
}

/// A fault plan being carried out.
package final class PlannedFaults: Scenario {
    private struct State {
        var seen: [Int]
        var generator: SplitMix64
    }

    private let plan: FaultPlan
    private let state: Mutex<State>

    /// Begins a plan.
    ///
    /// - Parameter plan: the rules and the seed.
    package init(_ plan: FaultPlan) {
        self.plan = plan
        state = Mutex(
            State(seen: plan.rules.map { _ in 0 }, generator: SplitMix64(seed: plan.seed))
        )
    }

    package func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault] {
        state.withLock { state in
            plan.rules.enumerated().compactMap { index, rule in
                guard rule.point == point, rule.operation == nil || rule.operation == request.operation else {
                    return nil
                }
                return Self.strikes(rule.occasion, index, &state) ? rule.fault : nil
            }
        }
    }

    private static func strikes(_ occasion: FaultPlan.Occasion, _ index: Int, _ state: inout State) -> Bool {
        let earlier = state.seen[index]
        state.seen[index] += 1
        return switch occasion {
        case .always: true
        case .times(let count, let skipped): earlier >= skipped && earlier - skipped < count
        case .chance(let chance): Double.random(in: 0..<1, using: &state.generator) < chance
        }
    }
}

/// SplitMix64: small, seedable, and good enough to choose requests.
private struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
