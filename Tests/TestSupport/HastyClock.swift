/// A clock that runs many times as fast as real time, so that waits of the real program fit into a test.
package struct HastyClock: Clock {
    package struct Instant: InstantProtocol, Hashable {
        let offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    /// How much faster it is where nothing else is said.
    package static let usualFactor = 200

    private let start = ContinuousClock.now
    private let factor: Int

    /// Makes a clock.
    ///
    /// - Parameter factor: how many of its seconds pass in a real one.
    package init(factor: Int = usualFactor) { self.factor = factor }

    package var now: Instant { Instant(offset: start.duration(to: .now) * factor) }
    package var minimumResolution: Duration { .milliseconds(1) }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await ContinuousClock().sleep(for: now.duration(to: deadline) / factor)
    }
}
