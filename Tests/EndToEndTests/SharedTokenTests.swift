import Foundation
import TestSupport
import Testing

/// Jobs that share a refresh token, each of whose values is good for one renewal.
@Suite(.enabled(if: StandIn.hasPython, "python3 is missing, which the stand-in is written in"))
struct SharedTokenTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func twoRunsAtOnceRenewOneAfterTheOtherAndLoseNothing() async throws {
        let service = try StandIn(["--refresh-token", "first", "--hold", "0.4"], in: folder)
        _ = try folder.write("first\n", to: "refresh-token")
        let names = ["a", "b", "c"]
        for (number, name) in zip(1..., names) {
            _ = try folder.write(ManifestText.rows([number]), to: "\(name).csv")
            let auth = """
                {"flow": "refresh-token", "tenant": "t", "clientId": "c", "authority": "\(service.url)",
                 "refreshTokenFile": "refresh-token"}
                """
            let job = """
                {"auth": \(auth), "endpoint": "\(service.url)", "manifests": "\(name).csv", "checkpoint": "\(name).state",
                 "reports": "reports-\(name)"}
                """
            _ = try folder.write(job, to: "\(name).json")
        }
        let runs = try names.map { try PurserProcess(["import", "--job", "\($0).json"], in: folder.path) }
        for run in runs {
            let result = run.wait()
            #expect(result.exitCode == 0, "\(result.errors)")
        }
        let renewals = try service.records().filter { $0.event == "refresh" }
        #expect(renewals.map(\.outcome) == ["done", "done", "done"])
        #expect(Set(renewals.map(\.key)).count == 3)
        // What is in the file is the token that is good now.
        #expect(!renewals.map { "\($0.key ?? "")\n" }.contains(try folder.read("refresh-token")))
        #expect(try service.records().filter { $0.event == "committed" }.count == 3)
    }
}
