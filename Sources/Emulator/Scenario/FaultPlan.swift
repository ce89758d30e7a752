internal import Platform
internal import Synchronization

/// Which faults befall which requests, by count or by chance; the same seed gives the same chances.
package struct FaultPlan: Hashable, Sendable {
    /// One fault and when it strikes.
    package struct Rule: Hashable, Sendable {
        package var fault: Fault
        package var point: RequestPoint
        /// nil is every operation.
        package var operation: RequestFacts.Operation?
        /// Which domains, where `*` is any text and `?` any character; nil is all, also where none is known.
        package var domain: String?
        package var occasion: Occasion

        package init(
            _ fault: Fault,
            at point: RequestPoint,
            of operation: RequestFacts.Operation? = nil,
            _ occasion: Occasion = .always,
            domain: String? = nil
        ) {
            self.fault = fault
            self.point = point
            self.operation = operation
            self.domain = domain?.lowercased()
            self.occasion = occasion
        }

        fileprivate func concerns(_ request: RequestFacts, at point: RequestPoint) -> Bool {
            guard self.point == point, operation == nil || operation == request.operation else { return false }
            guard let domain else { return true }
            return request.domain.map { Self.matches(Array($0.utf8)[...], Array(domain.utf8)[...]) } ?? false
        }

        private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
            // Where the text stops fitting, the last star takes one byte more.
            var (text, pattern) = (text, pattern)
            var retry: (text: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
            while true {
                if pattern.first == UInt8(ascii: "*") {
                    pattern = pattern.dropFirst()
                    retry = (text.dropFirst(), pattern)
                    if pattern.isEmpty { return true }
                } else if text.isEmpty && pattern.isEmpty {
                    return true
                } else if let byte = text.first, let mark = pattern.first, mark == byte || mark == UInt8(ascii: "?") {
                    text = text.dropFirst()
                    pattern = pattern.dropFirst()
                } else if let (later, rest) = retry, !text.isEmpty {
                    (text, pattern) = (later, rest)
                    retry = (later.dropFirst(), rest)
                } else {
                    return false
                }
            }
        }
    }

    /// How often a rule strikes, of the requests that it is for.
    package enum Occasion: Hashable, Sendable {
        case always
        /// The next `count` after `skipped` were let through.
        case times(_ count: Int, after: Int = 0)
        /// Each with a chance from 0 to 1, after `skipped` were let through.
        case chance(Double, after: Int = 0)
    }

    package var rules: [Rule]
    package var seed: UInt64
    /// How the service behaves all along.
    package var behaviour: ServiceBehaviour

    package init(_ rules: [Rule], seed: UInt64 = 0, behaviour: ServiceBehaviour = ServiceBehaviour()) {
        self.rules = rules
        self.seed = seed
        self.behaviour = behaviour
    }
}

/// A fault plan being carried out.
package final class PlannedFaults: Scenario {
    private struct State {
        var seen: [Int]
        var generator: SeededGenerator
    }

    private let plan: FaultPlan
    private let state: Mutex<State>

    /// Begins a plan.
    ///
    /// - Parameter plan: the rules and the seed.
    package init(_ plan: FaultPlan) {
        self.plan = plan
        state = Mutex(
            State(seen: plan.rules.map { _ in 0 }, generator: SeededGenerator(seed: plan.seed))
        )
    }

    package var behaviour: ServiceBehaviour { plan.behaviour }

    package func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault] {
        state.withLock { state in
            plan.rules.enumerated().compactMap { index, rule in
                guard rule.concerns(request, at: point) else { return nil }
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
        case .chance(let chance, let skipped):
            Double.random(in: 0..<1, using: &state.generator) < chance && earlier >= skipped
        }
    }
}
