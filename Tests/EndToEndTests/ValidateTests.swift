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
        let bad = ManifestText.row(2).replacing(",US,", with: ",UK,")
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
        let bad = ManifestText.row(2).replacing(",US,", with: ",UK,")
        _ = try folder.write(ManifestText.rows([1]) + bad + "\n", to: "customers.csv")
        let result = try validate("customers.csv", "--format", "jsonl")
        let finding = try JSONDecoder().decode(Finding.self, from: Data(result.output.utf8))
        #expect(finding.file == "customers.csv")
        #expect((finding.row, finding.line) == (2, 3))
        #expect(finding.value == "UK")
        #expect(finding.rule == "country.code")
        #expect(finding.severity == "error")
    }

    @Test func aCustomerThatStandsTwiceIsFoundInAnyManifestOfTheRun() throws {
        _ = try folder.write(ManifestText.rows([1]), to: "first.csv")
        _ = try folder.write(ManifestText.rows([2, 1]), to: "second.csv")
        let result = try validate("first.csv", "second.csv")
        #expect(result.exitCode == 1)
        #expect(result.output.contains("second.csv:3:"))
        #expect(result.output.contains("first.csv:2"))
    }

    @Test func findingsPastTheLimitAreCountedButNotWritten() throws {
        let rows = (1...5).map { ManifestText.row($0).replacing(",US,", with: ",UK,") }
        _ = try folder.write(([ManifestText.header] + rows).joined(separator: "\n") + "\n", to: "customers.csv")
        let result = try validate("customers.csv", "--max-findings", "2")
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(result.errors.contains("errors: 5,"))
    }
}
