import Foundation
import TestSupport
import Testing

/// What a person gets who makes a mistake: the contract's exit code, and one line that helps.
struct ExitCodeTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(ManifestText.rows(1...2), to: "good.csv")
        _ = try folder.write("", to: "empty.csv")
        _ = try folder.write("\u{FEFF}\n\n", to: "blank.csv")
        _ = try folder.write("companyName,email\nA,b@example.com\n", to: "no-domain.csv")
        _ = try folder.write("", to: "a-file")
        _ = try folder.write("this is not a database, and long enough to be taken for one\n", to: "foreign.checkpoint")
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let exitCode: Int32
        let line: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String, _ exitCode: Int32, _ line: String) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.exitCode = exitCode
            self.line = line
        }
    }

    @Test(arguments: [
        Mistake("", 64, "see purser --help"),
        Mistake("imprt good.csv", 64, "did you mean import?"),
        Mistake("import", 64, "MANIFEST... is missing"),
        Mistake("import good.csv --chekpoint x", 64, "did you mean --checkpoint?"),
        Mistake("import good.csv --max-in-flight 0", 64, "1 to 1024"),
        Mistake("import good.csv --max-in-flight", 64, "needs a value"),
        Mistake("import good.csv --deadline soon", 64, "90s, 45m or 2h"),
        Mistake("import good.csv --give-up-after 90", 64, "90s, 45m or 2h"),
        Mistake("import good.csv --metrics-file night.txt", 64, "ends in .prom"),
        Mistake("verify --metrics-file a.prom.old", 64, "ends in .prom"),
        Mistake("export --to a.csv --consistency-token", 64, "unknown option"),
        Mistake("import good.csv --endpoint http://192.0.2.1", 64, "https"),
        Mistake("import good.csv --endpoint http://u:sekret@127.0.0.1:9", 64, "a user or a password"),
        Mistake("import good.csv --api-version v1?x", 64, "path segment"),
        Mistake("import good.csv --api-version ..", 64, "path segment"),
        Mistake("import good.csv --credentials reports/good.csv.results.csv", 64, "another file of this run"),
        Mistake("import good.csv --credentials purser.checkpoint-wal", 64, "another file of this run"),
        Mistake("import --hepl", 64, "did you mean --help?"),
        Mistake("import missing.csv", 66, "missing.csv: "),
        Mistake("import a-file/below.csv", 66, "a-file/below.csv: "),
        Mistake("import empty.csv", 65, "empty.csv: "),
        Mistake("import blank.csv", 65, "blank.csv: "),
        Mistake("import no-domain.csv", 65, "domain"),
        Mistake("import good.csv --reports a-file/reports", 73, "a-file/reports"),
        Mistake("import good.csv --reports a-file", 73, "a-file"),
        Mistake("import good.csv --reports a-file/reports --credentials c.csv", 73, "a-file/reports"),
        Mistake("import good.csv --checkpoint foreign.checkpoint", 78, "foreign.checkpoint"),
        Mistake("import good.csv --checkpoint a-file/checkpoint", 73, "a-file/checkpoint"),
        Mistake("import good.csv --token-file missing.token --endpoint http://127.0.0.1:9", 66, "missing.token"),
        Mistake("export", 64, "--to"),
        Mistake("export --to a-file/export.csv", 73, "a-file/export.csv"),
        Mistake("export --to export.docx", 64, "csv"),
    ])
    func aMistakeIsOneLineThatHelpsAndTheContractsExitCode(mistake: Mistake) throws {
        let result = try PurserProcess.run(mistake.arguments, in: folder.path)
        #expect(result.exitCode == mistake.exitCode)
        #expect(result.errorLines.count == 1, "\(result.errors)")
        #expect(result.errors.contains(mistake.line), "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func aManifestWithOnlyAHeaderIsDoneAndSaysSo() throws {
        _ = try folder.write(ManifestText.header + "\n", to: "header.csv")
        let result = try PurserProcess.run(["import", "header.csv"], in: folder.path)
        #expect(result.exitCode == 0)
        #expect((result.output + result.errors).contains("no rows"))
    }

    @Test func aServiceThatIsNotThereLeavesEveryRowPending() throws {
        let result = try PurserProcess.run(
            ["import", "good.csv", "--endpoint", "http://127.0.0.1:9", "--attempts", "2"],
            in: folder.path,
            environment: ["PURSER_TOKEN": "t"]
        )
        #expect(result.exitCode == 69)
        #expect(result.errors.contains("127.0.0.1:9"))
        #expect(try Results(of: "good.csv", in: folder).count("pending") == 2)
    }

    @Test func aMissingTokenIsSaidBeforeAnythingIsSent() throws {
        let result = try PurserProcess.run(
            ["import", "good.csv", "--endpoint", "http://127.0.0.1:9"],
            in: folder.path,
            environment: ["PURSER_TOKEN": ""]
        )
        #expect(result.exitCode == 64)
        #expect(result.errors.contains("--token-file"))
    }

    @Test func helpAndVersionWorkEverywhere() throws {
        for arguments in [
            ["--help"], ["--version"], ["import", "--help"], ["export", "--help"], ["emulator", "--help"],
        ] {
            let result = try PurserProcess.run(arguments, in: folder.path)
            #expect(result.exitCode == 0)
            #expect(result.errors.isEmpty)
            #expect(result.output.contains("purser"))
        }
    }
}
