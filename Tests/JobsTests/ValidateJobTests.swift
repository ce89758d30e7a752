import Jobs
import Manifests
import Onboarding
import PartnerCenter
import PartnerCenterClient
import TestSupport
import Testing

struct ValidateJobTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let header =
        "externalId,companyName,domain,email,culture,language,addressLine1,city,state,postalCode,country"

    private static func row(
        _ externalId: String,
        _ prefix: String,
        city: String = "Seattle",
        country: String = "US"
    ) -> String {
        "\(externalId),Harbour Mills,\(prefix).onmicrosoft.com,office@example.com,en-US,en,1 Quay Street,\(city),WA,98101,\(country)"
    }

    private func validate(
        _ lines: [String],
        settings: OnboardingSettings = OnboardingSettings(),
        preflight: (any PreflightService)? = nil
    ) async throws -> (findings: [ValidateJob.PlacedFinding], summary: ValidationSummary) {
        _ = try folder.write(([Self.header] + lines).joined(separator: "\n") + "\n", to: "m.csv")
        let findings = Shared<[ValidateJob.PlacedFinding]>([])
        let job = ValidateJob(settings: settings, preflight: preflight, maxInFlight: 3)
        let summary = try await job.run([folder("m.csv")], notice: { _, _ in }) { found in
            findings.withLock { $0.append(found) }
        }
        return (findings.value, summary)
    }

    @Test func blankRowsArePassedOverAndCounted() async throws {
        let blank = String(repeating: ",", count: 10)
        let lines = [blank, Self.row("a", "one"), " \(blank) ", "\"\"\(blank)", "", Self.row("b", "two"), blank]
        let (findings, summary) = try await validate(lines)
        #expect(findings.isEmpty)
        #expect((summary.rows, summary.blankRows) == (2, 4))
    }

    @Test(
        arguments: [
            (("a", "one"), ("b", "two"), nil), (("a", "one"), ("a", "two"), "externalId"),
            (("a", "one"), ("b", "ONE"), "domain"), (("", "one"), ("", "one"), "domain"),
            (("", "one"), ("b", "one"), "domain"), (("", "one"), ("one.onmicrosoft.com", "two"), "externalId"),
        ] as [((String, String), (String, String), String?)]
    )
    func theSameCustomerTwiceIsFoundInTheColumnThatIsShared(
        first: (String, String),
        second: (String, String),
        column: String?
    ) async throws {
        let (findings, _) = try await validate([Self.row(first.0, first.1), Self.row(second.0, second.1)])
        #expect(findings.first?.finding.column == column)
        #expect(findings.first?.finding.message.contains("m.csv:2 already") == (column == nil ? nil : true))
    }

    /// Rows are checked by the batch of 256, and against all rows before them.
    @Test(arguments: [1, 255, 256, 257, 511, 512, 513, 700])
    func aRowIsFoundAgainInItsOwnBatchAndInLaterOnes(count: Int) async throws {
        let lines = (1...count).map { Self.row("\($0)", "p\($0)") }
        let again = [Self.row("1", "q"), Self.row("x", "P\(count)"), Self.row("\(count)", "r")]
        let (findings, summary) = try await validate(lines + again)
        #expect(findings.map(\.row) == [count + 1, count + 2, count + 3])
        #expect(findings.map(\.finding.column) == ["externalId", "domain", "externalId"])
        #expect(findings[1].finding.message.contains("m.csv:\(count + 1) already"))
        #expect((summary.rows, summary.errors) == (count + 3, 3))
    }

    @Test func findingsOfSeveralBatchesComeInTheManifestsOrder() async throws {
        let lines = (1...600).map { Self.row("\($0)", "p\($0)", country: $0 % 200 == 0 ? "USA" : "US") }
        #expect(try await validate(lines).findings.map(\.line) == [201, 401, 601])
    }

    @Test func theSummaryNamesTheMainCauses() async throws {
        let lines =
            (1...12).map { Self.row("\($0)", "p\($0)", country: $0 <= 10 ? "USA" : "US") }
            + [Self.row("13", "under-score"), Self.row("14", "fine", city: "")]
        let summary = try await validate(lines).summary
        #expect((summary.rows, summary.rowsWithErrors, summary.errors, summary.warnings) == (14, 11, 11, 1))
        let text = summary.text.split(separator: "\n")
        #expect(text[0] == "rows: 14, with errors: 11; errors: 11, warnings: 1")
        #expect(text[1] == "2 causes explain 11 of 12 findings:")
        #expect(text[2] == "  10 × country.code (country)")
        #expect(text.count == 5)
    }

    @Test func causesThatExplainLittleAreNotCalledSo() throws {
        var summary = ValidationSummary()
        for rule in 1...12 {
            for _ in 0..<(rule == 12 ? 2 : 1) {
                summary.count([Finding(.error, rule: "rule.\(rule)", column: "city", value: "", message: "is bad")])
            }
        }
        let text = summary.text.split(separator: "\n")
        #expect(text[1] == "  2 × rule.12 (city)")
        #expect(text.count == 12)
        #expect(text[11] == "  and 2 more rules, 2 findings")
    }

    @Test func oneFindingNeedsNoExplanation() async throws {
        let summary = try await validate([Self.row("a", "one", country: "USA")]).summary
        #expect(summary.text == "rows: 1, with errors: 1; errors: 1, warnings: 0\n  1 × country.code (country)")
    }

    @Test func repairsAreToldAndAreNoErrors() async throws {
        var settings = OnboardingSettings()
        settings.acceptedRepairs = ["country.code"]
        let (findings, summary) = try await validate([Self.row("a", "one", country: "USA")], settings: settings)
        #expect(findings.map(\.finding.severity) == [.repaired])
        #expect((summary.errors, summary.warnings) == (0, 0))
        #expect(summary.text.hasSuffix("\nrepaired: 1 (country.code 1)"))
    }

    @Test func theServiceIsAskedAboutGoodRowsOnlyAndInOrder() async throws {
        let service = ScriptedPreflight(taken: ["p7.onmicrosoft.com", "p9.onmicrosoft.com"])
        let lines = (1...10).map { Self.row("\($0)", "p\($0)", country: $0 == 9 ? "USA" : "US") }
        let (findings, summary) = try await validate(lines, preflight: service)
        #expect(findings.map(\.finding.rule) == ["domain.taken", "country.code"])
        #expect(findings.map(\.line) == [8, 10])
        #expect(summary.errors == 2)
        #expect(service.domains.count == 9)
        #expect(service.countries == ["US"])
        #expect(service.peak <= 3)
    }

    @Test func whatTheServiceDoubtsIsAWarning() async throws {
        let service = ScriptedPreflight(unverified: ["Atlantis"], states: ["OR"])
        let (findings, summary) = try await validate([Self.row("a", "one", city: "Atlantis")], preflight: service)
        #expect(findings.map(\.finding.rule) == ["country.serviceRules", "address.unverified"])
        #expect(findings.map(\.finding.column) == ["state", "addressLine1"])
        #expect((summary.errors, summary.warnings) == (0, 2))
    }

    @Test func rowsThatTheServiceCouldNotBeAskedAboutAreCounted() async throws {
        let service = ScriptedPreflight(taken: ["p2.onmicrosoft.com"], silent: ["p1.onmicrosoft.com"])
        let lines = (1...4).map { Self.row("\($0)", "p\($0)") }
        let (findings, summary) = try await validate(lines, preflight: service)
        #expect(findings.map(\.finding.rule) == ["domain.taken"])
        #expect(summary.unansweredRows == 1)
        #expect(summary.preflightFailure?.message == "p1.onmicrosoft.com: no answer")
        #expect(summary.text.contains("could not be asked all about: 1"))
    }

    @Test func aCountryThatTheServiceCouldNotBeAskedAboutConcernsAllItsRows() async throws {
        let lines = (1...3).map { Self.row("\($0)", "p\($0)") }
        let summary = try await validate(lines, preflight: ScriptedPreflight(silent: ["US"])).summary
        #expect(summary.unansweredRows == 3)
    }

    @Test func aDuplicateShowsTheCellAsItIsTyped() async throws {
        let (findings, _) = try await validate([Self.row("a", "one"), Self.row("b", "ONE")])
        #expect(findings.map(\.finding.value) == ["ONE.onmicrosoft.com"])
    }

    @Test func whatStandsBeforeAFaultOfTheFileIsTold() async throws {
        _ = try folder.write(
            "<customers><customer><companyProfile><companyName>A</companyName></companyProfile></customer><customer></customers>",
            to: "m.xml"
        )
        let rows = Shared<[Int]>([])
        let job = ValidateJob(settings: OnboardingSettings())
        await #expect(throws: ManifestError.self) {
            try await job.run([folder("m.xml")], notice: { _, _ in }) { found in rows.withLock { $0.append(found.row) }
            }
        }
        #expect(Set(rows.value) == [1])
    }
}
