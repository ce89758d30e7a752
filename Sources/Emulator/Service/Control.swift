internal import PartnerCenter
internal import Platform
internal import Synchronization

/// The scenario in force, which can be exchanged.
final class ScenarioSwitch: Scenario {
    private let current: Mutex<any Scenario>

    init(_ scenario: any Scenario) {
        current = Mutex(scenario)
    }

    /// Puts another scenario in force.
    func set(_ scenario: any Scenario) { current.withLock { $0 = scenario } }

    package var behaviour: ServiceBehaviour { current.withLock { $0 }.behaviour }

    package func faults(at point: RequestPoint, of request: RequestFacts) -> [Fault] {
        current.withLock { $0 }.faults(at: point, of: request)
    }
}

/// The latest requests and how they ended.
final class RequestLog: Sendable {
    /// One request and its end.
    struct Entry: Hashable, Sendable, Encodable {
        var number: Int
        var method: String
        var path: String
        var requestId: String?
        var correlationId: String?
        /// The HTTP status; 0 where the connection was cut.
        var status: Int
        /// FNV-1a of the body.
        var body: String
    }

    private static let limit = 10_000
    private let state = Mutex((entries: [Entry](), count: 0))

    /// Notes a request that ended.
    func add(_ request: ServerRequest, _ ending: ServerReply) {
        let status =
            switch ending {
            case .answer(let answer): answer.status
            case .cutBody, .cutConnection: 0
            }
        state.withLock { state in
            state.count += 1
            if state.entries.count >= Self.limit { state.entries.removeFirst(Self.limit / 10) }
            state.entries.append(
                Entry(
                    number: state.count,
                    method: request.method,
                    path: request.path,
                    requestId: request.headers["ms-requestid"],
                    correlationId: request.headers["ms-correlationid"],
                    status: status,
                    body: String(UInt64(bitPattern: CreateCustomer.fingerprint(of: request.body)), radix: 16)
                )
            )
        }
    }

    /// Those after a number, in order.
    func entries(after number: Int) -> [Entry] { state.withLock { $0.entries.filter { $0.number > number } } }
}

extension PartnerCenterService {
    /// Answers under `/control`: `PUT scenario`, `GET requests` and `GET customers`.
    func control(_ path: [String], _ request: ServerRequest, _ answer: @escaping @Sendable (ServerAnswer) -> Void) {
        guard let token = Self.token(of: request), tokens.acceptsSecret(token) else {
            return answer(.json(Refusal.unauthorized.answer))
        }
        let after = Int(request.parameter("after") ?? "0") ?? 0
        switch (request.method, path) {
        case ("PUT", ["scenario"]): answer(setScenario(request))
        case ("GET", ["requests"]): answer(Self.controlAnswer { try JSONWire.encode(log.entries(after: after)) })
        case ("GET", ["customers"]):
            let work: @Sendable (CustomerStore) throws -> ServerAnswer = { store in
                let query = PageQuery(position: .after(Int64(after)), size: 500)
                let customers = try store.page(query).customers.map { listed in
                    ControlCustomer(number: listed.sequence, id: listed.id, domain: listed.domain)
                }
                return .json(StoredAnswer(status: 200, body: try JSONWire.encode(customers)))
            }
            store.submit(.read(work) { answer($0 ?? .json(Refusal.failed.answer)) })
        default: answer(.json(Refusal.noSuchRoute.answer))
        }
    }

    private func setScenario(_ request: ServerRequest) -> ServerAnswer {
        do {
            scenario.set(PlannedFaults(try ScenarioFile.read(request.body, path: "the scenario")))
            return ServerAnswer(status: 204)
        } catch {
            return .json(Refusal.malformed(error.message).answer)
        }
    }

    private static func controlAnswer(_ body: () throws -> [UInt8]) -> ServerAnswer {
        do {
            return .json(StoredAnswer(status: 200, body: try body()))
        } catch {
            return .json(Refusal.failed.answer)
        }
    }
}

/// A customer as the control endpoint shows it.
private struct ControlCustomer: Encodable {
    var number: Int64
    var id: String
    var domain: String
}
