import Foundation
import Jobs
import Manifests
import PartnerCenter
import PartnerCenterClient
import Platform
import Synchronization
import TestSupport
import Testing

struct ExportJobTests {
    let folder: TemporaryFolder
    private static let noon = Timestamp(milliseconds: 1_800_000_000_000)

    init() throws { folder = try TemporaryFolder() }

    private func export(
        _ directory: PagedDirectory,
        _ format: CustomerFileFormat = .csv,
        stop: StopRequest = StopRequest(),
        hours: Int64 = 0,
        _ change: (inout ExportParameters) -> Void = { _ in }
    ) async throws -> ExportJob.Summary {
        var parameters = ExportParameters(service: "https://service.test/v1", account: "token")
        change(&parameters)
        let job = ExportJob(
            directory: directory,
            target: folder("export"),
            format: format,
            parameters: parameters,
            maxInFlight: 3,
            stop: stop,
            clock: { Timestamp(milliseconds: Self.noon.milliseconds + hours * 3_600_000) }
        )
        return try await job.run()
    }

    /// A service that fails when the page is asked for that begins with a customer.
    private func failing(at first: Int, customers: Int = 25) -> PagedDirectory {
        var trouble = PagedDirectory.Trouble()
        trouble.answer = { start throws(ServiceError) in
            if start == first { throw ServiceError(.unavailable, message: "down") }
            return nil
        }
        return PagedDirectory(customers: customers, pageSize: 10, trouble)
    }

    private func lines() throws -> [String] {
        try folder.read("export").split(whereSeparator: \.isNewline).map(String.init)
    }

    private func ids() throws -> [String] { try lines().dropFirst().map { String($0.prefix { $0 != "," }) } }

    private var leftovers: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "export" } }
    }

    @Test func everyPageIsFollowedAndTheOrderKept() async throws {
        let summary = try await export(PagedDirectory(customers: 25, pageSize: 10))
        #expect(summary.customers == 25)
        #expect(try ids() == (1...25).map { "id-\($0)" })
        #expect(try leftovers.isEmpty)
    }

    @Test func theColumnsAreThoseOfAManifestWithTheServicesIdentifiers() async throws {
        _ = try await export(PagedDirectory(customers: 1, pageSize: 10))
        let header = try #require(try lines().first)
        #expect(header.hasPrefix("customerId,externalId,companyName,domain,"))
        #expect(header.hasSuffix(",phoneNumber,associatedPartnerId,commerceId,relationshipToPartner"))
        #expect(try lines()[1] == "id-1,,Company <1>,c1.onmicrosoft.com,,,,,,,,,,,Bergen,,,,,,,,commerce-1,reseller")
    }

    @Test func jsonLinesHoldTheCustomerAsTheServiceNamesItsMembers() async throws {
        _ = try await export(PagedDirectory(customers: 2, pageSize: 10), .jsonl)
        let customer = try JSONWire.decode(Customer.self, from: Array(try lines()[1].utf8))
        #expect(customer.id == "id-2")
        #expect(customer.billingProfile?.defaultAddress?.city == "Bergen")
    }

    @Test(arguments: [CustomerFileFormat.csv, .xml, .xlsx])
    func everyManifestFormatReadsBackAsTheSameCells(format: CustomerFileFormat) async throws {
        _ = try await export(PagedDirectory(customers: 12, pageSize: 5), format)
        let reader = try Manifest.open(folder("export"), ManifestOptions())
        var rows: [[String: String]] = []
        while let record = try reader.next() {
            #expect(record.faults.isEmpty)
            rows.append(Dictionary(uniqueKeysWithValues: zip(reader.header, record.cells)))
        }
        #expect(rows.map { $0["customerId"] } == (1...12).map { "id-\($0)" })
        #expect(rows.map { $0["companyName"] } == (1...12).map { "Company <\($0)>" })
        #expect(rows.allSatisfy { $0["city"] == "Bergen" })
    }

    @Test func withoutDetailsNobodyIsAskedFor() async throws {
        let directory = PagedDirectory(customers: 25, pageSize: 10)
        let summary = try await export(directory) {
            $0.hasDetails = false
            $0.search = CustomerSearch(.domain, startsWith: "c")
        }
        #expect(summary.customers == 25)
        #expect(directory.lookUps.isEmpty)
        #expect(directory.pages == Array(repeating: CustomerSearch(.domain, startsWith: "c"), count: 3))
    }

    @Test func aCustomerThatIsGoneMeanwhileIsLeftOutAndTold() async throws {
        var trouble = PagedDirectory.Trouble()
        trouble.gone = ["id-3"]
        let summary = try await export(PagedDirectory(customers: 5, pageSize: 10, trouble))
        #expect(summary.customers == 4)
        #expect(summary.notes.map(\.kind) == [.vanished])
        #expect(summary.notes.map(\.customer) == ["id-3"])
    }

    @Test func aCustomerWhoseDetailsAreRefusedIsWrittenAsListedAndTold() async throws {
        var trouble = PagedDirectory.Trouble()
        trouble.refused = ["id-3"]
        let summary = try await export(PagedDirectory(customers: 5, pageSize: 10, trouble))
        #expect(summary.customers == 5)
        #expect(summary.notes.map(\.kind) == [.refused])
        #expect(summary.notes.first?.message == "no relationship")
        #expect(try lines()[3].hasPrefix("id-3,,,c3.onmicrosoft.com,"))
    }

    @Test func aRefusalOfEveryCustomerIsOneOfTheCredentials() async throws {
        var trouble = PagedDirectory.Trouble()
        trouble.refused = Set((1...5).map { "id-\($0)" })
        let directory = PagedDirectory(customers: 5, pageSize: 10, trouble)
        let error = await #expect(throws: ServiceError.self) { try await export(directory) }
        #expect(error?.kind == .unauthorized)
        #expect(try leftovers.isEmpty)
    }

    @Test func aCustomerWithoutAnIdentifierIsLeftOutAndTold() async throws {
        var trouble = PagedDirectory.Trouble()
        trouble.nameless = ["id-2"]
        let summary = try await export(PagedDirectory(customers: 3, pageSize: 10, trouble))
        #expect(summary.customers == 2)
        #expect(summary.notes.map(\.customer) == ["c2.onmicrosoft.com"])
    }

    @Test func aCustomerThatPagesRepeatIsWrittenOnce() async throws {
        var trouble = PagedDirectory.Trouble()
        trouble.overlaps = true
        let directory = PagedDirectory(customers: 25, pageSize: 10, trouble)
        let summary = try await export(directory)
        #expect(summary.customers == 25)
        #expect(try ids() == (1...25).map { "id-\($0)" })
        #expect(directory.lookUps.count == 25)
    }

    /// The same page, the same page under ever new addresses, and pages with nothing on them.
    @Test(arguments: ["same", "new", "empty"])
    func aListThatGoesOnForEverIsAnErrorAndLeavesTheOldFile(kind: String) async throws {
        _ = try folder.write("old", to: "export")
        let count = Mutex(0)
        var trouble = PagedDirectory.Trouble()
        trouble.answer = { _ throws(ServiceError) in
            let number = count.withLock {
                $0 += 1; return $0
            }
            var customer = Customer()
            customer.id = "id-1"
            let cursor = PageCursor(url: kind == "same" ? "1" : "\(number)", headers: [])
            return .page(kind == "empty" ? [] : [customer], next: cursor)
        }
        let directory = PagedDirectory(customers: 25, pageSize: 10, trouble)
        let error = await #expect(throws: ServiceError.self) { try await export(directory) }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("goes on for ever") == true)
        #expect(directory.pages.count < 15)
        #expect(try folder.read("export") == "old")
        #expect(try leftovers.isEmpty)
    }

    @Test func noPasswordIsExportedOrKept() async throws {
        var trouble = PagedDirectory.Trouble()
        trouble.password = "Qx7-secret"
        for format in CustomerFileFormat.allCases {
            _ = try await export(PagedDirectory(customers: 3, pageSize: 10, trouble), format)
            let bytes = try Data(contentsOf: URL(filePath: folder("export")))
            #expect(bytes.firstRange(of: Data("Qx7-secret".utf8)) == nil)
        }
        trouble.answer = failing(at: 11).trouble.answer
        await #expect(throws: ServiceError.self) {
            try await export(PagedDirectory(customers: 25, pageSize: 10, trouble))
        }
        let spool = try Data(contentsOf: URL(filePath: folder("export.part")))
        #expect(spool.firstRange(of: Data("id-1".utf8)) != nil)
        #expect(spool.firstRange(of: Data("Qx7-secret".utf8)) == nil)
    }

    @Test func anExportThatFailedGoesOnWhereItWas() async throws {
        await #expect(throws: ServiceError.self) { try await export(failing(at: 21)) }
        #expect(!FileManager.default.fileExists(atPath: folder("export")))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder("export.part"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let directory = PagedDirectory(customers: 25, pageSize: 10)
        let summary = try await export(directory, hours: 11)
        #expect(summary.resumed == 20)
        #expect(summary.customers == 25)
        #expect(directory.lookUps.sorted() == (21...25).map { "id-\($0)" })
        #expect(try ids() == (1...25).map { "id-\($0)" })
        #expect(try leftovers.isEmpty)
    }

    @Test(arguments: ["details", "search", "account", "service", "age"])
    func anotherExportDoesNotGoOnFromIt(difference: String) async throws {
        await #expect(throws: ServiceError.self) { try await export(failing(at: 21)) }
        let directory = PagedDirectory(customers: 25, pageSize: 10)
        let summary = try await export(directory, hours: difference == "age" ? 13 : 0) { parameters in
            switch difference {
            case "details": parameters.hasDetails = false
            case "search": parameters.search = CustomerSearch(.companyName, startsWith: "c")
            case "account": parameters = ExportParameters(service: parameters.service, account: "another")
            case "service": parameters = ExportParameters(service: "https://other.test/v1", account: parameters.account)
            default: break
            }
        }
        #expect(summary.resumed == 0)
        let isOld = difference == "age"
        #expect(
            summary.restart == (isOld ? "it is older than 12 hours" : "it was of another account, or other options")
        )
        #expect(summary.customers == 25)
        #expect(directory.pages.count == 3)
    }

    @Test func aPlaceInTheListThatTheServiceForgotIsNoDeadEnd() async throws {
        await #expect(throws: ServiceError.self) { try await export(failing(at: 21)) }
        var trouble = PagedDirectory.Trouble()
        let count = Mutex(0)
        trouble.answer = { start throws(ServiceError) in
            let isFirst = count.withLock {
                $0 += 1; return $0 == 1
            }
            return isFirst && start == 21 ? .outdated("the token has expired") : nil
        }
        let summary = try await export(PagedDirectory(customers: 25, pageSize: 10, trouble))
        #expect(summary.restart == "the token has expired")
        #expect(summary.customers == 25)
        #expect(try ids() == (1...25).map { "id-\($0)" })
    }

    @Test func aFileThatIsNoUnfinishedExportIsLeftAlone() async throws {
        _ = try folder.write("somebody's own download", to: "export.part")
        await #expect(throws: ExportError.self) { try await export(PagedDirectory(customers: 3, pageSize: 10)) }
        #expect(try folder.read("export.part") == "somebody's own download")
    }

    @Test func aStopEndsTheExportAndLeavesTheOldFile() async throws {
        _ = try folder.write("old", to: "export")
        let stop = StopRequest()
        var trouble = PagedDirectory.Trouble()
        trouble.answer = { start throws(ServiceError) in
            if start > 100 { stop.request(.signal("SIGTERM")) }
            return nil
        }
        let directory = PagedDirectory(customers: 1_000_000, pageSize: 10, trouble)
        let error = await #expect(throws: ServiceError.self) { try await export(directory, stop: stop) }
        #expect(error?.kind == .closed)
        #expect(try folder.read("export") == "old")
    }

    @Test func detailsAreAskedForAFewAtATime() async throws {
        let directory = PagedDirectory(customers: 40, pageSize: 20)
        _ = try await export(directory)
        #expect(directory.gauge.peak <= 3)
        #expect(directory.gauge.peak > 1)
    }
}

extension ExportJobTests {
    @Test func aFolderOrAWorkbookForADeviceIsRefusedBeforeAnythingIsFetched() async throws {
        let directory = PagedDirectory(customers: 3, pageSize: 10)
        for (target, format) in [(folder.path, CustomerFileFormat.csv), ("/dev/null", .xlsx)] {
            let job = ExportJob(
                directory: directory,
                target: target,
                format: format,
                parameters: ExportParameters(service: "https://service.test/v1", account: ""),
                maxInFlight: 3,
                stop: StopRequest()
            )
            await #expect(throws: ExportError.self) { try await job.run() }
        }
        #expect(directory.pages.isEmpty)
    }
}
