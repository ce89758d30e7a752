import Foundation
import TestSupport
import Testing

/// The built program against answers that say nothing, that others give, or that quote what nobody may see.
@Suite(.enabled(if: StandIn.hasPython, "python3 is missing, which the stand-in is written in"))
struct HostileAnswerTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(ManifestText.rows(1...6), to: "customers.csv")
    }

    /// The customers exist, and no answer ever tells it: neither in the first run nor in a repeat.
    @Test(arguments: ["empty", "foreign"])
    func whatIsNeverAnsweredReadablyIsSettledByALookUp(fault: String) async throws {
        let service = try StandIn(["--always", fault], in: folder)
        let results = try await service.importAll(["--attempts", "2"], in: folder)
        #expect(results.summary.exitCode == 0)
        try service.expectOneCustomerPerRow(results, rows: 6, in: folder, passwords: false)
        try service.expectLawfulKeys()
        #expect(results.rows.allSatisfy { $0["message"]?.contains("was never received") == true })
    }

    @Test func aWrongAddressStopsTheRunAndRejectsNoRow() async throws {
        let service = try StandIn(["--always", "page"], in: folder)
        let result = try await service.purser(["import", "customers.csv", "--attempts", "3"], in: folder)
        #expect(result.exitCode == 69)
        #expect(result.errors.contains("404 - Web app not found; check --endpoint"))
        #expect(try Results(of: "customers.csv", in: folder).summary.counts["pending"] == 6)
    }

    /// Rows are not burnt, and no key is sent again that was refused.
    @Test func anAccountThatMayCreateNothingStopsTheRun() async throws {
        let service = try StandIn(["--always", "forbidden"], in: folder)
        _ = try folder.write(ManifestText.rows(1...60), to: "customers.csv")
        for run in 1...2 {
            let result = try await service.purser(["import", "customers.csv", "--max-in-flight", "1"], in: folder)
            #expect(result.exitCode == 77)
            #expect(result.errors.contains("The requested action is not allowed (600006)"))
            #expect(try Results(of: "customers.csv", in: folder).summary.counts["pending"] == 60)
            // The first refusal stops the run, but for what has begun meanwhile.
            #expect((1...8).contains(try service.creates().count / run))
        }
        #expect(Set(try service.creates().map(\.key)).count == (try service.creates().count))
        try service.expectLawfulKeys()
    }

    @Test(arguments: [400, 401, 403, 404, 409, 500, 503])
    func whateverTheServiceQuotesTheTokenIsNowhere(status: Int) async throws {
        let service = try StandIn(["--always", "echo", "--echo-status", "\(status)"], in: folder)
        let token = "Kw7-quoted/secret.token"
        let options = ["--attempts", "2", "--log-level", "debug", "--report-formats", "csv,jsonl"]
        let result = try await service.purser(
            ["import", "customers.csv"] + options,
            in: folder,
            environment: ["PURSER_TOKEN": token]
        )
        #expect(result.exitCode != 0)
        expectNowhere("quoted", result)
        let export = try await service.purser(
            ["export", "--to", "all.csv", "--attempts", "1", "--log-level", "debug"],
            in: folder,
            environment: ["PURSER_TOKEN": token]
        )
        expectNowhere("quoted", export)
    }

    @Test func aProxysPasswordIsNotShownWhereItsAddressIsNone() async throws {
        let service = try StandIn([], in: folder)
        let result = try await service.purser(
            ["import", "customers.csv", "--attempts", "1"],
            at: "https://service.example",
            in: folder,
            environment: ["https_proxy": "http://user:Pa55/quoted@:::::"]
        )
        #expect(result.exitCode == 69)
        expectNowhere("quoted", result)
    }

    /// It is not the service that is at fault, and running again does not help.
    @Test(arguments: ["", "no certificate\n", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"])
    func aFileOfAuthoritiesThatHoldsNoneIsToldAtTheStart(text: String) async throws {
        _ = try folder.write(text, to: "ca.pem")
        let service = try StandIn([], in: folder)
        let result = try await service.purser(["import", "customers.csv", "--ca-file", "ca.pem"], in: folder)
        #expect(result.exitCode == 66)
        #expect(result.errors.contains("ca.pem: holds no certificate that can be read; give a PEM file"))
        #expect(try service.records().isEmpty)
    }

    /// Looks into everything that a run has written, whatever the case of its letters.
    private func expectNowhere(_ word: String, _ result: PurserProcess.Result) {
        #expect(!"\(result.output)\(result.errors)".lowercased().contains(word), "\(result.errors)")
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        #expect(!files.isEmpty)
        for file in files {
            let data = FileManager.default.contents(atPath: folder(file)) ?? Data()
            #expect(!String(decoding: data, as: UTF8.self).lowercased().contains(word), "\(file)")
        }
    }
}
