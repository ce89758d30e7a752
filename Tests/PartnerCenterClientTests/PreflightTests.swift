import HTTP
import PartnerCenter
import PartnerCenterClient
import Testing

struct PreflightTests {
    @Test(
        arguments: [
            ([.status(200)], true), ([.status(404)], false), ([.status(403)], nil), ([.status(400)], nil),
            ([.status(429), .status(404)], false), ([.status(503)], nil), ([.lost(.timedOut)], nil),
            ([.status(302)], nil), ([.status(401)], nil),
        ] as [([ScriptedService.Answer], Bool?)]
    )
    func onlyNotFoundMeansThatADomainIsFree(answers: [ScriptedService.Answer], isTaken: Bool?) async {
        let world = World(ScriptedService(answers))
        #expect(await world.client.isTaken(domain: "contoso.onmicrosoft.com") == isTaken)
        let request = world.service.requests.first
        #expect(request?.method == "HEAD")
        #expect(request?.url == "https://service.test/v1/domains/contoso.onmicrosoft.com")
        #expect(world.service.requests.count <= 5)
    }

    @Test(
        arguments: [
            (.status(200, "\u{FEFF}{\"status\":\"Verified\"}"), "Verified"), (.status(200), nil),
            (.status(400, #"{"code":2007,"description":"no such city"}"#), "InteractionRequired"),
        ] as [(ScriptedService.Answer, String?)]
    )
    func anAddressIsAnsweredInTheNewShapeOrTheOld(answer: ScriptedService.Answer, status: String?) async throws {
        let world = World(ScriptedService([answer]))
        var address = Address()
        address.city = "Bath"
        let validation = try #require(await world.client.validation(of: address))
        #expect(validation.status == status)
        let request = try #require(world.service.requests.first)
        #expect((request.method, request.url) == ("POST", "https://service.test/v1/validations/address"))
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"city":"Bath"}"#)
    }

    @Test(arguments: [.status(500), .status(403), .status(200, "<html>")] as [ScriptedService.Answer])
    func anAddressOfWhichNothingIsSaidHasNoAnswer(answer: ScriptedService.Answer) async {
        #expect(await World(ScriptedService([answer])).client.validation(of: Address()) == nil)
    }

    @Test func theRulesOfACountryAreRead() async throws {
        let body = #"{"iso2Code":"GB","isStateRequired":false,"supportedStatesList":[],"postalCodeRegex":"^[0-9]$"}"#
        let world = World(ScriptedService([.status(200, body)]))
        let rules = try #require(await world.client.validationRules(of: "GB"))
        #expect(rules.postalCodeRegex == "^[0-9]$")
        #expect(world.service.requests.first?.url == "https://service.test/v1/countryvalidationrules/GB")
        #expect(await World(ScriptedService([.status(404)])).client.validationRules(of: "UK") == nil)
    }
}
