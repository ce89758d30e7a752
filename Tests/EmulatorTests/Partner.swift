import Emulator
import PartnerCenter
import Platform
import TestSupport

/// A partner's program, as a test plays it: a running emulator and requests to it.
struct Partner {
    let emulator: Emulator
    let connection: HTTPConnection
    var token = "emulator"

    init(_ configuration: EmulatorConfiguration = .seeded()) async throws {
        emulator = try await Emulator.start(configuration)
        connection = try HTTPConnection(port: emulator.port)
    }

    func send(
        _ method: String,
        _ target: String,
        headers: [String: String] = [:],
        body: String? = nil,
        over other: HTTPConnection? = nil
    ) async throws -> HTTPConnection.Answer {
        var headers = headers
        if headers["Authorization"] == nil { headers["Authorization"] = "Bearer \(token)" }
        return try await (other ?? connection).send(method, target, headers: headers, body: body.map { Array($0.utf8) })
    }

    func create(
        _ body: String,
        requestId: String? = nil,
        over other: HTTPConnection? = nil
    ) async throws -> HTTPConnection.Answer {
        var headers = ["Content-Type": "application/json"]
        headers["MS-RequestId"] = requestId
        return try await send("POST", "/v1/customers", headers: headers, body: body, over: other)
    }

    func list(_ query: String, headers: [String: String] = [:]) async throws -> ResourceCollection<Customer> {
        let answer = try await send("GET", "/v1/customers" + query, headers: headers)
        return try JSONWire.decode(ResourceCollection<Customer>.self, from: answer.body)
    }

    /// All customers in the list, as the service pages them.
    func domains() async throws -> [String] {
        var page = try await list("")
        var domains = page.domains
        while let token = page.continuationToken {
            page = try await list("?seekOperation=Next", headers: ["MS-ContinuationToken": token])
            domains += page.domains
        }
        return domains
    }
}

extension EmulatorConfiguration {
    /// A store of one's own and repeatable identifiers.
    static func seeded(
        _ store: Store = .memory,
        port: UInt16 = 0,
        faults: [FaultPlan.Rule] = [],
        seed: UInt64 = 1
    ) -> EmulatorConfiguration {
        EmulatorConfiguration(
            store: store,
            port: port,
            scenario: PlannedFaults(FaultPlan(faults, seed: seed)),
            random: RandomSource(SeededGenerator(seed: seed))
        )
    }
}

extension ResourceCollection<Customer> {
    var domains: [String] { items.compactMap(\.companyProfile?.domain) }
}

extension HTTPConnection.Answer {
    func customer() throws -> Customer { try JSONWire.decode(Customer.self, from: body) }
    var fault: ServiceFault { ServiceFault(status: status, reason: "", body: body) }
}

/// A create's body; members can be replaced by text.
func order(_ domain: String = "Contoso1.onmicrosoft.com", replacing edits: [(String, String)] = []) -> String {
    let body = """
        {"companyProfile":{"domain":"\(domain)"},"billingProfile":{"email":"a@example.com","culture":"EN-us",\
        "language":"en","companyName":"Contoso \(domain)","firstName":"Zoë","lastName":"Müller","defaultAddress":\
        {"country":"DE","city":"Köln","addressLine1":"Domplatz 1","postalCode":"50667"}}}
        """
    return edits.reduce(body) { body, edit in
        let parts = body.split(separator: edit.0, omittingEmptySubsequences: false)
        precondition(parts.count > 1, "\(edit.0) is not in the body")
        return parts.joined(separator: edit.1)
    }
}
