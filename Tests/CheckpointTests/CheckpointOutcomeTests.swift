import Platform
import Testing

@testable import Checkpoint

struct CheckpointOutcomeTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    /// One run that sends the row and records an outcome.
    private func finish(_ result: Outcome.Result, version: UInt8 = 1, retriesRejected: Bool = false) async throws {
        try await sample.run(retriesRejected: retriesRejected) { checkpoint, manifest async throws in
            let submission = try #require(
                try await checkpoint.admit(manifest.row(1, "a.example", version: version)).submission
            )
            try await checkpoint.record(Outcome(result, httpStatus: 409, attempts: 2), of: submission)
        }
    }

    /// What the next run makes of the row.
    private func next(version: UInt8 = 1, retriesRejected: Bool = false) async throws -> (Admission, RowResult?) {
        try await sample.run(retriesRejected: retriesRejected) { checkpoint, manifest async throws in
            let admission = try await checkpoint.admit(manifest.row(1, "a.example", version: version))
            return (admission, try await checkpoint.result(manifest, 1))
        }
    }

    @Test(
        arguments: [
            (.created(customerId: "c1", credentials: nil, note: nil), .created, nil),
            (.created(customerId: "c1", credentials: nil, note: "lost"), .created, "lost"),
            (.rejected(.refusal), .rejected, "no"),
            (.failed(.timeout, mayExist: false), .failed, "no answer"),
            (.failed(.timeout, mayExist: true), .unknown, "no answer"),
            (.withdrawn, .pending, nil), (.turnedAway(.refusal), .pending, "no"),
        ] as [(Outcome.Result, RowStatus, String?)]
    )
    func anOutcomeIsTheRowsStatus(result: Outcome.Result, status: RowStatus, message: String?) async throws {
        try await sample.run { checkpoint, manifest async throws in
            let submission = try #require(try await checkpoint.admit(manifest.row(1, "a.example")).submission)
            try await checkpoint.record(Outcome(result, httpStatus: 400, attempts: 3), of: submission)
            let row = try #require(try await checkpoint.result(manifest, 1))
            #expect(row.status == status && row.problem?.message == message)
            #expect(row.httpStatus == 400 && row.attempts == 3 && row.idempotencyKey == "a.example/1/0")
            #expect(row.customerId == (status == .created ? "c1" : nil))
            #expect(try await checkpoint.counts(of: manifest.id) == [status: 1])
        }
    }

    @Test
    func aRefusedPayloadIsNotSentAgainUnlessAskedFor() async throws {
        try await finish(.rejected(.refusal))
        let (again, row) = try await next()
        #expect(again == .settled(.rejected))
        #expect(row?.problem == .refusal && row?.httpStatus == 409 && row?.attempts == 0)
        let (retried, _) = try await next(retriesRejected: true)
        #expect(retried.submission?.idempotencyKey == "a.example/1/1" && retried.submission?.mayExist == false)
    }

    @Test
    func aCorrectedPayloadIsSentInTheNextGeneration() async throws {
        try await finish(.rejected(.refusal))
        try await finish(.rejected(.refusal), version: 2)
        let (corrected, _) = try await next(version: 3)
        #expect(corrected.submission?.idempotencyKey == "a.example/3/2")
        #expect(corrected.submission?.generation == 2)
    }

    /// It is pending, so that it is sent without being asked for; the refusal was definite, so that its key is spent.
    @Test func whatIsTurnedAwayIsSentInTheNextGeneration() async throws {
        try await finish(.turnedAway(.refusal))
        let submission = try await next().0.submission
        #expect(submission?.idempotencyKey == "a.example/1/1" && submission?.mayExist == false)
    }

    /// In one run after the other; to try rejected rows again has nothing to do with it.
    @Test(arguments: [false, true])
    func whatStaysOpenKeepsItsKeyForAsLongAsItTakes(retriesRejected: Bool) async throws {
        for _ in 1...3 {
            try await finish(.failed(.refusal, mayExist: true), retriesRejected: retriesRejected)
            let (admission, row) = try await next(retriesRejected: retriesRejected)
            #expect(admission.submission?.idempotencyKey == "a.example/1/0" && admission.submission?.mayExist == true)
            #expect(row?.status == .unknown)
        }
    }

    @Test(arguments: [.failed(.timeout, mayExist: false), .withdrawn] as [Outcome.Result])
    func whatWasSurelyNotCreatedIsSentAnewInTheSameGeneration(result: Outcome.Result) async throws {
        try await finish(result)
        let (same, _) = try await next()
        #expect(same.submission?.idempotencyKey == "a.example/1/0" && same.submission?.mayExist == false)
    }

    @Test(arguments: [.failed(.timeout, mayExist: false), .withdrawn] as [Outcome.Result])
    func whatWasSurelyNotCreatedMayChange(result: Outcome.Result) async throws {
        try await finish(result)
        let (other, _) = try await next(version: 2)
        #expect(other.submission?.idempotencyKey == "a.example/2/0" && other.submission?.mayExist == false)
    }

    @Test
    func whatMayHaveBeenCreatedIsSentAgainAsItWas() async throws {
        try await finish(.failed(.timeout, mayExist: true))
        let (again, _) = try await next()
        #expect(again.submission?.idempotencyKey == "a.example/1/0" && again.submission?.mayExist == true)
        #expect(again.submission?.settlesEarlierRequest == false)
    }

    @Test(arguments: [.failed(.timeout, mayExist: false), .withdrawn] as [Outcome.Result])
    func whatAnEarlierRunMayHaveCreatedStaysOpen(result: Outcome.Result) async throws {
        try await finish(.failed(.timeout, mayExist: true))
        try await finish(result)
        let (again, row) = try await next()
        #expect(again.submission?.mayExist == true && row?.status == .unknown)
    }

    @Test
    func aStoppingRunCallsAnOpenRequestUnknown() async throws {
        try await finish(.failed(.timeout, mayExist: true))
        try await sample.run { checkpoint, manifest async throws in
            let row = manifest.row(1, "a.example", version: 2)
            #expect(try await checkpoint.admit(row, mode: .hold) == .settled(.unknown))
            #expect(try await checkpoint.result(manifest, 1)?.problem == .timeout)
        }
    }

    /// The row changed while its first request's outcome was unknown: that comes first, then the row.
    @Test(
        arguments: [
            (.created(customerId: "c1", credentials: nil, note: nil), .settled(.conflict)),
            (.failed(.timeout, mayExist: true), .settled(.unknown)),
            (.failed(.timeout, mayExist: false), .settled(.unknown)),
            (.withdrawn, .settled(.unknown)),
            (.rejected(.refusal), nil),
            // It was never there, which is no answer to its request: the generation stays.
            (.absent, nil),
        ] as [(Outcome.Result, Admission?)]
    )
    func anEarlierRequestIsSettledBeforeAChangedRow(result: Outcome.Result, then: Admission?) async throws {
        try await finish(.failed(.timeout, mayExist: true))
        try await sample.run { checkpoint, manifest async throws in
            let row = manifest.row(1, "a.example", domain: "b.example", version: 2)
            let earlier = try #require(try await checkpoint.admit(row).submission)
            #expect(earlier.settlesEarlierRequest && earlier.mayExist)
            // The earlier run ended in order, and sent nothing after its end.
            #expect(earlier.supersededSince == Timestamp(milliseconds: 2000))
            #expect(earlier.idempotencyKey == "a.example/1/0" && earlier.domain == "a.example")
            #expect(earlier.payload == CreateRequest.version(1).payload)
            try await checkpoint.record(Outcome(result, httpStatus: 200, attempts: 4), of: earlier)
            #expect(try await checkpoint.result(manifest, 1)?.status == .unknown)
            let again = try await checkpoint.admit(row)
            if let then {
                #expect(again == then)
            } else {
                #expect(again.submission?.idempotencyKey == "a.example/2/\(result == .absent ? 0 : 1)")
                #expect(again.submission?.domain == "b.example" && again.submission?.mayExist == false)
            }
        }
    }

    @Test
    func aRowOfAnotherNameWaitsForTheOpenRequestOfItsDomain() async throws {
        try await finish(.failed(.timeout, mayExist: true))
        try await sample.run { checkpoint, manifest async throws in
            let moved = manifest.row(1, "a.example", domain: "b.example", version: 2)
            #expect(try await checkpoint.admit(moved).submission?.settlesEarlierRequest == true)
            // The request is under way already: it is not sent twice at a time.
            let other = manifest.row(2, "crm-2", domain: "a.example", version: 3)
            #expect(try await checkpoint.admit(other) == .settled(.unknown))
        }
    }

    @Test
    func aNoteStaysWithTheCustomer() async throws {
        try await finish(.created(customerId: "c1", credentials: nil, note: "its password was never received"))
        let (again, row) = try await next()
        #expect(again == .settled(.unchanged))
        #expect(row?.problem?.message == "its password was never received")
    }

    /// What a run makes of the row where it is invalid by then and its earlier request is to be settled first.
    private func settle(_ result: Outcome.Result) async throws -> RowResult {
        try await finish(.failed(.timeout, mayExist: true))
        return try await sample.run { checkpoint, manifest async throws in
            let row = manifest.row(1, .named("a.example"), .invalid(.refusal))
            let submission = try #require(try await checkpoint.admit(row).submission)
            #expect(submission.settlesEarlierRequest && submission.idempotencyKey == "a.example/1/0")
            try await checkpoint.record(Outcome(result, attempts: 1), of: submission)
            #expect(try await checkpoint.admit(row).submission == nil)
            return try #require(try await checkpoint.result(manifest, 1))
        }
    }

    @Test
    func aRowThatBecameInvalidTellsWhatItsEarlierRequestCreated() async throws {
        let row = try await settle(.created(customerId: "c1", credentials: nil, note: "its password is lost"))
        #expect(row.status == .invalid && row.customerId == "c1" && row.problem?.code == Problem.refusal.code)
        let message = "no; its customer exists already, created from the row as it was before, and its password is lost"
        #expect(row.problem?.message == message)
        // The run after it says the same.
        let again = try await sample.run { checkpoint, manifest async throws in
            let invalid = manifest.row(1, .named("a.example"), .invalid(.refusal))
            #expect(try await checkpoint.admit(invalid) == .settled(.invalid))
            return try await checkpoint.result(manifest, 1)
        }
        #expect(again == row)
    }

    @Test
    func aRowThatBecameInvalidIsUnknownAsLongAsItsEarlierRequestIs() async throws {
        let row = try await settle(.failed(.timeout, mayExist: true))
        #expect(row.status == .unknown && row.problem?.code == "timeout")
        #expect(row.problem?.message == "no answer; and as the row is now, it is invalid: domain: no (27002)")
    }

    @Test(arguments: [.rejected(.refusal), .absent] as [Outcome.Result])
    func aRowThatBecameInvalidIsJustThatWhereItsEarlierRequestCreatedNothing(result: Outcome.Result) async throws {
        let row = try await settle(result)
        #expect(row.status == .invalid && row.customerId == nil && row.problem == .refusal)
    }
}
