import HTTP
import PartnerCenter
import Platform
import Telemetry
import TestDoubles
import TestSupport
import Testing

@testable import PartnerCenterClient

/// No secret gets out through what others say of it.
struct SecretTests {
    private static let secret = "Sec+ret/t&o\"k=en.A-1"

    @Test(
        arguments: [
            secret, secret.lowercased(), secret.uppercased(), FormBody.encoded(secret),
            FormBody.encoded(secret).lowercased(),
            FormBody.encoded(FormBody.encoded(secret)), FormBody.encoded(secret).replacing("%2F", with: "/"),
            secret.replacing("/", with: "\\/"), secret.replacing("\"", with: "\\\""),
            secret.replacing("&", with: "&amp;").replacing("\"", with: "&quot;"),
            secret.replacing("&", with: "&amp;amp;").replacing("\"", with: "&amp;quot;"),
            secret.replacing("&", with: "&#38;").replacing("/", with: "&#x2F;"),
            secret.replacing("&", with: "\\u0026").replacing("+", with: "\\u002B"),
            secret.replacing("&", with: "\\\\u0026").replacing("/", with: "\\\\/"),
            secret.replacing("&", with: "\\x26"), "Sec+ret/t&o\"k=\u{0}en.A\r\n-1",
        ]
    )
    func aSecretIsFoundInEveryFormThatItIsQuotedIn(quoted: String) {
        let mask = SecretMask([Secret(Self.secret)])
        #expect(mask.masked("the token [\(quoted)] is refused") == "the token [<secret>] is refused")
        #expect(mask.masked(quoted) == "<secret>")
    }

    @Test(arguments: ["key&uuml;%20x", "key&#252;+x", "key%C3%BC x", "key\\u00FC x", "keyü&nbsp;x", "KEY&amp;uuml; x"])
    func aSecretBeyondASCIIIsFoundToo(quoted: String) {
        #expect(SecretMask([Secret("keyü x")]).masked("[\(quoted)]") == "[<secret>]")
    }

    @Test(arguments: ["", "Sec+ret", "Sec+ret/t&o\"k=en.A-2", "%", "\\", "&#;", "100 % of &amp; \\u00"])
    func whatIsNoSecretStays(text: String) {
        #expect(SecretMask([Secret(Self.secret)]).masked(text) == text)
        #expect(SecretMask([]).masked(text) == text)
    }

    @Test(arguments: [("an ant", "<secret> ant"), ("a:an.", "a:<secret>."), ("plan", "plan"), ("%61n", "<secret>")])
    func aShortSecretIsFoundWhereItStandsAlone(text: String, masked: String) {
        #expect(SecretMask([Secret("an")]).masked(text) == masked)
    }

    @Test func theLongestOfSecretsThatBeginAlikeIsTakenOut() {
        #expect(SecretMask([Secret("abcdef"), Secret("abcdefgh")]).masked("abcdefgh abcdefg") == "<secret> <secret>g")
    }

    @Test func asManySecretsAsAreInUseAreRemembered() {
        let redactor = SecretRedactor()
        for number in 0..<1_000 { redactor.learn(Secret("token-number-\(number).")) }
        #expect(redactor.redacted("token-number-999. token-number-800.") == "<secret> <secret>")
    }

    @Test(
        arguments: [
            ["https_proxy": "http://user:Pass%2Fword1@proxy.example:8080"], ["ALL_PROXY": "user:Pass/word1@:::::"],
            ["HTTPS_PROXY": "http://user:Pass/word1@:::::"],
        ]
    )
    func aProxysPasswordIsASecret(environment: [String: String]) {
        let redactor = SecretRedactor()
        redactor.learnProxies(of: environment)
        #expect(
            redactor.redacted("no way in 'http://user:Pass/word1@:::::'") == "no way in 'http://user:<secret>@:::::'"
        )
    }

    private static let quoting = "{\"code\":900420,\"description\":\"token Bearer %s refused\",\"data\":[\"%s\"]}"

    private static func quote(_ token: String) -> String {
        quoting.split(separator: "%s", omittingEmptySubsequences: false).joined(separator: token)
    }

    /// Whatever the status, and whatever form the token is quoted in: not in a verdict, an error, or a log line.
    @Test(
        arguments: [400, 401, 403, 404, 409, 429, 500, 503],
        ["T0KEN-secret/1", "t0ken-SECRET/1", "t0ken-secret%2F1", "t0ken-secret\\/1", "t0ken-secret&#47;1"]
    )
    func anAnswerThatQuotesTheTokenShowsItNowhere(status: Int, form: String) async {
        for body in [Self.quote(form), "<html><title>\(form)</title></html>", form] {
            let world = World(
                ScriptedService([.status(status, body)]),
                tokens: StaticToken(Secret("t0ken-secret/1"))
            ) { $0.attempts = 2 }
            let result = await world.create().0
            let reading = await Result { try await world.client.customers(after: nil) }
            let told = "\(result) \(String(describing: world.client.closure())) \(reading) \(world.log.entries)"
            let isShown = ["t0ken-secret", "t0ken\\-secret"].contains { told.lowercased().contains($0) }
            #expect(!isShown, "\(told)")
        }
    }

    @Test func aTransportErrorThatQuotesTheTokenShowsItNowhere() async {
        let error = TransportError(.notConnected, mayHaveArrived: false, message: "can't use t0ken-secret")
        let world = World(ScriptedService([.failure(error)]), tokens: StaticToken(Secret("t0ken-secret")))
        _ = await world.create()
        #expect(world.client.closure()?.message.contains("can't use <secret>") == true)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
