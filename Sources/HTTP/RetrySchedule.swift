package import Platform

/// How often a request is repeated, and how long it waits in between: exponential backoff with full jitter.
package struct RetrySchedule: Hashable, Sendable {
    /// What can be set.
    package struct Limits: Hashable, Sendable {
        /// The most attempts, the first one included.
        package var attempts: Int
        /// The longest first wait; each later one may be twice as long.
        package var base: Duration
        /// The longest of all waits.
        package var cap: Duration

        package init(attempts: Int = 6, base: Duration = .milliseconds(500), cap: Duration = .seconds(30)) {
            self.attempts = attempts
            self.base = base
            self.cap = cap
        }
    }

    private let limits: Limits
    /// How many attempts have begun.
    package private(set) var attempts = 0
    private var excused = 0

    /// Makes a schedule before the first attempt.
    ///
    /// - Parameter limits: what can be set.
    package init(_ limits: Limits) {
        self.limits = limits
    }

    /// Whether no attempt is left.
    package var isExhausted: Bool { attempts - excused >= limits.attempts }

    /// Counts an attempt that begins.
    package mutating func begin() {
        attempts += 1
    }

    /// Leaves the last attempt out of those that are allowed, though not out of the backoff.
    package mutating func excuse() {
        excused += 1
    }

    /// The longest that the wait before the next attempt may be.
    package var longestWait: Duration {
        var wait = limits.base
        // Doubled step by step: a shift by the number of attempts would overflow.
        for _ in 1..<max(1, min(attempts, 64)) where wait < limits.cap { wait = wait * 2 }
        return min(wait, limits.cap)
    }

    /// Draws the wait before the next attempt, evenly between nothing and the longest.
    ///
    /// - Parameter generator: the random source.
    /// - Returns: the wait; nil where no attempt is left.
    package func wait(using generator: inout some RandomNumberGenerator) -> Duration? {
        guard !isExhausted else { return nil }
        return longestWait * Double.random(in: 0...1, using: &generator)
    }
}

/// Reads the `Retry-After` header (RFC 9110, section 10.2.3).
package enum RetryAfter {
    /// The longest wait: who asks for more than an hour is asked again after an hour, since such a value is mostly a
    /// fault.
    package static let longest = Duration.seconds(3_600)

    /// How long a server asks to wait.
    ///
    /// - Parameters:
    ///   - text: the header's value: seconds or a date, or several of them in a list, of which the longest counts; nil
    ///     where there is none.
    ///   - now: the present time.
    /// - Returns: the wait, between nothing and `longest`; nil where the header is absent or no such thing.
    package static func parse(_ text: String?, now: Timestamp) -> Duration? {
        guard let text else { return nil }
        // A date has a comma of its own.
        if let wait = wait(text, now: now) { return wait }
        return text.split(separator: ",").compactMap { wait(String($0), now: now) }.max()
    }

    private static func wait(_ text: String, now: Timestamp) -> Duration? {
        let text = String(text.trimmingPrefix { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        if let seconds = seconds(text) { return .seconds(seconds) }
        guard let moment = HTTPDate.parse(text, now: now) else { return nil }
        return min(longest, max(.zero, Duration.milliseconds(moment.milliseconds - now.milliseconds)))
    }

    /// A number of seconds, rounded up, and within what is waited for.
    private static func seconds(_ text: String) -> Int64? {
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B }
        guard isNumber, let number = Double(text) else { return nil }
        return Int64(min(Double(longest.components.seconds), max(0, number.rounded(.up))))
    }
}
