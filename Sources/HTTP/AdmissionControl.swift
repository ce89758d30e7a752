/// Decides when a request may begin: the number in flight, the rate, and pauses that the service asked for.
///
/// The number allowed in flight is halved when the service says that it is too busy, and grows by about one for
/// each round of successes, as TCP does it. Times are what a stopwatch shows.
struct AdmissionControl: Sendable {
    /// What can be set.
    struct Limits: Hashable, Sendable {
        /// The most requests in flight, whatever happens.
        var maximumInFlight: Int
        /// The most requests in a minute; 0 is no limit.
        var requestsPerMinute: Int
    }

    /// Whether a request may begin.
    enum Decision: Hashable {
        case begin(RequestGate.Ticket)
        /// Not before this moment; something that ends earlier changes nothing.
        case waitUntil(Duration)
        /// Not before a request in flight has ended.
        case waitForEnd
    }

    private let maximum: Int
    private var rate: RateLimit?
    private(set) var inFlight = 0
    private(set) var peakInFlight = 0
    /// How many may be in flight; fractions add up to whole ones.
    private(set) var allowed: Double
    /// Counts the halvings, so that one moment of trouble that many requests report halves only once.
    private var epoch = 0
    private var pausedUntil = Duration.zero
    private var pausedInTotal = Duration.zero

    init(_ limits: Limits) {
        maximum = max(1, limits.maximumInFlight)
        allowed = Double(maximum)
        rate = limits.requestsPerMinute > 0 ? RateLimit(requestsPerMinute: limits.requestsPerMinute) : nil
    }

    /// Lets a request begin, or says what it must wait for.
    ///
    /// - Parameter now: the present time.
    /// - Returns: the decision; where it is `begin`, the request counts as in flight.
    mutating func request(at now: Duration) -> Decision {
        guard Double(inFlight + 1) <= max(1, allowed) else { return .waitForEnd }
        let earliest = max(pausedUntil, rate?.nextAt ?? .zero)
        guard now >= earliest else { return .waitUntil(earliest) }
        rate?.take(at: now)
        inFlight += 1
        peakInFlight = max(peakInFlight, inFlight)
        return .begin(RequestGate.Ticket(epoch: epoch))
    }

    /// Counts a request that has ended.
    ///
    /// - Parameters:
    ///   - ticket: what it began with.
    ///   - end: how it ended.
    ///   - now: the present time.
    mutating func end(_ ticket: RequestGate.Ticket, _ end: RequestGate.End, at now: Duration) {
        inFlight -= 1
        switch end {
        case .succeeded:
            allowed = min(Double(maximum), allowed + 1 / allowed)
        case .throttled(let wait):
            if ticket.epoch == epoch {
                epoch += 1
                allowed = max(1, allowed / 2)
            }
            if let wait { pause(until: now + wait, from: now) }
        case .failed:
            break
        }
    }

    /// How long everybody had to pause until now, in total.
    ///
    /// - Parameter now: the present time.
    /// - Returns: the time, without what of a pause is still to come.
    func paused(at now: Duration) -> Duration {
        pausedInTotal - pause(at: now)
    }

    /// How long everybody has still to pause.
    ///
    /// - Parameter now: the present time.
    /// - Returns: the time; zero where nobody has to.
    func pause(at now: Duration) -> Duration { max(.zero, pausedUntil - now) }

    private mutating func pause(until end: Duration, from now: Duration) {
        guard end > pausedUntil else { return }
        pausedInTotal += end - max(now, pausedUntil)
        pausedUntil = end
    }
}
