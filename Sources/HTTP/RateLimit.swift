/// Spreads requests so that no minute holds more of them than allowed; a second's worth may go at once.
///
/// A leaky bucket kept as a single moment (the generic cell rate algorithm): exact, with nothing to refill.
struct RateLimit: Hashable, Sendable {
    private let interval: Duration
    private let tolerance: Duration
    /// When the bucket will have leaked empty.
    private var emptyAt = Duration.zero

    /// Makes a limit.
    ///
    /// - Parameter requestsPerMinute: the most in any minute, at least 1.
    init(requestsPerMinute: Int) {
        let burst = max(1, requestsPerMinute / 60)
        // The burst and what leaks during a minute come to no more than the limit together.
        interval = .nanoseconds((60_000_000_000 + requestsPerMinute - burst) / (requestsPerMinute - burst + 1))
        tolerance = interval * (burst - 1)
    }

    /// When the next request may go.
    var nextAt: Duration { emptyAt - tolerance }

    /// Counts a request that goes.
    ///
    /// - Parameter now: the present time, at or after `nextAt`.
    mutating func take(at now: Duration) {
        emptyAt = max(emptyAt, now) + interval
    }
}
