import Foundation
import TestSupport
import Testing

@testable import Manifests

struct ManifestTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aFileOfTextOpensAsCSV() throws {
        let path = try folder.write("companyName;domain\nOne;one.example\n", to: "customers.xlsx")
        let reader = try Manifest.open(path)
        #expect(reader.header == ["companyName", "domain"])
        #expect(try reader.next() == Record(cells: ["One", "one.example"], row: 1, line: 2))
        #expect(try reader.next() == nil)
    }

    @Test func aFileThatIsNotThereIsUnavailableForTheSystemsReason() {
        let error = #expect(throws: ManifestError.self) { try Manifest.open(folder("none.csv")) }
        #expect(error?.kind == .unavailable)
        #expect(error?.description == "\(folder("none.csv")): can't open: No such file or directory")
    }

    @Test func aFolderIsUnavailable() {
        let error = #expect(throws: ManifestError.self) { try Manifest.open(folder.path) }
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("Is a directory") == true)
    }

    @Test(arguments: [
        ([UInt8]("PK\u{3}\u{4}\u{14}\0\u{6}\0".utf8), "zip archive"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], "old Excel workbook"),
        ([UInt8]("%PDF-1.7\n".utf8), "PDF"),
        ([0x1F, 0x8B, 8, 0], "gzip"),
        ([UInt8]("\u{FEFF}\r\n<!DOCTYPE HTML><html>".utf8), "HTML"),
        ([UInt8]("<table border=1>".utf8), "HTML"),
        ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], "binary"),
    ])
    func whatIsNoCSVIsRefusedWithWhatToDo(bytes: [UInt8], words: String) throws {
        try Data(bytes).write(to: URL(filePath: folder("customers.csv")))
        let error = #expect(throws: ManifestError.self) { try Manifest.open(folder("customers.csv")) }
        #expect(error?.kind == .malformed)
        #expect(error?.message.contains(words) == true)
        #expect(error?.message.contains("save") == true || words == "gzip")
    }

    static let binaries: [(bytes: [UInt8], words: String)] = [
        (Array(0...255), "binary"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], "picture"),
        ([0xFF, 0xD8, 0xFF, 0xE0, 1], "picture"),
        (ascii("ID3\u{3}\0\0"), "sound"),
        (ascii("PAR1\u{15}\u{4}"), "Parquet"),
        ([0x09, 0, 4, 0, 2, 0, 0x10, 0], "before 1997"),
        ([0x09, 8, 8, 0, 0, 5, 5, 0], "before 1997"),
        (ascii("ID;PWXL;N;E\nC;Y1;X1;K\"companyName\"\n"), "SYLK"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0], "7z"),
        (ascii("Rar!\u{1A}\u{7}\0"), "RAR"),
    ]

    private static func ascii(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

    @Test(arguments: binaries)
    func whatIsNoTextIsRefusedWithWhatToDo(bytes: [UInt8], words: String) throws {
        try Data(bytes).write(to: URL(filePath: folder("customers.csv")))
        let error = try #require(throws: ManifestError.self) { try Manifest.open(folder("customers.csv")) }
        #expect(error.kind == .malformed)
        #expect(error.message.contains(words))
        let advice = ["save", "unpack", "ask for", "check"]
        #expect(advice.contains { error.message.contains($0) })
    }

    @Test(arguments: [
        "<5 seats,domain\n", "PK,domain\n", "a,b\n1,x\0y and more than sixteen times as much text\n", "ID3,domain\n",
        "\tdomain\n",
    ])
    func whatOnlyLooksLikeAnotherFormatIsCSV(text: String) {
        #expect(UnreadableFormat([UInt8](text.utf8)) == nil)
    }

    @Test func controlBytesAreCharactersWhereTheEncodingIsSaid() {
        #expect(UnreadableFormat([UInt8](1...255)) == .binary)
        #expect(UnreadableFormat([UInt8](1...255), isEncodingSaid: true) == nil)
    }
}
