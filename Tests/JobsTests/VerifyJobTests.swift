import Checkpoint
import Foundation
import Jobs
import PartnerCenter
import PartnerCenterClient
import Platform
import Synchronization
import TestSupport
import Testing

struct VerifyJobTests {
    let fixture: ImportFixture

    init() throws { fixture = try ImportFixture() }

    /// A service that holds what was created, but for what a test changes.
    private struct HeldDirectory: CustomerDirectory {
        var customers: [String: Customer] = [:]
        var refused: Set<String> = []
        var listed: [String] = []
        let gauge = Gauge()

        func page(of search: CustomerSearch?, after cursor: PageCursor?) async throws(ServiceError) -> CustomerPage {
            let start = cursor.flatMap { Int($0.url) } ?? 0
            let end = min(start + 2, listed.count)
            let page = listed[start..<end].map { id in
                var customer = Customer()
                customer.id = id.uppercased()
                customer.companyProfile = CustomerCompanyProfile()
                customer.companyProfile?.domain = "\(id).onmicrosoft.com"
                return customer
            }
            return .page(page, next: end < listed.count ? PageCursor(url: "\(end)", headers: []) : nil)
        }

        func lookUp(_ id: String) async throws(ServiceError) -> CustomerLookUp {
            gauge.enter()
            await Task.yield()
            gauge.leave()
            if refused.contains(id) { return .refused(ServiceFault(message: "no relationship")) }
            return customers[id].map { .found($0) } ?? .absent
        }

        func close() {}
    }

    /// Imports rows, and holds what they created.
    private func created(_ rows: ClosedRange<Int>) async throws -> HeldDirectory {
        try fixture.write(rows)
        let service = ScriptedService()
        _ = try await fixture.run(service)
        let reader = try await CheckpointReader(path: fixture.folder("state.checkpoint"))
        var directory = HeldDirectory()
        for created in try await reader.created(at: "http://embedded", "v1", after: 0, limit: 1000) {
            var customer = try JSONWire.decode(Customer.self, from: created.payload)
            customer.id = created.customerId
            directory.customers[created.customerId] = customer
        }
        await reader.close()
        return directory
    }

    private func verify(
        _ directory: HeldDirectory,
        all: Bool = false,
        seconds: Int64 = 3600,
        endpoint: String = "http://embedded"
    ) async throws -> VerifyJob.Summary {
        let target = fixture.folder("out/verify.csv")
        var settings = VerifyJob.Settings(endpoint: endpoint, apiVersion: "v1", target: target)
        settings.tellsOthers = all
        settings.maxInFlight = 3
        let reader = try await CheckpointReader(path: fixture.folder("state.checkpoint"))
        let job = VerifyJob(
            settings,
            checkpoint: reader,
            directory: directory,
            stop: StopRequest(),
            clock: { Timestamp(milliseconds: seconds * 1000) }
        )
        let summary = try await job.run()
        await reader.close()
        return summary
    }

    private func lines() throws -> [String] {
        try fixture.folder.read("out/verify.csv").split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test func whatIsThereAsItWasCreatedIsPresent() async throws {
        let directory = try await created(1...7)
        let summary = try await verify(directory)
        #expect(summary.counts == [.present: 7])
        #expect(!summary.needsAttention)
        #expect(directory.gauge.peak <= 3)
        #expect(try lines().count == 8)
        #expect(try lines()[0] == "status,customerId,identity,domain,companyName,field,message")
        #expect(try lines()[1].contains("harbour"))
    }

    @Test func whatIsGoneOrChangedOrRefusedIsToldByItsRow() async throws {
        var directory = try await created(1...5)
        directory.customers["customer-2"] = nil
        directory.customers["customer-4"]?.billingProfile?.defaultAddress?.city = "Tacoma"
        directory.customers["customer-4"]?.billingProfile?.email = "new@example.com"
        directory.refused = ["customer-5"]
        let summary = try await verify(directory)
        #expect(summary.counts == [.present: 2, .missing: 1, .different: 1, .refused: 1])
        #expect(summary.needsAttention)
        let different = try #require(try lines().first { $0.hasPrefix("different,customer-4,") })
        #expect(different.contains("\"email, city\""))
        #expect(different.contains("city was 'Seattle' and is now 'Tacoma'"))
        #expect(try lines().contains { $0.hasPrefix("missing,customer-2,crm-") })
        #expect(try lines().contains { $0.hasPrefix("refused,customer-5,") && $0.contains("no relationship") })
    }

    @Test func whatTheServiceSpellsInItsOwnWayOrDoesNotTellIsTheSame() async throws {
        var directory = try await created(1...1)
        directory.customers["customer-1"]?.billingProfile?.culture = "EN-us"
        directory.customers["customer-1"]?.billingProfile?.email = nil
        directory.customers["customer-1"]?.billingProfile?.defaultAddress?.region = "WA"
        directory.customers["customer-1"]?.billingProfile?.defaultAddress?.state = nil
        #expect(try await verify(directory).counts == [.present: 1])
    }

    /// The rows were sent at the time 0.
    @Test(arguments: [(119, .new), (120, .missing)] as [(Int64, VerifiedCustomer.Status)])
    func whatWasCreatedLatelyIsNotMissingYet(seconds: Int64, status: VerifiedCustomer.Status) async throws {
        var directory = try await created(1...1)
        directory.customers = [:]
        let summary = try await verify(directory, seconds: seconds)
        #expect(summary.counts == [status: 1])
        #expect(summary.needsAttention == (status == .missing))
    }

    @Test func withAllTheOthersAreToldOnceAndNeedNobody() async throws {
        var directory = try await created(1...2)
        directory.listed = ["customer-1", "other-1", "customer-2", "other-1", "other-2"]
        let summary = try await verify(directory, all: true)
        #expect(summary.counts == [.present: 2, .notOurs: 2])
        #expect(summary.customers == 2)
        #expect(!summary.needsAttention)
        #expect(try lines().count { $0.hasPrefix("not ours,other-") } == 2)
    }

    @Test func theCustomersOfAnotherServiceAreNotAskedFor() async throws {
        let summary = try await verify(try await created(1...2), endpoint: "https://other.test")
        #expect(summary.customers == 0)
        #expect(summary.otherServices == ["http://embedded/v1"])
    }
}
