import HTTP
import PartnerCenter
import Platform
import Telemetry
import TestSupport

@testable import PartnerCenterClient

/// Answers requests as a test scripts it, and keeps them.
final class ScriptedService: HTTPTransport {
    typealias Answer = Result<HTTPResponse, TransportError>

    private let answer: @Sendable (HTTPRequest, Int) async -> Answer
    private let kept = Shared<[HTTPRequest]>([])

    /// Makes a service; the closure gets the request and how many came before it.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) async -> Answer) {
        self.answer = answer
    }

    /// Makes a service that answers one after the other, and the last one for ever.
    convenience init(_ answers: [Answer]) {
        self.init { _, number in answers[min(number, answers.count - 1)] }
    }

    var requests: [HTTPRequest] { kept.value }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let number = kept.withLock { kept in
            kept.append(request)
            return kept.count - 1
        }
        return try await answer(request, number).get()
    }
}

extension Result where Success == HTTPResponse, Failure == TransportError {
    static func status(_ status: Int, _ body: String = "", headers: HTTPHeaders = [:]) -> Self {
        .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    static func lost(_ kind: TransportError.Kind, mayHaveArrived: Bool = true) -> Self {
        .failure(TransportError(kind, mayHaveArrived: mayHaveArrived, message: "it broke"))
    }

    static var refused: Self { lost(.notConnected, mayHaveArrived: false) }

    /// The answer to a create that succeeded.
    static var created: Self { created("c1c1c1c1-0000-4000-8000-000000000001") }

    /// The same of a customer with another identifier.
    static func created(_ id: String) -> Self {
        let credentials = "{\"userName\":\"admin\",\"password\":\"p4ss\"}"
        return status(201, "\u{FEFF}{\"id\":\"\(id)\",\"userCredentials\":\(credentials)}")
    }

    static var domainTaken: Self {
        status(409, "{\"code\":3009,\"description\":\"The domain is already used by another tenant.\"}")
    }

    static func list(_ items: String...) -> Self {
        status(200, "{\"totalCount\":\(items.count),\"items\":[\(items.joined(separator: ","))]}")
    }
}

/// A client with everything around it scripted.
struct World: Sendable {
    let service: ScriptedService
    let client: PartnerCenterClient
    let clock: ManualClock
    let log = MemoryLogSink()
    /// What the wall clock shows.
    static let now = Timestamp(milliseconds: 1_795_268_400_000)

    init(
        _ service: ScriptedService,
        tokens: (any TokenProvider)? = nil,
        clock: ManualClock = ManualClock(automatic: true),
        change: (inout PartnerCenterClient.Settings) -> Void = { _ in }
    ) {
        var settings = PartnerCenterClient.Settings(
            endpoint: "https://service.test/",
            apiVersion: "v1",
            correlationId: "11111111-2222-3333-4444-555555555555",
            version: "1.2.3"
        )
        settings.requestsPerMinute = 0
        change(&settings)
        let tokens = tokens ?? StaticToken(Secret("t0ken"))
        var ports = PartnerCenterClient.Ports(
            transport: service,
            tokens: tokens,
            logger: Logger(level: .debug, sink: log)
        )
        ports.clock = clock
        ports.wallClock = { Self.now }
        ports.random = SeededGenerator(seed: 7)
        self.service = service
        self.clock = clock
        client = PartnerCenterClient(settings, ports)
    }

    /// Creates the customer of `order` and returns what became of it, and its attempts.
    func create(
        mayExist: Bool = false,
        supersededSince: Timestamp? = nil,
        sequence: Int = 1
    ) async -> (CreateResult, [ServiceAttempt]) {
        let attempts = Shared<[ServiceAttempt]>([])
        var order = Self.order(mayExist: mayExist, sequence: sequence)
        order.supersededSince = supersededSince
        let result = await client.create(order) { attempt in
            attempts.withLock { $0.append(attempt) }
        }
        return (result, attempts.value)
    }

    static func order(mayExist: Bool = false, sequence: Int = 1) -> CreateOrder {
        let address =
            "\"defaultAddress\":{\"addressLine1\":\"1 High Street\",\"city\":\"Bath\",\"country\":\"GB\",\"postalCode\":\"BA1 1AA\"}"
        let billing = "\"billingProfile\":{\"companyName\":\"Contoso Ltd\",\(address),\"email\":\"it@contoso.example\"}"
        let payload =
            "{\(billing),\"companyProfile\":{\"companyName\":\"Contoso Ltd\",\"domain\":\"contoso.onmicrosoft.com\"}}"
        return CreateOrder(
            payload: Array(payload.utf8),
            idempotencyKey: "6fd7c2e5-0000-5000-8000-000000000001",
            domain: "contoso.onmicrosoft.com",
            mayExist: mayExist,
            sequence: sequence
        )
    }
}

extension CreateResult.Verdict {
    /// The verdict in a word, for tables.
    var word: String {
        switch self {
        case .created(let id, let credentials, let note):
            "created \(id)\(credentials == nil ? " without password" : "")\(note == nil ? "" : " with note")"
        case .rejected: "rejected"
        case .failed(_, let mayExist): mayExist ? "unknown" : "failed"
        case .notSent: "notSent"
        case .turnedAway: "turnedAway"
        case .absent: "absent"
        }
    }

    var message: String? {
        switch self {
        case .rejected(let fault), .failed(let fault, _), .turnedAway(let fault): fault.message
        case .created(_, _, let note): note
        case .notSent, .absent: nil
        }
    }
}
