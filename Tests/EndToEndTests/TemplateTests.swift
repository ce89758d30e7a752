import Foundation
import TestSupport
import Testing

/// `purser template`, as a user runs it.
struct TemplateTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(["template"] + arguments, in: folder.path)
    }

    @Test(arguments: [
        ("csv", "externalId,companyName,domain,"), ("xlsx", "PK\u{3}\u{4}"),
        ("xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<customers xmlns=\"urn:purser:customers:1\">"),
        ("xsd", "<?xml"),
    ])
    func aTemplateGoesToTheOutputOrAFile(format: String, start: String) throws {
        let printed = try run("--format", format)
        #expect(printed.exitCode == 0)
        #expect(printed.output.hasPrefix(start))
        let written = try run("--format", format, "--to", "template")
        #expect(written.exitCode == 0)
        #expect(written.output.isEmpty && written.errors.isEmpty)
        #expect(try folder.read("template").hasPrefix(start))
    }

    @Test func aTemplateIsCSVUnlessSaidOtherwise() throws {
        #expect(try run().output == run("--format", "csv").output)
    }

    @Test func aFileThatMayBeFilledInIsLeftAsItIs() throws {
        _ = try folder.write("filled in", to: "customers.csv")
        let result = try run("--to", "customers.csv")
        #expect(result.exitCode == 73)
        #expect(result.errors.contains("customers.csv: "), "\(result.errors)")
        #expect(try folder.read("customers.csv") == "filled in")
    }

    @Test func anEmptyFileIsWritten() throws {
        _ = try folder.write("", to: "customers.csv")
        #expect(try run("--to", "customers.csv").exitCode == 0)
        #expect(try folder.read("customers.csv").hasPrefix("externalId,"))
    }

    @Test(arguments: [
        (["--format", "xls"], Int32(64), "xlsx"), (["--to", "missing/customers.csv"], 73, "missing"),
        (["customers.csv"], 64, "customers.csv"),
    ])
    func aMistakeIsToldWithItsExitCode(arguments: [String], exitCode: Int32, words: String) throws {
        let result = try PurserProcess.run(["template"] + arguments, in: folder.path)
        #expect(result.exitCode == exitCode)
        #expect(result.errorLines.count == 1 && result.errors.contains(words), "\(result.errors)")
    }
}
