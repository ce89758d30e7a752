import Platform
import Testing

@testable import Checkpoint

struct CheckpointPreflightTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    /// Leaves a customer of each kind behind: created, open, refused.
    private func fill() async throws {
        try await sample.run { checkpoint, manifest async throws in
            try await checkpoint.create(manifest.row(1, "created.example"), customerId: "c1")
            _ = try await checkpoint.admit(manifest.row(2, "open.example"))
            let refused = try #require(try await checkpoint.admit(manifest.row(3, "refused.example")).submission)
            try await checkpoint.record(Outcome(.rejected(.refusal), httpStatus: 400, attempts: 1), of: refused)
            let lost = try #require(try await checkpoint.admit(manifest.row(4, "failed.example")).submission)
            try await checkpoint.record(Outcome(.failed(.timeout, mayExist: false), attempts: 6), of: lost)
        }
    }

    @Test(
        arguments: [
            ("new.example", "new.example", 1, true), ("created.example", "created.example", 1, false),
            ("created.example", "created.example", 2, false), ("other", "created.example", 1, false),
            ("open.example", "open.example", 1, false), ("open.example", "open.example", 2, false),
            ("other", "open.example", 2, false), ("open.example", "moved.example", 2, false),
            ("refused.example", "refused.example", 1, false), ("refused.example", "refused.example", 2, true),
            ("failed.example", "failed.example", 1, true),
        ] as [(String, String, UInt8, Bool)]
    )
    func onlyARowWhoseCustomerIsSurelyNotThereWouldBeSent(
        name: String,
        domain: String,
        version: UInt8,
        wouldSend: Bool
    ) async throws {
        try await fill()
        try await sample.run { checkpoint, manifest async throws in
            let rows = [
                manifest.row(1, name, domain: domain, version: version),
                manifest.row(2, .named("new.example"), .invalid(.refusal)),
            ]
            #expect(try await checkpoint.wouldSend(rows) == [wouldSend, false])
            // Asking changes nothing.
            #expect(try await checkpoint.wouldSend(rows) == [wouldSend, false])
        }
    }

    @Test func aRefusedRowWouldBeSentWhereTheRunTriesAgain() async throws {
        try await fill()
        try await sample.run(retriesRejected: true) { checkpoint, manifest async throws in
            #expect(try await checkpoint.wouldSend([manifest.row(3, "refused.example")]) == [true])
        }
    }

    @Test func aDroppedRowIsNotReported() async throws {
        try await sample.run { checkpoint, manifest async throws in
            _ = try await checkpoint.admit((1...3).map { manifest.row($0, "\($0).example") }, mode: .hold)
            try await checkpoint.drop([RowReference(manifest: manifest.id, row: 2)])
            #expect(try await checkpoint.rows(of: manifest.id, after: 0, limit: 9).map(\.row) == [1, 3])
            #expect(try await checkpoint.counts(of: manifest.id) == [.pending: 2])
        }
    }

    @Test func aNoteIsToldWithWhateverBecameOfTheRow() async throws {
        try await sample.run { checkpoint, manifest async throws in
            var rows = [manifest.row(1, "a.example"), manifest.row(2, nil, .invalid(.refusal))]
            for index in rows.indices { rows[index].note = "city repaired" }
            _ = try await checkpoint.admit(rows, mode: .hold)
            let reported = try await checkpoint.rows(of: manifest.id, after: 0, limit: 9).map(\.problem)
            #expect(reported[0] == Problem(code: "row.note", message: "city repaired"))
            #expect(reported[1] == Problem(code: "27002", field: "domain", message: "no; city repaired"))
            rows[0].note = nil
            _ = try await checkpoint.admit(rows[0], mode: .hold)
            #expect(try await checkpoint.result(manifest, 1)?.problem == nil)
        }
    }
}
