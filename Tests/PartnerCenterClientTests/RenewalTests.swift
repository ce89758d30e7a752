import Platform
import Telemetry
import TestSupport
import Testing

@testable import HTTP
@testable import PartnerCenterClient

/// Tokens that expire, on a clock that the test moves.
struct RenewalTests {
    /// Gives the tokens `t1`, `t2` and so on, each good for the same time, or an error.
    private final class ExpiringTokens: TokenProvider {
        let fetched = Shared(0)
        let failure = Shared<ServiceError?>(nil)
        private let lifetime: Duration

        init(lifetime: Duration) { self.lifetime = lifetime }

        func fetch() async throws(ServiceError) -> AccessToken {
            for _ in 0..<20 { await Task.yield() }
            let number = fetched.withLock { fetched in
                fetched += 1
                return fetched
            }
            if let error = failure.value { throw error }
            return AccessToken(Secret("t\(number)"), lifetime: lifetime)
        }
    }

    private let clock = ManualClock()
    private let log = MemoryLogSink()

    private func cache(_ provider: any TokenProvider) -> TokenCache {
        TokenCache(provider, Stopwatch(clock), Logger(level: .debug, sink: log))
    }

    private func current(_ cache: TokenCache) async -> String? {
        // A token that can't be had has no text.
        (try? await cache.current())?.secret.reveal()
    }

    /// Lets a renewal that goes on beside the requests come to its end.
    private func settle() async { for _ in 0..<2000 { await Task.yield() } }

    @Test func aTokenIsRenewedFiveMinutesBeforeItExpiresAndServesUntilThen() async {
        let tokens = ExpiringTokens(lifetime: .seconds(3600))
        let cache = cache(tokens)
        #expect(await current(cache) == "t1")
        clock.advance(by: .seconds(3299))
        #expect(await current(cache) == "t1")
        await settle()
        #expect(tokens.fetched.value == 1)
        clock.advance(by: .seconds(1))
        // Nobody waits for the new one.
        #expect(await current(cache) == "t1")
        await settle()
        #expect(await current(cache) == "t2")
        #expect(tokens.fetched.value == 2)
        #expect(log.entries.map(\.message) == ["The token was renewed before it expires"])
    }

    @Test func aShortLivedTokenIsRenewedWhenAFifthOfItsLifeIsLeft() async {
        let cache = cache(ExpiringTokens(lifetime: .seconds(10)))
        #expect(await current(cache) == "t1")
        clock.advance(by: .milliseconds(7999))
        _ = await current(cache)
        await settle()
        #expect(await current(cache) == "t1")
        clock.advance(by: .milliseconds(1))
        _ = await current(cache)
        await settle()
        #expect(await current(cache) == "t2")
    }

    @Test func anExpiredTokenIsNeverSent() async {
        let cache = cache(ExpiringTokens(lifetime: .seconds(3600)))
        #expect(await current(cache) == "t1")
        clock.advance(by: .seconds(3571))
        #expect(await current(cache) == "t2")
    }

    @Test func oneRenewalServesAllWhoAskMeanwhile() async {
        let tokens = ExpiringTokens(lifetime: .seconds(3600))
        let cache = cache(tokens)
        _ = await current(cache)
        clock.advance(by: .seconds(3600))
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<32 { group.addTask { await current(cache) } }
            for await token in group { #expect(token == "t2") }
        }
        #expect(tokens.fetched.value == 2)
    }

    @Test func aRenewalThatFailsLeavesTheTokenServingUntilItExpires() async {
        let tokens = ExpiringTokens(lifetime: .seconds(3600))
        let cache = cache(tokens)
        _ = await current(cache)
        tokens.failure.withLock { $0 = ServiceError(.unavailable, message: "it is away") }
        clock.advance(by: .seconds(3400))
        #expect(await current(cache) == "t1")
        await settle()
        #expect(log.entries.map(\.level) == [.warning])
        // It is not asked again at once.
        _ = await current(cache)
        await settle()
        #expect(tokens.fetched.value == 2)
        clock.advance(by: .seconds(30))
        #expect(await current(cache) == "t1")
        await settle()
        #expect(tokens.fetched.value == 3)
        clock.advance(by: .seconds(170))
        await #expect(throws: ServiceError(.unavailable, message: "it is away")) { try await cache.current() }
    }

    @Test func aRefusedRenewalIsNotRepeatedWhileTheTokenServes() async {
        let tokens = ExpiringTokens(lifetime: .seconds(3600))
        let cache = cache(tokens)
        _ = await current(cache)
        tokens.failure.withLock { $0 = ServiceError(.unauthorized, message: "no") }
        for _ in 0..<5 {
            clock.advance(by: .seconds(680))
            #expect(await current(cache) == "t1")
            await settle()
        }
        #expect(tokens.fetched.value == 2)
    }

    @Test func aTokenThatWasRenewedInTimeMayBeRefusedOnce() async throws {
        let cache = cache(ExpiringTokens(lifetime: .seconds(3600)))
        _ = try await cache.current()
        clock.advance(by: .seconds(3600))
        let second = try await cache.current()
        #expect(cache.refuse(second))
        let third = try await cache.current()
        #expect(third.secret.reveal() == "t3")
        #expect(!cache.refuse(third))
    }

    @Test func aStopEndsAFetchThatIsUnderWay() async {
        let service = ScriptedService([.lost(.notConnected, mayHaveArrived: false)])
        let authority = AuthorityWorld(service, clock: clock)
        let cache = cache(
            ClientCredentials(authority.authority(), clientId: "c", secret: .setting(Secret("s"), name: "S"))
        )
        async let token = current(cache)
        await clock.waitForSleepers()
        cache.stop()
        #expect(await token == nil)
    }
}

/// An identity service that answers as scripted, and what asks it.
struct AuthorityWorld {
    let service: ScriptedService
    let log = MemoryLogSink()
    let clock: ManualClock

    init(_ service: ScriptedService, clock: ManualClock = ManualClock(automatic: true)) {
        self.service = service
        self.clock = clock
    }

    func authority(
        _ cloud: NationalCloud = .global,
        _ change: (inout TokenAuthority.Address) -> Void = { _ in }
    ) -> TokenAuthority {
        var address = TokenAuthority.Address(cloud, tenant: "contoso.example")
        change(&address)
        var ports = TokenAuthority.Ports(transport: service, logger: Logger(level: .debug, sink: log))
        ports.stopwatch = Stopwatch(clock)
        ports.wallClock = { World.now }
        ports.random = SeededGenerator(seed: 7)
        return TokenAuthority(address, ports)
    }
}
