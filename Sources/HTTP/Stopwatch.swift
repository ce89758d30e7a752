/// Measures the time since it was made, and sleeps, on any clock: what the gate and the client know of time.
package struct Stopwatch: Sendable {
    private let read: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void

    /// Starts a stopwatch.
    ///
    /// - Parameter clock: the clock to measure and to sleep on.
    package init(_ clock: some Clock<Duration>) {
        let start = clock.now
        read = { start.duration(to: clock.now) }
        wait = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    /// The time since the stopwatch was made.
    package var elapsed: Duration { read() }

    /// Sleeps.
    ///
    /// - Parameter duration: how long.
    /// - Throws: `CancellationError` where the task is cancelled.
    package func sleep(_ duration: Duration) async throws {
        if duration > .zero { try await wait(duration) }
    }
}
