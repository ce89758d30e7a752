import Foundation
import TestSupport
import Testing

/// What Purser promises of its keys, proved from the log of a service that others could have written.
@Suite(.enabled(if: StandIn.hasPython, "python3 is missing, which the stand-in is written in"))
struct PromiseTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What may befall a create, as far as the client learns: an answer that leaves open what became of it, with the
    /// customer or without, or one that settles it.
    private static let lost = ["lose-after", "cut", "garble", "500-after", "slow"]
    private static let harmless = ["lose-before", "429", "503"]
    private static let refusals = ["refuse", "taken", "late"]
    private static let faults = lost + harmless + refusals

    /// Every two of them, one after the other, each for a row of its own.
    ///
    /// But for those that end in a 409 for a domain that nobody has, where an earlier answer is open: the row stays so.
    private static let pairs = faults.flatMap { first in faults.map { [first, $0] } }.filter { pair in
        let isOpen = (lost + harmless).contains(pair[1])
        return !(harmless.contains(pair[0]) && pair[1] == "taken") && !(pair[0] == "late" && isOpen)
    }

    @Test(arguments: ["replay", "no-password", "none"])
    func noRequestRepeatsWithAnotherKeyWhileItsOutcomeIsOpenNorWithTheSameKeyAfterADefiniteRefusal(
        idempotency: String
    ) async throws {
        _ = try folder.write(ManifestText.rows(1...Self.pairs.count), to: "customers.csv")
        let sequences = Self.pairs.map { $0.joined(separator: "+") }.joined(separator: ",")
        let trouble = ["--sequences", sequences, "--slow", "2.6", "--retry-after", "0", "--idempotency", idempotency]
        let service = try StandIn(trouble, in: folder)
        #expect(Set(service.faults) == Set(Self.faults))
        // Rows whose domain is gone stay refused, however often they are tried again.
        let options = ["--timeout", "2", "--visible-within", "5s", "--retry-rejected", "--max-in-flight", "32"]
        let results = try await service.importAll(options, in: folder, runs: 4)
        try service.expectLawfulKeys()

        let gone = zip(1..., Self.pairs).filter { $0.1.contains("late") && !Self.lost.contains($0.1[0]) }
            .map { "brightwater\($0.0).onmicrosoft.com" }
        let rejected = results.rows.filter { $0["status"] == "rejected" }.compactMap { $0["domain"] }
        #expect(Set(rejected) == Set(gone))
        let settled = results.rows.filter { $0["customerId"]?.isEmpty == false }
        let committed = try service.records().filter { $0.event == "committed" }
        #expect(Set(settled.map { [$0["domain"], $0["customerId"]] }) == Set(committed.map { [$0.domain, $0.id] }))
        #expect(settled.count == committed.count && settled.count == Self.pairs.count - gone.count)

        // It would prove nothing if no key had been used twice, or no row had been given another one.
        let creates = try service.creates()
        let keys = Dictionary(grouping: creates) { $0.domain ?? "" }.mapValues { Set($0.map { $0.key ?? "" }).count }
        #expect(creates.count > keys.values.reduce(0, +))
        #expect(keys.values.contains(3))
    }

    /// Whatever befalls the first four creates of each row, over as many runs as it takes.
    @Test(arguments: 1...3)
    func noKeyIsEverWrongWhateverBefallsTheFirstFourCreates(seed: Int) async throws {
        _ = try folder.write(ManifestText.rows(1...25), to: "customers.csv")
        let idempotency = ["replay", "no-password", "none"][seed % 3]
        let trouble = ["--chaos", "\(seed)", "--retry-after", "0", "--idempotency", idempotency]
        let service = try StandIn(trouble, in: folder)
        let options = ["--attempts", "3", "--visible-within", "5s", "--retry-rejected", "--max-in-flight", "16"]
        let results = try await service.importAll(options, in: folder, runs: 8)
        try service.expectOneCustomerPerRow(results, rows: 25, in: folder, passwords: false)
        try service.expectLawfulKeys()
        let creates = try service.creates()
        // It would prove nothing if no row had been asked for with two keys, or twice with one.
        #expect(Set(creates.map { $0.key ?? "" }).count > 25)
        #expect(creates.count > Set(creates.map { $0.key ?? "" }).count)
    }

    /// What the check of keys is worth: it finds each way to break the law.
    @Test(arguments: [
        ("a open, a open, a done", []), ("a refused, b done", []), ("a open, a refused, b done", []),
        ("a, a done", []), ("a open, b done", ["2: another key than 1"]), ("a, b done", ["2: another key than 1"]),
        ("a refused, a done", ["2: a key that was refused"]), ("a done, a done", ["2: after a success"]),
        ("a refused, b refused, a done", ["3: a key that was refused"]),
        ("a done, b done", ["2: after a success"]),
    ])
    func everyBreachOfTheLawIsFound(requests: String, breaches: [String]) throws {
        var log = ""
        for (n, request) in zip(1..., requests.split(separator: ", ")) {
            let words = request.split(separator: " ")
            log += #"{"time":1,"event":"arrived","n":\#(n),"isCreate":true,"domain":"d","key":"\#(words[0])"}"# + "\n"
            guard words.count == 2 else { continue }
            log += #"{"time":1,"event":"ended","n":\#(n),"outcome":"\#(words[1])"}"# + "\n"
        }
        #expect(StandIn.breaches(of: try StandIn.records(of: log)) == breaches)
    }
}
