internal import HTTP

/// The creates that failed since one succeeded last: what tells a service that fails from a row that makes it fail.
///
/// Reads don't count: a service can show its customers well while it makes none.
struct CreateFailures: Sendable {
    /// From how many answers on the service is taken to fail, whatever it is asked to create.
    private static let fewest = 5
    /// How long the failures of a single order may be the service's fault.
    private static let longestOutageOfOne = Duration.seconds(60)

    private var count = 0
    /// The first order that failed, and whether others did.
    private var firstOrder: String?
    private var isOfOthersToo = false
    private var since = Duration.zero
    /// Whether the service has answered any request in this run, be it with a failure.
    private var hasAnswered = false

    /// Whether the service as a whole fails, so that nothing is to be held against a row.
    var isOfService: Bool { hasAnswered && isOfOthersToo && count >= Self.fewest }

    /// Notes how an attempt to create ended.
    ///
    /// - Parameters:
    ///   - event: how it ended.
    ///   - order: the order's idempotency key.
    ///   - now: the present time.
    mutating func record(_ event: ServiceHealth.Event, of order: String, at now: Duration) {
        switch event {
        case .succeeded:
            self = CreateFailures()
            hasAnswered = true
            return
        case .throttled, .failed(_, answered: true): hasAnswered = true
        case .failed, .unreachable, .turnedAway: break
        // A certificate is no answer, and an order's end no attempt.
        case .untrusted, .exhausted: return
        }
        if count == 0 { since = now }
        count += 1
        isOfOthersToo = isOfOthersToo || firstOrder.map { $0 != order } ?? false
        firstOrder = firstOrder ?? order
    }

    /// Whether the failures of one order may be those of a short outage: nothing has been created since they began.
    ///
    /// - Parameter now: the present time.
    /// - Returns: whether to wait for another order's success, or for the time to be over.
    func mayBeShortOutage(at now: Duration) -> Bool {
        isOfService || count > 0 && now - since < Self.longestOutageOfOne
    }
}
