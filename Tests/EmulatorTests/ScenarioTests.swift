import Emulator
import PartnerCenter
import TestSupport
import Testing

struct ScenarioTests {
    private typealias Rule = FaultPlan.Rule

    @Test func aConnectionCutBeforeTheCommitLeavesNothing() async throws {
        let partner = try await Partner(
            .seeded(faults: [Rule(.cutConnection, at: .beforeCommit, of: .create, .times(1))])
        )
        await #expect(throws: HTTPConnection.ConnectionLost.self) { try await partner.create(order(), requestId: "a") }
        let again = try HTTPConnection(port: partner.emulator.port)
        #expect(try await partner.send("HEAD", "/v1/domains/Contoso1.onmicrosoft.com", over: again).status == 404)
        #expect(try await partner.create(order(), requestId: "a", over: again).status == 201)
    }

    @Test func anAnswerLostAfterTheCommitIsHadByTheSameRequestId() async throws {
        let partner = try await Partner(
            .seeded(faults: [Rule(.cutConnection, at: .afterCommit, of: .create, .times(1))])
        )
        await #expect(throws: HTTPConnection.ConnectionLost.self) { try await partner.create(order(), requestId: "a") }
        let again = try HTTPConnection(port: partner.emulator.port)
        #expect(try await partner.send("HEAD", "/v1/domains/Contoso1.onmicrosoft.com", over: again).status == 200)
        #expect(try await partner.create(order(), requestId: "b", over: again).status == 409)
        let replayed = try await partner.create(order(), requestId: "a", over: again)
        #expect(replayed.status == 201)
        #expect(try replayed.customer().userCredentials?.password != nil)
    }

    @Test func throttlingSaysWhenToComeBack() async throws {
        let rules = [Rule(.throttled(retryAfter: 57), at: .received, .times(2, after: 1))]
        let partner = try await Partner(.seeded(faults: rules))
        #expect(try await partner.create(order()).status == 201)
        let throttled = try await partner.send("GET", "/v1/customers")
        #expect(throttled.status == 429)
        #expect(throttled.headers["retry-after"] == "57")
        #expect(throttled.fault.message == "Rate limit is exceeded. Try again in 57 seconds.")
        #expect(try await partner.send("GET", "/v1/customers").status == 429)
        #expect(try await partner.send("GET", "/v1/customers").status == 200)
    }

    @Test func anUnavailableServiceAnswersWithoutABody() async throws {
        let partner = try await Partner(.seeded(faults: [Rule(.unavailable, at: .beforeAnswer, of: .list)]))
        let answer = try await partner.send("GET", "/v1/customers")
        #expect(answer.status == 503)
        #expect(answer.body.isEmpty)
        #expect(try await partner.create(order()).status == 201)
    }

    @Test func aDelayHoldsTheAnswerBack() async throws {
        let rules = [
            Rule(.delay(.milliseconds(20)), at: .received), Rule(.delay(.milliseconds(20)), at: .beforeCommit),
            Rule(.delay(.milliseconds(20)), at: .beforeAnswer),
        ]
        let partner = try await Partner(.seeded(faults: rules))
        let duration = try await ContinuousClock().measure { _ = try await partner.create(order()) }
        #expect(duration >= .milliseconds(60))
    }

    @Test func theSameSeedStrikesTheSameRequests() async throws {
        func statuses(seed: UInt64) async throws -> [Int] {
            let partner = try await Partner(
                .seeded(faults: [Rule(.unavailable, at: .received, .chance(0.5))], seed: seed)
            )
            var statuses: [Int] = []
            for _ in 0..<64 { statuses.append(try await partner.send("GET", "/v1/customers").status) }
            return statuses
        }
        let first = try await statuses(seed: 7)
        #expect(try await statuses(seed: 7) == first)
        #expect(try await statuses(seed: 8) != first)
        #expect(Set(first) == [200, 503])
    }
}
