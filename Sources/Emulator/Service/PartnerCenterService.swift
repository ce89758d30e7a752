internal import Dispatch
internal import PartnerCenter
internal import Platform

/// The service itself: takes a request through token, checks, store and scenario to its answer.
final class PartnerCenterService: RequestHandler {
    private typealias Reply = @Sendable (ServerReply) -> Void

    private let configuration: EmulatorConfiguration
    private let store: StoreThread
    private let serverId: String
    private let timers = DispatchQueue(label: "emulator-delays")

    init(_ configuration: EmulatorConfiguration, store: StoreThread) {
        self.configuration = configuration
        self.store = store
        serverId = String(configuration.random.next() % 1_000_000_000)
    }

    func handle(_ request: ServerRequest, reply: @escaping @Sendable (ServerReply) -> Void) {
        let route = Route(request)
        let dressed: @Sendable (ServerAnswer) -> Void = { answer in
            self.pass(.beforeAnswer, route.facts, reply) { reply(.answer(self.dress(answer, for: request))) }
        }
        pass(.received, route.facts, reply) {
            guard self.isAuthorized(request) else { return dressed(self.refuse(.unauthorized)) }
            self.perform(route, request, reply, dressed)
        }
    }

    private func perform(
        _ route: Route,
        _ request: ServerRequest,
        _ reply: @escaping Reply,
        _ answer: @escaping @Sendable (ServerAnswer) -> Void
    ) {
        switch route {
        case .createCustomer: create(request, reply, answer)
        case .listCustomers:
            do throws(Refusal) {
                let list = try CustomerList(request, linksCarryVersion: configuration.linksCarryVersion)
                read(answer) { try list.answer(from: $0) }
            } catch {
                answer(refuse(error))
            }
        case .customer(let id):
            guard Self.isGUID(id) else { return answer(refuse(.malformed("Tenant Id must be a GUID.", "customer_id"))) }
            read(answer) { store in
                let resource = try store.resource(id: id).map { StoredAnswer(status: 200, body: $0) }
                return Self.json(resource ?? Refusal.noSuchCustomer(id).answer)
            }
        case .domain(let domain): read(answer) { ServerAnswer(status: try $0.isTaken(domain) ? 200 : 404) }
        case .addressValidation: answer(validate { () throws(Refusal) in try ValidationAnswers.address(request) })
        case .countryValidationRules(let country):
            answer(validate { () throws(Refusal) in try ValidationAnswers.rules(of: country) })
        case .notAllowed(let allowed):
            var refusal = refuse(.notAllowed)
            refusal.headers.append(KeyValuePair(key: "Allow", value: allowed))
            answer(refusal)
        case .unknown: answer(refuse(.noSuchRoute))
        }
    }

    private func validate(_ body: () throws(Refusal) -> [UInt8]) -> ServerAnswer {
        do throws(Refusal) {
            return Self.json(StoredAnswer(status: 200, body: try body()))
        } catch {
            return refuse(error)
        }
    }

    private func create(
        _ request: ServerRequest,
        _ reply: @escaping Reply,
        _ answer: @escaping @Sendable (ServerAnswer) -> Void
    ) {
        let create: PreparedCreate
        do throws(Refusal) {
            create = try CreateCustomer(configuration).prepare(request)
        } catch {
            return answer(refuse(error))
        }
        var facts = RequestFacts(operation: .create)
        if case .accepted(let customer) = create.verdict { facts.domain = customer.domain.lowercased() }
        pass(.beforeCommit, facts, reply) { [facts] in
            self.store.submit(
                .create(create) { stored in
                    self.pass(.afterCommit, facts, reply) { answer(Self.json(stored ?? Refusal.failed.answer)) }
                }
            )
        }
    }

    private func read(
        _ answer: @escaping @Sendable (ServerAnswer) -> Void,
        _ body: @escaping @Sendable (CustomerStore) throws -> ServerAnswer
    ) {
        store.submit(.read(body) { answer($0 ?? Self.json(Refusal.failed.answer)) })
    }

    /// Lets the scenario act on a request that passes a point, then goes on or ends it.
    private func pass(
        _ point: RequestPoint,
        _ facts: RequestFacts,
        _ reply: @escaping Reply,
        _ goOn: @escaping @Sendable () -> Void
    ) {
        var delay = Duration.zero
        var next = goOn
        loop: for fault in configuration.scenario.faults(at: point, of: facts) {
            switch fault {
            case .delay(let duration): delay += duration
            case .cutConnection:
                next = { reply(.cutConnection) }
                break loop
            case .answer(let answer):
                next = { reply(.answer(answer)) }
                break loop
            }
        }
        guard delay > .zero else { return next() }
        let milliseconds = delay / .milliseconds(1)
        timers.asyncAfter(deadline: .now() + .milliseconds(Int(milliseconds.rounded(.up))), execute: next)
    }
}

extension PartnerCenterService {
    private func isAuthorized(_ request: ServerRequest) -> Bool {
        guard let header = request.headers["authorization"], let space = header.firstIndex(of: " ") else {
            return false
        }
        guard header[..<space].lowercased() == "bearer" else { return false }
        let token = Secret(String(header[space...].drop { $0 == " " }))
        return configuration.tokens.contains(token)
    }

    private func refuse(_ refusal: Refusal) -> ServerAnswer {
        var answer = Self.json(refusal.answer)
        if refusal.status == 401 { answer.headers.append(KeyValuePair(key: "WWW-Authenticate", value: "Bearer")) }
        return answer
    }

    private static func json(_ stored: StoredAnswer) -> ServerAnswer {
        let type = KeyValuePair(key: "Content-Type", value: "application/json; charset=utf-8")
        return ServerAnswer(status: stored.status, headers: [type], body: stored.body)
    }

    /// Adds what every answer carries: the tracing headers, and the byte-order mark before JSON.
    private func dress(_ answer: ServerAnswer, for request: ServerRequest) -> ServerAnswer {
        var answer = answer
        let random = configuration.random
        let tracing = [
            ("MS-RequestId", request.headers["ms-requestid"] ?? random.uuid()),
            ("MS-CorrelationId", request.headers["ms-correlationid"] ?? random.uuid()),
            ("MS-CV", request.headers["ms-cv"] ?? random.correlationVector()),
            ("MS-ServerId", serverId), ("X-Locale", "en-US,en-US"),
        ]
        answer.headers += tracing.map { KeyValuePair(key: $0.0, value: $0.1) }
        if configuration.sendsByteOrderMark, !answer.body.isEmpty { answer.body = [0xEF, 0xBB, 0xBF] + answer.body }
        return answer
    }

    private static func isGUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 36
            && bytes.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index)
                    ? byte == UInt8(ascii: "-") : Character(Unicode.Scalar(byte)).isHexDigit
            }
    }
}
