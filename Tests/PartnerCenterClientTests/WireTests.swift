import HTTP
import PartnerCenter
import Platform
import TestDoubles
import TestSupport
import Testing

@testable import PartnerCenterClient

/// The forms of bodies, and the headers that trace a request.
struct WireTests {
    // MARK: Forms

    @Test func theSameKeyGoesWithTheRequestAsXML() async throws {
        let answer = ScriptedService.Answer.status(
            201,
            "<Customer><id>c1c1c1c1-0000-4000-8000-000000000001</id><userCredentials><password>p4ss</password></userCredentials></Customer>",
            headers: ["Content-Type": "application/xml; charset=utf-8"]
        )
        let world = World(ScriptedService([answer])) { $0.wire = .xml }
        let (result, _) = await world.create()
        #expect(result.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        let request = try #require(world.service.requests.first)
        #expect(request.headers["Content-Type"] == "application/xml")
        #expect(request.headers["Accept"] == "application/xml, application/json;q=0.5")
        #expect(request.headers["MS-RequestId"] == World.order().idempotencyKey)
        let sent = try XMLWire.decode(Customer.self, from: request.body)
        #expect(sent == (try JSONWire.decode(Customer.self, from: World.order().payload)))
    }

    /// What the type says does not count where the first character says another.
    @Test(arguments: [
        ("{\"id\":\"c1c1c1c1-0000-4000-8000-000000000001\"}", "application/xml", true),
        ("<Customer><Id>c1c1c1c1-0000-4000-8000-000000000001</Id></Customer>", "application/json", true),
        (
            "\u{FEFF} <c:Customer xmlns:c=\"urn:x\"><c:id>c1c1c1c1-0000-4000-8000-000000000001</c:id></c:Customer>",
            "text/xml", true
        ),
        ("<html><id>c1c1c1c1-0000-4000-8000-000000000001</id></html>", "application/xml", false),
        ("<html><id>c1c1c1c1-0000-4000-8000-000000000001</id></html>", "text/html", false),
        ("<!DOCTYPE html><html><id>c1c1c1c1-0000-4000-8000-000000000001</id></html>", "", false),
        ("<Customer><id>c1c1c1c1-0000-4000-8000-000000000001</id>", "text/xml", false),
    ])
    func anAnswerIsReadInEitherForm(body: String, type: String, isRead: Bool) async {
        let world = World(ScriptedService([.status(200, body, headers: ["Content-Type": type]), .created]))
        _ = await world.create()
        #expect(world.service.requests.count == (isRead ? 1 : 2))
    }

    /// A gateway that writes UTF-16: the first character tells the form, whatever the type says.
    @Test(arguments: [
        "{\"id\":\"c1c1c1c1-0000-4000-8000-000000000001\"}",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><Customer><id>c1c1c1c1-0000-4000-8000-000000000001</id></Customer>",
    ])
    func anAnswerInUTF16IsRead(text: String) async {
        for isBigEndian in [true, false] {
            let body = "\u{FEFF}\(text)".utf16.flatMap { unit in
                let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                return isBigEndian ? pair : pair.reversed()
            }
            let world = World(ScriptedService([.success(HTTPResponse(status: 201, body: body))]))
            #expect(
                await world.create().0.verdict.word
                    == "created c1c1c1c1-0000-4000-8000-000000000001 without password with note"
            )
        }
    }

    // MARK: Tracing and consistency

    @Test(arguments: 1...50)
    func everyRunHasAVectorOfTheSpecificationsForm(seed: UInt64) {
        let vector = CorrelationVector(RandomSource(SeededGenerator(seed: seed)).bytes(16))
        for text in [
            vector.extended(.other, request: 1), vector.extended(.row(.max), request: .max),
            vector.extended(.earlierRequest(row: .max), request: .max),
        ] {
            #expect(text.utf8.count <= 127)
            #expect(text.wholeMatch(of: /[A-Za-z0-9+\/]{21}[AQgw](\.(0|[1-9][0-9]{0,9})){2,3}/) != nil)
            #expect(text.split(separator: ".").dropFirst().allSatisfy { UInt32($0) != nil })
        }
    }

    @Test func noTwoRequestsOfARunHaveTheSameVector() async throws {
        let world = World(
            ScriptedService { request, number in
                request.method == "GET" ? .list() : number.isMultiple(of: 2) ? .domainTaken : .lost(.timedOut)
            }
        )
        for sequence in 1...3 { _ = await world.create(sequence: sequence) }
        _ = await world.create(supersededSince: World.now, sequence: 3)
        for _ in 1...3 { _ = try await world.client.customers(after: nil) }
        let vectors = world.service.requests.map { $0.headers["MS-CV"] ?? "" }
        #expect(vectors.count > 20)
        #expect(Set(vectors).count == vectors.count)
    }

    @Test(arguments: [true, false])
    func aConsistencyTokenIsAskedForAndSentOnReadsOfItsCustomer(isAskedFor: Bool) async throws {
        let headers: HTTPHeaders = isAskedFor ? ["ReadWriteConsistencyToken": "tok"] : [:]
        let world = World(
            ScriptedService { request, _ in
                let id = request.url.hasSuffix("/c2") ? "c2" : "c1c1c1c1-0000-4000-8000-000000000001"
                return .status(201, "{\"id\":\"\(id)\"}", headers: headers)
            }
        ) { $0.asksForConsistencyToken = isAskedFor }
        _ = await world.create()
        _ = try await world.client.customer(id: "c1c1c1c1-0000-4000-8000-000000000001")
        _ = try await world.client.customer(id: "c2")
        let requests = world.service.requests
        #expect(
            requests.map { $0.headers["GenerateReadWriteConsistencyToken"] } == [isAskedFor ? "true" : nil, nil, nil]
        )
        #expect(requests.map { $0.headers["ReadWriteConsistencyToken"] } == [nil, isAskedFor ? "tok" : nil, nil])
    }

    /// The customer was created, but who it is could not be read, and the service knows no idempotency.
    @Test func aTokenThatCameWithAnUnreadableAnswerIsSentWhereTheCustomerIsLookedUp() async {
        let customer = """
            {"id":"c9c9c9c9-0000-4000-8000-000000000009","companyProfile":{"domain":"contoso.onmicrosoft.com","companyName":"Contoso Ltd"}}
            """
        let service = ScriptedService { request, number in
            if request.method == "POST" {
                return number == 0
                    ? .status(201, "{\"id\":", headers: ["ReadWriteConsistencyToken": "tok"]) : .domainTaken
            }
            guard request.headers["ReadWriteConsistencyToken"] == "tok" else { return .list() }
            return request.url.contains("filter") ? .list(customer) : .status(200, customer)
        }
        let world = World(service) { $0.asksForConsistencyToken = true }
        #expect(
            await world.create().0.verdict.word
                == "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
        )
        // The list's usual two minutes are not waited for.
        #expect(world.clock.elapsed < .seconds(2))
    }

    @Test func onlyTheNewestConsistencyTokensAreKept() {
        var tokens = ConsistencyTokens()
        for number in 0..<10_000 { tokens.keep("t\(number)", of: "c\(number)") }
        tokens.keep("", of: "c0")
        #expect(tokens.headers(of: "c5903").isEmpty)
        #expect(tokens.headers(of: "c5904").first?.value == "t5904")
        #expect(tokens.headers(of: "c9999").first?.value == "t9999")
    }
}
