import HTTP
import PartnerCenter
import Platform
import TestSupport
import Testing

@testable import PartnerCenterClient

/// How the customer of a lost answer is looked up, however late the service shows it.
extension SettlementTests {
    @Test func aDomainThatOnlyStartsAlikeIsNotIt() async {
        let other =
            "{\"id\":\"c9c9c9c9-0000-4000-8000-000000000009\",\"companyProfile\":{\"domain\":\"contoso.onmicrosoft.com.example\"}}"
        let world = World(Self.service(creates: [.lost(.timedOut), .domainTaken], lists: [.list(other)]))
        let (result, _) = await world.create()
        #expect(result.verdict.word == "unknown")
        #expect(result.verdict.message?.contains("the customer is not visible yet") == true)
        #expect(world.clock.elapsed >= .seconds(120))
        #expect(world.clock.elapsed < .seconds(125))
    }

    /// The live service shows a new customer up to 90 seconds late, first in the list, then by its identifier.
    @Test func aCustomerThatIsSeenLateIsStillFound() async {
        let missing = ScriptedService.Answer.status(404, "{\"code\":1000,\"description\":\"was not found\"}")
        let world = World(
            Self.service(
                creates: [.lost(.timedOut), .domainTaken],
                lists: [.list(), .list(), .list(), .list(Self.listed)],
                customers: [missing, missing, .status(200, Self.whole())]
            )
        )
        #expect(
            await world.create().0.verdict.word
                == "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
        )
        #expect(world.clock.elapsed < .seconds(120))
    }

    /// By the second from which the list shows the customer, and that from which it can be read.
    @Test(arguments: [(0, 0), (30, 45), (90, 90), (60, 119), (119, 119)])
    func aCustomerThatShowsUpToTwoMinutesLateIsFoundAndNotCreatedAgain(listed: Int, readable: Int) async {
        let clock = ManualClock(automatic: true)
        let service = ScriptedService { request, number in
            let now = clock.elapsed
            switch request.url {
            case "https://service.test/v1/customers": return number == 0 ? .lost(.timedOut) : .domainTaken
            case "https://service.test/v1/customers/c9c9c9c9-0000-4000-8000-000000000009":
                return now >= .seconds(readable) ? .status(200, Self.whole()) : .status(404)
            default: return now >= .seconds(listed) ? .list(Self.listed) : .list()
            }
        }
        let world = World(service, clock: clock)
        #expect(
            await world.create().0.verdict.word
                == "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
        )
        #expect(clock.elapsed >= .seconds(readable) && clock.elapsed < .seconds(125))
        #expect(service.requests.count { $0.method == "POST" } == 2)
    }

    @Test func aListedCustomerThatNeverCanBeReadIsJudgedByTheList() async {
        let world = World(
            Self.service(
                creates: [.lost(.timedOut), .domainTaken],
                lists: [.list(Self.listed)],
                customers: [.status(404)]
            )
        )
        #expect(
            await world.create().0.verdict.word
                == "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
        )
        #expect(world.clock.elapsed >= .seconds(120))
    }

    @Test func whatCannotBeLookedUpStaysUnknown() async {
        let world = World(Self.service(creates: [.lost(.timedOut), .domainTaken], lists: [.status(500)]))
        let (result, _) = await world.create()
        #expect(result.verdict.word == "unknown")
        #expect(result.verdict.message?.contains("already used") == true)
    }

    @Test func stoppingEndsTheSearchAndLeavesTheRowUnknown() async {
        let clock = ManualClock()
        let service = Self.service(creates: [.domainTaken], lists: [.list()])
        let world = World(service, clock: clock)
        async let outcome = world.create(mayExist: true)
        await clock.waitForSleepers()
        world.client.close()
        #expect(await outcome.0.verdict.word == "unknown")
    }

    /// The first list leaves the service before the customer shows, and takes three minutes to arrive.
    @Test(arguments: [false, true])
    func aSlowListDoesNotTellThatNobodyHasTheDomain(isSuperseded: Bool) async {
        let clock = ManualClock(automatic: true)
        let service = ScriptedService { request, number in
            switch request.url {
            case "https://service.test/v1/customers":
                return isSuperseded || number > 0 ? .domainTaken : .lost(.timedOut)
            case "https://service.test/v1/customers/c9c9c9c9-0000-4000-8000-000000000009":
                return .status(200, Self.whole())
            default:
                guard clock.elapsed < .seconds(60) else { return .list(Self.listed) }
                do { try await clock.sleep(for: .seconds(180)) } catch { return .lost(.cancelled) }
                return .list()
            }
        }
        let world = World(service, clock: clock)
        let result = await world.create(mayExist: isSuperseded, supersededSince: isSuperseded ? World.now : nil).0
        #expect(
            result.verdict.word == "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
        )
    }

    /// By what the first page of the look-up holds, and says of the next: where the customer is then found.
    @Test(
        arguments: [
            (#"{"items":[],"links":{"next":{"uri":"/customers?page=2","headers":[]}}}"#, 2),
            (#"{"items":[{"id":"x","companyProfile":{"domain":"a.example"}}],"continuationToken":"t"}"#, 2),
            (#"{"items":[],"links":{"next":{"uri":"/v1/customers?page=2","headers":[]}}}"#, 2),
        ]
    )
    func theLookUpFollowsTheList(first: String, pages: Int) async {
        let world = World(
            Self.service(
                creates: [.lost(.timedOut), .domainTaken],
                lists: [.status(200, first), .list(Self.listed)]
            )
        )
        #expect(await world.create().0.verdict.word.hasPrefix("created c9c9c9c9"))
        #expect(world.service.requests.count { $0.url.contains("customers?") } == pages)
        #expect(world.clock.elapsed < .seconds(5))
    }

    /// A list without an end: with one token for ever, and with another one each time.
    @Test(arguments: [false, true])
    func aListWithoutEndLeavesTheRowUnknown(isNew: Bool) async {
        let service = ScriptedService { request, number in
            guard request.method == "GET" else { return number == 0 ? .lost(.timedOut) : .domainTaken }
            return .status(200, "{\"items\":[],\"continuationToken\":\"t\(isNew ? number : 0)\"}")
        }
        let world = World(service)
        let verdict = await world.create().0.verdict
        #expect(verdict.word == "unknown")
        #expect(verdict.message?.contains("does not end after \(isNew ? 200 : 2) pages") == true)
    }
}
