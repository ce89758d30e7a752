import Foundation
import TestSupport
import Testing

/// The built program against a service that was written from the reference alone, in another language, and that
/// misbehaves as the live one does.
@Suite(.enabled(if: StandIn.hasPython, "python3 is missing, which the stand-in is written in"))
struct StandInTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func writeManifest(rows: Int) throws {
        _ = try folder.write(ManifestText.rows(1...rows), to: "customers.csv")
    }

    /// Each trouble, and what Purser is told of it; all of it ends with the right customers, reports and passwords.
    @Test(
        arguments: [
            (["--create", "lose-before,lose-before"], []),
            (["--create", "lose-after,lose-after"], []),
            (["--create", "cut"], []),
            (["--create", "503,500-after,lose-before"], []),
            (["--slow", "0.4"], []),
            (["--create", "slow", "--slow", "1.5"], ["--timeout", "1"]),
            (["--create", "lose-after", "--visible-after", "30"], []),
            (["--create", "lose-after", "--gzip"], ["--wire", "xml"]),
            (["--create", "cut", "--gzip"], ["--max-in-flight", "32"]),
        ] as [([String], [String])]
    )
    func everyRowIsOneCustomerWithItsPassword(trouble: [String], options: [String]) async throws {
        try writeManifest(rows: 12)
        let service = try StandIn(trouble, in: folder)
        let results = try await service.importAll(options, in: folder)
        #expect(results.summary.exitCode == 0)
        try service.expectOneCustomerPerRow(results, rows: 12, in: folder)
        try service.expectLawfulKeys()
        #expect(
            try service.creates().allSatisfy {
                $0.type == (options.contains("xml") ? "application/xml" : "application/json")
            }
        )
    }

    /// A service that knows no idempotency says that the domain is taken; one that keeps no password replays without.
    @Test(
        arguments: [
            (["--idempotency", "none", "--create", "lose-after"], []),
            (["--idempotency", "none", "--create", "cut", "--links", "absolute"], []),
            (["--idempotency", "none", "--create", "lose-after", "--visible-after", "1.5"], []),
            (["--idempotency", "none", "--create", "slow", "--slow", "1.5"], ["--timeout", "1"]),
            (["--idempotency", "no-password", "--create", "lose-after"], []),
        ] as [([String], [String])]
    )
    func aLostPasswordIsTold(trouble: [String], options: [String]) async throws {
        try writeManifest(rows: 6)
        let service = try StandIn(trouble, in: folder)
        let results = try await service.importAll(options, in: folder)
        try service.expectOneCustomerPerRow(results, rows: 6, in: folder, passwords: false)
        try service.expectLawfulKeys()
        #expect(results.rows.allSatisfy { $0["message"]?.contains("was never received") == true })
        #expect(try Results.table(try folder.read("reports/credentials.csv")).isEmpty)
    }

    @Test func anEndpointIsTheSameServiceInAnyCase() async throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        let service = try StandIn([], in: folder)
        for (address, status) in [("HTTP://LocalHost", "created"), ("http://localhost", "unchanged")] {
            let endpoint = "\(address):\(service.port)/"
            let result = try await service.purser(["import", "customers.csv"], at: endpoint, in: folder)
            #expect(result.exitCode == 0, "\(result.errors)")
            #expect(try Results(of: "customers.csv", in: folder).count(status) == 3)
        }
    }

    /// A storm of 429, with each way to say how long, or not to say it.
    @Test(arguments: ["1", "date:2", "", "0.2, 0.9", "soon", "-5"])
    func aThrottleSlowsTheWholeRun(retryAfter: String) async throws {
        try writeManifest(rows: 12)
        let service = try StandIn(["--storm", "0.8", "--retry-after=\(retryAfter)"], in: folder)
        let results = try await service.importAll(["--attempts", "15"], in: folder)
        #expect(results.summary.exitCode == 0)
        try service.expectOneCustomerPerRow(results, rows: 12, in: folder)
        try service.expectLawfulKeys()
        let throttled = try service.records().filter { $0.status == 429 }
        #expect(!throttled.isEmpty)
        guard retryAfter == "1" else { return }
        // Eight are under way at first, and the storm is over when the first of them may be sent again.
        #expect(throttled.count <= 8)
    }

    @Test func aTokenThatExpiresUnderThirtyTwoRequestsIsRenewedOnceForAllOfThem() async throws {
        try writeManifest(rows: 150)
        let arguments = ["--token-file", folder("token"), "--token-uses", "45", "--hold", "0.15"]
        let service = try StandIn(arguments, in: folder)
        let results = try await service.importAll(
            ["--token-file", folder("token"), "--max-in-flight", "32"],
            in: folder
        )
        #expect(results.summary.exitCode == 0)
        try service.expectOneCustomerPerRow(results, rows: 150, in: folder)
        try service.expectLawfulKeys()
        #expect(try service.records().count { $0.status == 401 } >= 32)
        #expect(try folder.read("token").hasPrefix("token-4"))
    }

    @Test(arguments: ["relative", "version", "absolute"])
    func everyPageIsFoundWhateverItsLinkLooksLike(links: String) async throws {
        try writeManifest(rows: 9)
        let service = try StandIn(["--links", links, "--page-size", "2", "--gzip"], in: folder)
        let results = try await service.importAll([], in: folder)
        try service.expectOneCustomerPerRow(results, rows: 9, in: folder)
        let result = try await service.purser(["export", "--to", "all.csv"], in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        let exported = try Results.table(try folder.read("all.csv")).map { $0["customerId"] }
        #expect(Set(exported) == Set(results.rows.map { $0["customerId"] }))
        #expect(exported.count == 9)
        #expect(try service.records().count { $0.path?.contains("seekOperation=Next") == true } == 4)
    }

    /// The service checks this address when the tenant is made already: the row is rejected, and its domain is gone.
    @Test func aLateRefusalSaysThatTheDomainIsUsedUp() async throws {
        try writeManifest(rows: 3)
        let service = try StandIn(["--create", "late"], in: folder)
        let results = try await service.importAll([], in: folder)
        #expect(results.count("rejected") == 3)
        for row in results.rows {
            #expect(row["code"] == "27002")
            #expect(row["field"] == "email")
            #expect(row["message"]?.contains("the domain is used up") == true)
        }
        try service.expectLawfulKeys()
    }

    /// The answers can't be read, and the service knows no idempotency and shows its customers late.
    ///
    /// What came with the answer is enough to see the customer at once.
    @Test func aConsistencyTokenThatAJobAsksForIsSentOnLaterReadsOfItsCustomer() async throws {
        try writeManifest(rows: 3)
        let trouble = ["--idempotency", "none", "--create", "garble", "--visible-after", "3600"]
        let service = try StandIn(trouble, in: folder)
        _ = try folder.write("{\"consistencyToken\": true, \"manifests\": \"customers.csv\"}", to: "job.json")
        let result = try await service.purser(["import", "--job", "job.json"], in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        let results = try Results(of: "customers.csv", in: folder)
        try service.expectOneCustomerPerRow(results, rows: 3, in: folder, passwords: false)
        try service.expectLawfulKeys()
        #expect(try service.creates().allSatisfy { $0.asksForToken == "true" })
        let reads = try service.records().filter { $0.event == "arrived" && $0.isCreate == false }
        #expect(reads.count == 6)
        #expect(Set(reads.compactMap(\.consistency)).count == 3)
        #expect(reads.allSatisfy { $0.consistency != nil })
    }

    @Test func nobodyIsAskedForAConsistencyTokenUnlessToldTo() async throws {
        try writeManifest(rows: 2)
        let service = try StandIn([], in: folder)
        _ = try await service.importAll([], in: folder)
        #expect(try service.creates().allSatisfy { $0.asksForToken == nil })
        #expect(try service.creates().count == 2)
    }

    @Test func everyRequestSaysWhoSendsItAndWhere() async throws {
        try writeManifest(rows: 8)
        let service = try StandIn(["--idempotency", "none", "--create", "lose-before,lose-after"], in: folder)
        _ = try await service.importAll([], in: folder)
        let requests = try service.records().filter { $0.event == "arrived" }
        #expect(requests.count > 24)
        #expect(Set(requests.map { $0.correlation ?? "" }).count == 1)
        #expect(requests.allSatisfy { $0.contract == "v1" && $0.agent?.hasPrefix("Purser/") == true })
        let vectors = requests.map { $0.cv ?? "" }
        #expect(Set(vectors).count == requests.count)
        #expect(Set(vectors.map { $0.prefix(22) }).count == 1)
        #expect(vectors.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9+\/]{21}[AQgw](\.(0|[1-9][0-9]*)){2,3}/) != nil })
    }

    /// The key is made from the canonical JSON, whatever goes over the wire; the embedded service answers in kind.
    @Test func rowsKeepTheirKeysInEitherForm() async throws {
        try writeManifest(rows: 4)
        var keys: [Set<String>] = []
        for wire in ["xml", "json"] {
            let options = ["--checkpoint", wire, "--reports", "reports-\(wire)", "--wire", wire]
            let result = try PurserProcess.run(["import", "customers.csv"] + options, in: folder.path)
            #expect(result.exitCode == 0, "\(result.errors)")
            let results = try Results.table(try folder.read("reports-\(wire)/customers.csv.results.csv"))
            keys.append(Set(results.map { $0["idempotencyKey"] ?? "" }))
            #expect(results.allSatisfy { $0["status"] == "created" })
            let passwords = try Results.table(try folder.read("reports-\(wire)/credentials.csv"))
            #expect(passwords.count == 4 && passwords.allSatisfy { $0["password"]?.isEmpty == false })
        }
        #expect(keys[0] == keys[1] && keys[0].count == 4)
        // Both forms read the same of one service.
        for wire in ["xml", "json"] {
            let options = ["--checkpoint", "xml", "--to", "\(wire).csv", "--wire", wire]
            #expect(try PurserProcess.run(["export"] + options, in: folder.path).exitCode == 0)
        }
        #expect(try folder.read("xml.csv") == (try folder.read("json.csv")))
    }
}
