internal import HTTP
internal import PartnerCenter
internal import Platform

// How a request is repeated that changes nothing, so that nothing is to be settled between its attempts.

extension ServiceConnection {
    /// Sends a request until it is answered, or its attempts are used up.
    ///
    /// - Parameters:
    ///   - call: what to send.
    ///   - most: the most attempts.
    ///   - read: reads the body of a success; nil where it does not hold what was asked for.
    /// - Returns: the last attempt; nil where the run ends meanwhile.
    func repeated<Value: Sendable>(
        _ call: ServiceCall,
        atMost most: Int,
        read: @Sendable (HTTPResponse) -> Value?
    ) async -> Attempt<Value>? {
        var schedule = RetrySchedule(.init(attempts: most))
        var generator = random
        while true {
            schedule.begin()
            let attempt = await self.attempt(call, read: read)
            if attempt.isExcused { schedule.excuse() }
            guard case .open = attempt.outcome, let wait = schedule.wait(using: &generator) else { return attempt }
            guard await backOff(wait) else { return nil }
        }
    }

    /// Why a request has no answer that is of use.
    ///
    /// - Parameters:
    ///   - attempt: its last attempt; nil where the run ended meanwhile.
    ///   - url: what was asked for.
    ///   - most: the most attempts that it had.
    /// - Returns: the error to stop for.
    func error<Value>(of attempt: Attempt<Value>?, _ url: String, atMost most: Int) -> ServiceError {
        switch attempt?.outcome {
        case .refused(let fault):
            let code = fault.code.isEmpty ? "" : " (\(fault.code))"
            let message = "\(url): the service refused to read it: \(fault.message)\(code)"
            return ServiceError(attempt?.status == 403 ? .unauthorized : .unavailable, message: message)
        case .open(let fault, _):
            let message = "\(url): \(fault.message), \(most) times; run the same command again later"
            return closure ?? ServiceError(.unavailable, message: message)
        case .done, .cancelled, .notSent, nil:
            return closure ?? ServiceError(.closed, message: "the run is being stopped")
        }
    }
}
