internal import Dispatch
internal import PartnerCenter
internal import Platform

/// The service itself: takes a request through token, checks, store and scenario to its answer.
final class PartnerCenterService: RequestHandler {
    let configuration: EmulatorConfiguration
    let store: StoreThread
    let scenario: ScenarioSwitch
    let tokens: TokenDesk
    let log = RequestLog()
    let serverId: String
    private let timers = DispatchQueue(label: "emulator-delays")

    init(_ configuration: EmulatorConfiguration, store: StoreThread, tokens: [IssuedToken]) {
        self.configuration = configuration
        self.store = store
        self.tokens = TokenDesk(configuration, issued: tokens)
        scenario = ScenarioSwitch(configuration.scenario)
        serverId = String(configuration.random.next() % 1_000_000_000)
    }

    func handle(_ request: ServerRequest, reply: @escaping @Sendable (ServerReply) -> Void) {
        let route = Route(request, hasControl: configuration.hasControl)
        if case .control(let path) = route { return control(path, request) { reply(.answer($0)) } }
        let call = Call(request, route) { ending in
            if self.configuration.hasControl { self.log.add(request, ending) }
            reply(ending)
        }
        pass(.received, call) { toll in
            if toll.expiresToken { self.expireToken(of: request) }
            if case .token(let isSecondVersion) = route { return self.issue(isSecondVersion, call) }
            guard !toll.expiresToken, self.isAuthorized(request) else { return self.refuse(.unauthorized, call) }
            self.perform(call)
        }
    }

    private func perform(_ call: Call) {
        if let id = call.route.customerId, !Self.isGUID(id) {
            return refuse(.malformed("Tenant Id must be a GUID.", "customer_id"), call)
        }
        switch call.route {
        case .createCustomer: create(call)
        case .listCustomers: list(call)
        case .customer(let id): readCustomer(id, call) { $0.resource }
        case .companyProfile(let id):
            readCustomer(id, call) { try JSONWire.encode(try $0.customer().companyProfile ?? CustomerCompanyProfile()) }
        case .billingProfile(let id):
            readCustomer(id, call) { try JSONWire.encode(try $0.customer().billingProfile ?? CustomerBillingProfile()) }
        case .replaceBillingProfile(let id): replaceBillingProfile(id, call)
        case .deleteCustomer(let id): deleteCustomer(id, call)
        case .agreements: listAgreements(call)
        case .customerAgreements(let id): listAgreements(of: id, call)
        case .confirmAgreement(let id): confirmAgreement(id, call)
        case .auditRecords: listAuditRecords(call)
        case .domain(let domain): readSoon(call) { ServerAnswer(status: try $0.isTaken(domain) ? 200 : 404) }
        case .addressValidation: validate(call) { () throws(Refusal) in try ValidationAnswers.address(call.request) }
        case .countryValidationRules(let country):
            validate(call) { () throws(Refusal) in try ValidationAnswers.rules(of: country) }
        case .notAllowed(let allowed):
            var refusal = ServerAnswer.json(Refusal.notAllowed.answer)
            refusal.headers.append(KeyValuePair(key: "Allow", value: allowed))
            finish(refusal, call)
        case .token, .control, .unknown: refuse(.noSuchRoute, call)
        }
    }

    private func validate(_ call: Call, _ body: () throws(Refusal) -> [UInt8]) {
        do throws(Refusal) {
            finish(.json(StoredAnswer(status: 200, body: try body())), call)
        } catch {
            refuse(error, call)
        }
    }

    private func list(_ call: Call) {
        do throws(Refusal) {
            let list = try CustomerList(call.request, createdBy: visibleUntil)
            read(call) { try list.answer(from: $0) }
        } catch {
            refuse(error, call)
        }
    }

    private func listAuditRecords(_ call: Call) {
        do throws(Refusal) {
            let list = try AuditList(call.request)
            read(call) { try list.answer(from: $0) }
        } catch {
            refuse(error, call)
        }
    }

    /// The latest creation that can be seen; nil where all can.
    private var visibleUntil: Int64? {
        let lag = scenario.behaviour.visibleAfter
        return lag > .zero ? configuration.now().milliseconds - Int64(lag / .milliseconds(1)) : nil
    }

    private func readCustomer(
        _ id: String,
        _ call: Call,
        _ body: @escaping @Sendable (StoredCustomer) throws -> [UInt8]
    ) {
        let limit = visibleUntil.map { max($0, ConsistencyToken.moment(of: call.request) ?? $0) }
        let now = configuration.now().milliseconds
        readSoon(call) { store in
            guard let customer = try store.customer(id: id) else { return .json(Refusal.noSuchCustomer(id).answer) }
            if let limit, customer.created > limit {
                // The live service says this for a third of the time, and then for a while something else.
                let isEarly = (now - customer.created) * 3 < now - limit
                return .json((isEarly ? Refusal.noSuchCustomer(id) : Refusal.noSuchCompany).answer)
            }
            return .json(StoredAnswer(status: 200, body: try body(customer)))
        }
    }

    private func create(_ call: Call) {
        var create: PreparedCreate
        do throws(Refusal) {
            create = try CreateCustomer(configuration).prepare(call.request)
        } catch {
            return refuse(error, call)
        }
        create.replays = scenario.behaviour.replays
        var call = call
        if case .accepted(let customer) = create.verdict { call.facts.domain = customer.domain.lowercased() }
        let isSandbox = configuration.isSandbox
        pass(.beforeCommit, call) { [call, create] toll in
            let create = toll.consumesDomain ? create.orphaned : create
            self.change(call) { store in
                if isSandbox, try store.customerCount() >= 75 { return Refusal.sandboxFull.answer }
                return try store.create(create)
            }
        }
    }
}

extension PartnerCenterService {
    /// Answers from the store.
    func read(_ call: Call, _ body: @escaping @Sendable (CustomerStore) throws -> ServerAnswer) {
        store.submit(.read(body) { self.finish($0 ?? .json(Refusal.failed.answer), call) })
    }

    /// Answers from the store what takes it no time.
    func readSoon(_ call: Call, _ body: @escaping @Sendable (CustomerStore) throws -> ServerAnswer) {
        store.readSoon(body) { self.finish($0 ?? .json(Refusal.failed.answer), call) }
    }

    /// Changes the store, and answers once that is on disk.
    func change(_ call: Call, _ body: @escaping @Sendable (CustomerStore) throws -> StoredAnswer) {
        store.submit(
            .change(body) { stored in
                self.pass(.afterCommit, call) { _ in self.finish(.json(stored ?? Refusal.failed.answer), call) }
            }
        )
    }

    func refuse(_ refusal: Refusal, _ call: Call) {
        var answer = ServerAnswer.json(refusal.answer)
        if refusal.status == 401 {
            answer.headers.append(KeyValuePair(key: "WWW-Authenticate", value: "OAuth realm=\"partnercenter\""))
        }
        if refusal == .noRoom { answer.headers.append(KeyValuePair(key: "Retry-After", value: "1")) }
        finish(answer, call)
    }

    /// Sends an answer, in the form that the client asks for.
    func finish(_ answer: ServerAnswer, _ call: Call) {
        pass(.beforeAnswer, call) { toll in
            var answer = answer
            if call.route == .createCustomer, answer.status == 201,
                let token = ConsistencyToken.header(for: call.request, now: self.configuration.now().milliseconds)
            {
                answer.headers.append(token)
            }
            let dressed = AnswerDress(self.scenario.behaviour, self.configuration.random, serverId: self.serverId)
                .dress(answer, for: call)
            call.reply(toll.cutsBody && !dressed.body.isEmpty ? .cutBody(dressed) : .answer(dressed))
        }
    }

    /// Lets the scenario act on a call that passes a point, then goes on or ends it.
    private func pass(_ point: RequestPoint, _ call: Call, _ goOn: @escaping @Sendable (Toll) -> Void) {
        let toll = Toll(scenario.faults(at: point, of: call.facts), now: configuration.now())
        let next = { @Sendable in
            if let ending = toll.ending { call.reply(ending) } else { goOn(toll) }
        }
        guard toll.delay > .zero else { return next() }
        let milliseconds = toll.delay / .milliseconds(1)
        timers.asyncAfter(deadline: .now() + .milliseconds(Int(milliseconds.rounded(.up))), execute: next)
    }

    /// The token that a request carries.
    static func token(of request: ServerRequest) -> String? {
        guard let header = request.headers["authorization"], let space = header.firstIndex(of: " "),
            header[..<space].lowercased() == "bearer"
        else { return nil }
        return String(header[space...].drop { $0 == " " })
    }

    private func isAuthorized(_ request: ServerRequest) -> Bool {
        Self.token(of: request).map(tokens.accepts) ?? false
    }

    private func expireToken(of request: ServerRequest) {
        guard let token = Self.token(of: request), tokens.revoke(token) else { return }
        store.submit(
            .change({ store in
                try store.forget(token: token)
                return StoredAnswer(status: 204, body: [])
            }) { _ in }
        )
    }

    private static func isGUID(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.utf8.enumerated().allSatisfy { index, byte in
                let isHyphenated = index == 8 || index == 13 || index == 18 || index == 23
                return isHyphenated ? byte == UInt8(ascii: "-") : CountryRules.isHexDigit(byte)
            }
    }
}
