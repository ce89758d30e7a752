import Foundation
import Jobs
import PartnerCenter
import PartnerCenterClient
import TestSupport
import Testing

struct ExportJobTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func export(_ service: PagedService, _ format: CustomerFileFormat = .csv) async throws -> ExportJob.Summary
    {
        let job = ExportJob(
            service: service,
            target: folder("export"),
            format: format,
            maxInFlight: 3,
            stop: StopRequest()
        )
        return try await job.run()
    }

    private func lines() throws -> [String] {
        try folder.read("export").split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test func everyPageIsFollowedAndTheOrderKept() async throws {
        let summary = try await export(PagedService(customers: 25, pageSize: 10))
        #expect(summary.customers == 25)
        #expect(try lines().dropFirst().map { $0.prefix { $0 != "," } } == (1...25).map { "id-\($0)" })
    }

    @Test func theColumnsAreThoseOfAManifestWithTheServicesIdentifiers() async throws {
        _ = try await export(PagedService(customers: 1, pageSize: 10))
        let header = try #require(try lines().first)
        #expect(header.hasPrefix("customerId,externalId,companyName,domain,"))
        #expect(header.hasSuffix(",phoneNumber,associatedPartnerId,commerceId,relationshipToPartner"))
        #expect(try lines()[1] == "id-1,,Company 1,c1.onmicrosoft.com,,,,,,,,,,,Bergen,,,,,,,,commerce-1,reseller")
    }

    @Test func jsonLinesHoldTheCustomerAsTheServiceNamesItsMembers() async throws {
        _ = try await export(PagedService(customers: 2, pageSize: 10), .jsonl)
        let customer = try JSONWire.decode(Customer.self, from: Array(try lines()[1].utf8))
        #expect(customer.id == "id-2")
        #expect(customer.billingProfile?.defaultAddress?.city == "Bergen")
    }

    @Test func aCustomerThatIsGoneMeanwhileIsLeftOutAndTold() async throws {
        let summary = try await export(PagedService(customers: 5, pageSize: 10, gone: ["id-3"]))
        #expect(summary.customers == 4)
        #expect(summary.vanished == ["id-3"])
    }

    @Test func aListThatLeadsBackToItselfIsAnErrorAndLeavesTheOldFile() async throws {
        _ = try folder.write("old", to: "export")
        await #expect(throws: ServiceError.self) {
            try await export(PagedService(customers: 25, pageSize: 10, loops: true))
        }
        #expect(try folder.read("export") == "old")
    }

    @Test func aStopEndsTheExportAndLeavesTheOldFile() async throws {
        _ = try folder.write("old", to: "export")
        let stop = StopRequest()
        let service = PagedService(customers: 1_000_000, pageSize: 10, onPage: { stop.request(.signal("SIGTERM")) })
        let job = ExportJob(service: service, target: folder("export"), format: .csv, maxInFlight: 3, stop: stop)
        let error = await #expect(throws: ServiceError.self) { try await job.run() }
        #expect(error?.kind == .closed)
        #expect(try folder.read("export") == "old")
    }

    @Test func detailsAreAskedForAFewAtATime() async throws {
        let service = PagedService(customers: 40, pageSize: 20)
        _ = try await export(service)
        #expect(service.gauge.peak <= 3)
        #expect(service.gauge.peak > 1)
    }
}

/// A service that lists customers in pages.
private struct PagedService: CustomerService {
    let customers: Int
    let pageSize: Int
    var gone: Set<String> = []
    var loops = false
    var onPage: @Sendable () -> Void = {}
    let gauge = Gauge()

    func customers(after cursor: PageCursor?) async throws(ServiceError) -> (customers: [Customer], next: PageCursor?) {
        onPage()
        if Task.isCancelled { throw ServiceError(.closed, message: "cut off") }
        let start = cursor.flatMap { Int($0.url) } ?? 1
        let end = min(start + pageSize, customers + 1)
        let page = (start..<end).map { number in
            var customer = Customer()
            customer.id = "id-\(number)"
            return customer
        }
        let next = loops ? 11 : end
        return (page, loops || end <= customers ? PageCursor(url: "\(next)", headers: []) : nil)
    }

    func customer(id: String) async throws(ServiceError) -> Customer? {
        gauge.enter()
        await Task.yield()
        gauge.leave()
        if gone.contains(id) { return nil }
        let number = id.dropFirst(3)
        var customer = Customer()
        customer.id = id
        customer.commerceId = "commerce-\(number)"
        customer.relationshipToPartner = "reseller"
        customer.companyProfile = CustomerCompanyProfile()
        customer.companyProfile?.companyName = "Company \(number)"
        customer.companyProfile?.domain = "c\(number).onmicrosoft.com"
        customer.billingProfile = CustomerBillingProfile()
        customer.billingProfile?.defaultAddress = Address()
        customer.billingProfile?.defaultAddress?.city = "Bergen"
        return customer
    }

    func create(_ order: CreateOrder, onAttempt: @Sendable (ServiceAttempt) async -> Void) async -> CreateResult {
        CreateResult(.notSent, attempts: 0)
    }

    func close() {}
    func closure() -> ServiceError? { nil }
    func counts() -> ServiceCounts { ServiceCounts() }
}
