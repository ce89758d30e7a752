import Foundation
import TestSupport
import Testing

@testable import Manifests

struct HostileWorkbookTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Reads a file to its end or its error, which must be one that a person can act on.
    private func error(of path: String, _ limits: WorkbookLimits? = nil) -> ManifestError? {
        do throws(ManifestError) {
            let reader: any ManifestReader
            if let limits {
                reader = try Workbook.openArchive(path, .knowing, limits: limits)
            } else {
                reader = try Manifest.open(path, .knowing)
            }
            while try reader.next() != nil {}
            return nil
        } catch {
            #expect(error.kind == .malformed)
            return error
        }
    }

    @Test func aFileCutOffAnywhereIsRefusedOrRead() throws {
        let workbook = HandmadeXLSX(inlineRow("companyName", "domain") + inlineRow("a", "b"))
        writeArchive(workbook.parts, to: folder("a.xlsx"))
        let bytes = try Data(contentsOf: URL(filePath: folder("a.xlsx")))
        for length in 4..<bytes.count {
            try bytes.prefix(length).write(to: URL(filePath: folder("cut.xlsx")))
            #expect(error(of: folder("cut.xlsx")) != nil)
        }
    }

    @Test func aFileWithAnyByteChangedIsRefusedOrRead() throws {
        let workbook = HandmadeXLSX(inlineRow("companyName", "domain") + inlineRow("a", "b"))
        writeArchive(workbook.parts, to: folder("a.xlsx"))
        var bytes = try [UInt8](Data(contentsOf: URL(filePath: folder("a.xlsx"))))
        for index in bytes.indices {
            bytes[index] ^= 0xFF
            try Data(bytes).write(to: URL(filePath: folder("changed.xlsx")))
            _ = error(of: folder("changed.xlsx"))
            bytes[index] ^= 0xFF
        }
    }

    @Test func aPartThatUnpacksToFarMoreThanTheFileIsRefused() throws {
        var workbook = HandmadeXLSX(inlineRow("companyName", "domain"))
        workbook.afterRows = String(repeating: "<drawing/>", count: 400_000)
        writeArchive(workbook.parts, to: folder("a.xlsx"))
        var limits = WorkbookLimits()
        limits.unpacked = 1 << 20
        #expect(
            error(of: folder("a.xlsx"), limits)?.message.contains("unpacks to more than 100 times its size") == true
        )
    }

    @Test func sharedTextsThatUnpackToFarMoreThanTheFileAreRefused() throws {
        var workbook = HandmadeXLSX(inlineRow("companyName", "domain"))
        workbook.sharedStrings = String(
            repeating: "<si><t>\(String(repeating: "a", count: 1000))</t></si>",
            count: 40_000
        )
        writeArchive(workbook.parts, to: folder("a.xlsx"))
        var limits = WorkbookLimits()
        limits.sharedText = 1 << 20
        #expect(
            error(of: folder("a.xlsx"), limits)?.message.contains("texts of the workbook unpack to more than") == true
        )
    }

    @Test(arguments: [false, true])
    func aCellOfManyLongRunsIsRefused(isShared: Bool) throws {
        let runs = String(repeating: "<r><t>\(String(repeating: "x", count: 100_000))</t></r>", count: 20)
        let cell = isShared ? "<c t='s'><v>0</v></c>" : "<c t='inlineStr'><is>\(runs)</is></c>"
        var workbook = HandmadeXLSX(inlineRow("companyName", "domain") + "<row>\(cell)</row>")
        if isShared { workbook.sharedStrings = "<si>\(runs)</si>" }
        writeArchive(workbook.parts, to: folder("a.xlsx"))
        #expect(error(of: folder("a.xlsx"))?.message.contains("a cell is longer than 1 MiB") == true)
    }

    @Test func aRowOfManyLongCellsIsCutAndSaysSo() throws {
        let text = String(repeating: "x", count: 1000)
        let row = "<row>\(String(repeating: "<c t='inlineStr'><is><t>\(text)</t></is></c>", count: 100))</row>"
        writeArchive(HandmadeXLSX(inlineRow("companyName", "domain") + row).parts, to: folder("a.xlsx"))
        var limits = WorkbookLimits()
        limits.record = 10_000
        let reader = try Workbook.openArchive(folder("a.xlsx"), .knowing, limits: limits)
        let record = try #require(try reader.next())
        #expect(record.texts == [text, text])
        #expect(record.faults.map(\.rule) == ["workbook.rowTooLong"])
    }

    @Test func aLongTextThatEveryCellSharesIsRefused() throws {
        let row = "<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>"
        var workbook = HandmadeXLSX(inlineRow("companyName", "domain") + String(repeating: row, count: 1000))
        workbook.sharedStrings = "<si><t>\(String(repeating: "a", count: 1_000_000))</t></si>"
        writeArchive(workbook.parts, to: folder("a.xlsx"))
        var limits = WorkbookLimits()
        limits.given = 1 << 24
        #expect(error(of: folder("a.xlsx"), limits)?.message.contains("repeats its rows or texts") == true)
    }

    @Test func anArchiveOfAHundredThousandPartsIsRefused() throws {
        // What an archive's end says is enough.
        var end: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0x50, 0x4B, 0x06, 0x06] + [UInt8](repeating: 0, count: 28)
        end += [0xA0, 0x86, 1, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 16)
        end += [0x50, 0x4B, 0x06, 0x07, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
        end += [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 12) + [0, 0]
        try Data(end).write(to: URL(filePath: folder("a.xlsx")))
        #expect(error(of: folder("a.xlsx"))?.message.contains("100000 parts") == true)
    }

    @Test(arguments: [
        "<row r='0'/>", "<row r='1048577'/>", "<row><c r='XFE1'/></row>", "<row r='1'", "<row></sheetData>",
    ])
    func aSheetThatCannotBeIsRefused(rows: String) {
        writeArchive(HandmadeXLSX(rows).parts, to: folder("a.xlsx"))
        #expect(error(of: folder("a.xlsx")) != nil)
    }

    @Test func aPathThatLeadsOutOfTheArchiveIsOnlyAName() throws {
        var workbook = HandmadeXLSX("")
        workbook.target = { _ in "../../../../../../etc/passwd" }
        writeArchive(workbook.parts, to: folder("a.xlsx"))
        #expect(error(of: folder("a.xlsx"))?.message.contains("lacks its part \"etc/passwd\"") == true)
    }

    @Test func rowsRepeatedWithoutEndAreRefused() throws {
        let row =
            "<table:table-row table:number-rows-repeated='900000'><table:table-cell table:number-columns-repeated='9000'>"
            + "<text:p>companyName</text:p></table:table-cell></table:table-row>"
        let namespaces = ["office", "table", "text"].map {
            "xmlns:\($0)='urn:oasis:names:tc:opendocument:xmlns:\($0):1.0'"
        }
        let text =
            "<office:document \(namespaces.joined(separator: " "))><table:table table:name='a'>\(row)</table:table></office:document>"
        let path = try folder.write(text, to: "a.fods")
        var limits = WorkbookLimits()
        limits.given = 1 << 24
        let error = #expect(throws: ManifestError.self) {
            let reader = try Workbook.openDocument(.flatOpenDocument, path, .knowing, limits: limits)
            while try reader.next() != nil {}
        }
        #expect(error?.message.contains("repeats its rows") == true)
    }

    @Test(arguments: [("EncryptedPackage", "encrypted"), ("Workbook", ".xls"), ("WordDocument", "Word"), ("", ".xls")])
    func containersOfTheOldFormatsAreToldApart(stream: String, words: String) throws {
        var bytes = [UInt8](repeating: 0, count: 1024)
        bytes.replaceSubrange(..<8, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        bytes[30] = 9
        for (index, unit) in stream.utf8.enumerated() { bytes[512 + 128 + index * 2] = unit }
        try Data(bytes).write(to: URL(filePath: folder("a.xlsx")))
        let error = error(of: folder("a.xlsx"))
        #expect(error?.message.contains(words) == true)
        #expect(error?.message.contains("save") == true || words == "Word")
    }
}
