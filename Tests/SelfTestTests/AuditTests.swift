import Platform
import Testing

@testable import SelfTest

/// The judge must be able to say no: each promise is broken once.
struct AuditTests {
    private let manifest: TestManifest
    /// The one row that is at fault, corrected.
    private let corrected: [TestManifest.Row]

    init() {
        var generator = SeededGenerator(seed: 1)
        var manifest = TestManifest(count: 30, using: &generator)
        manifest.extend(by: .max)
        manifest.sort(using: &generator)
        self.manifest = manifest
        corrected = manifest.rows.filter { $0.kind == .faulty }
    }

    /// What a run leaves that has kept every promise.
    private var soundEvidence: Evidence {
        var evidence = Evidence()
        for row in manifest.rows where row.customer == row.name {
            evidence.customers.append(Evidence.Customer(id: "id-\(row.name)", domain: row.domain))
            evidence.passwords["id-\(row.name)"] = "secret-\(row.name)"
            evidence.credentials.append(
                Evidence.Credentials(customerId: "id-\(row.name)", password: "secret-\(row.name)")
            )
        }
        evidence.results = manifest.rows.map { row in
            switch row.kind {
            case .good: Evidence.Result(name: row.name, status: "unchanged", customerId: "id-\(row.name)")
            case .faulty: Evidence.Result(name: row.name, status: "invalid", customerId: "")
            case .copy: Evidence.Result(name: row.name, status: "duplicate", customerId: "")
            }
        }
        evidence.corrected = corrected.map {
            Evidence.Result(name: $0.name, status: "created", customerId: "id-\($0.name)")
        }
        return evidence
    }

    private func findings(_ manifest: TestManifest? = nil, _ change: (inout Evidence) -> Void) -> Findings {
        var evidence = soundEvidence
        change(&evidence)
        let audit = Audit(
            manifest: manifest ?? self.manifest,
            corrected: corrected,
            needsEveryPassword: true,
            evidence: evidence
        )
        return audit.findings()
    }

    @Test func whatIsAsPromisedHasNoFindings() {
        #expect(corrected.count == 1)
        #expect(manifest.rows.contains { $0.kind != .good && $0.kind != .faulty })
        #expect(findings { _ in } == Findings())
    }

    @Test func aCustomerThatStandsTwiceIsFound() throws {
        var edited = manifest
        var generator = SeededGenerator(seed: 5)
        while !edited.domains.values.contains(where: { $0.count > 1 }) { edited.edit(using: &generator) }
        let name = try #require(edited.domains.first { $0.value.count > 1 }?.key)
        let row = try #require(edited.rows.first { $0.name == name })
        let found = findings(edited) { evidence in
            evidence.customers.append(Evidence.Customer(id: "second", domain: row.domain))
            evidence.credentials.append(Evidence.Credentials(customerId: "second", password: "x"))
        }
        #expect(found.duplicates.count == 1 && found.all.count == 1, "\(found)")
    }

    @Test func aCustomerThatIsMissingIsFound() {
        let found = findings { evidence in
            let id = evidence.customers.removeFirst().id
            evidence.credentials.removeAll { $0.customerId == id }
        }
        #expect(found.lostRows.count == 1 && found.all.count == 1, "\(found)")
    }

    @Test(arguments: ["rejected", "failed", "unknown", "pending", "invalid", "conflict", ""])
    func aRowThatIsSaidToHaveNoCustomerIsFound(status: String) throws {
        let index = try #require(manifest.rows.firstIndex { $0.kind == .good })
        let found = findings { $0.results[index].status = status }
        #expect(found.lostRows.count == 1 && found.all.count == 1, "\(found)")
    }

    @Test func aRowWithAnotherRowsCustomerIsFound() throws {
        let index = try #require(manifest.rows.firstIndex { $0.kind == .good })
        #expect(findings { $0.results[index].customerId = "id-x" }.lostRows.count == 1)
        #expect(findings { $0.corrected[0].customerId = "id-x" }.lostRows.count == 1)
    }

    @Test func aRowWithoutAResultIsFound() {
        #expect(!findings { $0.results.removeLast() }.lostRows.isEmpty)
        #expect(!findings { $0.corrected.removeLast() }.lostRows.isEmpty)
        #expect(!findings { $0.results.append($0.results[0]) }.lostRows.isEmpty)
    }

    @Test func aPasswordThatIsMissingOrTwiceOnFileOrAnotherIsFound() {
        #expect(findings { $0.credentials.removeLast() }.lostPasswords.count == 1)
        #expect(findings { $0.credentials.append($0.credentials[3]) }.lostPasswords.count == 1)
        #expect(findings { $0.credentials[3].password += " " }.lostPasswords.count == 1)
    }

    @Test func aCustomerThatNobodyAskedForIsFound() {
        let found = findings { evidence in
            evidence.customers.append(Evidence.Customer(id: "odd", domain: "odd.example"))
            evidence.credentials.append(Evidence.Credentials(customerId: "odd", password: "x"))
            evidence.credentials.append(Evidence.Credentials(customerId: "nobody", password: "x"))
        }
        #expect(found.others.count == 2 && found.all.count == 2, "\(found)")
    }

    @Test func theSameSeedMakesTheSameChoices() {
        var first = SeededGenerator(seed: 3)
        var second = SeededGenerator(seed: 3)
        #expect(TestManifest(count: 50, using: &first) == TestManifest(count: 50, using: &second))
        #expect(FaultScenario(isLenient: false, using: &first) == FaultScenario(isLenient: false, using: &second))
        #expect((0..<99).allSatisfy { _ in Interruption(using: &first) == Interruption(using: &second) })
    }

    @Test func aTableIsReadAsItWasWritten() {
        let records = [["a", "b", "c"], ["1", "say \"yes\", twice", ""], ["", "two\r\nlines", "\"\""]]
        let table = CSVTable(TestManifest.csv(records))
        #expect([table.header] + table.records == records)
    }
}
