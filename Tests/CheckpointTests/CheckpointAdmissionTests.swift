import Platform
import Testing

@testable import Checkpoint

struct CheckpointAdmissionTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    @Test
    func aNewCustomerIsSentUnderTheKeyOfGenerationZero() async throws {
        try await sample.run { checkpoint, manifest async throws in
            let submission = try await checkpoint.admit(manifest.row(1, "crm-1", domain: "a.example")).submission
            #expect(submission?.idempotencyKey == "crm-1/1/0")
            #expect(submission?.domain == "a.example")
            #expect(submission?.payload == CreateRequest.version(1).payload)
            #expect(submission?.mayExist == false && submission?.settlesEarlierRequest == false)
        }
    }

    /// New rows are put into the table without being looked up; that must not hide what is known of the others.
    @Test
    func amongNewRowsOneThatIsKnownOrClaimedIsFoundAllTheSame() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "crm-1", domain: "a.example"), customerId: "c1")
        }
        try await sample.run { checkpoint, manifest async throws in
            let rows = [
                manifest.row(1, "new-1.example"), manifest.row(2, "crm-2", domain: "a.example"),
                manifest.row(3, "new-2.example"), manifest.row(4, "crm-1", domain: "b.example", version: 2),
                manifest.row(5, .named("crm-5"), .invalid(.refusal)), manifest.row(6, "new-3.example"),
                manifest.row(7, "crm-5"), manifest.row(8, "crm-8", domain: "new-3.example"),
                manifest.row(9, "new-4.example"),
            ]
            let admissions = try await checkpoint.admit(rows, mode: .send)
            let statuses = admissions.map { if case .settled(let status) = $0 { status } else { nil as RowStatus? } }
            #expect(statuses == [nil, .unchanged, nil, .conflict, .invalid, nil, .duplicate, .duplicate, nil])
        }
    }

    @Test
    func whatAnEarlierRunCreatedIsUnchangedWhereverItStandsNow() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
            try await checkpoint.create(manifest.row(2, "b.example"), customerId: "c2")
        }
        try await sample.run { checkpoint, manifest async throws in
            let rows = [manifest.row(1, "b.example"), manifest.row(2, "a.example")]
            #expect(try await checkpoint.admit(rows, mode: .send) == [.settled(.unchanged), .settled(.unchanged)])
            let result = try await checkpoint.result(manifest, 1)
            #expect(result?.customerId == "c2" && result?.idempotencyKey == "b.example/1/0")
            #expect(result?.attempts == 0 && result?.httpStatus == nil)
        }
    }

    @Test
    func aCustomerOfAnotherServiceIsNotKnown() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        }
        try await sample.run(endpoint: "https://other.example") { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(1, "a.example")).submission != nil)
        }
    }

    @Test
    func aCreatedCustomerWithAnotherPayloadIsAConflictThatSaysWhatDiffers() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        }
        try await sample.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(1, "a.example", version: 2)) == .settled(.conflict))
            let result = try await checkpoint.result(manifest, 1)
            #expect(result?.problem?.message == "a.example v1, now a.example v2")
            #expect(result?.problem?.field == "city" && result?.customerId == "c1" && result?.idempotencyKey == nil)
        }
    }

    @Test
    func aCreatedCustomerIsFoundByItsDomainUnderAnotherName() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "a.example"), customerId: "c1")
        }
        try await sample.run { checkpoint, manifest async throws in
            let same = manifest.row(1, "crm-1", domain: "a.example")
            #expect(try await checkpoint.admit(same) == .settled(.unchanged))
            #expect(try await checkpoint.result(manifest, 1)?.customerId == "c1")
        }
        try await sample.run { checkpoint, manifest async throws in
            let other = manifest.row(1, "crm-1", domain: "a.example", version: 2)
            #expect(try await checkpoint.admit(other) == .settled(.conflict))
        }
    }

    @Test(arguments: [
        ("a.example", "a.example", "a.example", "a.example", "domain"),
        ("crm-1", "a.example", "crm-1", "b.example", "externalId"),
        ("crm-1", "a.example", "crm-2", "a.example", "domain"),
        ("crm-1", "a.example", "a.example", "a.example", "domain"),
    ])
    func aSecondRowOfTheSameCustomerIsADuplicate(
        name: String,
        domain: String,
        otherName: String,
        otherDomain: String,
        column: String
    ) async throws {
        try await sample.run { checkpoint, manifest async throws in
            let rows = [
                manifest.row(1, name, domain: domain), manifest.row(2, otherName, domain: otherDomain, version: 2),
            ]
            #expect(try await checkpoint.admit(rows, mode: .send).last == .settled(.duplicate))
            let problem = try await checkpoint.result(manifest, 2)?.problem
            #expect(problem?.code == "identity.duplicate" && problem?.field == column)
            #expect(
                problem?.message == "stands at line 2 already, so both rows are the same customer; keep one of them"
            )
        }
    }

    @Test
    func everyKindOfRowClaimsItsIdentity() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "created.example"), customerId: "c1")
        }
        try await sample.run { checkpoint, manifest async throws in
            let first: [Row] = [
                manifest.row(1, .named("invalid.example"), .invalid(.refusal)),
                manifest.row(2, .named("existing.example"), .existing(customerId: "c9")),
                manifest.row(3, "created.example"),
                manifest.row(4, "crm-4", domain: "created.example"),
                manifest.row(5, "created.example", domain: "moved.example", version: 2),
            ]
            let statuses = try await checkpoint.admit(first, mode: .send)
            #expect(
                statuses == [.invalid, .unchanged, .unchanged, .duplicate, .duplicate].map { .settled($0) }
            )
            let second = ["invalid.example", "existing.example", "created.example", "crm-4", "moved.example"]
            for (index, name) in second.enumerated() {
                let row = manifest.row(6 + index, name, domain: index == 3 ? "other.example" : nil)
                #expect(try await checkpoint.admit(row) == .settled(.duplicate), "\(name)")
            }
        }
    }

    @Test
    func aConflictClaimsTheDomainThatItAsksFor() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "crm-1", domain: "a.example"), customerId: "c1")
        }
        try await sample.run { checkpoint, manifest async throws in
            let rows = [
                manifest.row(1, "crm-1", domain: "b.example", version: 2),
                manifest.row(2, "crm-2", domain: "b.example"),
            ]
            let admissions = try await checkpoint.admit(rows, mode: .send)
            #expect(admissions == [.settled(.conflict), .settled(.duplicate)])
        }
    }

    @Test
    func anInvalidRowThatRepeatsAnIdentityStaysInvalid() async throws {
        try await sample.run { checkpoint, manifest async throws in
            _ = try await checkpoint.admit(manifest.row(1, "a.example"))
            let invalid = manifest.row(2, .named("a.example"), .invalid(.refusal))
            #expect(try await checkpoint.admit(invalid) == .settled(.invalid))
            #expect(try await checkpoint.result(manifest, 2)?.problem == .refusal)
        }
    }

    @Test
    func aRowThatNamesNobodyIsTakenAsItIs() async throws {
        try await sample.run { checkpoint, manifest async throws in
            let rows = [
                manifest.row(1, nil, .invalid(.refusal)),
                manifest.row(2, nil, .existing(customerId: "c")),
                manifest.row(3, nil, .request(.version(1))),
            ]
            let admissions = try await checkpoint.admit(rows, mode: .send)
            #expect(admissions == [.settled(.invalid), .settled(.unchanged), .settled(.invalid)])
            #expect(try await checkpoint.result(manifest, 2)?.customerId == "c")
            #expect(try await checkpoint.result(manifest, 3)?.problem?.code == "identity.missing")
        }
    }

    @Test
    func aDuplicateInAnotherManifestNamesThatManifest() async throws {
        let checkpoint = try await sample.open()
        let first = try await checkpoint.start(manifest: "/in/a.csv")
        _ = try await checkpoint.admit(first.row(1, "a.example"))
        let second = SampleManifest(id: try await checkpoint.open(manifest: "/in/b.csv", header: []))
        #expect(try await checkpoint.admit(second.row(1, "a.example")) == .settled(.duplicate))
        let message = try await checkpoint.result(second, 1)?.problem?.message
        #expect(message == "stands at /in/a.csv:2 already, so both rows are the same customer; keep one of them")
    }

    @Test
    func theNextRunKnowsNothingOfEarlierClaims() async throws {
        try await sample.run { checkpoint, manifest async throws in
            let row = manifest.row(1, .named("a.example"), .invalid(.refusal))
            #expect(try await checkpoint.admit(row) == .settled(.invalid))
        }
        try await sample.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(2, "a.example")).submission != nil)
        }
    }

    /// A row that stood alone in a run whose answers were lost; then it is one of two.
    @Test
    func whatARowMayHaveCreatedIsFoundOutThoughItIsADuplicateNow() async throws {
        try await sample.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(1, "b.example")).submission != nil)
        }
        try await sample.run { checkpoint, manifest async throws in
            let other = manifest.row(1, "crm-1", domain: "b.example", version: 2)
            let own = manifest.row(2, "b.example")
            _ = try await checkpoint.admit([manifest.row(3, "crm-1", domain: "a.example")], mode: .send)
            #expect(try await checkpoint.admit(other) == .settled(.duplicate))
            let submission = try #require(try await checkpoint.admit(own).submission)
            #expect(submission.settlesEarlierRequest && submission.domain == "b.example")
            try await checkpoint.record(Outcome(.absent, attempts: 0), of: submission)
            #expect(try await checkpoint.admit(own) == .settled(.duplicate))
        }
    }

    @Test
    func aStoppingRunLeavesRowsPending() async throws {
        try await sample.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(1, "a.example"), mode: .hold) == .settled(.pending))
            #expect(try await checkpoint.admit(manifest.row(2, "a.example"), mode: .hold) == .settled(.duplicate))
        }
        try await sample.run { checkpoint, manifest async throws in
            #expect(try await checkpoint.admit(manifest.row(1, "a.example")).submission?.mayExist == false)
        }
    }

    @Test
    func aRowWhoseDomainChangedAfterARefusalTakesTheDomainOver() async throws {
        try await sample.run { checkpoint, manifest async throws in
            for (number, name) in ["a", "b"].enumerated() {
                let row = manifest.row(number + 1, name, domain: "\(name).example")
                let submission = try #require(try await checkpoint.admit(row).submission)
                try await checkpoint.record(Outcome(.rejected(.refusal), attempts: 1), of: submission)
            }
        }
        try await sample.run { checkpoint, manifest async throws in
            let moved = try await checkpoint.admit(manifest.row(1, "a", domain: "b.example", version: 2)).submission
            #expect(moved?.idempotencyKey == "a/2/1" && moved?.domain == "b.example")
            let other = try await checkpoint.admit(manifest.row(2, "b", domain: "c.example", version: 3)).submission
            #expect(other?.idempotencyKey == "b/3/1")
        }
    }
}
