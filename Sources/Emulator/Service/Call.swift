internal import Platform

/// A request on its way through the service.
struct Call: Sendable {
    let request: ServerRequest
    let route: Route
    /// What the scenario may look at; more is known of it on its way.
    var facts: RequestFacts
    /// Ends it; called once, on any thread.
    let reply: @Sendable (ServerReply) -> Void

    init(_ request: ServerRequest, _ route: Route, reply: @escaping @Sendable (ServerReply) -> Void) {
        self.request = request
        self.route = route
        self.reply = reply
        facts = route.facts
    }
}

/// What a scenario's faults do to a call at one point.
struct Toll: Sendable {
    var delay = Duration.zero
    /// How the call ends there; nil where it goes on.
    var ending: ServerReply?
    var cutsBody = false
    var consumesDomain = false
    var expiresToken = false

    /// Adds the faults up, until one ends the call.
    ///
    /// - Parameters:
    ///   - faults: what befalls the call.
    ///   - now: the present time.
    init(_ faults: [Fault], now: @autoclosure () -> Timestamp) {
        for fault in faults where ending == nil {
            switch fault {
            case .delay(let duration): delay += duration
            case .cutConnection: ending = .cutConnection
            case .answer(let answer): ending = .answer(answer)
            case .throttledUntil(let seconds):
                let date = Timestamp(milliseconds: now().milliseconds + Int64(seconds) * 1000)
                ending = .answer(.throttled(retryAfter: date.httpDate))
            case .cutBody: cutsBody = true
            case .consumeDomain: consumesDomain = true
            case .expireToken: expiresToken = true
            }
        }
    }
}
