import Foundation
import TestSupport
import Testing

struct ValidateTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func validate(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(["validate"] + arguments, in: folder.path)
    }

    @Test func aGoodManifestHasNoFindings() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        let result = try validate("customers.csv")
        #expect(result.exitCode == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("rows: 3, with errors: 0"))
    }

    @Test func aFindingIsALineAsACompilerWritesIt() throws {
        let bad = ManifestText.row(2).replacing(",US,", with: ",USA,")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n", to: "customers.csv")
        let result = try validate("customers.csv")
        #expect(result.exitCode == 1)
        #expect(result.output.hasPrefix("customers.csv:3: country: error: "))
        #expect(result.output.hasSuffix(" (country.code)\n"))
    }

    @Test func findingsForProgramsAreJSONLines() throws {
        struct Finding: Decodable {
            let file, column, value, severity, rule, message: String
            let row, line: Int
        }
        let bad = ManifestText.row(2).replacing(",US,", with: ",USA,")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n", to: "customers.csv")
        let result = try validate("customers.csv", "--format", "jsonl")
        let finding = try JSONDecoder().decode(Finding.self, from: Data(result.output.utf8))
        #expect(finding.file == "customers.csv")
        #expect((finding.row, finding.line) == (2, 3))
        #expect(finding.value == "USA")
        #expect(finding.rule == "country.code")
        #expect(finding.severity == "error")
    }

    @Test func aCustomerThatStandsTwiceIsFoundInAnyManifestOfTheRun() throws {
        _ = try folder.write(ManifestText.rows([1]), to: "first.csv")
        _ = try folder.write(ManifestText.rows([2, 1]), to: "second.csv")
        let result = try validate("first.csv", "second.csv")
        #expect(result.exitCode == 1)
        #expect(result.output.contains("second.csv:3: domain: error: 'brightwater1.onmicrosoft.com' stands at "))
        #expect(result.output.contains("first.csv:2"))
    }

    @Test func findingsPastTheLimitAreCountedButNotWritten() throws {
        let rows = (1...5).map { ManifestText.row($0).replacing(",US,", with: ",USA,") }
        _ = try folder.write(([ManifestText.header] + rows).joined(separator: "\n") + "\n", to: "customers.csv")
        let result = try validate("customers.csv", "--max-findings", "2")
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(result.errors.contains("errors: 5,"))
    }

    @Test func aFindingShowsTheCellAndWhatToTypeInstead() throws {
        let bad = ManifestText.row(2).replacing(",US,", with: ",USA,")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n", to: "customers.csv")
        let line = try validate("customers.csv").output
        #expect(line.contains("error: 'USA' is no country's code"))
        #expect(line.hasSuffix("; type 'US' (country.code)\n"))
    }

    @Test func findingsForSpreadsheetsAreGuardedCSV() throws {
        let bad = ManifestText.row(2).replacing("office@farm2.example.com", with: "=cmd()")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n", to: "customers.csv")
        let lines = try validate("customers.csv", "--format", "csv").output.split(whereSeparator: \.isNewline)
        #expect(lines[0] == "file,row,line,column,value,severity,rule,message,suggestion")
        #expect(lines[1].hasPrefix("customers.csv,2,3,email,'=cmd(),error,email.syntax,"))
        #expect(lines.count == 2)
    }

    @Test func aFindingForProgramsHasEveryMember() throws {
        _ = try folder.write(ManifestText.rows([1]).replacing("Ada", with: "A"), to: "customers.csv")
        let output = try validate("customers.csv", "--format", "jsonl").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(
            Set(object.keys)
                == ["file", "row", "line", "column", "value", "severity", "rule", "message", "suggestion"]
        )
        #expect(object["suggestion"] is NSNull)
    }

    @Test func strictFailsOnAWarning() throws {
        _ = try folder.write(
            ManifestText.rows([1]).replacing("brightwater1.", with: "bright-water1."),
            to: "customers.csv"
        )
        #expect(try validate("customers.csv").exitCode == 0)
        let strict = try validate("customers.csv", "--strict")
        #expect(strict.exitCode == 1)
        #expect(strict.output.contains("domain: error: "))
        let imported = try PurserProcess.run(["import", "customers.csv", "--strict"], in: folder.path)
        #expect(imported.exitCode == 1)
        #expect(imported.output.contains("1 invalid"))
    }

    @Test func theRulesAreListedWithoutAManifest() throws {
        let result = try validate("--list-rules")
        #expect(result.exitCode == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines[0].hasPrefix("rule "))
        #expect(lines.contains { $0.hasPrefix("country.code ") && $0.contains(" error ") })
        #expect(lines.contains { $0.hasPrefix("identity.duplicate ") })
    }

    @Test(arguments: [("domain.sufix", "domain.suffix"), ("al", "all")])
    func anUnknownRepairIsAUsageErrorThatSuggestsTheNearest(name: String, nearest: String) throws {
        let result = try validate("customers.csv", "--accept-repairs", name)
        #expect(result.exitCode == 64)
        #expect(result.errors.contains("did you mean \(nearest)?"))
    }

    @Test func aRepairThatNobodySuggestsIsAUsageError() throws {
        let result = try validate("customers.csv", "--accept-repairs", "field.required")
        #expect(result.exitCode == 64)
        #expect(result.errors.contains("suggests nothing that is safe"))
    }

    @Test func aHeaderAmongTheRowsIsToldOnce() throws {
        _ = try folder.write(ManifestText.rows([1]) + ManifestText.rows([2]), to: "customers.csv")
        let result = try validate("customers.csv")
        #expect(result.output == "customers.csv:3: error: the row repeats the header; remove it (row.repeatedHeader)\n")
        #expect(result.errors.contains("rows: 3, with errors: 1"))
    }

    @Test func blankRowsAreCountedByValidateAndImport() throws {
        let blank = String(repeating: ",", count: 13) + "\n"
        _ = try folder.write(ManifestText.rows([1]) + blank + ManifestText.row(2) + "\n" + blank, to: "customers.csv")
        #expect(
            try validate("customers.csv").errors.contains("rows: 2, with errors: 0; errors: 0, warnings: 0; blank rows")
        )
        let imported = try PurserProcess.run(["import", "customers.csv"], in: folder.path)
        #expect(imported.exitCode == 0)
        #expect(imported.errors.contains("2 rows are blank and were passed over"))
        #expect(imported.output.hasPrefix("2 rows: 2 created"))
    }

    @Test func aPreflightNeedsAServiceToAsk() throws {
        #expect(try validate("customers.csv", "--preflight").exitCode == 64)
    }

    @Test func aServiceThatCantBeAskedIsNoSuccess() throws {
        _ = try folder.write(ManifestText.rows([1]), to: "customers.csv")
        _ = try folder.write("token", to: "token")
        let arguments = ["--preflight", "--endpoint", "http://127.0.0.1:1", "--token-file", "token", "--attempts", "1"]
        let result = try PurserProcess.run(["validate", "customers.csv"] + arguments, in: folder.path)
        #expect(result.exitCode == 69)
        #expect(result.errors.contains("could not be asked all about: 1"))
    }

    @Test func theHelpKnowsNoServiceThatAPreflightCouldNotAsk() throws {
        #expect(!(try validate("--help").output.contains("default: embedded")))
    }

    @Test func aPreflightOfARehearsalLeavesNoService() throws {
        _ = try folder.write(ManifestText.rows([1]), to: "customers.csv")
        let result = try PurserProcess.run(["import", "customers.csv", "--dry-run", "--preflight"], in: folder.path)
        #expect(result.output.hasPrefix("1 row: 1 ready"))
        #expect(
            try !FileManager.default.contentsOfDirectory(atPath: folder.path).contains { $0.contains("partner-center") }
        )
    }

    @Test func aRepairThatIsUnknownToImportPointsToItsHelp() throws {
        let result = try PurserProcess.run(["import", "customers.csv", "--accept-repairs", "zzz"], in: folder.path)
        #expect(result.exitCode == 64)
        #expect(result.errors.contains("see purser import --help"))
    }

    @Test func aPreflightedImportFindsTheDomainsThatAreTaken() throws {
        _ = try folder.write(ManifestText.rows(1...3), to: "customers.csv")
        let first = try PurserProcess.run(["import", "customers.csv", "--preflight"], in: folder.path)
        #expect(first.output.hasPrefix("3 rows: 3 created"))
        // The same service, and a checkpoint that knows nothing of it.
        try FileManager.default.moveItem(
            atPath: folder("purser.checkpoint.partner-center"),
            toPath: folder("other.checkpoint.partner-center")
        )
        _ = try folder.write(ManifestText.rows(2...5), to: "customers.csv")
        let arguments = ["import", "customers.csv", "--preflight", "--checkpoint", "other.checkpoint"]
        let second = try PurserProcess.run(arguments, in: folder.path)
        #expect(second.exitCode == 1)
        #expect(second.output.hasPrefix("4 rows: 2 created, 2 invalid"))
        #expect(try folder.read("reports/customers.csv.results.csv").contains(",domain.taken,domain,"))
    }

    @Test func allRepairsMakeAManifestRight() throws {
        let rows = [
            ManifestText.row(1).replacing(",US,", with: ",USA,"),
            ManifestText.row(2).replacing(",WA,", with: ",Washington,"),
            ManifestText.row(3).replacing(",98101,", with: ",98101–1234,"),
        ]
        _ = try folder.write(([ManifestText.header] + rows).joined(separator: "\n") + "\n", to: "customers.csv")
        #expect(try validate("customers.csv").exitCode == 1)
        let repaired = try validate("customers.csv", "--accept-repairs", "all")
        #expect(repaired.exitCode == 0)
        let lines = repaired.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines[0].hasPrefix("customers.csv:2: country: repaired: 'USA' is taken as 'US', since it is no country")
        )
        #expect(lines[1].contains("'Washington' is taken as 'WA'"))
        #expect(repaired.errors.contains("repaired: 3 (country.code 1, damage.codeCharacters 1, state.code 1)"))
    }

    @Test func aGuessIsSuggestedAndNeverTaken() throws {
        let bad = ManifestText.row(1).replacing(",US,", with: ",Untied States,")
        _ = try folder.write(ManifestText.header + "\n" + bad + "\n", to: "customers.csv")
        let result = try validate("customers.csv", "--accept-repairs", "all")
        #expect(result.exitCode == 1)
        #expect(result.output.hasSuffix("; is 'US' meant? (country.code)\n"))
    }

    @Test func anImportSendsRepairedRowsOnlyWhereItIsAsked() throws {
        let bad = ManifestText.row(2).replacing(",WA,", with: ",Washington,")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n", to: "customers.csv")
        let plain = try PurserProcess.run(["import", "customers.csv"], in: folder.path)
        #expect(plain.output.hasPrefix("2 rows: 1 created, 1 invalid"))
        let arguments = ["import", "customers.csv", "--accept-repairs", "all"]
        let repaired = try PurserProcess.run(arguments, in: folder.path)
        #expect(repaired.exitCode == 0)
        #expect(repaired.output.hasPrefix("2 rows: 1 created, 1 unchanged"))
        let row = try Results(of: "customers.csv", in: folder).rows[1]
        #expect(row["status"] == "created")
        #expect(row["message"] == "state repaired from Washington to WA (state.code)")
        let again = try PurserProcess.run(arguments, in: folder.path)
        #expect(again.output.hasPrefix("2 rows: 2 unchanged"))
        #expect(try Results(of: "customers.csv", in: folder).summary.attempts == 0)
    }

    @Test func aPreflightAsksARunningServiceAndCreatesNothing() throws {
        _ = try folder.write(ManifestText.rows(1...2), to: "customers.csv")
        let emulator = try PurserProcess(["emulator", "--port", "0"], in: folder.path)
        defer {
            emulator.signal(SIGTERM)
            _ = emulator.wait()
        }
        let line = emulator.firstLine()
        let endpoint = try #require(line.split(separator: " ").first { $0.hasPrefix("http://") }).description
        func run(_ command: String...) throws -> PurserProcess.Result {
            try PurserProcess.run(
                command + ["--endpoint", endpoint],
                in: folder.path,
                environment: ["PURSER_TOKEN": "emulator"]
            )
        }
        #expect(try run("validate", "customers.csv", "--preflight").exitCode == 0)
        #expect(try run("import", "customers.csv").output.hasPrefix("2 rows: 2 created"))
        _ = try folder.write(ManifestText.rows(2...3), to: "customers.csv")
        let result = try run("validate", "customers.csv", "--preflight")
        #expect(result.exitCode == 1)
        let findings = result.output.split(separator: "\n")
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix("customers.csv:2: domain: error: ") == true)
        #expect(findings.first?.hasSuffix("(domain.taken)") == true)
    }
}
