internal import PartnerCenter
internal import Platform
internal import Synchronization

/// Knows which tokens are good: those of the set-up, and those issued until they expire.
final class TokenDesk: Sendable {
    private let fixed: Set<String>
    private let now: @Sendable () -> Timestamp
    private let issued: Mutex<[String: IssuedToken]>
    /// At how many tokens those that have expired are looked for again.
    private let room = Mutex(1024)

    init(_ configuration: EmulatorConfiguration, issued tokens: [IssuedToken]) {
        fixed = Set(configuration.tokens.map { $0.reveal() })
        now = configuration.now
        issued = Mutex(Dictionary(tokens.map { ($0.token, $0) }) { $1 })
    }

    /// Whether it is a good bearer token.
    func accepts(_ token: String) -> Bool { fixed.contains(token) || knows(token, isRefresh: false) }

    /// Whether it is a secret of a client, or a refresh token.
    func acceptsSecret(_ text: String) -> Bool { fixed.contains(text) }
    func acceptsRefresh(_ text: String) -> Bool { fixed.contains(text) || knows(text, isRefresh: true) }

    private func knows(_ token: String, isRefresh: Bool) -> Bool {
        issued.withLock { issued in
            issued[token].map { $0.isRefresh == isRefresh && $0.expires > now().milliseconds } ?? false
        }
    }

    /// Takes new tokens, and forgets those that have expired.
    func add(_ tokens: [IssuedToken]) {
        let time = now().milliseconds
        issued.withLock { issued in
            for token in tokens { issued[token.token] = token }
            // Looking through all of them each time would take the longer the more there are.
            guard issued.count >= room.withLock({ $0 }) else { return }
            issued = issued.filter { $0.value.expires > time }
            room.withLock { [count = issued.count] in $0 = max(1024, count * 2) }
        }
    }

    /// Ends a token that was issued.
    ///
    /// - Returns: whether there was one.
    func revoke(_ token: String) -> Bool { issued.withLock { $0.removeValue(forKey: token) != nil } }
}

extension PartnerCenterService {
    /// A refresh token is good for 90 days.
    private static let refreshLifetime: Int64 = 90 * 86_400_000

    /// Issues a token, as the authority of a tenant would.
    func issue(_ isSecondVersion: Bool, _ call: Call) {
        let fields = FormWire.fields(call.request.body) ?? []
        let field = { (name: String) in fields.last { $0.key == name }.flatMap { $0.value.isEmpty ? nil : $0.value } }
        guard field("client_id") != nil, let grant = field("grant_type") else {
            return refuseToken(call, "invalid_request", 900_144, "The request must have client_id and grant_type.")
        }
        switch grant {
        case "client_credentials":
            guard field("client_secret").map(tokens.acceptsSecret) == true else {
                return refuseToken(call, "invalid_client", 7_000_215, "The client secret is not valid.", status: 401)
            }
        case "refresh_token":
            guard field("refresh_token").map(tokens.acceptsRefresh) == true else {
                return refuseToken(call, "invalid_grant", 70_008, "The refresh token has expired or is none.")
            }
        default: return refuseToken(call, "unsupported_grant_type", 70_003, "The grant type is not supported.")
        }
        let now = configuration.now().milliseconds
        let lifetime = Int64(scenario.behaviour.tokenLifetime / .milliseconds(1))
        var issued = [newToken(isRefresh: false, expires: now + lifetime)]
        if grant == "refresh_token" { issued.append(newToken(isRefresh: true, expires: now + Self.refreshLifetime)) }
        // The second version asks for a scope, says it again, and tells of its tokens' lives but not of moments.
        let body =
            isSecondVersion
            ? tokenBody(issued, lifetime: lifetime / 1000, [JSONMember("scope", field("scope"))])
            : tokenBody(
                issued,
                lifetime: lifetime / 1000,
                moments(lifetime) + [JSONMember("resource", field("resource"))]
            )
        store.submit(
            .change({ [issued] store in
                try store.keep(issued, now: now)
                return StoredAnswer(status: 200, body: [])
            }) { [issued] stored in
                guard stored != nil else { return self.refuse(.failed, call) }
                self.tokens.add(issued)
                let style = JSONStyle(writesNumbersAsText: !isSecondVersion)
                self.sendToken(200, style.applied(to: .object(body)), call)
            }
        )
    }

    private func newToken(isRefresh: Bool, expires: Int64) -> IssuedToken {
        let text = configuration.random.bytes(32).map { byte in
            byte < 16 ? "0\(String(byte, radix: 16))" : String(byte, radix: 16)
        }
        return IssuedToken(token: "purser-\(text.joined())", isRefresh: isRefresh, expires: expires)
    }

    private func moments(_ lifetime: Int64) -> [JSONMember] {
        let now = configuration.now().milliseconds / 1000
        return [
            JSONMember(name: "not_before", value: .number(String(now))),
            JSONMember(name: "expires_on", value: .number(String(now + lifetime / 1000))),
        ]
    }

    private func tokenBody(_ issued: [IssuedToken], lifetime: Int64, _ more: [JSONMember]) -> [JSONMember] {
        var body = [
            JSONMember(name: "token_type", value: .string("Bearer")),
            JSONMember(name: "expires_in", value: .number(String(lifetime))),
            JSONMember(name: "ext_expires_in", value: .number(String(lifetime))),
        ]
        body += more
        for token in issued {
            let name = token.isRefresh ? "refresh_token" : "access_token"
            body.append(JSONMember(name: name, value: .string(token.token)))
        }
        return body
    }

    private func refuseToken(_ call: Call, _ error: String, _ code: Int, _ description: String, status: Int = 400) {
        let now = configuration.now().description
        let body: [JSONMember] = [
            JSONMember(name: "error", value: .string(error)),
            JSONMember(name: "error_description", value: .string("AADSTS\(code): \(description)")),
            JSONMember(name: "error_codes", value: .array([.number(String(code))])),
            JSONMember(name: "timestamp", value: .string(now)),
            JSONMember(name: "trace_id", value: .string(configuration.random.uuid())),
            JSONMember(name: "correlation_id", value: .string(configuration.random.uuid())),
        ]
        sendToken(status, .object(body), call)
    }

    private func sendToken(_ status: Int, _ body: JSONValue, _ call: Call) {
        // An authority is another service: its answers have neither a mark nor tracing headers.
        let headers = [
            KeyValuePair(key: "Content-Type", value: "application/json"),
            KeyValuePair(key: "Cache-Control", value: "no-store"),
        ]
        call.reply(.answer(ServerAnswer(status: status, headers: headers, body: JSONWire.write(body))))
    }
}

extension JSONMember {
    fileprivate init(_ name: String, _ text: String?) {
        self.init(name: name, value: .string(text ?? ""))
    }
}
