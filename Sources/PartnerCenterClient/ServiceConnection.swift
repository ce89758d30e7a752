internal import HTTP
internal import PartnerCenter
internal import Platform
internal import Synchronization
internal import Telemetry

/// One request as an operation asks for it, before headers that all requests have.
struct ServiceCall: Sendable {
    var method: String
    var url: String
    /// The `MS-RequestId`: the same for every attempt of one operation.
    var requestId: String
    /// Gives each of the operation's requests its `MS-CV`.
    var trace: RequestTrace
    /// More headers, as a link asks for them.
    var headers: [KeyValuePair] = []
    var body: [UInt8] = []
    /// What it asks for, which decides what its answers mean.
    var question = AnswerMeaning.Question.read
    /// The largest answer that is of use.
    var maximumAnswerBytes = 1 << 20
}

/// What every request shares: the gate, the token, the transport, the service's health, the counters.
final class ServiceConnection: Sendable {
    let settings: PartnerCenterClient.Settings
    let stopwatch: Stopwatch
    let random: RandomSource
    private let transport: RedactingTransport
    private let gate: RequestGate
    private let tokens: TokenCache
    private let health: Mutex<ServiceHealth>
    private let createFailures = Mutex(CreateFailures())
    private let throttles = Mutex(ThrottleNotice())
    /// Whether the present outage has been told of.
    private let isOutageTold = Atomic(false)
    /// The headers that are the same in all requests.
    private let sharedHeaders: HTTPHeaders
    private let vector: CorrelationVector
    /// The trace of all requests that belong to no row.
    let sharedTrace: RequestTrace
    private let consistency = Mutex(ConsistencyTokens())
    private let identifiers = Mutex(GivenIdentifiers())
    /// Whether the service has dealt with a create as one that it lets this account ask for.
    private let provenAccount = Atomic(false)
    let wallClock: @Sendable () -> Timestamp
    private let logger: Logger
    private let requests = Atomic(0)
    private let retries = Atomic(0)

    /// A service that refuses tokens now and then, each time after a success, must not keep a request busy for ever.
    private static let mostTokensForOneRequest = 5

    init(_ settings: PartnerCenterClient.Settings, _ ports: PartnerCenterClient.Ports) {
        self.settings = settings
        stopwatch = Stopwatch(ports.clock)
        random = RandomSource(ports.random)
        transport = RedactingTransport(ports.transport, ports.redactor)
        gate = RequestGate(
            maximumInFlight: settings.maximumInFlight,
            requestsPerMinute: settings.requestsPerMinute,
            stopwatch: stopwatch
        )
        tokens = TokenCache(ports.tokens, stopwatch, ports.logger, ports.redactor)
        health = Mutex(ServiceHealth(.init(giveUpAfter: settings.giveUpAfter)))
        sharedHeaders = [
            "Accept": settings.wire.accept,
            "MS-CorrelationId": settings.correlationId,
            "MS-Contract-Version": "v1",
            "User-Agent": "Purser/\(settings.version)",
        ]
        vector = CorrelationVector(random.bytes(16))
        sharedTrace = RequestTrace(vector, .other)
        wallClock = ports.wallClock
        logger = ports.logger
    }

    /// Where tasks that send many requests run best; nil for anywhere.
    var executor: (any TaskExecutor)? { transport.executor }

    /// Sends a request when its turn comes, with a renewed token where the service asks for one.
    ///
    /// - Parameters:
    ///   - call: what to send.
    ///   - read: reads the body of a success; nil where it does not hold what was asked for.
    /// - Returns: what became of it.
    func attempt<Value: Sendable>(
        _ call: ServiceCall,
        read: @Sendable (HTTPResponse) -> Value?
    ) async -> Attempt<Value> {
        let asked = stopwatch.elapsed
        for round in 1...Self.mostTokensForOneRequest {
            let ticket: RequestGate.Ticket
            do {
                ticket = try await gate.enter()
            } catch {
                return .notSent(after: stopwatch.elapsed - asked)
            }
            let token: TokenCache.Token
            do {
                token = try await tokens.current()
            } catch {
                close(error.closure)
                gate.leave(ticket, .failed)
                return .notSent(after: stopwatch.elapsed - asked)
            }
            let began = stopwatch.elapsed
            let startedAt = wallClock()
            let cv = call.trace.next()
            let result = await send(request(call, token.secret, cv))
            if case .success(let response) = result, response.status == 401 {
                refuse(token, response, isLast: round == Self.mostTokensForOneRequest)
                gate.leave(ticket, .failed)
                continue
            }
            var attempt = judge(result, to: call.question, read)
            attempt.correlationVector = cv
            attempt.startedAt = startedAt
            attempt.duration = stopwatch.elapsed - began
            attempt.wait = began - asked
            if attempt.status != nil { tokens.accept(token) }
            // First the health: where it closes the gate, nobody else may slip in.
            if let event = attempt.health {
                attempt.isExcused = record(event, since: began)
                // Who answers, though not readably, can be asked what there is.
                if call.question == .create, !attempt.isUnreadable, record(event, of: call.requestId) {
                    attempt.isExcused = true
                }
            }
            gate.leave(ticket, attempt.pace)
            if case .throttled(let wait) = attempt.pace { noteThrottle(attempt.status, wait) }
            return attempt
        }
        return .notSent(after: stopwatch.elapsed - asked)
    }

    /// Makes the trace of an order's requests.
    ///
    /// - Parameter order: the order.
    /// - Returns: the trace.
    func trace(of order: CreateOrder) -> RequestTrace {
        RequestTrace(
            vector,
            // Its row may have another order in the same run, which is sent once this one is settled.
            order.supersededSince == nil ? .row(order.sequence) : .earlierRequest(row: order.sequence)
        )
    }

    /// Keeps the token that came with a new customer.
    ///
    /// - Parameters:
    ///   - token: the token; nil where none came.
    ///   - customer: the customer's identifier, or its domain where that can't be read.
    func keepConsistencyToken(_ token: String?, of customer: String) {
        consistency.withLock { $0.keep(token, of: customer) }
    }

    /// The headers with which a read of a customer sees what was written of it.
    ///
    /// - Parameter customer: the customer's identifier, or its domain.
    /// - Returns: the headers, if any.
    func consistencyHeaders(of customer: String) -> [KeyValuePair] {
        consistency.withLock { $0.headers(of: customer) }
    }

    /// Notes that the service gave a customer to an order.
    ///
    /// - Parameters:
    ///   - id: the customer's identifier.
    ///   - key: the order's idempotency key.
    /// - Returns: false where the identifier is none, or another order has had it.
    func accept(identifier id: String, for key: String) -> Bool {
        identifiers.withLock { $0.give(id, to: key) }
    }

    /// Whether the service has dealt with a create of this account in this run.
    var isAccountProven: Bool { provenAccount.load(ordering: .relaxed) }

    /// Notes that the service deals with this account's creates.
    func proveAccount() {
        provenAccount.store(true, ordering: .relaxed)
    }

    /// Stops the run, since no create of this account is taken.
    ///
    /// - Parameter refusal: what the service said.
    func refuseAccount(_ refusal: Refusal) {
        let code = refusal.fault.code.isEmpty ? "" : " (\(refusal.fault.code))"
        let message =
            "\(settings.address.endpoint): the service lets this account create no customers: "
            + "\(refusal.fault.message)\(code); check the account and what it may do"
        close(ServiceClosure(.unauthorized, message: message))
    }

    /// Waits before the next attempt of an operation.
    ///
    /// - Parameter duration: how long.
    /// - Returns: false where there will be no next attempt: the gate is closed, or the task cancelled.
    func backOff(_ duration: Duration) async -> Bool {
        guard await sleep(duration) else { return false }
        retries.add(1, ordering: .relaxed)
        return true
    }

    /// Sleeps, but not past the closing of the gate.
    ///
    /// - Parameter duration: how long.
    /// - Returns: whether it slept to the end.
    func sleep(_ duration: Duration) async -> Bool {
        do {
            try await gate.sleep(duration)
            return true
        } catch {
            return false
        }
    }

    /// Notes that an operation has used up its attempts.
    ///
    /// - Parameter message: how the last one ended.
    func exhausted(_ message: String) {
        _ = record(.exhausted(message), since: stopwatch.elapsed)
    }

    /// Lets no further request begin.
    ///
    /// - Parameter closure: why.
    func close(_ closure: ServiceClosure) {
        if gate.closure == nil, closure.reason != .stopped {
            logger.log(.debug, "The service is not asked any more", ["reason": closure.message])
        }
        gate.close(closure)
        tokens.stop()
    }

    /// Why no further request begins, as the person at the keyboard needs it; nil while the gate is open.
    var closure: ServiceError? {
        gate.closure.map { closure in
            let endpoint = settings.address.endpoint
            return switch closure.reason {
            case .unavailable:
                ServiceError(.unavailable, message: "\(endpoint): \(closure.message); run the same command again later")
            // A certificate does not mend itself by waiting.
            case .untrusted: ServiceError(.unavailable, message: "\(endpoint): \(closure.message)")
            case .unauthorized: ServiceError(.unauthorized, message: closure.message)
            case .unwritable: ServiceError(.unwritable, message: closure.message)
            case .stopped: ServiceError(.closed, message: closure.message)
            }
        }
    }

    /// What was counted so far.
    var counts: ServiceCounts {
        ServiceCounts(
            requests: requests.load(ordering: .relaxed),
            retries: retries.load(ordering: .relaxed),
            throttled: gate.pausedTime,
            peakInFlight: gate.peakInFlight,
            inFlight: gate.inFlight,
            pause: gate.pause
        )
    }

    private func send(_ request: HTTPRequest) async -> Result<HTTPResponse, TransportError> {
        requests.add(1, ordering: .relaxed)
        do {
            return .success(try await transport.send(request))
        } catch {
            return .failure(error)
        }
    }

    private func judge<Value: Sendable>(
        _ result: Result<HTTPResponse, TransportError>,
        to question: AnswerMeaning.Question,
        _ read: (HTTPResponse) -> Value?
    ) -> Attempt<Value> {
        switch result {
        case .success(let response): Attempt(response, to: question, now: wallClock(), read: read)
        case .failure(let error): Attempt(error)
        }
    }

    /// Notes how a request ended.
    ///
    /// - Returns: whether the service is away, so that nothing is to be held against what was asked.
    private func record(_ event: ServiceHealth.Event, since start: Duration) -> Bool {
        let now = stopwatch.elapsed
        let (closure, isAway) = health.withLock { ($0.record(event, since: start, at: now), $0.isAway) }
        if let closure { close(closure) }
        if isAway { noteOutage() } else if event == .succeeded { isOutageTold.store(false, ordering: .relaxed) }
        return isAway
    }

    /// Notes how an attempt to create ended.
    ///
    /// - Returns: whether the service fails as a whole, so that nothing is to be held against the order.
    private func record(_ event: ServiceHealth.Event, of order: String) -> Bool {
        let now = stopwatch.elapsed
        let isOfService = createFailures.withLock { failures in
            failures.record(event, of: order, at: now)
            return failures.isOfService
        }
        if isOfService { noteOutage("The service creates nothing any more, and is waited for") }
        return isOfService
    }

    /// Whether nothing has succeeded since a request failed, whatever it asked for.
    var isFailing: Bool { health.withLock { $0.isFailing } }

    /// Whether an order that has used up its attempts may have met a short outage of the service.
    var mayBeShortOutage: Bool {
        let now = stopwatch.elapsed
        return createFailures.withLock { $0.mayBeShortOutage(at: now) }
    }

    private func noteOutage(_ message: StaticString = "The service can't be reached any more, and is waited for") {
        guard gate.closure == nil, !isOutageTold.exchange(true, ordering: .relaxed) else { return }
        logger.log(.warning, message, ["seconds": "\(settings.giveUpAfter.components.seconds)"])
    }

    private func noteThrottle(_ status: Int?, _ wait: Duration?) {
        let now = stopwatch.elapsed
        guard gate.closure == nil, throttles.withLock({ $0.isNews(wait: wait, at: now) }) else { return }
        let seconds = wait.map { "\($0.components.seconds)" } ?? "unknown"
        logger.log(.warning, "The service asks to slow down", ["status": "\(status ?? 0)", "seconds": seconds])
    }

    private func refuse(_ token: TokenCache.Token, _ response: HTTPResponse, isLast: Bool) {
        let isWorthAnotherToken = tokens.refuse(token)
        guard isLast || !isWorthAnotherToken else { return }
        let fault = ServiceFault(status: response.status, reason: "Unauthorized", body: response.body)
        let code = fault.code.isEmpty ? "" : " (\(fault.code))"
        let endpoint = settings.address.endpoint
        let message = "\(endpoint): the service refused the token twice: \(fault.message)\(code); get a valid token"
        close(ServiceClosure(.unauthorized, message: message))
    }

    private func request(_ call: ServiceCall, _ token: Secret, _ cv: String) -> HTTPRequest {
        var headers = sharedHeaders
        headers.reserve(fields: 8, bytes: 1024)
        headers.append("Authorization", "Bearer \(token.reveal())")
        headers.append("MS-RequestId", call.requestId)
        headers.append("MS-CV", cv)
        if !call.body.isEmpty { headers.append("Content-Type", settings.wire.contentType) }
        for header in call.headers { headers[header.key] = header.value }
        var request = HTTPRequest(
            method: call.method,
            url: call.url,
            headers: headers,
            body: call.body,
            timeout: settings.timeout
        )
        request.maximumAnswerBytes = call.maximumAnswerBytes
        return request
    }
}
