internal import HTTP
internal import PartnerCenter
package import Platform
internal import Synchronization

/// Knows the secrets that a run uses at present, and takes them out of what others say.
package final class SecretRedactor: Sendable {
    private struct State {
        var secrets: [Secret] = []
        var next = 0
        var mask: SecretMask?
    }

    private let state = Mutex(State())

    /// Tokens are renewed for as long as a run goes on; nobody quotes one of long ago.
    private static let most = 256

    package init() {}

    /// Learns a secret.
    ///
    /// - Parameter secret: what no text may show from now on.
    package func learn(_ secret: Secret) {
        state.withLock { state in
            guard !secret.reveal().isEmpty, !state.secrets.contains(secret) else { return }
            if state.secrets.count < Self.most {
                state.secrets.append(secret)
            } else {
                state.secrets[state.next] = secret
                state.next = (state.next + 1) % Self.most
            }
            state.mask = nil
        }
    }

    /// Learns the passwords in the addresses of proxies.
    ///
    /// - Parameter environment: the process's variables, such as `https_proxy`.
    package func learnProxies(of environment: [String: String]) {
        for (name, address) in environment where name.lowercased().hasSuffix("_proxy") {
            let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
            // What comes before the last at sign: such an address may be malformed, and is then quoted as a whole.
            guard let end = address.lastIndex(of: "@"), start < end else { continue }
            let user = address[start..<end]
            guard let colon = user.firstIndex(of: ":") else { continue }
            let password = String(user[user.index(after: colon)...])
            learn(Secret(password))
            if let decoded = Self.withoutPercents(password) { learn(Secret(decoded)) }
        }
    }

    /// A text without the secrets.
    ///
    /// - Parameter text: what somebody else wrote.
    /// - Returns: the same with `<secret>` in their place.
    package func redacted(_ text: String) -> String { mask.masked(text) }

    /// A body without the secrets, in UTF-8.
    func redacted(_ body: [UInt8]) -> [UInt8] {
        let body = UnicodeText.utf8(body)
        return mask.masked(body) ?? body
    }

    private var mask: SecretMask {
        state.withLock { state in
            let mask = state.mask ?? SecretMask(state.secrets)
            state.mask = mask
            return mask
        }
    }

    private static func withoutPercents(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// The one way in for texts that come from outside: nothing that is not asked for gets past it with a secret in it.
///
/// What a success holds is asked for; every other answer, and every error, is only there to be told.
struct RedactingTransport: HTTPTransport {
    private let transport: any HTTPTransport
    private let redactor: SecretRedactor

    init(_ transport: any HTTPTransport, _ redactor: SecretRedactor) {
        self.transport = transport
        self.redactor = redactor
    }

    var executor: (any TaskExecutor)? { transport.executor }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        do {
            var response = try await transport.send(request)
            if !(200..<300).contains(response.status) { response.body = redactor.redacted(response.body) }
            return response
        } catch {
            throw TransportError(
                error.kind,
                mayHaveArrived: error.mayHaveArrived,
                message: redactor.redacted(error.message)
            )
        }
    }
}
