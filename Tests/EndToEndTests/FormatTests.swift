import Foundation
import TestSupport
import Testing

/// Manifests of every format, as a user gives them.
struct FormatTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> PurserProcess.Result {
        try PurserProcess.run(arguments, in: folder.path)
    }

    @Test(arguments: ["csv", "xlsx", "xml"])
    func aTemplateIsAManifestWithoutRows(format: String) throws {
        #expect(try run("template", "--format", format, "--to", "empty.\(format)").exitCode == 0)
        let result = try run("import", "empty.\(format)", "--dry-run")
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.contains("nothing to do"))
    }

    @Test func theRowsBeforeTheFaultOfAnXMLManifestAreSentWhereThatIsAskedFor() throws {
        let text = Self.document(of: 1...3)
        let third = try #require(text.range(of: "<culture>en-US</culture>", options: .backwards))
        _ = try folder.write(String(text[..<third.lowerBound]), to: "cut.xml")
        #expect(try run("import", "cut.xml").exitCode == 65)
        #expect(!FileManager.default.fileExists(atPath: folder("reports/cut.xml.results.csv")))

        let result = try run("import", "cut.xml", "--partial")
        #expect(result.exitCode == 65)
        #expect(result.errors.contains("cut.xml:"), "\(result.errors)")
        #expect(try Results(of: "cut.xml", in: folder).rows.map { $0["status"] } == ["created", "created"])
    }

    @Test func anXMLManifestIsImported() throws {
        _ = try folder.write(Self.document(of: 1...3), to: "customers.xml")
        let result = try run("import", "customers.xml")
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(try Results(of: "customers.xml", in: folder).count("created") == 3)
    }

    @Test func theResultsOfAnXMLManifestNameTheLinesAndItsCorrectionsSendJustTheRowsAtFault() throws {
        let text = Self.document(of: 1...3)
        let second = try #require(text.range(of: "crm-2"))
        let bad = text[second.lowerBound...].replacing("<country>US<", with: "<country>USA<", maxReplacements: 1)
        _ = try folder.write(String(text[..<second.lowerBound]) + String(bad), to: "customers.xml")
        #expect(try run("import", "customers.xml").exitCode == 1)
        let results = try Results(of: "customers.xml", in: folder)
        #expect(results.rows.map { $0["status"] } == ["created", "invalid", "created"])
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.contains("<customer ") }.map { "\($0.offset + 1)" }
        #expect(results.rows.map { $0["line"] } == lines)

        let corrections = try folder.read("reports/customers.xml.corrections.csv")
        _ = try folder.write(corrections.replacing(",USA,", with: ",US,"), to: "corrected.csv")
        #expect(try run("import", "corrected.csv").exitCode == 0)
        let sent = try Results(of: "corrected.csv", in: folder)
        #expect(sent.rows.map { $0["status"] } == ["created"])
        #expect(sent.summary.attempts == 1)
    }

    @Test func nothingIsSentOfAnXMLManifestThatIsDamagedAtItsEnd() throws {
        let text = Self.document(of: 1...3).replacing("</customers>", with: "")
        _ = try folder.write(text, to: "customers.xml")
        let result = try run("import", "customers.xml")
        #expect(result.exitCode == 65)
        #expect(!result.output.contains("created"))
    }

    @Test(arguments: [
        (Self.document(of: 1...3), "an XML manifest is read to its end"),
        ("PK\u{3}\u{4}\u{14}\0\u{6}\0", "a workbook can't be read from a pipe"),
        ("<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "a workbook can't be read from a pipe"),
    ])
    func whatIsReadTwiceIsRefusedFromAPipe(text: String, words: String) throws {
        _ = try folder.write(text, to: "file")
        let writer = try folder.startWriting("file", into: "pipe")
        defer { writer.waitUntilExit() }
        let result = try run("import", "pipe")
        #expect(result.exitCode == 65)
        #expect(result.errors.contains("pipe: \(words)"), "\(result.errors)")
    }

    @Test func aRowOfTotalsIsPassedOverAndTold() throws {
        let total = "Total," + String(repeating: ",", count: 12) + "3"
        _ = try folder.write(ManifestText.rows(1...3) + total + "\n", to: "customers.csv")
        let result = try run("import", "customers.csv")
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count { $0.hasPrefix("customers.csv:5: ") } == 1)
        #expect(try Results(of: "customers.csv", in: folder).count("created") == 3)
    }

    private static func document(of numbers: some Sequence<Int>) -> String {
        let customers = numbers.map { number in
            """
            <customer externalId="crm-\(number)">
              <companyProfile>
                <companyName>Brightwater Farms \(number)</companyName>
                <domain>brightwater\(number).onmicrosoft.com</domain>
              </companyProfile>
              <billingProfile>
                <email>office@farm\(number).example.com</email>
                <culture>en-US</culture>
                <language>en</language>
                <defaultAddress>
                  <addressLine1>\(number) Mill Road</addressLine1>
                  <city>Seattle</city>
                  <state>WA</state>
                  <postalCode>98101</postalCode>
                  <country>US</country>
                </defaultAddress>
              </billingProfile>
            </customer>

            """
        }
        return "<customers>\n" + customers.joined() + "</customers>\n"
    }
}
