import Checkpoint
import Jobs
import PartnerCenter
import PartnerCenterClient
import TestSupport
import Testing

struct PreflightTests {
    let fixture: ImportFixture

    init() throws { fixture = try ImportFixture() }

    @Test func aTakenDomainKeepsItsRowFromBeingSent() async throws {
        try fixture.write(1...5)
        let service = ScriptedService()
        let run = try await fixture.run(service, preflight: ScriptedPreflight(taken: ["harbour3.onmicrosoft.com"]))
        #expect(run.end.counts == [.created: 4, .invalid: 1])
        #expect(service.orders.count == 4)
        #expect(run.rows[2].problem?.code == "domain.taken")
        #expect(run.rows[2].problem?.field == "domain")
    }

    @Test func whatTheServiceDoubtsIsTold() async throws {
        try fixture.write([1])
        let run = try await fixture.run(ScriptedService(), preflight: ScriptedPreflight(unverified: ["Seattle"]))
        #expect(run.statuses == [.created])
        #expect(run.rows[0].problem?.message.contains("can't verify") == true)
    }

    @Test func whatWasCreatedIsNotAskedAbout() async throws {
        try fixture.write(1...5)
        _ = try await fixture.run(ScriptedService())
        let taken = Set((1...5).map { "harbour\($0).onmicrosoft.com" })
        let preflight = ScriptedPreflight(taken: taken)
        let run = try await fixture.run(ScriptedService(), preflight: preflight)
        #expect(run.end.counts == [.unchanged: 5])
        #expect(preflight.domains.isEmpty)
    }

    @Test func aLostCreateOfOursIsSettledAndNotJudged() async throws {
        try fixture.write([1])
        let service = ScriptedService.losingTheFirstAnswer
        let preflight = ScriptedPreflight()
        #expect(try await fixture.run(service, preflight: preflight).statuses == [.unknown])
        #expect(preflight.domains.count == 1)
        service.reopen()
        let taken = ScriptedPreflight(taken: ["harbour1.onmicrosoft.com"])
        #expect(try await fixture.run(service, preflight: taken).statuses == [.created])
        #expect(taken.domains.isEmpty)
        #expect(service.customers == 1)
    }

    @Test func aLostCreateOfARowThatWasCorrectedSinceIsNotJudgedEither() async throws {
        try fixture.write([1])
        let service = ScriptedService.losingTheFirstAnswer
        _ = try await fixture.run(service)
        service.reopen()
        try fixture.write([(1, "Spokane")])
        let taken = ScriptedPreflight(taken: ["harbour1.onmicrosoft.com"])
        #expect(try await fixture.run(service, preflight: taken).statuses == [.conflict])
        #expect(taken.domains.isEmpty)
    }
}

struct ImportRepairTests {
    let fixture: ImportFixture

    init() throws {
        fixture = try ImportFixture()
        try fixture.write([1, 2])
        try fixture.edit(
            "harbour1.onmicrosoft.com,office@example.com",
            to: "har bour1.onmicrosoft.com,office@example.com"
        )
    }

    private static let note =
        "domain repaired from har bour1.onmicrosoft.com to harbour1.onmicrosoft.com (domain.syntax)"

    @Test func aRepairIsToldWhateverBecomesOfTheRow() async throws {
        let fault = ServiceFault(code: "27002", field: "state", message: "A property has invalid data.")
        let refusing = ScriptedService { _, _ in CreateResult(.rejected(fault), httpStatus: 400, attempts: 1) }
        let refused = try await fixture.run(refusing, acceptedRepairs: ["domain.syntax"])
        #expect(refused.statuses == [.rejected, .rejected])
        #expect(refused.rows[0].problem?.message == "A property has invalid data.; \(Self.note)")
        let run = try await fixture.run(ScriptedService(), retriesRejected: true, acceptedRepairs: ["domain.syntax"])
        #expect(run.statuses == [.created, .created])
        #expect(run.rows[0].problem?.message == Self.note)
        #expect(run.rows[0].cells[2] == "har bour1.onmicrosoft.com")
        #expect(run.rows[0].domain == "harbour1.onmicrosoft.com")
        #expect(run.rows[1].problem == nil)
    }

    @Test func runningAgainWithTheSameRepairsSendsNothing() async throws {
        _ = try await fixture.run(ScriptedService(), acceptedRepairs: ["domain.syntax"])
        let service = ScriptedService()
        let again = try await fixture.run(service, acceptedRepairs: ["domain.syntax"])
        #expect(again.statuses == [.unchanged, .unchanged])
        #expect(again.rows[0].problem?.message == Self.note)
        #expect(service.orders.isEmpty)
    }

    @Test func runningAgainWithoutThemSendsNothingEither() async throws {
        _ = try await fixture.run(ScriptedService(), acceptedRepairs: ["domain.syntax"])
        let service = ScriptedService()
        let again = try await fixture.run(service)
        #expect(again.statuses == [.invalid, .unchanged])
        #expect(service.orders.isEmpty)
    }

    @Test func aLostCreateOfARepairedRowIsSettledWithoutTheRepairsToo() async throws {
        let timeout = ServiceFault(message: "no answer came in time")
        let service = ScriptedService { service, call in
            let order = service.orders[call - 1]
            guard order.domain == "harbour1.onmicrosoft.com", call <= 2 else { return nil }
            service.accept(order)
            return CreateResult(.failed(timeout, mayExist: true), attempts: 6)
        }
        #expect(try await fixture.run(service, acceptedRepairs: ["domain.syntax"]).statuses == [.unknown, .created])
        service.reopen()
        let again = try await fixture.run(service)
        #expect(again.statuses == [.invalid, .unchanged])
        #expect(again.rows[0].customerId != nil)
        #expect(again.rows[0].problem?.message.contains("its customer exists already") == true)
        #expect(service.customers == 2)
        #expect(try fixture.customersWithCredentials().count == 2)
    }

    @Test func aManifestThatIsCorrectedAsItWasRepairedIsUnchanged() async throws {
        _ = try await fixture.run(ScriptedService(), acceptedRepairs: ["domain.syntax"])
        try fixture.edit("har bour1", to: "harbour1")
        let run = try await fixture.run(ScriptedService())
        #expect(run.statuses == [.unchanged, .unchanged])
        #expect(run.rows[0].problem == nil)
    }

    @Test func aRowThatWasEmptiedIsNoneAnyMore() async throws {
        try fixture.write(1...3)
        _ = try await fixture.run(ScriptedService())
        let lines = try fixture.folder.read("customers.csv").split(separator: "\n").map(String.init)
        let blank = "\" \"" + String(repeating: ",", count: 10)
        _ = try fixture.folder.write(
            [lines[0], lines[1], blank, lines[3]].joined(separator: "\n") + "\n",
            to: "customers.csv"
        )
        let run = try await fixture.run(ScriptedService())
        #expect(run.end.counts == [.unchanged: 2])
        #expect(run.rows.map(\.row) == [1, 3])
    }
}
