import Foundation
import TestSupport
import Testing

@testable import HTTP

/// The real transport against real sockets.
struct CurlTransportTests {
    private static func request(
        _ url: String,
        method: String = "POST",
        headers: HTTPHeaders = [:],
        body: String = "{}",
        timeout: Duration = .seconds(20)
    ) -> HTTPRequest {
        HTTPRequest(method: method, url: url, headers: headers, body: Array(body.utf8), timeout: timeout)
    }

    private static func failure(_ transport: CurlTransport, _ request: HTTPRequest) async throws -> TransportError {
        try await #require(throws: TransportError.self) { try await transport.send(request) }
    }

    @Test func aRequestArrivesAsItIsAndItsAnswerComesBackWhole() async throws {
        let server = LocalServer { _ in
            .bytes(
                answer(
                    "201 Created",
                    "{\"id\":\"zoë\"}",
                    headers: "MS-RequestId:  abc \r\nX-Empty:\r\nSet-Cookie: a=b\r\n"
                )
            )
        }
        defer { server.stop() }
        let transport = try CurlTransport()
        let headers: HTTPHeaders = ["MS-RequestId": "abc", "X-Empty": "", "Content-Type": "application/json"]
        let response = try await transport.send(Self.request(server.url, headers: headers, body: "{\"a\":\"é\"}"))
        #expect(response.status == 201)
        #expect(String(decoding: response.body, as: UTF8.self) == "{\"id\":\"zoë\"}")
        #expect(response.headers["ms-requestid"] == "abc")
        #expect(response.headers["x-empty"] == "")
        let request = try #require(server.requests.first)
        let lines = request.head.components(separatedBy: "\r\n")
        #expect(lines.first == "POST /v1/customers HTTP/1.1")
        #expect(lines.contains("MS-RequestId: abc"))
        #expect(lines.contains("X-Empty:"))
        #expect(lines.contains { $0.hasPrefix("Accept-Encoding:") && $0.contains("gzip") })
        #expect(!request.head.contains("Expect"))
        #expect(request.body == "{\"a\":\"é\"}")
    }

    @Test(arguments: [("GET", ""), ("HEAD", ""), ("PUT", "{}"), ("DELETE", ""), ("POST", "")])
    func everyMethodIsSentAsItself(method: String, body: String) async throws {
        let server = LocalServer { request in
            .bytes(
                request.head.hasPrefix("HEAD")
                    ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" : answer("200 OK", "ok")
            )
        }
        defer { server.stop() }
        let transport = try CurlTransport()
        let response = try await transport.send(Self.request(server.url, method: method, body: body))
        #expect(response.status == (method == "HEAD" ? 404 : 200))
        let request = try #require(server.requests.first)
        #expect(request.head.hasPrefix("\(method) "))
        #expect(request.body == body)
    }

    @Test func connectionsAreUsedAgain() async throws {
        let server = LocalServer { _ in .bytes(answer("200 OK", "ok")) }
        defer { server.stop() }
        let transport = try CurlTransport()
        for _ in 0..<50 { _ = try await transport.send(Self.request(server.url)) }
        #expect(server.requests.count == 50)
        #expect(server.connectionCount == 1)
    }

    @Test func manyRequestsAtOnceEachGetTheirOwnAnswer() async throws {
        let server = LocalServer { .bytes(answer("200 OK", $0.body)) }
        defer { server.stop() }
        let transport = try CurlTransport()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let response = try await transport.send(Self.request(server.url, body: "\(number)"))
                    #expect(String(decoding: response.body, as: UTF8.self) == "\(number)")
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aRequestThatHangsKeepsNoOtherWaiting() async throws {
        let server = LocalServer { $0.body == "hang" ? .silence : .bytes(answer("200 OK", $0.body)) }
        defer { server.stop() }
        let transport = try CurlTransport()
        let hanging = Task { try await transport.send(Self.request(server.url, body: "hang")) }
        while server.requests.isEmpty { await Task.yield() }
        let response = try await transport.send(Self.request(server.url, body: "quick"))
        #expect(String(decoding: response.body, as: UTF8.self) == "quick")
        hanging.cancel()
        _ = await hanging.result
    }

    @Test(arguments: [300, 401, 404, 429, 500, 503])
    func aBadStatusIsAnAnswer(status: Int) async throws {
        let server = LocalServer { _ in
            .bytes(
                answer("\(status) No", "why", headers: "Location: /elsewhere\r\nWWW-Authenticate: Basic realm=x\r\n")
            )
        }
        defer { server.stop() }
        let transport = try CurlTransport()
        let response = try await transport.send(Self.request(server.url))
        #expect(response.status == status)
        #expect(server.requests.count == 1)
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let server = LocalServer { _ in
            .bytes(answer("307 Temporary Redirect", "", headers: "Location: /elsewhere\r\n"))
        }
        defer { server.stop() }
        let transport = try CurlTransport()
        #expect(try await transport.send(Self.request(server.url)).status == 307)
        #expect(server.requests.count == 1)
    }

    @Test func headersOfAnInterimAnswerAreNotTheAnswers() async throws {
        let server = LocalServer { _ in
            .bytes("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n" + answer("200 OK", "ok", headers: "X: late\r\n"))
        }
        defer { server.stop() }
        let response = try await CurlTransport().send(Self.request(server.url))
        #expect(response.headers["Link"] == nil)
        #expect(response.headers["X"] == "late")
    }

    @Test(arguments: [
        "", "HTTP/1.1 201 Crea", "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":",
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"id\":",
        "HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", "garbage\r\n\r\n",
    ])
    func aCutOrUnreadableAnswerIsLostAndTheRequestMayHaveArrived(sent: String) async throws {
        let server = LocalServer { _ in .cut(sent) }
        defer { server.stop() }
        let transport = try CurlTransport()
        let error = try await Self.failure(transport, Self.request(server.url))
        #expect(error.kind == .connectionLost)
        #expect(error.mayHaveArrived)
        #expect(server.requests.count == 1)
    }

    /// libcurl would send it again by itself, and a service could then refuse what it has just done.
    @Test func aPostOnAKeptConnectionThatDiesIsNotRepeatedInSecret() async throws {
        let server = LocalServer { $0.body == "first" ? .bytes(answer("200 OK", "ok")) : .cut("") }
        defer { server.stop() }
        let transport = try CurlTransport()
        _ = try await transport.send(Self.request(server.url, body: "first"))
        let error = try await Self.failure(transport, Self.request(server.url, body: "second"))
        #expect(error.kind == .connectionLost)
        #expect(error.mayHaveArrived)
        #expect(server.requests.map(\.body) == ["first", "second"])
    }

    @Test func aRefusedConnectionNeverArrived() async throws {
        let server = LocalServer { _ in .silence }
        server.stop()
        let transport = try CurlTransport()
        let error = try await Self.failure(transport, Self.request(server.url))
        #expect(error.kind == .notConnected)
        #expect(!error.mayHaveArrived)
    }

    @Test func aServerThatSpeaksNoTLSNeverGotTheRequest() async throws {
        let server = LocalServer { _ in .cut("no") }
        defer { server.stop() }
        let url = "https://127.0.0.1:\(server.port)/"
        let error = try await Self.failure(CurlTransport(), Self.request(url, timeout: .milliseconds(300)))
        #expect(error.kind == .notConnected)
        #expect(!error.mayHaveArrived)
    }

    @Test func aSlowAnswerTimesOutAndTheRequestMayHaveArrived() async throws {
        let server = LocalServer { _ in .silence }
        defer { server.stop() }
        let transport = try CurlTransport()
        let error = try await Self.failure(transport, Self.request(server.url, timeout: .milliseconds(200)))
        #expect(error.kind == .timedOut)
        #expect(error.mayHaveArrived)
    }

    @Test(arguments: [false, true])
    func anAnswerThatNeverEndsIsCutOffAtTheLimit(isDeclared: Bool) async throws {
        let head = isDeclared ? "Content-Length: 99999999999" : "X: y"
        let server = LocalServer { _ in
            .endless("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n", String(repeating: "x", count: 10_000))
        }
        defer { server.stop() }
        var options = CurlTransport.Options()
        options.maximumAnswerBytes = 1 << 20
        let error = try await Self.failure(CurlTransport(options), Self.request(server.url))
        #expect(error.kind == .tooLarge)
        #expect(error.mayHaveArrived)
    }

    /// A request has a limit of its own, never above the transport's.
    @Test(arguments: [(999, nil), (1_000, 1_000), (1_001, 1_000), (5_000, 4_000)] as [(Int, Int?)])
    func aRequestsOwnLimitIsKept(limit: Int, taken: Int?) async throws {
        let count = taken ?? 1_000
        let server = LocalServer { _ in .bytes(answer("200 OK", String(repeating: "x", count: count))) }
        defer { server.stop() }
        var options = CurlTransport.Options()
        options.maximumAnswerBytes = 4_000
        var request = Self.request(server.url)
        request.maximumAnswerBytes = limit
        let transport = try CurlTransport(options)
        if taken == nil {
            #expect(try await Self.failure(transport, request).kind == .tooLarge)
        } else {
            #expect(try await transport.send(request).body.count == count)
        }
    }

    @Test func anAnswerOfExactlyTheLimitIsTaken() async throws {
        let server = LocalServer { _ in .bytes(answer("200 OK", String(repeating: "x", count: 1 << 20))) }
        defer { server.stop() }
        var options = CurlTransport.Options()
        options.maximumAnswerBytes = 1 << 20
        #expect(try await CurlTransport(options).send(Self.request(server.url)).body.count == 1 << 20)
    }

    @Test(arguments: [
        ("http://example.com/v1/customers", false), ("http://127.example.com/", false), ("http://128.0.0.1/", false),
        ("http://localhost.example.com/", false), ("http://127.0.0.1.example.com/", false), ("http://[::2]/", false),
        ("ftp://127.0.0.1/", false), ("not an address", false), ("", false), ("http://127.0.0.1@example.com/", false),
        ("http://LOCALHOST:1/", true), ("http://127.0.0.1/", true), ("http://127.1.2.3/", true),
        ("http://[::1]/", true),
        ("https://api.partnercenter.microsoft.com/v1/customers", true),
    ])
    func plainHTTPIsForThisMachineOnly(url: String, isTaken: Bool) {
        guard !isTaken else {
            #expect(throws: Never.self) { try CurlAddress.check(url) }
            return
        }
        let error = #expect(throws: TransportError.self) { try CurlAddress.check(url) }
        #expect(error?.kind == .notTrusted)
        #expect(error?.mayHaveArrived == false)
    }

    @Test(arguments: ["a\r\nX: y", "a\nb", "a\u{0}"])
    func aHeaderWithALineBreakIsNotSent(value: String) async throws {
        let server = LocalServer { _ in .bytes(answer("200 OK", "ok")) }
        defer { server.stop() }
        let error = try await Self.failure(CurlTransport(), Self.request(server.url, headers: ["Authorization": value]))
        #expect(error.kind == .invalidRequest)
        #expect(!error.mayHaveArrived)
        #expect(!error.message.contains(value))
        #expect(server.requests.isEmpty)
    }

    @Test func aCAFileThatIsMissingIsNamed() throws {
        var options = CurlTransport.Options()
        options.caFile = "/nowhere/ca.pem"
        let error = #expect(throws: TransportError.self) { _ = try CurlTransport(options) }
        #expect(error?.message.contains("/nowhere/ca.pem") == true)
    }

    // MARK: Cancelling and closing

    @Test func aCancelledRequestIsCutOffAtOnce() async throws {
        let server = LocalServer { _ in .silence }
        defer { server.stop() }
        let transport = try CurlTransport()
        let task = Task { try await transport.send(Self.request(server.url)) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.mayHaveArrived == true)
        while server.closedCount == 0 { await Task.yield() }
    }

    @Test func aRequestOfACancelledTaskIsNotSent() async throws {
        let server = LocalServer { _ in .bytes(answer("200 OK", "ok")) }
        defer { server.stop() }
        let transport = try CurlTransport()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await transport.send(Self.request(server.url))
        }
        task.cancel()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error == TransportError(.cancelled, mayHaveArrived: false, message: "the request was cancelled"))
        #expect(server.requests.isEmpty)
    }

    @Test func manyRacesBetweenCancellingAndAnsweringEndEachRequestOnce() async throws {
        let server = LocalServer { _ in .bytes(answer("200 OK", "ok")) }
        defer { server.stop() }
        let transport = try CurlTransport()
        let ended = Shared(0)
        for round in 0..<20 {
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let task = Task { try await transport.send(Self.request(server.url)) }
                        for _ in 0..<(number * round) % 37 { await Task.yield() }
                        task.cancel()
                        _ = await task.result
                        ended.withLock { $0 += 1 }
                    }
                }
            }
        }
        #expect(ended.value == 1_000)
        #expect(try await transport.send(Self.request(server.url)).status == 200)
    }

    @Test func closingEndsTheRequestsUnderWayAndThoseThatCome() async throws {
        let server = LocalServer { _ in .silence }
        defer { server.stop() }
        let transport = try CurlTransport()
        let task = Task { try await transport.send(Self.request(server.url)) }
        while server.requests.isEmpty { await Task.yield() }
        await transport.close()
        let underWay = await #expect(throws: TransportError.self) { try await task.value }
        #expect(underWay?.mayHaveArrived == true)
        let later = try await Self.failure(transport, Self.request(server.url))
        #expect(!later.mayHaveArrived)
        await transport.close()
    }

    @Test func manyWhoCloseATransportAtOnceAllComeBack() async throws {
        let transport = try CurlTransport()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await transport.close() } }
        }
        let later = try await Self.failure(transport, Self.request("http://127.0.0.1:9/"))
        #expect(later.kind == .cancelled)
    }

    @Test func aTransportThatIsLetGoEndsItsThread() throws {
        var transport: CurlTransport? = try CurlTransport()
        // The thread holds the inbox until its end.
        weak let inbox = transport?.thread.inbox
        #expect(inbox != nil)
        transport = nil
        #expect(inbox == nil)
    }
}
