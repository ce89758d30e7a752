import HTTP
import PartnerCenter
import Platform
import Telemetry
import TestDoubles
import TestSupport
import Testing

@testable import PartnerCenterClient

struct TokenTests {
    /// Gives the tokens `t1`, `t2` and so on.
    private final class CountingTokens: TokenProvider {
        let fetched = Shared(0)

        func fetch() async -> AccessToken {
            // Others must have time to ask meanwhile.
            for _ in 0..<50 { await Task.yield() }
            return AccessToken(
                Secret(
                    fetched.withLock { fetched in
                        fetched += 1
                        return "t\(fetched)"
                    }
                )
            )
        }
    }

    @Test func aRefusedTokenIsRenewedOnceAndTheRequestGoesOn() async {
        let tokens = CountingTokens()
        let world = World(ScriptedService([.status(401), .created]), tokens: tokens)
        let (result, attempts) = await world.create()
        #expect(result.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        #expect(result.attempts == 1)
        #expect(attempts.count == 1)
        #expect(world.service.requests.map { $0.headers["Authorization"] } == ["Bearer t1", "Bearer t2"])
        #expect(Set(world.service.requests.map { $0.headers["MS-RequestId"] }).count == 1)
        #expect(Set(world.service.requests.map { $0.headers["MS-CV"] }).count == 2)
    }

    @Test func aSecondRefusalStopsTheRun() async {
        let world = World(ScriptedService([.status(401, "{\"code\":900420,\"description\":\"Bad audience\"}")]))
        let (result, attempts) = await world.create()
        #expect(result == CreateResult(.notSent, attempts: 0))
        #expect(attempts.isEmpty)
        #expect(world.service.requests.count == 2)
        #expect(world.client.closure()?.kind == .unauthorized)
        #expect(world.client.closure()?.message.contains("Bad audience") == true)
        // The same token came again: nothing was renewed, and the closure is told by the run's end.
        #expect(world.log.entries.map(\.level) == [.debug])
    }

    @Test func aRefusalAfterALostAnswerLeavesTheRowUnknown() async {
        let world = World(ScriptedService([.lost(.timedOut), .status(401)]))
        #expect(await world.create().0.verdict.word == "unknown")
        #expect(world.client.closure()?.kind == .unauthorized)
    }

    @Test func aTokenThatExpiresWith32RequestsInFlightIsRenewedOnceForAll() async {
        let tokens = CountingTokens()
        let valid = Shared(1)
        let service = ScriptedService { request, number in
            if number == 100 { valid.withLock { $0 = 2 } }
            if number == 300 { valid.withLock { $0 = 3 } }
            for _ in 0..<10 { await Task.yield() }
            return request.headers["Authorization"] == "Bearer t\(valid.value)" ? .created : .status(401)
        }
        let world = World(service, tokens: tokens) { $0.maximumInFlight = 32 }
        await withTaskGroup(of: String.self) { group in
            for number in 0..<500 { group.addTask { await world.create(sequence: number).0.verdict.word } }
            for await word in group { #expect(word == "created c1c1c1c1-0000-4000-8000-000000000001") }
        }
        #expect(tokens.fetched.value == 3)
        #expect(world.client.closure() == nil)
        #expect(world.log.entries.map(\.level) == [.info, .info])
    }

    @Test func aServiceThatRefusesEveryOtherTimeDoesNotKeepARequestBusyForEver() async {
        let tokens = CountingTokens()
        let world = World(
            ScriptedService { request, _ in request.method == "POST" ? .status(401) : .list() },
            tokens: tokens
        )
        // The other requests make each new token one that the service has taken.
        let reading = Task {
            while world.client.closure() == nil { _ = try? await world.client.customers(after: nil) }
        }
        #expect(await world.create().0.verdict == .notSent)
        await reading.value
        #expect(world.service.requests.filter { $0.method == "POST" }.count <= 5)
        #expect(world.client.closure()?.kind == .unauthorized)
    }

    @Test func aTokenThatCannotBeHadStopsTheRunBeforeAnythingIsSent() async {
        let world = World(ScriptedService([.created]), tokens: TokenFile("/nowhere/token"))
        #expect(await world.create().0 == CreateResult(.notSent, attempts: 0))
        #expect(world.client.closure()?.kind == .unauthorized)
        #expect(world.client.closure()?.message.contains("/nowhere/token") == true)
        #expect(world.service.requests.isEmpty)
    }

    @Test(arguments: ["t0ken", "t0ken\n", "\r\n t0ken \n\n"])
    func aFilesTokenIsReadWithoutTheSpaceAroundIt(text: String) async throws {
        let folder = try TemporaryFolder()
        let file = TokenFile(try folder.write(text, to: "token"))
        #expect(try await file.fetch() == AccessToken(Secret("t0ken")))
    }

    @Test(arguments: [
        "", " \n", "two tokens", "t0ken\nX-Header: evil", "tökén", String(repeating: "evil", count: 1 << 15),
    ])
    func aFileThatHoldsSomethingElseIsRefusedWithoutShowingIt(text: String) async throws {
        let folder = try TemporaryFolder()
        let file = TokenFile(try folder.write(text, to: "token"))
        let error = await #expect(throws: ServiceError.self) { try await file.fetch() }
        #expect(error?.kind == .unauthorized)
        #expect(error?.message.contains(folder.path) == true)
        #expect(error?.message.contains("evil") == false)
    }

    @Test(arguments: [
        ("t0\u{1}ken", "byte 3 of the token is a control character"), ("t0\u{7F}", "a control character"),
        ("Bearer t0ken", "byte 7 of the token is white space"), ("t0ken\r\nX-Header: evil", "white space"),
        ("tökén", "byte 2 of the token is a character beyond ASCII"), ("\"t0ken\"", "a character that no token has"),
        ("t0=ken", "byte 4 of the token is a character that no token has"), ("==", "starts with an equals sign"),
        ("", "holds no token"), ("\t\r\n ", "holds no token"),
    ])
    func aTokenFromASettingIsCheckedBeforeAnythingIsSent(text: String, problem: String) async {
        let world = World(ScriptedService([.created]), tokens: StaticToken(Secret(text)))
        #expect(await world.create().0 == CreateResult(.notSent, attempts: 0))
        #expect(world.service.requests.isEmpty)
        let closure = world.client.closure()
        #expect(closure?.kind == .unauthorized)
        #expect(closure?.message.hasPrefix("PURSER_TOKEN: ") == true)
        #expect(closure?.message.contains(problem) == true)
        #expect(["t0", "evil", "tö"].allSatisfy { closure?.message.contains($0) == false })
    }

    @Test(arguments: ["t0ken", " t0ken\n", "\u{FEFF}t0ken\r\n", "aZ09-._~+/==\r\n", "eyJhbGciOiJub25lIn0.e30."])
    func aTokenIsSentWithoutTheSpaceAroundIt(text: String) async {
        let world = World(ScriptedService([.created]), tokens: StaticToken(Secret(text)))
        #expect(await world.create().0.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        let token = text.filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
        #expect(world.service.requests.map { $0.headers["Authorization"] } == ["Bearer \(token)"])
    }

    @Test func aFileIsReadAgainWhenItsTokenIsRefused() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("old", to: "token")
        let service = ScriptedService { request, number in
            if number == 0 { _ = try? folder.write("new", to: "token") }
            return request.headers["Authorization"] == "Bearer new" ? .created : .status(401)
        }
        #expect(
            await World(service, tokens: TokenFile(path)).create().0.verdict.word
                == "created c1c1c1c1-0000-4000-8000-000000000001"
        )
    }

    @Test func noSecretIsLogged() async {
        let world = World(ScriptedService([.status(429), .status(401), .lost(.timedOut), .created]))
        let (result, attempts) = await world.create()
        #expect(!world.log.entries.isEmpty)
        let written = world.log.entries.map(\.json).joined() + "\(result) \(attempts)"
        #expect(!written.contains("t0ken"))
        #expect(!written.contains("p4ss"))
    }
}
