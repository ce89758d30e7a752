import Foundation
import Platform
import Testing

@testable import Checkpoint

struct CheckpointCredentialTests {
    private let sample: SampleCheckpoint

    init() throws { sample = try SampleCheckpoint() }

    private func credentials(_ number: Int) -> Credentials {
        Credentials(
            customerId: "c\(number)",
            domain: "\(number).example",
            userName: "admin@\(number).example",
            // Some are longer than a page.
            password: Secret("SECRET-\(number)-" + String(repeating: "x", count: number % 50 == 0 ? 9000 : number % 90))
        )
    }

    private func create(_ numbers: ClosedRange<Int>, _ checkpoint: SQLiteCheckpoint, _ manifest: SampleManifest)
        async throws
    {
        let rows = numbers.map { manifest.row($0, "\($0).example") }
        let admissions = try await checkpoint.admit(rows, mode: .send)
        try await withThrowingTaskGroup { group in
            for (number, admission) in zip(numbers, admissions) {
                let submission = try #require(admission.submission)
                let result = Outcome.Result.created(
                    customerId: "c\(number)",
                    credentials: credentials(number),
                    note: nil
                )
                group.addTask { try await checkpoint.record(Outcome(result, attempts: 1), of: submission) }
            }
            try await group.waitForAll()
        }
    }

    @Test
    func credentialsAreKeptUntilTheyAreForgotten() async throws {
        try await sample.run { checkpoint, manifest async throws in
            for number in 1...3 { try await create(number...number, checkpoint, manifest) }
            #expect(try await checkpoint.pendingCredentials() == [1, 2, 3].map(credentials))
            try await checkpoint.forgetCredentials(of: ["c2"])
        }
        try await sample.run { checkpoint, _ async throws in
            #expect(try await checkpoint.pendingCredentials() == [1, 3].map(credentials))
        }
    }

    @Test
    func credentialsThatComeTwiceAreKeptOnce() async throws {
        try await sample.run { checkpoint, manifest async throws in
            let submission = try #require(try await checkpoint.admit(manifest.row(1, "1.example")).submission)
            let result = Outcome.Result.created(customerId: "c1", credentials: credentials(1), note: nil)
            for _ in 1...2 { try await checkpoint.record(Outcome(result, attempts: 1), of: submission) }
            #expect(try await checkpoint.pendingCredentials() == [credentials(1)])
        }
    }

    @Test
    func aForgottenPasswordIsNowhereInTheFiles() async throws {
        let checkpoint = try await sample.open()
        let manifest = try await checkpoint.start()
        for round in 0..<10 {
            let numbers = round * 100 + 1...round * 100 + 100
            try await create(numbers, checkpoint, manifest)
            // One in a hundred stays, so that its page is not simply dropped.
            try await checkpoint.forgetCredentials(of: numbers.dropFirst().map { "c\($0)" })
        }
        let during = try sample.files().values.map { $0.occurrences(of: "SECRET-") }.reduce(0, +)
        #expect(during > 10)
        try await checkpoint.close()
        let files = try sample.files()
        #expect(Set(files.keys) == ["a.checkpoint", "a.checkpoint.lock"])
        #expect(files["a.checkpoint"]?.occurrences(of: "SECRET-") == 10)
    }
}

extension Data {
    fileprivate func occurrences(of text: String) -> Int {
        var count = 0
        var start = startIndex
        while let range = range(of: Data(text.utf8), in: start..<endIndex) {
            count += 1
            start = range.upperBound
        }
        return count
    }
}
