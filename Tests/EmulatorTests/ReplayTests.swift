import Emulator
import PartnerCenter
import TestSupport
import Testing

struct ReplayTests {
    private let id = "11111111-2222-4333-8444-abcdefabcdef"

    @Test func aRepeatedRequestIdGivesTheSameBytes() async throws {
        let partner = try await Partner()
        let first = try await partner.create(order(), requestId: id)
        let again = try await partner.create(order(), requestId: id.uppercased())
        #expect(first.status == 201)
        #expect(again.status == 201)
        #expect(again.body == first.body)
        #expect(try await partner.domains().count == 1)
    }

    @Test func aRefusalIsRepeatedToo() async throws {
        let partner = try await Partner()
        _ = try await partner.create(order())
        let refused = try await partner.create(order(), requestId: id)
        #expect(refused.status == 409)
        #expect(try await partner.create(order(), requestId: id).body == refused.body)
    }

    @Test func aRequestIdWithAnotherBodyIsRefused() async throws {
        let partner = try await Partner()
        _ = try await partner.create(order(), requestId: id)
        let other = try await partner.create(order("other.onmicrosoft.com"), requestId: id)
        #expect(other.status == 400)
        #expect(other.fault.code == "2000")
        #expect(try await partner.domains() == ["Contoso1.onmicrosoft.com"])
    }

    @Test func aMalformedRequestDoesNotUseItsIdUp() async throws {
        let partner = try await Partner()
        #expect(try await partner.create("{", requestId: id).status == 400)
        #expect(try await partner.create(order(), requestId: id).status == 201)
    }

    @Test func repeatsInFlightAllGetTheOneAnswer() async throws {
        let partner = try await Partner()
        let port = partner.emulator.port
        let answers = try await withThrowingTaskGroup(of: HTTPConnection.Answer.self) { group in
            for _ in 0..<40 {
                group.addTask { try await partner.create(order(), requestId: id, over: HTTPConnection(port: port)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.status)) == [201])
        #expect(Set(answers.map(\.body)).count == 1)
    }
}
