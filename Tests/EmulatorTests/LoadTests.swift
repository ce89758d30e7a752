import Emulator
import Synchronization
import TestSupport
import Testing

/// Clients that are slow, silent, greedy or wrong, beside one that wants its answer.
struct LoadTests {
    @Test func idleConnectionsAndHalfRequestsKeepNobodyWaiting() async throws {
        let partner = try await Partner()
        let idle = try (0..<200).map { _ in try HTTPConnection(port: partner.emulator.port) }
        for (index, connection) in idle.enumerated() where index % 2 == 0 {
            try await connection.write(Array("POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Le".utf8))
        }
        #expect(try await partner.create(order()).status == 201)
        #expect(try await partner.send("GET", "/v1/customers").status == 200)
        withExtendedLifetime(idle) {}
    }

    @Test func clientsThatNeverReadTheirAnswersKeepNobodyWaiting() async throws {
        let partner = try await Partner()
        let request = "GET /v1/customers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer emulator\r\n\r\n"
        let greedy = try (0..<8).map { _ in try HTTPConnection(port: partner.emulator.port) }
        let flood = Array(String(repeating: request, count: 200).utf8)
        for connection in greedy { try await connection.write(flood) }
        #expect(try await partner.create(order()).status == 201)
        #expect(try await partner.domains().count == 1)
        withExtendedLifetime(greedy) {}
    }

    @Test func bodiesTogetherHaveALimitAndTheirRoomComesBack() async throws {
        var configuration = EmulatorConfiguration.seeded()
        configuration.heldBodiesLimit = 4096
        let partner = try await Partner(configuration)
        let head = "POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n"
        do {
            let holder = try HTTPConnection(port: partner.emulator.port)
            try await holder.write(Array((head + String(repeating: " ", count: 3900)).utf8))
            var refused = try await partner.create(order())
            // The holder's bytes may be on their way yet.
            for number in 0..<1000 where refused.status == 201 {
                refused = try await partner.create(order("more\(number).onmicrosoft.com"))
            }
            #expect(refused.status == 503 && refused.headers["retry-after"] == "1")
            #expect(try await partner.send("GET", "/v1/customers").status == 200)
        }
        var answer = try await partner.create(order("last.onmicrosoft.com"))
        while answer.status == 503 { answer = try await partner.create(order("last.onmicrosoft.com")) }
        #expect(answer.status == 201)
    }

    @Test(arguments: [("/v1/customers?size=", 414), ("/v1/customers HTTP/1.1\r\nX: ", 431)])
    func aHeadThatIsTooLongIsRefused(start: String, status: Int) async throws {
        let partner = try await Partner()
        let other = try HTTPConnection(port: partner.emulator.port)
        let long = "GET \(start)\(String(repeating: "1", count: 40_000))"
        let answer = try? await other.send(raw: Array(long.utf8))
        #expect(answer == nil || answer?.status == status)
        #expect(try await partner.send("GET", "/v1/customers").status == 200)
    }
}

/// Counts what happens on several tasks.
final class Counter: Sendable {
    private let count = Mutex(0)

    func increment() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
