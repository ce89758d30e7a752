import Checkpoint
import Jobs
import PartnerCenter
import PartnerCenterClient
import TestSupport
import Testing

/// What is told of a row is told in the manifest's own terms.
struct ColumnTitleTests {
    let fixture: ImportFixture

    init() throws {
        fixture = try ImportFixture()
        try fixture.write([1])
        try german()
    }

    private func german() throws {
        try fixture.edit("city,state,postalCode", to: "Ort,state,PLZ")
        try fixture.edit("externalId,", to: "External ID,")
    }

    @Test(
        arguments: [
            ("billingProfile.defaultAddress.postalCode", "PLZ"), ("Customer.BillingProfile.DefaultAddress.City", "Ort"),
            ("postalcode", "PLZ"), ("billingProfile.tier", "billingProfile.tier"), ("region", "region"), ("", ""),
        ]
    )
    func theServicesMemberIsNamedAsItsColumn(member: String, title: String) async throws {
        let fault = ServiceFault(code: "27002", field: member, message: "A property has invalid data.")
        let service = ScriptedService { _, _ in CreateResult(.rejected(fault), httpStatus: 400, attempts: 1) }
        let run = try await fixture.run(service)
        #expect(run.statuses == [.rejected])
        #expect(run.rows[0].problem?.field == title)
        // The run after it, which sends nothing, and a manifest of other titles.
        #expect(try await fixture.run(service).rows[0].problem?.field == title)
        try fixture.edit("PLZ", to: "Postal code")
        let renamed = try await fixture.run(service).rows[0].problem?.field
        #expect(renamed == (title == "PLZ" ? "Postal code" : title))
    }

    @Test func aConflictNamesTheManifestsColumns() async throws {
        _ = try await fixture.run(ScriptedService())
        try fixture.edit("Seattle", to: "Spokane")
        let run = try await fixture.run(ScriptedService())
        #expect(run.statuses == [.conflict])
        #expect(run.rows[0].problem?.field == "Ort")
        #expect(run.rows[0].problem?.message.contains("Ort was 'Seattle' and is now 'Spokane'") == true)
    }

    @Test func aDuplicateNamesTheManifestsColumn() async throws {
        try fixture.write([1, 2])
        try german()
        try fixture.edit("crm-2,", to: "crm-1,")
        let run = try await fixture.run(ScriptedService())
        #expect(run.statuses == [.created, .duplicate])
        #expect(run.rows[1].problem?.field == "External ID")
    }
}
