import Emulator
import PartnerCenter
import TestSupport
import Testing

private struct Token: Decodable {
    var access_token: String
    var refresh_token: String?
    var expires_in: Int
}

struct TokenTests {
    private let time = StandingTime()

    private func configuration(
        _ store: EmulatorConfiguration.Store = .memory,
        _ rules: [FaultPlan.Rule] = [],
        seed: UInt64 = 1
    ) -> EmulatorConfiguration {
        var configuration = EmulatorConfiguration.seeded(store, faults: rules, seed: seed)
        configuration.now = time.now
        return configuration
    }

    private func ask(_ partner: Partner, _ form: String, version: String = "") async throws -> HTTPConnection.Answer {
        let headers = ["Content-Type": "application/x-www-form-urlencoded", "Authorization": "none"]
        return try await partner.send("POST", "/contoso.net/oauth2/\(version)token", headers: headers, body: form)
    }

    private func status(_ partner: Partner, with token: String) async throws -> Int {
        try await partner.send("GET", "/v1/customers", headers: ["Authorization": "Bearer \(token)"]).status
    }

    @Test(arguments: ["", "v2.0/"])
    func aClientsTokenIsGoodUntilItExpires(version: String) async throws {
        let partner = try await Partner(configuration())
        let form = "grant_type=client_credentials&client_id=app&client_secret=emulator&resource=r"
        let answer = try await ask(partner, form, version: version)
        #expect(answer.status == 200)
        #expect(answer.text.contains("\"expires_in\":\"3600\"") == version.isEmpty)
        let token = try JSONWire.decode(Token.self, from: answer.body)
        #expect(token.refresh_token == nil && token.expires_in == 3600)
        time.pass(seconds: 3599)
        #expect(try await status(partner, with: token.access_token) == 200)
        time.pass(seconds: 1)
        #expect(try await status(partner, with: token.access_token) == 401)
        #expect(try await status(partner, with: "emulator") == 200)
    }

    @Test func aRefreshTokenGivesBothTokensAgainAndIsNoBearerToken() async throws {
        let partner = try await Partner(configuration())
        var refresh = "emulator"
        for _ in 0..<3 {
            let answer = try await ask(partner, "grant_type=refresh_token&client_id=app&refresh_token=\(refresh)")
            let token = try JSONWire.decode(Token.self, from: answer.body)
            #expect(try await status(partner, with: token.access_token) == 200)
            refresh = try #require(token.refresh_token)
            #expect(try await status(partner, with: refresh) == 401)
        }
        time.pass(seconds: 91 * 86_400)
        let late = try await ask(partner, "grant_type=refresh_token&client_id=app&refresh_token=\(refresh)")
        #expect(late.status == 400 && late.text.contains("\"invalid_grant\""))
    }

    @Test(arguments: [
        ("grant_type=client_credentials&client_id=a&client_secret=wrong", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=a", 401, "invalid_client"),
        ("grant_type=password&client_id=a", 400, "unsupported_grant_type"), ("client_id=a", 400, "invalid_request"),
        ("%", 400, "invalid_request"), ("grant_type=refresh_token&client_id=a&refresh_token=x", 400, "invalid_grant"),
    ])
    func aTokenIsRefusedAsAnAuthorityDoes(form: String, status: Int, error: String) async throws {
        let answer = try await ask(Partner(configuration()), form)
        #expect(answer.status == status)
        #expect(answer.fault.code == error)
        #expect(answer.fault.message.hasPrefix("AADSTS"))
    }

    @Test func issuedTokensSurviveARestart() async throws {
        let folder = try TemporaryFolder()
        let partner = try await Partner(configuration(.file(folder("store"))))
        let form = "grant_type=client_credentials&client_id=app&client_secret=emulator"
        let token = try JSONWire.decode(Token.self, from: try await ask(partner, form).body)
        // A copy of the files of a running store is what a kill leaves.
        try folder.copy("store", to: "copy")
        try folder.copy("store-wal", to: "copy-wal")
        let restarted = try await Partner(configuration(.file(folder("copy")), seed: 2))
        #expect(try await status(restarted, with: token.access_token) == 200)
        time.pass(seconds: 3600)
        #expect(try await status(restarted, with: token.access_token) == 401)
    }

    @Test func aFaultEndsATokenForGood() async throws {
        let rule = FaultPlan.Rule(.expireToken, at: .received, of: .list, .times(1, after: 1))
        let partner = try await Partner(configuration(.memory, [rule]))
        let form = "grant_type=client_credentials&client_id=app&client_secret=emulator"
        let token = try JSONWire.decode(Token.self, from: try await ask(partner, form).body).access_token
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await status(partner, with: token)) }
        #expect(statuses == [200, 401, 401, 401])
    }
}
