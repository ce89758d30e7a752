/// Why no further request may begin.
package struct ServiceClosure: Error, Hashable, Sendable {
    /// The kinds of reasons.
    package enum Reason: Hashable, Sendable {
        /// The service can't be reached, or failed for too long.
        case unavailable
        /// The other side is not the service, as far as its certificate tells.
        case untrusted
        /// The service refused the credentials.
        case unauthorized
        /// What came with the credentials can't be kept.
        case unwritable
        /// The run is being stopped.
        case stopped
    }

    package let reason: Reason
    /// What is wrong, one sentence without a secret.
    package let message: String

    /// Makes a closure.
    ///
    /// - Parameters:
    ///   - reason: the kind of reason.
    ///   - message: what is wrong.
    package init(_ reason: Reason, message: String) {
        self.reason = reason
        self.message = message
    }
}

/// Decides when a service is not worth asking any more: a value that is told of every request's end.
///
/// Times are what a stopwatch shows.
package struct ServiceHealth: Sendable {
    /// What can be set.
    package struct Limits: Hashable, Sendable {
        /// How long requests may fail with no success in between, once one has succeeded.
        package var giveUpAfter: Duration
        /// How long they may fail where none has ever succeeded; never longer than `giveUpAfter`.
        package var giveUpAtStartAfter: Duration

        package init(giveUpAfter: Duration = .seconds(300), giveUpAtStartAfter: Duration = .seconds(45)) {
            self.giveUpAfter = giveUpAfter
            self.giveUpAtStartAfter = min(giveUpAtStartAfter, giveUpAfter)
        }
    }

    /// How a request ended, or an operation of several.
    package enum Event: Hashable, Sendable {
        /// The service dealt with it, even if it refused it.
        case succeeded
        /// The service asked to slow down, and may have said how long to wait.
        case throttled(String, wait: Duration?)
        /// The service answered that it can't, or gave no answer that can be read.
        case failed(String, answered: Bool)
        /// The service was not even asked: no connection came about.
        case unreachable(String)
        /// Something in front of the service answered in its place, so that it was not asked.
        case turnedAway(String)
        /// The other side can't be trusted.
        case untrusted(String)
        /// An operation has used up its attempts.
        case exhausted(String)
    }

    private let limits: Limits
    private var hasAnswered = false
    /// When a request succeeded last; nil for never.
    private var succeededAt: Duration?
    /// Whether the service is away that was there before: the latest request found no connection that it could use.
    ///
    /// What fails meanwhile tells nothing of what was asked, only that the service is to be waited for.
    package private(set) var isAway = false
    /// When the present run of failures began; moved on by every pause, so that a pause does not count as failing.
    private var failingSince: Duration?
    /// Whether nothing has succeeded since a request failed.
    package var isFailing: Bool { failingSince != nil }
    /// When the last pause that the service asked for ends.
    private var pausedUntil = Duration.zero

    /// Makes the health of a service that nothing is known of.
    ///
    /// - Parameter limits: what can be set.
    package init(_ limits: Limits) {
        self.limits = limits
    }

    /// Notes how a request ended.
    ///
    /// - Parameters:
    ///   - event: how it ended.
    ///   - start: when it was sent.
    ///   - now: the present time.
    /// - Returns: why the service is to be given up; nil to go on.
    package mutating func record(_ event: Event, since start: Duration, at now: Duration) -> ServiceClosure? {
        let wasAway = isAway
        isAway = false
        switch event {
        case .succeeded:
            hasAnswered = true
            succeededAt = now
            failingSince = nil
            return nil
        case .throttled(let message, let wait):
            hasAnswered = true
            if let wait { pause(until: now + wait, at: now) }
            return giveUp(message, after: limits.giveUpAfter, at: now)
        case .failed(let message, let answered):
            hasAnswered = hasAnswered || answered
            // Who is silent until a request's time is up has not worked for all of it, unless it is new and slow.
            if !answered, succeededAt != nil { noteFailing(since: start) }
            return giveUp(message, after: limitOfFailures, at: now)
        case .unreachable(let message):
            isAway = hasAnswered
            // The time that the first attempt took to fail counts too: nobody worked on it.
            noteFailing(since: start)
            return giveUp(message, after: limitOfFailures, at: now)
        case .turnedAway(let message):
            noteFailing(since: start)
            return giveUp(message, after: limitOfFailures, at: now)
        case .untrusted(let message):
            // Before anything was sent there is nothing to lose by stopping at once, and a certificate won't heal.
            if !hasAnswered { return ServiceClosure(.untrusted, message: "can't be trusted: \(message)") }
            isAway = true
            return giveUp(message, after: limits.giveUpAfter, at: now)
        case .exhausted(let message):
            isAway = wasAway
            guard !hasAnswered else { return nil }
            return ServiceClosure(.unavailable, message: "can't be reached: \(message)")
        }
    }

    private var limitOfFailures: Duration { succeededAt == nil ? limits.giveUpAtStartAfter : limits.giveUpAfter }

    /// Begins a run of failures with a request that was sent earlier, but not before the last success or pause ended.
    private mutating func noteFailing(since start: Duration) {
        if failingSince == nil { failingSince = max(start, succeededAt ?? .zero, pausedUntil) }
    }

    /// Leaves a pause out of the time for which the service fails: who asks to wait is not failing.
    private mutating func pause(until end: Duration, at now: Duration) {
        guard end > pausedUntil else { return }
        if let since = failingSince { failingSince = since + (end - max(now, pausedUntil)) }
        pausedUntil = end
    }

    private mutating func giveUp(_ message: String, after limit: Duration, at now: Duration) -> ServiceClosure? {
        let since = failingSince ?? max(now, pausedUntil)
        failingSince = since
        guard now - since >= limit else { return nil }
        let seconds = (now - since).components.seconds
        let message =
            "requests have failed for \(seconds) s with no success in between; the last one failed: \(message)"
        return ServiceClosure(.unavailable, message: message)
    }
}
