import Testing

@testable import HTTP

/// A handle carries one request after the other; nothing of the one may be left for the next.
struct CurlHandleTests {
    /// Requests that differ in all that is set for each.
    private static let kinds: [(method: String, path: String, headers: HTTPHeaders, body: String)] = [
        ("GET", "/v1/customers", ["Authorization": "Bearer a"], ""),
        ("GET", "/v1/customers", [:], "{\"search\":1}"),
        ("HEAD", "/v1/domains/contoso", ["X-Empty": ""], ""),
        ("POST", "/v1/customers", ["Content-Type": "application/json", "MS-RequestId": "one"], "{\"a\":1}"),
        ("POST", "/v1/customers", ["Content-Type": "application/xml"], String(repeating: "x", count: 70_000)),
        ("POST", "/v1/empty", [:], ""),
        ("PATCH", "/v1/customers/1", ["If-Match": "*"], "{}"),
        ("DELETE", "/v1/customers/1", [:], ""),
        ("PUT", "/v1/customers/1", ["X-Long": String(repeating: "y", count: 3000)], "{\"b\":2}"),
    ]

    private static func request(_ place: Int, at server: LocalServer) -> HTTPRequest {
        let kind = kinds[place]
        return HTTPRequest(
            method: kind.method,
            url: "http://127.0.0.1:\(server.port)\(kind.path)",
            headers: kind.headers,
            body: Array(kind.body.utf8),
            timeout: .seconds(20)
        )
    }

    private static func server() -> LocalServer {
        LocalServer { request in
            let isHead = request.head.hasPrefix("HEAD")
            return .bytes(isHead ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : answer("200 OK", request.body))
        }
    }

    @Test(arguments: kinds.indices)
    func aRequestIsTheSameWhateverItsHandleCarriedBefore(later: Int) async throws {
        let server = Self.server()
        defer { server.stop() }
        _ = try await CurlTransport().send(Self.request(later, at: server))
        let fresh = try #require(server.requests.first)
        for earlier in Self.kinds.indices {
            let transport = try CurlTransport()
            _ = try await transport.send(Self.request(earlier, at: server))
            let response = try await transport.send(Self.request(later, at: server))
            let sent = try #require(server.requests.last)
            #expect(sent.head == fresh.head, "after \(Self.kinds[earlier].method)")
            #expect(sent.body == fresh.body, "after \(Self.kinds[earlier].method)")
            #expect(response.body == (Self.kinds[later].method == "HEAD" ? [] : Array(fresh.body.utf8)))
        }
    }

    @Test func whatStoppedOneRequestDoesNotStopTheNext() async throws {
        let server = Self.server()
        defer { server.stop() }
        let transport = try CurlTransport()
        var small = Self.request(3, at: server)
        small.maximumAnswerBytes = 1
        let request = small
        let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
        #expect(error?.kind == .tooLarge)
        let response = try await transport.send(Self.request(3, at: server))
        #expect(response.status == 200)
        #expect(response.body == Array(Self.kinds[3].body.utf8))
    }

    @Test func anAnswersHeadersAreItsOwn() async throws {
        let server = LocalServer {
            .bytes(answer("200 OK", "", headers: $0.body == "a" ? "X-A: 1\r\nX-A: 2\r\n" : "X-B: 3\r\n"))
        }
        defer { server.stop() }
        let transport = try CurlTransport()
        var request = Self.request(3, at: server)
        request.body = Array("a".utf8)
        #expect(try await transport.send(request).headers.list("x-a") == "1, 2")
        request.body = Array("b".utf8)
        let headers = try await transport.send(request).headers
        #expect(headers["x-a"] == nil)
        #expect(headers["X-b"] == "3")
    }
}
