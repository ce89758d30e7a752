import HTTP
import PartnerCenter
import Telemetry
import TestDoubles
import TestSupport
import Testing

@testable import PartnerCenterClient

struct CreateTests {
    @Test func aRequestCarriesEverythingTheServiceWants() async throws {
        let world = World(ScriptedService([.status(503), .created]))
        let (result, attempts) = await world.create(sequence: 42)
        #expect(result.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        #expect(result.httpStatus == 201)
        #expect(world.service.requests.count == 2)
        let order = World.order()
        for (index, request) in world.service.requests.enumerated() {
            #expect(request.method == "POST")
            #expect(request.url == "https://service.test/v1/customers")
            #expect(request.body == order.payload)
            #expect(request.timeout == .seconds(180))
            let vector = try #require(request.headers["MS-CV"])
            #expect(attempts[index].correlationVector == vector)
            let expected = [
                "Authorization": "Bearer t0ken", "Accept": "application/json", "Content-Type": "application/json",
                "MS-RequestId": order.idempotencyKey, "MS-CorrelationId": "11111111-2222-3333-4444-555555555555",
                "MS-CV": vector, "MS-Contract-Version": "v1", "User-Agent": "Purser/1.2.3",
            ]
            #expect(request.headers.fields.reduce(into: [:]) { $0[$1.name] = $1.value } == expected)
            let parts = vector.split(separator: ".")
            #expect(parts.count == 3)
            #expect(parts.first?.count == 22)
            #expect(parts.dropFirst() == ["42", "\(index + 1)"])
            #expect(vector.utf8.count <= 127)
        }
        let vectors = world.service.requests.map { $0.headers["MS-CV"]?.split(separator: ".").first }
        #expect(vectors[0] == vectors[1])
    }

    /// Each of these leaves open whether the customer was created, so that the same key asks again.
    @Test(
        arguments: [
            (.status(500), "serverError"), (.status(502, "<html>Bad Gateway</html>"), "serverError"),
            (.status(503), "serverError"), (.status(504), "serverError"), (.status(408), "serverError"),
            (.status(429), "throttled"), (.status(200, "{\"id\":"), "unreadable"), (.status(201, ""), "unreadable"),
            (.status(200, "{\"companyProfile\":{}}"), "unreadable"),
            (.status(200, "<html>Log in</html>"), "unreadable"),
            (.status(302), "unreadable"), (.lost(.timedOut), "timedOut"), (.lost(.connectionLost), "connectionLost"),
            (.lost(.tooLarge), "tooLarge"), (.refused, "notConnected"),
        ] as [(ScriptedService.Answer, String)]
    )
    func anOpenOutcomeIsAskedAgainWithTheSameKey(answer: ScriptedService.Answer, name: String) async {
        let world = World(ScriptedService([answer, answer, .created]))
        let (result, attempts) = await world.create()
        #expect(result.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        #expect(result.attempts == 3)
        #expect(attempts.map(\.number) == [1, 2, 3])
        #expect(attempts.map(\.outcome) == [name, name, "created"])
        #expect(Set(world.service.requests.map { $0.headers["MS-RequestId"] }) == [World.order().idempotencyKey])
        #expect(world.client.counts().retries == 2)
        #expect(world.client.counts().requests == 3)
        let waited = attempts.map(\.wait).reduce(.zero, +)
        #expect(waited == world.clock.elapsed)
        #expect(waited <= .milliseconds(1_500))
    }

    @Test(arguments: [400, 402, 403, 406, 412, 417, 422])
    func aDefiniteRefusalIsNotAskedAgain(status: Int) async {
        let body =
            "{\"code\":2001,\"description\":\"Customer details are missing\",\"data\":[\"billingProfile.email\"]}"
        let world = World(ScriptedService([.status(status, body)]))
        let (result, attempts) = await world.create()
        let fault = ServiceFault(code: "2001", field: "billingProfile.email", message: "Customer details are missing")
        #expect(result == CreateResult(.rejected(fault), httpStatus: status, attempts: 1))
        #expect(attempts.map(\.outcome) == ["rejected"])
        #expect(world.service.requests.count == 1)
    }

    /// The service's shapes of a refusal, one in another's text, each in both encodings.
    @Test(
        arguments: [
            (
                #"{"code":27002,"description":"Invalid data.","data":["companyProfile.domain"],"source":"PartnerFD"}"#,
                ServiceFault(code: "27002", field: "companyProfile.domain", message: "Invalid data.")
            ),
            (
                #"{"code":600061,"description":"Agreed.","errorName":"AlreadyExists","isRetryable":false,"parameters":{}}"#,
                ServiceFault(code: "600061", message: "Agreed.")
            ),
            ("Bad Request", ServiceFault(message: "Bad Request")),
            (
                #"{"code":2007,"description":"{\"code\":\"60071\",\"reason\":\"ZipCityInvalid\"}"}"#,
                ServiceFault(code: "2007", message: "ZipCityInvalid")
            ),
        ]
    )
    func everyBodyOfARefusalIsToldAsWhatItIs(body: String, fault: ServiceFault) async {
        for bytes in Self.encodings(of: body) {
            let world = World(ScriptedService([.success(HTTPResponse(status: 412, body: bytes))]))
            #expect(await world.create().0 == CreateResult(.rejected(fault), httpStatus: 412, attempts: 1))
        }
    }

    /// What a gateway says in the service's place refuses no row, in either encoding.
    @Test(
        arguments: [
            #"{"statusCode":403,"message":"Out of call volume quota."}"#,
            "<html><head><title>Forbidden</title></head></html>", "",
        ]
    )
    func aGatewaysBodyIsNoRefusal(body: String) async {
        for bytes in Self.encodings(of: body) {
            let world = World(ScriptedService([.success(HTTPResponse(status: 403, body: bytes))]))
            #expect(await world.create().0.verdict == .notSent)
            #expect(world.client.closure()?.kind == .unavailable)
        }
    }

    private static func encodings(of body: String) -> [[UInt8]] {
        let wide = "\u{FEFF}\(body)".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return [Array(body.utf8), Array("\u{FEFF}\(body)".utf8), wide]
    }

    @Test(
        arguments: [
            (.status(503), "unknown"), (.status(408), "unknown"), (.lost(.timedOut), "unknown"),
            (.lost(.connectionLost), "unknown"), (.status(200, "no"), "unknown"), (.status(429), "failed"),
        ] as [(ScriptedService.Answer, String)]
    )
    func whenEveryAttemptFailsItIsToldWhetherTheCustomerMayExist(answer: ScriptedService.Answer, word: String) async {
        // Another row succeeds first: the service is there.
        let world = World(ScriptedService([.created, answer])) { $0.attempts = 4 }
        _ = await world.create()
        let (result, attempts) = await world.create()
        #expect(result.verdict.word == word)
        #expect(attempts.count == result.attempts)
        // Where the customer may exist the service is waited for, as long as it fails whatever it is asked for.
        #expect(word == "unknown" ? result.attempts > 4 : result.attempts == 4)
        #expect((world.client.closure()?.kind == .unavailable) == (word == "unknown"))
        #expect((world.clock.elapsed >= .seconds(300)) == (word == "unknown"))
    }

    @Test func aRowThatAnEarlierRunMayHaveSentIsLeftAsItIsWhenNothingIsLearnt() async {
        let world = World(ScriptedService([.created, .status(429)]))
        _ = await world.create()
        #expect(await world.create(mayExist: true).0.verdict.word == "notSent")
        #expect(world.client.closure()?.kind == .unavailable)
    }

    @Test func oneAmbiguousAttemptAmongHarmlessOnesMakesTheRowUnknown() async {
        let world = World(ScriptedService([.created, .status(429), .lost(.timedOut), .refused])) { $0.attempts = 3 }
        _ = await world.create()
        #expect(await world.create().0.verdict.word == "unknown")
    }

    @Test(arguments: [
        "{\"id\":\"c1c1c1c1-0000-4000-8000-000000000001\"}",
        "{\"id\":\"c1c1c1c1-0000-4000-8000-000000000001\",\"userCredentials\":null}",
        "{\"Id\":\"c1c1c1c1-0000-4000-8000-000000000001\",\"UserCredentials\":{\"UserName\":\"admin\",\"Password\":\"\"}}",
    ])
    func aReplayWithoutThePasswordIsCreatedWithANote(body: String) async {
        let world = World(ScriptedService([.lost(.timedOut), .status(200, body)]))
        let (result, _) = await world.create()
        #expect(result.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001 without password with note")
        #expect(result.verdict.message?.contains("reset it in Partner Center") == true)
    }

    @Test func aDomainUsedUpByALateRefusalIsTold() async {
        let description = "A property has invalid data. NotificationEmailAddress: x@y is invalid"
        let body = "{\"code\":27002,\"description\":\"\(description)\",\"source\":\"PartnerFD\"}"
        let (result, _) = await World(ScriptedService([.status(400, body)])).create()
        #expect(result.verdict.word == "rejected")
        #expect(result.verdict.message?.hasPrefix(description) == true)
        #expect(result.verdict.message?.contains("used up") == true)
        guard case .rejected(let fault) = result.verdict else { return }
        #expect(fault.field == "billingProfile.email")
    }

    // MARK: Stopping

    @Test func aServiceThatIsDownFromTheStartIsGivenUpWithinAMinuteAndNothingCountsAsSent() async {
        let world = World(ScriptedService([.refused]))
        let (result, attempts) = await world.create()
        #expect(result.verdict == .notSent)
        #expect(attempts.count == 6)
        #expect(world.clock.elapsed < .seconds(60))
        #expect(world.client.closure()?.kind == .unavailable)
        #expect(world.client.closure()?.message.contains("https://service.test") == true)
        #expect(await world.create().0 == CreateResult(.notSent, attempts: 0))
        #expect(world.service.requests.count == 6)
    }

    @Test func connectionsThatTakeLongToFailAreGivenUpWithinAMinuteToo() async throws {
        let clock = ManualClock(automatic: true)
        let service = ScriptedService { _, _ in
            try? await clock.sleep(for: .seconds(15))
            return .refused
        }
        let world = World(service, clock: clock)
        #expect(await world.create().0.verdict == .notSent)
        #expect(clock.elapsed < .seconds(60))
        #expect(world.client.closure()?.kind == .unavailable)
    }

    @Test func aWrongCertificateStopsTheRunAtOnce() async {
        let world = World(ScriptedService([.lost(.notTrusted, mayHaveArrived: false)]))
        #expect(await world.create().0.verdict == .notSent)
        #expect(world.service.requests.count == 1)
        #expect(world.client.closure()?.kind == .unavailable)
    }

    /// By how it dies: what the rows are then that were under way, and those after them.
    @Test(
        arguments: [
            ([.refused], 20, ["notSent"]), ([.refused], 300, ["notSent"]),
            ([.lost(.connectionLost), .refused], 300, ["unknown"]),
            ([.status(502)], 300, ["unknown"]), ([.lost(.timedOut)], 300, ["unknown"]),
            ([.status(429)], 300, ["failed", "notSent"]),
        ] as [([ScriptedService.Answer], Int, [String])]
    )
    func aServiceThatDiesInTheMiddleIsGivenUpAfterTheTimeThatWasSet(
        answers: [ScriptedService.Answer],
        seconds: Int,
        words: [String]
    ) async {
        let world = World(ScriptedService([.created] + answers)) { $0.giveUpAfter = .seconds(seconds) }
        _ = await world.create()
        var verdicts: [String] = []
        while world.client.closure() == nil, verdicts.count < 10_000 {
            verdicts.append(await world.create().0.verdict.word)
        }
        #expect(world.client.closure()?.kind == .unavailable)
        #expect(world.client.closure()?.message.contains("with no success in between") == true)
        #expect(world.clock.elapsed >= .seconds(seconds))
        #expect(world.clock.elapsed < .seconds(seconds + 40))
        #expect(Set(verdicts).isSubset(of: words) && verdicts.contains(words[0]))
        // Nothing is asked any more, and so nothing more is in doubt.
        #expect(await world.create().0 == CreateResult(.notSent, attempts: 0))
    }

    @Test func aServiceThatComesBackGoesOnWithTheRowThatItWasLostAt() async {
        let away = ScriptedService.Answer.refused
        let world = World(ScriptedService([.created] + Array(repeating: away, count: 20) + [.created]))
        _ = await world.create()
        let (result, attempts) = await world.create()
        #expect(result.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        #expect(attempts.count == 21)
        #expect(world.client.closure() == nil)
        #expect(world.clock.elapsed > .seconds(60))
        #expect(world.log.entries.map(\.message) == ["The service can't be reached any more, and is waited for"])
        #expect(world.log.entries.map { $0["seconds"] } == ["300"])
    }

    @Test func attemptsThatFoundNoServiceDoNotCountAndOthersDo() async {
        let answers: [ScriptedService.Answer] = [.created, .refused, .status(429), .refused, .status(429), .refused]
        let world = World(ScriptedService(answers + [.status(429), .created])) { $0.attempts = 3 }
        _ = await world.create()
        let (result, attempts) = await world.create()
        #expect(result.verdict.word == "failed")
        #expect(attempts.map(\.httpStatus) == [nil, 429, nil, 429, nil, 429])
    }

    @Test func aReadWaitsForAServiceThatIsAwayToo() async throws {
        let away = ScriptedService.Answer.refused
        let world = World(
            ScriptedService(
                [.list()] + Array(repeating: away, count: 20) + [
                    .list("{\"id\":\"c1c1c1c1-0000-4000-8000-000000000001\"}")
                ]
            )
        )
        _ = try await world.client.customers(after: nil)
        #expect(
            try await world.client.customers(after: nil).customers.map(\.id) == ["c1c1c1c1-0000-4000-8000-000000000001"]
        )
    }

    @Test func closingEndsABackoffAtOnce() async {
        for (answer, word) in [(.lost(.timedOut), "unknown"), (.refused, "notSent")]
            as [(ScriptedService.Answer, String)]
        {
            let world = World(ScriptedService([answer]), clock: ManualClock())
            async let outcome = world.create()
            await world.clock.waitForSleepers()
            world.client.close()
            #expect(await outcome.0.verdict.word == word)
            #expect(world.client.closure()?.kind == .closed)
            while world.clock.sleeperCount > 0 { await Task.yield() }
        }
    }

    @Test func aRequestUnderWayWhenTheServiceIsClosedGoesOn() async {
        let (started, mayEnd) = (Shared(false), Shared(false))
        let world = World(
            ScriptedService { _, _ in
                started.withLock { $0 = true }
                while !mayEnd.value { await Task.yield() }
                return .created
            }
        )
        async let outcome = world.create()
        while !started.value { await Task.yield() }
        world.client.close()
        mayEnd.withLock { $0 = true }
        #expect(await outcome.0.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
        #expect(await world.create().0.verdict == .notSent)
    }

    @Test func aCancelledRequestMayHaveBeenCreatedUnlessItNeverArrived() async {
        for (mayHaveArrived, word) in [(true, "unknown"), (false, "notSent")] {
            let started = Shared(false)
            let world = World(
                ScriptedService { _, _ in
                    started.withLock { $0 = true }
                    while !Task.isCancelled { await Task.yield() }
                    return .lost(.cancelled, mayHaveArrived: mayHaveArrived)
                }
            )
            let task = Task { await world.create() }
            while !started.value { await Task.yield() }
            task.cancel()
            let (result, attempts) = await task.value
            #expect(result.verdict.word == word)
            #expect(attempts.map(\.outcome) == ["cancelled"])
        }
    }

    // MARK: Pace

    @Test(arguments: [1, 4, 32])
    func neverMoreRequestsThanAllowedAreUnderWay(maximum: Int) async {
        let (running, peak) = (Shared(0), Shared(0))
        let service = ScriptedService { _, number in
            let now = running.withLock { running in
                running += 1
                return running
            }
            peak.withLock { $0 = max($0, now) }
            for _ in 0..<5 { await Task.yield() }
            running.withLock { $0 -= 1 }
            return number % 5 == 0 ? .status(503) : .created
        }
        let world = World(service) { $0.maximumInFlight = maximum }
        await withTaskGroup(of: String.self) { group in
            for number in 0..<200 { group.addTask { await world.create(sequence: number).0.verdict.word } }
            for await word in group { #expect(word == "created c1c1c1c1-0000-4000-8000-000000000001") }
        }
        #expect(peak.value <= maximum)
        #expect(world.client.counts().peakInFlight <= maximum)
    }

    @Test(arguments: ["57", "Sat, 21 Nov 2026 13:40:57 GMT"])
    func aThrottleSlowsTheWholeRun(retryAfter: String) async {
        let clock = ManualClock()
        let world = World(
            ScriptedService([.status(429, headers: ["Retry-After": retryAfter]), .created]),
            clock: clock
        )
        async let first = world.create()
        await clock.waitForSleepers()
        async let second = world.create()
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(56))
        for _ in 0..<100 { await Task.yield() }
        #expect(world.service.requests.count == 1)
        clock.advance(by: .seconds(1))
        #expect(
            await [first.0, second.0].map(\.verdict.word) == [
                "created c1c1c1c1-0000-4000-8000-000000000001", "created c1c1c1c1-0000-4000-8000-000000000001",
            ]
        )
        #expect(world.client.counts().throttled == .seconds(57))
    }
}
