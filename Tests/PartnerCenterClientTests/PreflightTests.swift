import HTTP
import PartnerCenter
import PartnerCenterClient
import Testing

struct PreflightTests {
    @Test(
        arguments: [
            ([.status(200)], true), ([.status(404)], false), ([.status(400)], nil),
            ([.status(429), .status(404)], false),
        ] as [([ScriptedService.Answer], Bool?)]
    )
    func onlyNotFoundMeansThatADomainIsFree(answers: [ScriptedService.Answer], isTaken: Bool?) async throws {
        let world = World(ScriptedService(answers))
        #expect(try await world.client.isTaken(domain: "contoso.onmicrosoft.com") == isTaken)
        let request = world.service.requests.first
        #expect(request?.method == "HEAD")
        #expect(request?.url == "https://service.test/v1/domains/contoso.onmicrosoft.com")
        #expect(world.service.requests.count <= 5)
    }

    @Test(
        arguments: [
            ([.status(403)], .unauthorized), ([.status(401)], .unauthorized), ([.status(503)], .unavailable),
            ([.lost(.timedOut)], .unavailable), ([.status(302)], .unavailable),
            ([.status(200, "<html>")], .unavailable),
        ] as [([ScriptedService.Answer], ServiceError.Kind)]
    )
    func whyTheServiceCantBeAskedIsTold(answers: [ScriptedService.Answer], kind: ServiceError.Kind) async {
        let world = World(ScriptedService(answers))
        let error = await #expect(throws: ServiceError.self) { try await world.client.validationRules(of: "GB") }
        #expect(error?.kind == kind)
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
        let validation = try #require(try await world.client.validation(of: address))
        #expect(validation.status == status)
        let request = try #require(world.service.requests.first)
        #expect((request.method, request.url) == ("POST", "https://service.test/v1/validations/address"))
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"city":"Bath"}"#)
    }

    @Test func anAddressOfWhichNothingIsSaidHasNoAnswer() async throws {
        #expect(try await World(ScriptedService([.status(400)])).client.validation(of: Address()) == nil)
    }

    @Test func theRulesOfACountryAreRead() async throws {
        let body = #"{"iso2Code":"GB","isStateRequired":false,"supportedStatesList":[],"postalCodeRegex":"^[0-9]$"}"#
        let world = World(ScriptedService([.status(200, body)]))
        let rules = try #require(try await world.client.validationRules(of: "GB"))
        #expect(rules.postalCodeRegex == "^[0-9]$")
        #expect(world.service.requests.first?.url == "https://service.test/v1/countryvalidationrules/GB")
        #expect(try await World(ScriptedService([.status(404)])).client.validationRules(of: "UK") == nil)
    }
}
