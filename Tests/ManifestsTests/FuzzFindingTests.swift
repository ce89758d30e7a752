import TestSupport
import Testing

@testable import Manifests

/// What `scripts/fuzz` found, smallest first.
struct FuzzFindingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: ["min='1' max='0'", "min='0' max='0'", "min='1' max='-1'", "min='-5' max='-9'"])
    func hiddenColumnsThatEndBeforeTheyBeginAreNone(range: String) throws {
        var workbook = HandmadeXLSX(inlineRow("companyName") + inlineRow("A"))
        workbook.beforeRows = "<cols><col \(range) hidden='1'/></cols>"
        let reader = try workbook.open(in: folder)
        #expect(try reader.records().map(\.texts) == [["A"]])
        #expect(reader.notices.isEmpty)
    }

    @Test func textBetweenCustomersIsOneFaultWhereverItsPiecesAreCut() throws {
        // The parser is fed 64 KiB at a time, and the text lies across the first cut.
        let filler = String(repeating: "<customer/>", count: 5_945)
        let stray = String(repeating: "x", count: 1_000)
        let path = try folder.write("<customers>\(filler)\(stray)<customer/></customers>", to: "a.xml")
        let records = try Manifest.open(path).records()
        #expect(records.count == 5_947)
        #expect(records.indices.filter { !records[$0].faults.isEmpty } == [5_945])
    }
}
