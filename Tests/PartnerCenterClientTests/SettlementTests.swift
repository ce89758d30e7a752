import HTTP
import PartnerCenter
import Platform
import TestSupport
import Testing

@testable import PartnerCenterClient

/// What a client learns that has lost an answer, from services of every kind.
struct SettlementTests {
    static let listed = """
        {"id":"c9c9c9c9-0000-4000-8000-000000000009","companyProfile":{"domain":"Contoso.onmicrosoft.com","companyName":"Contoso Ltd"}}
        """

    static func whole(email: String = "IT@contoso.example", company: String = "Contoso Ltd") -> String {
        """
        {"id":"c9c9c9c9-0000-4000-8000-000000000009","companyProfile":{"domain":"Contoso.onmicrosoft.com","companyName":"\(company)"},
         "billingProfile":{"email":"\(email)","companyName":"\(company)","defaultAddress":{"country":"GB","city":"Bath",
         "postalCode":"BA1 1AA","addressLine1":"1 High Street","region":"Somerset","phoneNumber":""}}}
        """
    }

    /// A service that answers creates one after the other, and reads as given.
    static func service(
        creates: [ScriptedService.Answer],
        lists: [ScriptedService.Answer],
        customers: [ScriptedService.Answer] = [.status(200, whole())],
        ofDomain status: Int = 404
    ) -> ScriptedService {
        let counts = Shared((create: 0, list: 0, customer: 0))
        return ScriptedService { request, _ in
            counts.withLock { counts in
                switch request.url {
                case "https://service.test/v1/customers":
                    counts.create += 1
                    return creates[min(counts.create, creates.count) - 1]
                case "https://service.test/v1/customers/c9c9c9c9-0000-4000-8000-000000000009":
                    counts.customer += 1
                    return customers[min(counts.customer, customers.count) - 1]
                case let url where url.contains("/domains/"):
                    return .status(status)
                default:
                    counts.list += 1
                    return lists[min(counts.list, lists.count) - 1]
                }
            }
        }
    }

    @Test(
        arguments: [
            // A service that knows no idempotency: the repeat is refused for what the first attempt did.
            (
                [.lost(.timedOut), .domainTaken], false,
                "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
            ),
            (
                [.status(504), .domainTaken], false,
                "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
            ),
            (
                [.status(201, "{\"id"), .domainTaken], false,
                "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
            ),
            ([.domainTaken], true, "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"),
            (
                [.lost(.connectionLost), .status(400, "The domain is not available.")], false,
                "created c9c9c9c9-0000-4000-8000-000000000009 without password with note"
            ),
            // Whatever the second answer says, the first attempt may have done it.
            (
                [.lost(.timedOut), .status(403, "{\"code\":600006}")], false, "unknown"
            ),
            // Harmless attempts before it: the domain was taken by somebody else.
            ([.status(429), .domainTaken], false, "rejected"),
            ([.refused, .domainTaken], false, "rejected"),
            ([.domainTaken], false, "rejected"),
        ] as [([ScriptedService.Answer], Bool, String)]
    )
    func aRefusalAfterAnOpenOutcomeIsSettled(answers: [ScriptedService.Answer], mayExist: Bool, word: String) async {
        let world = World(Self.service(creates: answers, lists: [.list(Self.listed)]))
        let (result, _) = await world.create(mayExist: mayExist)
        #expect(result.verdict.word == word)
        #expect(result.attempts == answers.count)
        let reads = world.service.requests.filter { $0.method == "GET" }
        #expect(reads.count == 2)
        #expect(
            reads.first?.url == "https://service.test/v1/customers?filter=%7B%22Field%22%3A%22Domain%22%2C%22Value%22"
                + "%3A%22contoso.onmicrosoft.com%22%2C%22Operator%22%3A%22starts_with%22%7D"
        )
        #expect(reads.allSatisfy { $0.headers["MS-RequestId"] != World.order().idempotencyKey })
        #expect(reads.allSatisfy { $0.headers["Content-Type"] == nil })
    }

    /// The first attempt was lost; the second is refused, and the list shows nobody, or shows the customer late.
    @Test(
        arguments: [
            (.domainTaken, true, "unknown"),
            (.status(403, "{\"code\":600006,\"description\":\"not allowed\"}"), false, "unknown"),
            (.status(404), false, "unknown"),
            (.status(412), false, "unknown"),
            (.status(400, "Bad Request"), true, "unknown"),
            (.status(400, "{\"code\":3000,\"description\":\"invalid\"}"), true, "unknown"),
            (.status(400, "{\"code\":27002,\"data\":[\"NotificationEmailAddress: x is invalid\"]}"), true, "rejected"),
            (.status(400, "{\"code\":27002,\"data\":[\"state: StateInvalid - Details\"]}"), true, "rejected"),
            (.status(400, "{\"code\":2000,\"description\":\"malformed\"}"), true, "rejected"),
            (.status(400, "{\"code\":2001,\"description\":\"missing\"}"), true, "rejected"),
            (.status(400, "{\"code\":600050,\"description\":\"does not match\"}"), true, "rejected"),
            (.status(403, "{\"code\":2001,\"description\":\"denied\"}"), true, "unknown"),
        ] as [(ScriptedService.Answer, Bool, String)]
    )
    func aLostAnswerIsNotGuessedFromALaterRefusal(
        refusal: ScriptedService.Answer,
        isDoubtful: Bool,
        word: String
    ) async {
        let creates = [.lost(.timedOut), refusal]
        let empty = World(Self.service(creates: creates, lists: [.list()]))
        #expect(await empty.create().0.verdict.word == word)
        #expect((empty.clock.elapsed >= .seconds(120)) == isDoubtful)
        let late = World(Self.service(creates: creates, lists: [.list(), .list(), .list(Self.listed)]))
        #expect(
            await late.create().0.verdict.word
                == (isDoubtful ? "created c9c9c9c9-0000-4000-8000-000000000009 without password with note" : word)
        )
    }

    /// The first attempt was lost, the repeat is refused for its content, and the list shows nobody.
    ///
    /// By what the service says of the domain; another domain would make a second customer.
    @Test(arguments: [(404, "rejected"), (200, "unknown"), (403, "unknown")])
    func aRefusalOfTheContentEndsNoOpenAttemptWhileSomebodyMayHaveTheDomain(status: Int, word: String) async {
        let refusal = ScriptedService.Answer.status(400, "{\"code\":2001,\"description\":\"missing\"}")
        let world = World(Self.service(creates: [.lost(.timedOut), refusal], lists: [.list()], ofDomain: status))
        let verdict = await world.create().0.verdict
        #expect(verdict.word == word)
        #expect(world.clock.elapsed >= .seconds(120))
        #expect(word == "rejected" || verdict.message?.contains("choose another domain") == false)
        #expect(status != 200 || verdict.message?.contains("missing") == true)
    }

    /// The same with a refusal that comes once the tenant is made: it tells who has the domain, and that it is used up.
    @Test(arguments: [404, 200, 403])
    func aRefusalThatUsesTheDomainUpEndsTheOpenAttempt(ofDomain status: Int) async {
        let refusal = "{\"code\":27002,\"description\":\"NotificationEmailAddress: x is invalid\"}"
        let creates = [.lost(.timedOut), ScriptedService.Answer.status(400, refusal)]
        let world = World(Self.service(creates: creates, lists: [.list()], ofDomain: status))
        let verdict = await world.create().0.verdict
        #expect(verdict.word == "rejected")
        #expect(verdict.message?.contains("choose another domain") == true)
        #expect(world.clock.elapsed >= .seconds(120))
    }

    @Test(
        arguments: [
            (.domainTaken, "rejected"), (.status(403, "{\"code\":20002}"), "rejected"),
            (.status(400, "Bad Request"), "rejected"),
        ] as [(ScriptedService.Answer, String)]
    )
    func aRefusalThatNothingWasSentBeforeIsDefiniteAtOnce(refusal: ScriptedService.Answer, word: String) async {
        let world = World(Self.service(creates: [refusal], lists: [.list()]))
        #expect(await world.create().0.verdict.word == word)
        #expect(world.clock.elapsed == .zero)
    }

    @Test func aFreshRefusalNamesThePartnersOwnCustomer() async {
        let world = World(Self.service(creates: [.domainTaken], lists: [.list(Self.listed)]))
        let message = await world.create().0.verdict.message
        #expect(message?.hasPrefix("The domain is already used by another tenant; ") == true)
        #expect(message?.contains("c9c9c9c9-0000-4000-8000-000000000009") == true)
        #expect(world.clock.elapsed == .zero)
    }

    /// A customer under the row's domain that has another name or address: by what came before.
    @Test(
        arguments: [
            (whole(company: "Fabrikam Inc"), ["companyName", "Fabrikam Inc", "Contoso Ltd"]),
            (whole(email: "it@fabrikam.example"), ["email", "it@fabrikam.example", "IT@contoso.example".lowercased()]),
        ],
        [
            [.lost(.timedOut), .domainTaken], [.lost(.timedOut), .status(400, "{\"code\":2001}")], [.domainTaken],
        ] as [[ScriptedService.Answer]]
    )
    func aCustomerThatDiffersSettlesNothingWhileAnAttemptIsOpen(
        customer: (whole: String, words: [String]),
        creates: [ScriptedService.Answer]
    ) async {
        let world = World(
            Self.service(creates: creates, lists: [.list(Self.listed)], customers: [.status(200, customer.whole)])
        )
        let verdict = await world.create().0.verdict
        #expect(verdict.word == (creates.count == 1 ? "rejected" : "unknown"))
        #expect(verdict.message?.contains("choose another domain") == (creates.count == 1))
        for words in customer.words + ["c9c9c9c9-0000-4000-8000-000000000009"] {
            #expect(verdict.message?.contains(words) == true)
        }
    }

    @Test(arguments: [
        "Contoso Ltd.", "CONTOSO&#39; LTD", "Contoso&nbsp;Ltd", "\u{201C}Contoso\u{201D} Ltd", "Contoso &amp; Ltd",
    ])
    func aNameInAnotherSpellingIsTheSame(name: String) async {
        let world = World(
            Self.service(
                creates: [.lost(.timedOut), .domainTaken],
                lists: [.list(Self.listed)],
                customers: [.status(200, Self.whole(company: name))]
            )
        )
        #expect(await world.create().0.verdict.word.hasPrefix("created c9c9c9c9-0000-4000-8000-000000000009"))
    }

    /// A domain that is taken while nobody can be seen to have it: in the run of the lost answer, and in any later one.
    @Test(
        arguments: [
            ([.lost(.timedOut), .domainTaken], false), ([.domainTaken], true), ([.status(504), .domainTaken], true),
        ] as [([ScriptedService.Answer], Bool)]
    )
    func aTakenDomainIsNoRefusalWhileAnAttemptIsOpen(answers: [ScriptedService.Answer], mayExist: Bool) async {
        let world = World(Self.service(creates: answers, lists: [.list()]))
        let (result, _) = await world.create(mayExist: mayExist)
        guard case .failed(let fault, mayExist: true) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(fault.code == "3009")
        for words in ["the domain is taken", "not visible yet", "run again", "customerId"] {
            #expect(fault.message.contains(words))
        }
        #expect(world.clock.elapsed >= .seconds(120))
        let keys = world.service.requests.filter { $0.method == "POST" }.map { $0.headers["MS-RequestId"] }
        #expect(Set(keys).count == 1)
    }

    /// An earlier run's answer was lost; this run's repeat is refused for a reason that may be new, and the list shows
    /// nobody: by what the service says of the domain.
    @Test(
        arguments: [
            (.status(404), "rejected"), (.status(200), "unknown"), (.status(403), "unknown"),
            (.status(500), "unknown"), (.lost(.timedOut), "unknown"),
        ] as [(ScriptedService.Answer, String)],
        [
            .status(400, "{\"code\":3000,\"description\":\"invalid\"}"), .status(400, "Bad Request"),
            .status(412, "{\"code\":2055,\"description\":\"stale\"}"),
        ] as [ScriptedService.Answer]
    )
    func aRefusalEndsAnEarlierRunsRequestOnceNobodyHasTheDomain(
        domain: (answer: ScriptedService.Answer, word: String),
        refusal: ScriptedService.Answer
    ) async {
        func world(losesFirst: Bool) -> World {
            let service = ScriptedService { request, number in
                switch request.method {
                case "POST": losesFirst && number == 0 ? .lost(.timedOut) : refusal
                case "HEAD": domain.answer
                default: .list()
                }
            }
            return World(service) { $0.attempts = 2 }
        }
        let later = world(losesFirst: false)
        #expect(await later.create(mayExist: true).0.verdict.word == domain.word)
        #expect(later.clock.elapsed >= .seconds(120))
        // What this run itself has sent may still be at work.
        #expect(await world(losesFirst: true).create().0.verdict.word == "unknown")
    }

    /// A service that answers creates with nothing that can be read, however often it is asked.
    @Test(
        arguments: [
            .status(201), .status(200, "<html><title>Welcome</title></html>"), .status(202), .status(204),
            .status(200, "{\"id\":\"../../etc\"}"),
        ] as [ScriptedService.Answer],
        [false, true]
    )
    func whatIsNeverAnsweredReadablyIsLookedUp(answer: ScriptedService.Answer, mayExist: Bool) async {
        let world = World(Self.service(creates: [answer], lists: [.list(Self.listed)])) { $0.attempts = 3 }
        let result = await world.create(mayExist: mayExist).0
        #expect(result.verdict.word == "created c9c9c9c9-0000-4000-8000-000000000009 without password with note")
        #expect(result.verdict.message?.contains("admin@contoso.onmicrosoft.com") == true)
        #expect(result.attempts == 3)
        #expect(world.service.requests.count { $0.method == "GET" } == 2)
        #expect(world.service.requests.first?.method == (mayExist ? "GET" : "POST"))
    }

    /// A password in an answer that names another domain, by whose identifier is in the answer.
    @Test(arguments: [
        ("c9c9c9c9-0000-4000-8000-000000000009", ""),
        ("{C9C9C9C900004000800000000000000009}", " without password with note"),
        ("{C9C9C9C9000040008000000000000009}", ""),
        ("c1c1c1c1-0000-4000-8000-000000000001", " without password with note"),
    ])
    func aPasswordIsKeptForTheCustomerThatItCameWith(id: String, words: String) async {
        let answer = ScriptedService.Answer.status(
            201,
            """
            {"id":"\(id)","companyProfile":{"domain":"other.onmicrosoft.com"},
             "userCredentials":{"userName":"admin","password":"p4ss"}}
            """
        )
        // Neither a repeat that holds nothing nor one that is refused loses it.
        for last in [answer, .status(201), .domainTaken] as [ScriptedService.Answer] {
            let world = World(Self.service(creates: [answer, last], lists: [.list(Self.listed)])) { $0.attempts = 2 }
            let word = await world.create().0.verdict.word
            #expect(word == "created c9c9c9c9-0000-4000-8000-000000000009\(words)")
        }
    }

    @Test(arguments: [whole(company: "Fabrikam Inc")])
    func anotherCustomerOfTheDomainSettlesNothingWhereTheServiceGivesNoAnswer(customer: String) async {
        let service = Self.service(
            creates: [.status(201)],
            lists: [.list(Self.listed)],
            customers: [.status(200, customer)]
        )
        let verdict = await World(service).create().0.verdict
        #expect(verdict.word == "unknown")
        #expect(verdict.message?.contains("its companyName is another") == true)
    }

    @Test func aRowThatIsOpenIsSentAgainForItsPasswordThoughItIsFound() async {
        let world = World(Self.service(creates: [.status(503), .created], lists: [.list(Self.listed)]))
        #expect(await world.create(mayExist: true).0.verdict.word == "created c1c1c1c1-0000-4000-8000-000000000001")
    }
}
