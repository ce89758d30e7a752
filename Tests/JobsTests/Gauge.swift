import Synchronization

/// Measures how many are inside at once.
final class Gauge: Sendable {
    private let state = Mutex((inside: 0, peak: 0))

    /// The most that were inside at once.
    var peak: Int { state.withLock { $0.peak } }

    func enter() {
        state.withLock {
            $0.inside += 1
            $0.peak = max($0.peak, $0.inside)
        }
    }

    func leave() { state.withLock { $0.inside -= 1 } }
}
