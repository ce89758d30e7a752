import Emulator
import PartnerCenter
import TestSupport
import Testing

struct ValidationTests {
    @Test(arguments: [("US", 51, "98101"), ("de", 0, "10115"), ("CN", 31, "100033"), ("GB", 0, "EC1A 1HQ")])
    func aCountrysRulesHaveTheRecordedShape(code: String, states: Int, postalCode: String) async throws {
        let answer = try await Partner().send("GET", "/v1/countryvalidationrules/\(code)")
        #expect(answer.status == 200)
        let rules = try JSONWire.decode(CountryValidationRules.self, from: answer.body)
        #expect(rules.iso2Code == code.uppercased())
        #expect(rules.supportedStatesList?.count == states)
        #expect(rules.isStateRequired == (states > 0))
        #expect(rules.attributes?.objectType == "CountryValidationRules")
        #expect(try postalCode.contains(Regex(#require(rules.postalCodeRegex))))
    }

    @Test(arguments: ["UK", "USA", "1"])
    func noCountryHasNoRules(code: String) async throws {
        let answer = try await Partner().send("GET", "/v1/countryvalidationrules/\(code)")
        #expect(answer.status == 404)
        #expect(answer.fault.code == "3000")
    }

    @Test(arguments: [
        (
            #"{"addressLine1":"1 Pine St","city":"Seattle","state":"WA","postalCode":"98101","country":"US"}"#,
            "Verified"
        ),
        (
            #"{"addressLine1":"1 Pine St","city":"Seattle","state":"XX","postalCode":"98101","country":"US"}"#,
            "InteractionRequired"
        ),
        (
            #"{"addressLine1":"1 Pine St","city":"Seattle","state":"WA","postalCode":"9810","country":"US"}"#,
            "InteractionRequired"
        ),
        (#"{"addressLine1":"1 Rue","postalCode":"75001","country":"FR"}"#, "InteractionRequired"),
        (#"{"addressLine1":"1 Rue","city":"Paris","postalCode":"75001","country":"fr"}"#, "Verified"),
    ])
    func anAddressIsVerifiedWhereItKeepsItsCountrysRules(body: String, status: String) async throws {
        let headers = ["Content-Type": "application/json"]
        let answer = try await Partner().send("POST", "/v1/validations/address", headers: headers, body: body)
        #expect(answer.status == 200)
        let validation = try JSONWire.decode(AddressValidation.self, from: answer.body)
        #expect(validation.status == status)
        #expect((validation.validationMessage == nil) == (status == "Verified"))
        #expect(validation.originalAddress?.addressLine1 != nil)
    }

    @Test(arguments: ["", "[]", #"{"country":"UK"}"#, "{"])
    func whatIsNoAddressIsRefused(body: String) async throws {
        #expect(try await Partner().send("POST", "/v1/validations/address", body: body).status == 400)
    }

    @Test(arguments: [("GET", "/v1/validations/address"), ("POST", "/v1/countryvalidationrules/US")])
    func otherMethodsAreNotAllowed(method: String, target: String) async throws {
        #expect(try await Partner().send(method, target, body: "{}").status == 405)
    }
}
