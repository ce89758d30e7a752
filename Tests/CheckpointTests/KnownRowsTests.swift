import Platform
import Testing

@testable import Checkpoint

/// Rows that stand where they stood when their customers were created.
struct KnownRowsTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    private func create(_ names: [String], note: String? = nil) async throws {
        try await sample.run { checkpoint, manifest async throws in
            for (index, name) in names.enumerated() {
                let row = manifest.row(index + 1, name)
                guard let submission = try await checkpoint.admit(row).submission else { continue }
                let result = Outcome.Result.created(customerId: "c-\(name)", credentials: nil, note: note)
                try await checkpoint.record(Outcome(result, httpStatus: 201, attempts: 2), of: submission)
            }
        }
    }

    @Test(arguments: [nil, "its password was never received"])
    func aCreatedRowIsUnchangedInEachLaterRunAndKeepsWhatThereIsToTell(note: String?) async throws {
        try await create(["a.example", "b.example"], note: note)
        for _ in 1...2 {
            try await sample.run { checkpoint, manifest async throws in
                let rows = [manifest.row(1, "a.example"), manifest.row(2, "b.example")]
                #expect(try await checkpoint.admit(rows, mode: .send) == [.settled(.unchanged), .settled(.unchanged)])
                let result = try await checkpoint.result(manifest, 2)
                #expect(result?.status == .unchanged && result?.attempts == 0 && result?.httpStatus == nil)
                #expect(result?.customerId == "c-b.example" && result?.idempotencyKey == "b.example/1/0")
                #expect(result?.problem?.message == note)
            }
        }
    }

    @Test
    func anUnchangedRowHasItsCellsAsTheyAreNow() async throws {
        try await create(["a.example"])
        let changes: [@Sendable (inout Row) -> Void] = [
            { $0.cells = ["1", "A.example"] }, { $0.line = 9 }, { $0.companyName = "Company A" },
            { $0.note = "repaired" },
            { $0.note = nil }, { $0.domain = "A.example" },
        ]
        for change in changes {
            try await sample.run { checkpoint, manifest async throws in
                var row = manifest.row(1, "a.example")
                change(&row)
                #expect(try await checkpoint.admit(row) == .settled(.unchanged))
                let result = try await checkpoint.result(manifest, 1)
                #expect(result?.cells == row.cells && result?.line == row.line && result?.domain == row.domain)
                #expect(result?.companyName == row.companyName && result?.problem?.message == row.note)
            }
        }
    }

    @Test
    func aRowOfABatchThatHasChangedIsDecidedByTheRules() async throws {
        try await create(["a.example", "b.example", "c.example", "d.example"])
        try await sample.run { checkpoint, manifest async throws in
            let rows = [
                manifest.row(1, "a.example"), manifest.row(2, "b.example", version: 2),
                manifest.row(3, .named("c.example"), .invalid(.refusal)), manifest.row(5, "e.example"),
                manifest.row(6, "d.example"),
            ]
            let admissions = try await checkpoint.admit(rows, mode: .send)
            let statuses = admissions.map { if case .settled(let status) = $0 { status } else { nil as RowStatus? } }
            #expect(statuses == [.unchanged, .conflict, .invalid, nil, .unchanged])
        }
    }

    /// Claims of one row after another are kept together, in whatever order the rows come.
    @Test(arguments: [[1, 2, 3, 4, 5, 6], [1, 2, 4, 3, 5, 6], [6, 5, 4, 3, 2, 1], [4, 5, 6, 1, 2, 3]])
    func aRowIsADuplicateOfWhicheverRowClaimedItsCustomer(order: [Int]) async throws {
        try await create((1...6).map { "\($0).example" })
        try await sample.run { checkpoint, manifest async throws in
            let rows = order.enumerated().map { manifest.row($0.offset + 1, "\($0.element).example") }
            #expect(try await checkpoint.admit(rows, mode: .send).allSatisfy { $0 == .settled(.unchanged) })
            for number in 1...6 {
                let row = manifest.row(10 + number, "\(number).example")
                #expect(try await checkpoint.admit(row) == .settled(.duplicate))
                let line = try #require(order.firstIndex(of: number)) + 2
                let message = try await checkpoint.result(manifest, 10 + number)?.problem?.message
                #expect(message?.hasPrefix("stands at line \(line) already") == true)
            }
        }
    }

    @Test
    func anEarlierRowOfAnotherNameClaimsTheDomainOfARowThatHasNotMoved() async throws {
        try await sample.run { checkpoint, manifest async throws in
            _ = try await checkpoint.admit(manifest.row(1, .named("crm-9", domain: "z.example"), .invalid(.refusal)))
            try await checkpoint.create(manifest.row(2, "crm-1", domain: "a.example"), customerId: "c1")
        }
        try await sample.run { checkpoint, manifest async throws in
            let rows = [
                manifest.row(1, .named("crm-9", domain: "a.example"), .invalid(.refusal)),
                manifest.row(2, "crm-1", domain: "a.example"),
            ]
            let admissions = try await checkpoint.admit(rows, mode: .send)
            #expect(admissions == [.settled(.invalid), .settled(.duplicate)])
            #expect(try await checkpoint.result(manifest, 2)?.problem?.field == "domain")
        }
    }
}
