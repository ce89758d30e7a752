/// Decides when a throttle is news: every request under way reports the same one.
struct ThrottleNotice: Hashable, Sendable {
    /// Short throttles that follow each other are told of once in this time.
    private static let quietTime = Duration.seconds(30)
    private var quietUntil = Duration.zero

    /// Notes a throttle.
    ///
    /// - Parameters:
    ///   - wait: how long the service asked to wait; nil where it did not say.
    ///   - now: the present time.
    /// - Returns: whether it is news: not during the pause that was told of, unless the new one is much longer.
    mutating func isNews(wait: Duration?, at now: Duration) -> Bool {
        let end = now + max(wait ?? .zero, Self.quietTime)
        guard now >= quietUntil || end >= quietUntil + Self.quietTime else { return false }
        quietUntil = end
        return true
    }
}
