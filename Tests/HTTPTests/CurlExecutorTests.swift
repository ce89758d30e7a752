import Glibc
import TestSupport
import Testing

@testable import HTTP

/// Tasks on the transport's own thread.
struct CurlExecutorTests {
    private static func request(_ server: LocalServer, _ body: String) -> HTTPRequest {
        HTTPRequest(method: "POST", url: server.url, body: Array(body.utf8), timeout: .seconds(20))
    }

    @Test func tasksOnTheThreadEachGetTheirOwnAnswer() async throws {
        let server = LocalServer { .bytes(answer("200 OK", $0.body)) }
        defer { server.stop() }
        let transport = try CurlTransport()
        let threads = Shared<Set<UInt>>([])
        try await withTaskExecutorPreference(transport.executor) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        for _ in 0..<5 {
                            let response = try await transport.send(Self.request(server, "\(number)"))
                            #expect(String(decoding: response.body, as: UTF8.self) == "\(number)")
                            threads.withLock { _ = $0.insert(UInt(pthread_self())) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(threads.value.count == 1)
        #expect(server.requests.count == 500)
    }

    /// A task may run for ever, yet requests under way must be seen to.
    @Test func aTaskThatNeverWaitsHoldsNoRequestUp() async throws {
        let server = LocalServer { .bytes(answer("200 OK", $0.body)) }
        defer { server.stop() }
        let transport = try CurlTransport()
        let busy = Task(executorPreference: transport.executor) {
            while !Task.isCancelled { await Task.yield() }
        }
        let response = try await transport.send(Self.request(server, "a"))
        #expect(response.status == 200)
        busy.cancel()
        await busy.value
    }

    @Test func aTaskGoesOnWhereItsTransportIsClosed() async throws {
        let server = LocalServer { _ in .silence }
        defer { server.stop() }
        let transport = try CurlTransport()
        await withTaskExecutorPreference(transport.executor) {
            let answer = Task { try await transport.send(Self.request(server, "a")) }
            while server.requests.isEmpty { await Task.yield() }
            await transport.close()
            await #expect(throws: TransportError.self) { try await answer.value }
            await #expect(throws: TransportError.self) { try await transport.send(Self.request(server, "b")) }
        }
    }

    @Test func aTransportMayBeLetGoOnItsOwnThread() async throws {
        let transport = Shared<CurlTransport?>(try CurlTransport())
        let inbox = try #require(transport.withLock { $0?.thread.inbox })
        let task = Task(executorPreference: transport.withLock { $0?.executor }) {
            transport.withLock { $0 = nil }
            await Task.yield()
        }
        await task.value
        let request = HTTPRequest(method: "GET", url: "http://127.0.0.1:9/", timeout: .seconds(1))
        #expect(!inbox.submit(CurlExchange(request, isLocal: true)))
    }
}
