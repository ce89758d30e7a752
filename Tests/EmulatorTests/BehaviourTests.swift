import Emulator
import PartnerCenter
import Platform
import Synchronization
import TestSupport
import Testing

/// A time that stands still until it is moved.
final class StandingTime: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_268_400_000)

    var now: @Sendable () -> Timestamp { { Timestamp(milliseconds: self.milliseconds.withLock { $0 }) } }
    func pass(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
}

struct BehaviourTests {
    private func partner(
        _ behaviour: (inout ServiceBehaviour) -> Void = { _ in },
        _ rules: [FaultPlan.Rule] = [],
        time: StandingTime = StandingTime()
    ) async throws -> Partner {
        var configuration = EmulatorConfiguration.seeded()
        var wanted = ServiceBehaviour()
        behaviour(&wanted)
        configuration.scenario = PlannedFaults(FaultPlan(rules, seed: 1, behaviour: wanted))
        configuration.now = time.now
        return try await Partner(configuration)
    }

    @Test func aRepeatMayComeWithoutItsPassword() async throws {
        let partner = try await partner { $0.replays = .withoutPassword }
        let first = try await partner.create(order(), requestId: "a")
        let again = try await partner.create(order(), requestId: "a")
        #expect(try first.customer().userCredentials?.password != nil)
        #expect(again.status == 201)
        #expect(try again.customer().id == first.customer().id)
        #expect(try again.customer().userCredentials == nil)
    }

    @Test func withoutIdempotencyARepeatMeetsItsOwnDomain() async throws {
        let partner = try await partner { $0.replays = .none }
        #expect(try await partner.create(order(), requestId: "a").status == 201)
        #expect(try await partner.create(order(), requestId: "a").status == 409)
    }

    @Test func aCustomerIsSeenOnlyAfterAWhile() async throws {
        let time = StandingTime()
        let partner = try await partner({ $0.visibleAfter = .seconds(90) }, time: time)
        let id = try #require(try await partner.create(order()).customer().id)
        let early = try await partner.send("GET", "/v1/customers/\(id)")
        #expect(early.status == 404 && early.fault.message.contains("with the tenant Id \(id) was not found"))
        #expect(try await partner.domains().isEmpty)
        time.pass(seconds: 31)
        let later = try await partner.send("GET", "/v1/customers/\(id)")
        #expect(later.status == 404 && later.fault.message.contains("No company was found"))
        #expect(try await partner.create(order()).status == 409)
        time.pass(seconds: 59)
        #expect(try await partner.send("GET", "/v1/customers/\(id)").status == 200)
        #expect(try await partner.domains().count == 1)
    }

    @Test(arguments: [
        (ServiceBehaviour.LinkForm.relative, "/customers?size=1&seekOperation=Next"),
        (.version, "/v1/customers?size=1&seekOperation=Next"),
        (.absolute, "http://localhost/v1/customers?size=1&seekOperation=Next"),
    ])
    func linksAreWrittenAsAsked(form: ServiceBehaviour.LinkForm, uri: String) async throws {
        let partner = try await partner { $0.links = form }
        _ = try await partner.create(order())
        _ = try await partner.create(order("second.net"))
        #expect(try await partner.list("?size=1").links?.next?.uri == uri)
    }

    @Test func otherSpellingsSayTheSame() async throws {
        let partner = try await partner {
            $0.style = JSONStyle(isPascalCase: true, writesNumbersAsText: true, addsUnknownMembers: true)
            $0.createStatus = 200
        }
        let created = try await partner.create(order())
        #expect(created.status == 200)
        #expect(created.text.contains("\"CompanyProfile\":{") && created.text.contains("\"XNull\":null") == false)
        #expect(created.text.contains("\"AllowDelegatedAccess\":\"True\""))
        #expect(try created.customer().companyProfile?.domain == "Contoso1.onmicrosoft.com")
        let page = try await partner.send("GET", "/v1/customers")
        #expect(page.text.contains("\"TotalCount\":\"1\"") && page.text.contains("\"xNull\":null"))
    }

    @Test func aCutBodyLosesItsConnectionAfterAPart() async throws {
        let partner = try await partner({ _ in }, [.init(.cutBody, at: .beforeAnswer, of: .create, .times(1))])
        await #expect(throws: HTTPConnection.ConnectionLost.self) { try await partner.create(order(), requestId: "a") }
        let again = try HTTPConnection(port: partner.emulator.port)
        #expect(try await partner.create(order(), requestId: "a", over: again).status == 201)
    }

    @Test func aDomainMayBeUsedUpWithoutACustomer() async throws {
        let partner = try await partner({ _ in }, [.init(.consumeDomain, at: .beforeCommit, domain: "*7.NET")])
        let refused = try await partner.create(order("a7.net"), requestId: "a")
        #expect(refused.status == 400 && refused.fault.code == "27002")
        #expect(refused.fault.message.contains("NotificationEmailAddress"))
        #expect(try await partner.send("HEAD", "/v1/domains/A7.net").status == 200)
        #expect(try await partner.domains().isEmpty)
        #expect(try await partner.create(order("a7.net"), requestId: "b").status == 409)
        #expect(try await partner.create(order("a8.net"), requestId: "c").status == 201)
    }

    /// As the live service does it: what is wrong with the address shows only once the tenant is there.
    @Test(arguments: [
        ("office", 400), ("a b@example.com", 400), ("a@example", 400), ("a@example.c0m", 201), ("a@example.1", 400),
        ("a@b@example.com", 400), ("@example.com", 400), ("a@-example.com", 400), ("o'neill+1@mail.example.com", 201),
    ])
    func anAddressThatNoMailReachesUsesTheDomainUp(email: String, status: Int) async throws {
        let partner = try await Partner()
        let body = order("a7.net").replacing("a@example.com", with: email)
        let answer = try await partner.create(body, requestId: "a")
        #expect(answer.status == status)
        #expect(status == 201 || answer.fault.message.contains("NotificationEmailAddress"))
        #expect(try await partner.send("HEAD", "/v1/domains/a7.net").status == 200)
        #expect(try await partner.domains().count == (status == 201 ? 1 : 0))
    }

    @Test func aTokenOfItsCreateShowsACustomerBeforeItsTime() async throws {
        let partner = try await partner { $0.visibleAfter = .seconds(90) }
        let headers = ["Content-Type": "application/json", "GenerateReadWriteConsistencyToken": "true"]
        let created = try await partner.send("POST", "/v1/customers", headers: headers, body: order())
        let token = try #require(created.headers["readwriteconsistencytoken"])
        let target = "/v1/customers/\(try created.customer().id ?? "")"
        for (token, status) in [(nil, 404), ("0", 404), ("another's", 404), (token, 200)] as [(String?, Int)] {
            var headers: [String: String] = [:]
            headers["ReadWriteConsistencyToken"] = token
            #expect(try await partner.send("GET", target, headers: headers).status == status)
        }
        #expect(try await partner.create(order("b.net")).headers["readwriteconsistencytoken"] == nil)
    }

    @Test func throttlingMayNameADate() async throws {
        let rule = FaultPlan.Rule(.throttledUntil(seconds: 90), at: .received)
        let answer = try await partner({ _ in }, [rule]).send("GET", "/v1/customers")
        #expect(answer.status == 429)
        #expect(answer.headers["retry-after"] == "Sat, 21 Nov 2026 13:41:30 GMT")
    }

    @Test(arguments: [
        ("*", "a.net", true), ("a*", "a.net", true), ("*.NET", "a.net", true), ("?.net", "a.net", true),
        ("?.net", "ab.net", false), ("a*b*.net", "axxbyyb.net", true), ("*b.net", "abc.net", false),
        ("", "a.net", false),
    ])
    func domainsAreChosenByPattern(pattern: String, domain: String, isChosen: Bool) async throws {
        let rule = FaultPlan.Rule(.unavailable, at: .beforeCommit, domain: pattern)
        #expect(try await partner({ _ in }, [rule]).create(order(domain)).status == (isChosen ? 503 : 201))
    }
}
