internal import HTTP
internal import PartnerCenter
internal import PartnerCenterClient
internal import Platform

/// The network between the jobs and the simulated service: where requests are lost, and where every promise about
/// requests is looked after.
final class Wire: HTTPTransport, TokenProvider, @unchecked Sendable {
    /// What has become of the requests under one key.
    struct KeyHistory {
        var name: String
        var domain: String
        var underWay = 0
        /// When a request was sent last whose end nobody has told.
        var openSince: Int64?
        var isAnswered = false
        /// The life in which the service refused it and nothing was open.
        var refusedIn: Int?
    }

    let service: SimulatedService
    let observer: CheckpointObserver
    let disk: Disk
    var maximumInFlight = 1
    /// The keys whose outcome was open when the present life began.
    var openAtStart: Set<String> = []
    /// The lives that ended in their own time.
    var wholeLives: Set<Int> = []
    private(set) var histories: [String: KeyHistory] = [:]
    /// The lives in which an answer with a customer's password arrived.
    private(set) var passwordsGiven: [String: Set<Int>] = [:]
    /// When a list was read last in search of a domain.
    private var lookedUp: [String: Int64] = [:]
    private var inFlight = 0
    private var scheduler: Scheduler { .shared }

    init(_ service: SimulatedService, _ observer: CheckpointObserver, _ disk: Disk) {
        self.service = service
        self.observer = observer
        self.disk = disk
    }

    /// Whether nobody can tell what became of a request of a customer: whoever has its domain
    /// is not to be seen, or is the partner's customer of another name.
    func isUndecidable(name: String, domain: String) -> Bool {
        histories.values.contains { history in
            ([name, domain].contains(history.name) || history.domain == domain)
                && service.isTakenBySomebodyElse(history.domain)
        }
    }

    /// A new process starts: nothing is under way that it could still hear of.
    func beginLife() throws {
        inFlight = 0
        for key in histories.keys { histories[key]?.underWay = 0 }
        openAtStart = try observer.openKeys()
    }

    /// The customer that a request was for, as the checkpoint named it.
    func name(of key: String) -> String { histories[key]?.name ?? "" }

    // MARK: - Tokens

    func fetch() async throws(ServiceError) -> AccessToken {
        do {
            try await SimulatedClock().sleep(for: .nanoseconds(service.latency()))
        } catch {
            throw ServiceError(.closed, message: "the run is being stopped")
        }
        if service.chance(service.nature.tokenFaultChance) {
            scheduler.note("token: none")
            throw ServiceError(.unavailable, message: "no token is to be had")
        }
        let isOld = service.chance(service.nature.tokenFaultChance)
        let lifetime = service.nature.tokenLife.map { Duration.nanoseconds($0) }
        return AccessToken(Secret(isOld ? "token-0" : service.currentToken()), lifetime: lifetime)
    }

    // MARK: - Requests

    private final class Exchange {
        let request: HTTPRequest
        /// The key of a request that creates; nil for a read.
        let key: String?
        let sentAt: Int64
        let waiter = Waiter<HTTPResponse>()

        init(_ request: HTTPRequest, key: String?, sentAt: Int64) {
            self.request = request
            self.key = key
            self.sentAt = sentAt
        }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        guard !Task.isCancelled else { throw TransportError(.cancelled, mayHaveArrived: false, message: "cancelled") }
        let isCreate = request.method == "POST" && request.url.hasSuffix("/v1/customers")
        let exchange = Exchange(
            request,
            key: isCreate ? request.headers["MS-RequestId"] ?? "" : nil,
            sentAt: scheduler.now
        )
        nonisolated(unsafe) let shared = exchange
        if !scheduler.isDead { begin(exchange) }
        do {
            return try await withTaskCancellationHandler {
                try await withUnsafeThrowingContinuation { exchange.waiter.wait($0) }
            } onCancel: {
                let error = TransportError(.cancelled, mayHaveArrived: true, message: "cancelled")
                self.end(shared, .failure(error), isWhole: false)
            }
        } catch let error as TransportError {
            throw error
        } catch {
            throw TransportError(.cancelled, mayHaveArrived: true, message: "\(error)")
        }
    }

    private func begin(_ exchange: Exchange) {
        inFlight += 1
        Promises.neverAboveTheMostInFlight(inFlight, maximumInFlight)
        if let key = exchange.key { beginCreate(key, exchange) }
        let fault = service.isDown ? outage() : service.fault(isCreate: exchange.key != nil)
        let what = exchange.key.map { "create \($0.prefix(8)) of \(histories[$0]?.name ?? "?")" }
        scheduler.note("send \(what ?? exchange.request.url.suffix(90).description)\(fault.map { ": \($0)" } ?? "")")
        let arrival = scheduler.now + service.latency()
        let answer = arrival + service.latency()
        let timeout = scheduler.now + exchange.request.timeout.nanoseconds
        guard answer < timeout else {
            at(arrival) { _ = self.service.answer(exchange.request) }
            return endLater(exchange, timeout, .timedOut)
        }
        switch fault {
        case .notConnected: endLater(exchange, arrival, .notConnected)
        case .lostBefore: endLater(exchange, answer, .connectionLost)
        case .hangsBefore: endLater(exchange, timeout, .timedOut)
        case .lostAfter:
            at(arrival) { _ = self.service.answer(exchange.request) }
            endLater(exchange, answer, .connectionLost)
        case .hangsAfter:
            at(arrival) { _ = self.service.answer(exchange.request) }
            endLater(exchange, timeout, .timedOut)
        case .throttled, .busyBefore, .errorBefore, .refusedAtRandom, .turnedAway:
            let response = trouble(fault, exchange.request)
            scheduler.at(answer, life: scheduler.life) { self.end(exchange, .success(response), isWhole: true) }
        case .busyAfter, .errorAfter, .unreadable:
            at(arrival) { _ = self.service.answer(exchange.request) }
            let response = trouble(fault, exchange.request)
            scheduler.at(answer, life: scheduler.life) { self.end(exchange, .success(response), isWhole: false) }
        case .cutBody, nil:
            let life = scheduler.life
            at(arrival) {
                let response = self.service.answer(exchange.request)
                // What a status of 400 and more says does not depend on the body.
                let isCut = fault == .cutBody && response.status < 300 && !response.body.isEmpty
                self.scheduler.at(answer, life: life) {
                    guard life == self.scheduler.life else { return }
                    var response = response
                    if isCut { response.body.removeLast(1 + response.body.count / 2) }
                    self.end(exchange, .success(response), isWhole: !isCut)
                }
            }
        }
    }

    /// What the service does, it does whatever becomes of who asked.
    private func at(_ time: Int64, _ action: @escaping () -> Void) { scheduler.at(time, life: nil, action) }

    private func outage() -> ServiceNature.Fault { service.chance(0.5) ? .notConnected : .lostBefore }

    private func endLater(_ exchange: Exchange, _ time: Int64, _ kind: TransportError.Kind) {
        let error = TransportError(kind, mayHaveArrived: kind != .notConnected, message: "simulated")
        scheduler.at(time, life: scheduler.life) { self.end(exchange, .failure(error), isWhole: false) }
    }

    private func trouble(_ fault: ServiceNature.Fault?, _ request: HTTPRequest) -> HTTPResponse {
        switch fault {
        case .throttled: service.busy(429)
        case .busyBefore, .busyAfter: service.busy(503)
        case .refusedAtRandom: service.refusal(atRandomOf: request)
        case .turnedAway: service.page(insteadOf: request)
        case .unreadable: HTTPResponse(status: 200, body: Array("<html>Bad gateway</html>".utf8))
        default: service.fault([500, 502, 504, 408].randomElement(using: &service.generator) ?? 500, "", "Oops")
        }
    }

    private func end(_ exchange: Exchange, _ result: Result<HTTPResponse, TransportError>, isWhole: Bool) {
        guard !exchange.waiter.isOver, !scheduler.isDead else { return }
        inFlight -= 1
        let status = try? result.get().status
        let what = exchange.key.map { "create \($0.prefix(8))" } ?? "read"
        scheduler.note("answer to \(what): \(status.map(String.init) ?? "\(result)")\(isWhole ? "" : ", not whole")")
        if exchange.key != nil {
            endCreate(exchange, result, isWhole: isWhole)
        } else if case .success(let response) = result, status == 200, isWhole,
            response.headers[SimulatedService.more] == nil
        {
            lookedUp[SimulatedService.domain(ofSearch: exchange.request.url)] = exchange.sentAt
        }
        exchange.waiter.end(result.mapError { $0 })
    }

    private func beginCreate(_ key: String, _ exchange: Exchange) {
        do {
            let intent = try observer.intent(of: key)
            Promises.nothingIsSentBeforeItsIntentIsOnDisk(
                key,
                intent,
                isSaved: disk.isSaved("\(disk.folder)/state.checkpoint-wal")
            )
            let body = try JSONWire.decode(Customer.self, from: exchange.request.body)
            let domain = body.companyProfile?.domain?.lowercased() ?? ""
            var history = histories[key] ?? KeyHistory(name: intent?.name ?? "", domain: domain)
            Promises.noRequestIsSentTwiceAtOnce(key, history)
            Promises.noKeyIsSentAgainAfterADefiniteRefusal(key, history, life: scheduler.life, wholeLives)
            for (other, past) in histories.sorted(by: { $0.key < $1.key })
            where other != key && past.name == history.name {
                Promises.noOtherKeyIsSentWhileTheOutcomeIsOpen(key, other, past, lookedUp[past.domain])
            }
            history.underWay += 1
            histories[key] = history
        } catch {
            scheduler.fail("the simulation can look at the checkpoint", "\(error)")
        }
    }

    private func endCreate(_ exchange: Exchange, _ result: Result<HTTPResponse, TransportError>, isWhole: Bool) {
        guard let key = exchange.key, var history = histories[key] else { return }
        history.underWay -= 1
        switch result {
        case .success(let response) where isWhole && (200..<300).contains(response.status):
            history.isAnswered = true
            notePassword(response)
        case .success(let response) where isWhole && [401, 429].contains(response.status): break
        // The service never saw it.
        case .success(let response) where response.headers["Content-Type"] == "text/html": break
        case .success(let response) where isWhole && (400..<500).contains(response.status) && response.status != 408:
            let isFirm = history.openSince == nil && !openAtStart.contains(key)
            history.refusedIn = isFirm ? scheduler.life : nil
            history.isAnswered = true
        case .failure(let error) where !error.mayHaveArrived: break
        default: history.openSince = exchange.sentAt
        }
        histories[key] = history
    }

    private func notePassword(_ response: HTTPResponse) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = response.body.starts(with: mark) ? Array(response.body.dropFirst(3)) : response.body
        guard let customer = try? JSONWire.decode(Customer.self, from: body), let id = customer.id,
            customer.userCredentials?.password != nil
        else { return }
        passwordsGiven[id, default: []].insert(scheduler.life)
    }

    /// Requests that were under way when the process died: nobody will ever tell it their end.
    func loseUnderWay() {
        for key in histories.keys where histories[key]?.underWay ?? 0 > 0 {
            histories[key]?.openSince = scheduler.now
            histories[key]?.underWay = 0
        }
    }
}
