import Foundation
import HTTP
import PartnerCenter
import Platform
import Telemetry
import TestSupport
import Testing

@testable import PartnerCenterClient

/// The OAuth flows against a scripted identity service.
struct AuthorityTests {
    private let secret = "s3cr&t+/="

    private func client(
        _ service: ScriptedService,
        _ cloud: NationalCloud = .global,
        _ change: (inout TokenAuthority.Address) -> Void = { _ in }
    ) -> ClientCredentials {
        ClientCredentials(
            AuthorityWorld(service).authority(cloud, change),
            clientId: "client-1",
            secret: .setting(Secret(secret), name: "PURSER_CLIENT_SECRET")
        )
    }

    private func fields(_ request: HTTPRequest) -> [String: String] {
        Dictionary((FormWire.fields(request.body) ?? []).map { ($0.key, $0.value) }) { $1 }
    }

    private static let granted = "{\"token_type\":\"Bearer\",\"expires_in\":\"3600\",\"access_token\":\"t0ken\"}"

    @Test func clientCredentialsAreSentAsAFormAndTheLifetimeIsReadFromTextToo() async throws {
        let service = ScriptedService([.status(200, Self.granted)])
        let token = try await client(service).fetch()
        #expect(token.secret.reveal() == "t0ken")
        #expect(token.lifetime == .seconds(3600))
        let request = try #require(service.requests.first)
        #expect(request.method == "POST")
        #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(
            fields(request) == [
                "grant_type": "client_credentials", "client_id": "client-1", "client_secret": secret,
                "scope": "https://api.partnercenter.microsoft.com/.default",
            ]
        )
    }

    @Test(arguments: [
        (NationalCloud.global, "https://login.microsoftonline.com", "https://api.partnercenter.microsoft.com"),
        (.china, "https://login.chinacloudapi.cn", "https://partner.partnercenterapi.microsoftonline.cn"),
        (.usgov, "https://login.microsoftonline.us", "https://api.partnercenter.microsoft.com"),
        (.germany, "https://login.microsoftonline.de", "https://api.partnercenter.microsoft.com"),
    ])
    func eachCloudHasItsOwnAddresses(cloud: NationalCloud, authority: String, resource: String) async throws {
        let service = ScriptedService([.status(200, Self.granted)])
        _ = try await client(service, cloud).fetch()
        _ = try await client(service, cloud) { $0.version = .v1 }.fetch()
        #expect(
            service.requests.map(\.url) == [
                "\(authority)/contoso.example/oauth2/v2.0/token", "\(authority)/contoso.example/oauth2/token",
            ]
        )
        #expect(fields(service.requests[0])["scope"] == "\(resource)/.default")
        #expect(fields(service.requests[1])["resource"] == resource)
    }

    @Test(arguments: [
        ("global", NationalCloud.global), ("public", .global), ("21Vianet", .china), ("21vianet", .china),
        ("China", .china), ("usGovernment", .usgov), ("GERMANY", .germany),
    ])
    func aCloudIsFoundByEachOfItsNames(name: String, cloud: NationalCloud) {
        #expect(NationalCloud(named: name) == cloud)
    }

    @Test(arguments: [
        (400, "invalid_grant", "check the tenant"), (401, "invalid_client", "into PURSER_CLIENT_SECRET"),
        (400, "unauthorized_client", "check the tenant"), (403, "access_denied", "check the tenant"),
    ])
    func aRefusalIsToldWithItsCodeButNotTheSecretAndNotRepeated(status: Int, code: String, advice: String) async {
        let echo = "AADSTS7000215: \(secret) and \(FormBody.encoded(secret)) are wrong"
        let service = ScriptedService([
            .status(status, "{\"error\":\"\(code)\",\"error_description\":\"\(echo)\",\"error_codes\":[7000215]}")
        ])
        let error = await #expect(throws: ServiceError.self) { try await client(service).fetch() }
        #expect(error?.kind == .unauthorized)
        let message = error?.message ?? ""
        for words in ["(\(code))", "AADSTS7000215: <secret> and <secret>", "login.microsoftonline.com", advice] {
            #expect(message.contains(words), "\(message)")
        }
        #expect(!message.contains("s3cr"))
        #expect(service.requests.count == 1)
    }

    @Test func whatPassesIsAskedAgain() async throws {
        let service = ScriptedService([
            .refused, .lost(.timedOut), .status(503), .status(400, "{\"error\":\"temporarily_unavailable\"}"),
            .status(200, "<html>"), .status(200, Self.granted),
        ])
        #expect(try await client(service).fetch().secret.reveal() == "t0ken")
        #expect(service.requests.count == 6)
    }

    @Test func aServiceThatStaysAwayIsGivenUpWithinAMinute() async {
        let service = ScriptedService([.refused])
        let world = AuthorityWorld(service)
        let provider = ClientCredentials(
            world.authority(),
            clientId: "c",
            secret: .setting(Secret(secret), name: "S")
        )
        let error = await #expect(throws: ServiceError.self) { try await provider.fetch() }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("https://login.microsoftonline.com/contoso.example") == true)
        #expect(service.requests.count > 1)
        #expect(world.clock.elapsed < .seconds(35))
        #expect(!world.log.entries.isEmpty)
        #expect(!world.log.entries.map(\.json).joined().contains(secret))
    }

    @Test(arguments: [("5", Duration.seconds(5)), ("3600", nil)])
    func aWaitThatIsAskedForIsKeptWhereItIsNotTooLong(seconds: String, wait: Duration?) async {
        let service = ScriptedService([
            .status(429, headers: ["Retry-After": seconds]), .status(200, Self.granted),
        ])
        let world = AuthorityWorld(service)
        let provider = ClientCredentials(
            world.authority(),
            clientId: "c",
            secret: .setting(Secret(secret), name: "S")
        )
        let token = try? await provider.fetch()
        #expect((token != nil) == (wait != nil))
        #expect(world.clock.slept == (wait.map { [$0] } ?? []))
    }

    @Test func aTokenThatNoHeaderMayHoldIsNone() async {
        let service = ScriptedService([.status(200, "{\"access_token\":\"a b\"}")])
        let error = await #expect(throws: ServiceError.self) { try await client(service).fetch() }
        #expect(error?.kind == .unavailable)
    }

    @Test func anIdentityServiceThatCanNotBeReachedEndsTheRunAsUnavailable() async {
        let world = World(ScriptedService([.created]), tokens: client(ScriptedService([.refused])))
        #expect(await world.create().0.verdict == .notSent)
        #expect(world.client.closure()?.kind == .unavailable)
        #expect(world.service.requests.isEmpty)
    }

    @Test func aJSONWebTokenTellsWhenItExpires() {
        let claims = Data("{\"exp\":\(World.now.milliseconds / 1000 + 90)}".utf8).base64EncodedString()
        let text = "e30.\(claims.replacing("=", with: "")).c2ln"
        #expect(AccessToken(Secret(text), now: World.now).lifetime == .seconds(90))
        let later = Timestamp(milliseconds: World.now.milliseconds + 100_000)
        #expect(AccessToken(Secret(text), now: later).lifetime == nil)
    }

    @Test(arguments: ["t0ken", "a.b", "a.b.c", "e30.e30.x", "..", "e30.eyJleHAiOjFlOTl9.x"])
    func aTokenOfAnotherKindLivesUntilItIsRefused(text: String) {
        #expect(AccessToken(Secret(text), now: World.now).lifetime == nil)
    }
}

/// The refresh token's file.
struct RefreshTokenTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func provider(
        _ service: ScriptedService,
        path: String,
        clock: ManualClock = ManualClock(automatic: true)
    ) -> RefreshToken {
        RefreshToken(
            AuthorityWorld(service, clock: clock).authority(),
            clientId: "client-1",
            secret: .setting(Secret("s3cret"), name: "PURSER_CLIENT_SECRET"),
            file: SecretFile(path, holds: "a refresh token")
        )
    }

    private static func granted(_ refresh: String) -> ScriptedService.Answer {
        .status(200, "{\"access_token\":\"t0ken\",\"expires_in\":3600,\"refresh_token\":\"\(refresh)\"}")
    }

    @Test func theRenewedTokenIsOnDiskForItsOwnerAloneBeforeTheAccessTokenIsUsed() async throws {
        let path = try folder.write("r1\n", to: "refresh")
        #expect(chmod(path, 0o644) == 0)
        let service = ScriptedService { request, number in
            let sent = (FormWire.fields(request.body) ?? []).first { $0.key == "refresh_token" }?.value
            return sent == "r\(number + 1)"
                ? Self.granted("r\(number + 2)") : .status(400, "{\"error\":\"invalid_grant\"}")
        }
        let provider = provider(service, path: path)
        for number in 2...4 {
            #expect(try await provider.fetch().secret.reveal() == "t0ken")
            #expect(try folder.read("refresh") == "r\(number)\n")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["refresh"])
        let fields = FormWire.fields(service.requests[0].body) ?? []
        #expect(fields.first { $0.key == "scope" }?.value.hasSuffix("/user_impersonation offline_access") == true)
        #expect(fields.first { $0.key == "client_secret" }?.value == "s3cret")
    }

    @Test func aRenewedTokenThatCanNotBeKeptIsAnErrorOfTheOutput() async throws {
        let path = try folder.write("r1", to: "refresh")
        let service = ScriptedService { [folder] _, _ in
            // The folder goes away while the identity service answers.
            try? FileManager.default.removeItem(atPath: folder.path)
            return Self.granted("r2")
        }
        let error = await #expect(throws: ServiceError.self) { try await provider(service, path: path).fetch() }
        #expect(error?.kind == .unwritable)
        #expect(error?.message.contains(path) == true)
    }

    @Test func aTokenThatAnotherRunRenewedMeanwhileIsTakenUp() async throws {
        let path = try folder.write("r1", to: "refresh")
        let service = ScriptedService { [folder] request, _ in
            let sent = (FormWire.fields(request.body) ?? []).first { $0.key == "refresh_token" }?.value
            if sent == "r2" { return Self.granted("r3") }
            _ = try? folder.write("r2", to: "refresh")
            return .status(400, "{\"error\":\"invalid_grant\"}")
        }
        #expect(try await provider(service, path: path).fetch().secret.reveal() == "t0ken")
        #expect(try folder.read("refresh") == "r3\n")
    }

    /// A refresh token that is good for one renewal only, and two runs that need one at the same time.
    @Test func twoRunsThatShareAFileRenewOneAfterTheOther() async throws {
        let path = try folder.write("r1\n", to: "refresh")
        let (spent, mayAnswer) = (Shared<[String]>([]), Shared(false))
        let service = ScriptedService { request, _ in
            let sent = (FormWire.fields(request.body) ?? []).first { $0.key == "refresh_token" }?.value ?? ""
            let number = spent.withLock { spent in
                spent.append(sent)
                return spent.count
            }
            while !mayAnswer.value { await Task.yield() }
            return sent == "r\(number)" ? Self.granted("r\(number + 1)") : .status(400, "{\"error\":\"invalid_grant\"}")
        }
        let clock = ManualClock()
        async let first = provider(service, path: path, clock: clock).fetch()
        while service.requests.isEmpty { await Task.yield() }
        async let second = provider(service, path: path, clock: clock).fetch()
        await clock.waitForSleepers()
        #expect(service.requests.count == 1)
        mayAnswer.withLock { $0 = true }
        #expect(try await first.secret.reveal() == "t0ken")
        clock.advance(by: .seconds(1))
        #expect(try await second.secret.reveal() == "t0ken")
        #expect(spent.value == ["r1", "r2"])
        #expect(try folder.read("refresh") == "r3\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["refresh"])
    }

    @Test func aRunThatNeverFinishesItsRenewalDoesNotHoldTheOthersForEver() async throws {
        let path = try folder.write("r1\n", to: "refresh")
        let holder = SecretFile(path, holds: "a refresh token")
        #expect(try await holder.tryLock())
        let service = ScriptedService([Self.granted("r2")])
        let clock = ManualClock(automatic: true)
        let error = await #expect(throws: ServiceError.self) {
            try await provider(service, path: path, clock: clock).fetch()
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("another run renews the refresh token") == true)
        #expect(clock.elapsed >= .seconds(60) && clock.elapsed < .seconds(62))
        await holder.unlock()
        #expect(try await provider(service, path: path).fetch().secret.reveal() == "t0ken")
    }

    @Test func aRefusedTokenStaysAndTheErrorSaysWhatToDo() async throws {
        let path = try folder.write("r1-secret", to: "refresh")
        let body = "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70008: r1-secret has expired\"}"
        let service = ScriptedService([.status(400, body)])
        let error = await #expect(throws: ServiceError.self) { try await provider(service, path: path).fetch() }
        #expect(error?.kind == .unauthorized)
        #expect(error?.message.contains("sign in again and put the new refresh token into \(path)") == true)
        #expect(error?.message.contains("r1-secret") == false)
        #expect(try folder.read("refresh") == "r1-secret")
        #expect(service.requests.count == 1)
    }

    @Test(arguments: ["", "\n", "two\nlines", "a\u{1}b"])
    func aFileThatHoldsNoSecretIsRefusedWithoutShowingIt(text: String) async throws {
        let path = try folder.write(text, to: "refresh")
        let service = ScriptedService([Self.granted("r2")])
        let error = await #expect(throws: ServiceError.self) { try await provider(service, path: path).fetch() }
        #expect(error?.message.hasPrefix("\(path): ") == true)
        #expect(error?.message.contains("lines") == false)
        #expect(service.requests.isEmpty)
    }
}
