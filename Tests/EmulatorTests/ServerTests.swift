import Emulator
import PartnerCenter
import Platform
import TestSupport
import Testing

struct ServerTests {
    @Test(arguments: ["", "emulator", "Bearer", "Bearer x", "Basic emulator", "Bearer emulator2"])
    func aRequestWithoutAPermittedTokenIsRefused(header: String) async throws {
        let partner = try await Partner()
        for (method, target) in [("GET", "/v1/customers"), ("POST", "/v1/customers"), ("GET", "/nowhere")] {
            let answer = try await partner.send(method, target, headers: ["Authorization": header], body: "{}")
            #expect(answer.status == 401)
            #expect(answer.headers["www-authenticate"] == "OAuth realm=\"partnercenter\"")
            #expect(!answer.fault.message.isEmpty)
        }
    }

    @Test func everyTokenOfTheSetUpIsPermitted() async throws {
        var configuration = EmulatorConfiguration.seeded()
        configuration.tokens = [Secret("one"), Secret("two")]
        let partner = try await Partner(configuration)
        for header in ["Bearer one", "bearer two"] {
            #expect(try await partner.send("GET", "/v1/customers", headers: ["Authorization": header]).status == 200)
        }
    }

    @Test(arguments: [
        ("GET", "/", 404), ("GET", "/customers", 404), ("GET", "/v1", 404), ("GET", "/v1/nothing", 404),
        ("GET", "/v1/customers/a/b/c", 404), ("PUT", "/v1/customers", 405), ("GET", "/v1/domains/a.b", 405),
        ("GET", "/v1/customers/abc", 400), ("GET", "/v1/customers/11111111-2222-4333-8444-abcdefabcdef", 404),
        ("GET", "/v1.0/Customers/", 200),
    ])
    func pathsAndMethodsAreToldApart(method: String, target: String, status: Int) async throws {
        let answer = try await Partner().send(method, target)
        #expect(answer.status == status)
        #expect((answer.headers["allow"] != nil) == (status == 405))
    }

    @Test(arguments: [
        ("application/json", 201), ("text/json; charset=utf-8", 201), ("Application/JSON;charset=UTF-8", 201),
        ("text/csv", 415), ("application/json; charset=utf-16", 415),
    ])
    func aBodyThatIsNotJSONIsRefused(type: String, status: Int) async throws {
        let answer = try await Partner().send("POST", "/v1/customers", headers: ["Content-Type": type], body: order())
        #expect(answer.status == status)
    }

    @Test func tracingHeadersAreEchoedOrMade() async throws {
        let partner = try await Partner()
        let made = try await partner.send("GET", "/v1/customers")
        #expect(made.headers["ms-requestid"]?.count == 36)
        #expect(made.headers["ms-correlationid"]?.count == 36)
        #expect(made.headers["ms-cv"]?.hasSuffix(".0") == true)
        #expect(made.headers["ms-cv"]?.count == 18)
        #expect(made.headers["ms-serverid"] != nil)
        let sent = ["MS-RequestId": "A", "ms-correlationid": "B", "MS-CV": "C.1"]
        let echoed = try await partner.send("GET", "/v1/customers", headers: sent)
        #expect(echoed.headers["ms-requestid"] == "A")
        #expect(echoed.headers["ms-correlationid"] == "B")
        #expect(echoed.headers["ms-cv"] == "C.1")
    }

    @Test func theByteOrderMarkAndTheLinksVersionCanBeSwitched() async throws {
        var configuration = EmulatorConfiguration.seeded()
        var behaviour = ServiceBehaviour()
        behaviour.sendsByteOrderMark = false
        behaviour.links = .version
        configuration.scenario = NoFaults(behaviour)
        let partner = try await Partner(configuration)
        _ = try await partner.create(order())
        _ = try await partner.create(order("second.onmicrosoft.com"))
        let answer = try await partner.send("GET", "/v1/customers?size=1")
        #expect(answer.body.first == UInt8(ascii: "{"))
        let page = try JSONWire.decode(ResourceCollection<Customer>.self, from: answer.body)
        #expect(page.links?.next?.uri == "/v1/customers?size=1&seekOperation=Next")
    }

    @Test(arguments: [(1 << 20, 400), (1 << 20 + 1, 413), (5 << 20, 413)])
    func aBodyBeyondTheLimitIsRefusedAndTheConnectionStaysUsable(size: Int, status: Int) async throws {
        let partner = try await Partner()
        #expect(try await partner.create(String(repeating: " ", count: size)).status == status)
        #expect(try await partner.create(order()).status == 201)
    }

    @Test(arguments: [
        ("/v1/customers/%00abc", 400), ("/v1/customers%00/whatever", 404), ("/v1%00/customers", 404),
        ("/v1/customers?size=%00", 400),
    ])
    func aByteOfZeroEndsNoAddress(target: String, status: Int) async throws {
        #expect(try await Partner().send("GET", target).status == status)
    }

    @Test func anEndlessBodyLosesItsConnection() async throws {
        var configuration = EmulatorConfiguration.seeded()
        configuration.bodyLimit = 1024
        let partner = try await Partner(configuration)
        await #expect(throws: HTTPConnection.ConnectionLost.self) {
            try await partner.create(String(repeating: " ", count: 1 << 20))
        }
    }

    @Test(arguments: [
        "GET /v1/customers\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    ])
    func noiseOnOneConnectionLeavesTheOthersServed(noise: String) async throws {
        let partner = try await Partner()
        let other = try HTTPConnection(port: partner.emulator.port)
        _ = try? await other.send(raw: Array(noise.utf8))
        #expect(try await partner.send("GET", "/v1/customers").status == 200)
    }

    @Test func aTakenPortIsAnErrorThatNamesIt() async throws {
        let partner = try await Partner()
        let port = partner.emulator.port
        let error = await #expect(throws: EmulatorError.self) { try await Emulator.start(.seeded(port: port)) }
        #expect(error?.message.contains("port \(port): Address already in use") == true)
    }

    @Test func aStoppedEmulatorAnswersNoMore() async throws {
        let partner = try await Partner()
        _ = try await partner.send("GET", "/v1/customers")
        await partner.emulator.stop()
        await #expect(throws: HTTPConnection.ConnectionLost.self) { try await partner.send("GET", "/v1/customers") }
        #expect(throws: HTTPConnection.ConnectionLost.self) { try HTTPConnection(port: partner.emulator.port) }
    }

    @Test func stoppingCutsARequestThatStillWaits() async throws {
        let rule = FaultPlan.Rule(.delay(.seconds(3600)), at: .afterCommit)
        let partner = try await Partner(.seeded(faults: [rule]))
        let lost = Task { try await partner.create(order()) }
        while try await partner.send(
            "HEAD",
            "/v1/domains/Contoso1.onmicrosoft.com",
            over: HTTPConnection(port: partner.emulator.port)
        ).status == 404 {}
        await partner.emulator.stop()
        await #expect(throws: HTTPConnection.ConnectionLost.self) { try await lost.value }
    }
}
