import Foundation
import TestSupport
import Testing

@testable import Manifests

struct XMLHostilityTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Reads a file to its end or its error, as an import does.
    private func error(of path: String) throws -> ManifestError? {
        do throws(ManifestError) {
            let reader = try Manifest.openVerified(path, .knowing)
            while try reader.next() != nil {}
            return nil
        } catch {
            #expect(error.kind == .malformed)
            return error
        }
    }

    @Test(arguments: [
        "<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>",
        "<!ENTITY c '\(String(repeating: "x", count: 100_000))'>",
        "<!ENTITY c SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY c SYSTEM 'http://127.0.0.1:9/'>",
        "<!ENTITY % c SYSTEM 'http://127.0.0.1:9/'>%c;",
        "<!ENTITY c PUBLIC 'c' 'file:///dev/zero'>",
    ])
    func entitiesAreRefusedBeforeTheyMeanAnything(declaration: String) throws {
        let uses = String(repeating: "&c;", count: 1000)
        let path = try folder.write(
            "<!DOCTYPE customers [\(declaration)]><customers><customer externalId='\(uses)'>\(uses)</customer></customers>",
            to: "a.xml"
        )
        #expect(try error(of: path)?.message.contains("document type declaration") == true)
    }

    @Test func anEntityOfADocumentOutsideIsRefused() throws {
        let path = try folder.write("<!DOCTYPE customers SYSTEM 'http://127.0.0.1:9/a.dtd'><customers/>", to: "a.xml")
        #expect(try error(of: path)?.message.contains("document type declaration") == true)
    }

    /// What never ends must be refused after a few megabytes, whatever it is: the memory is bounded by what was read.
    @Test(arguments: [
        ("<customers><customer externalId='", "x"), ("<customers><customer", " a='1'"), ("<customers>", "<a>"),
        ("<customers><customer><companyProfile><domain>", "x"), ("<customers><!--", "x"), ("<customers><?x ", "x"),
        ("<customers><customer><![CDATA[", "x"), ("<", "x"), ("<customers><customer><", "x"), ("<customers><a>&", "x"),
        ("<?xml version='1.0' encoding='", "x"), ("<customers xmlns:a='", "x"), ("<customers><a></a", " "),
    ])
    func whatNeverEndsIsRefusedSoon(start: String, repeated: String) {
        let first = Array(start.utf8)
        var rest = first[...]
        var given = 0
        var filler: [UInt8] = []
        while filler.count < 1 << 16 { filler += Array(repeated.utf8) }
        let stream = XMLStream<XMLManifest.Name>(path: "a.xml", prefixes: [:]) { buffer in
            let count = rest.isEmpty ? min(buffer.count, filler.count) : rest.count
            buffer.replaceSubrange(..<count, with: rest.isEmpty ? filler[..<count] : rest)
            rest = []
            given += count
            return count
        }
        let error = #expect(throws: ManifestError.self) { while given < 1 << 24, try stream.next() != nil {} }
        #expect(error?.kind == .malformed)
        #expect(given < 1 << 22)
    }

    @Test func aDocumentCutOffAnywhereIsRefused() throws {
        let text =
            "<?xml version='1.0'?><!-- é --><customers xmlns='urn:purser:customers:1'><customer externalId='1'>"
            + "<companyProfile><companyName>a&amp;é<![CDATA[<]]></companyName></companyProfile></customer></customers>"
        let bytes = Array(text.utf8)
        for length in 2..<bytes.count {
            let path = folder("cut.xml")
            try Data(bytes[..<length]).write(to: URL(fileURLWithPath: path))
            #expect(try error(of: path) != nil, "\(length) bytes")
        }
        #expect(try error(of: folder.write(text, to: "whole.xml")) == nil)
    }

    @Test func anODSWorkbookCutOffAnywhereIsRefused() throws {
        let names = ["office", "table", "text"].map { "xmlns:\($0)='urn:oasis:names:tc:opendocument:xmlns:\($0):1.0'" }
        let cell = "<table:table-cell><text:p>companyName</text:p></table:table-cell>"
        let text =
            "<office:document-content \(names.joined(separator: " "))><office:body><office:spreadsheet>"
            + "<table:table table:name='a'><table:table-row>\(cell)</table:table-row></table:table>"
            + "</office:spreadsheet></office:body></office:document-content>"
        let type = "application/vnd.oasis.opendocument.spreadsheet"
        writeArchive([("mimetype", Array(type.utf8)), ("content.xml", Array(text.utf8))], to: folder("a.ods"))
        #expect(try error(of: folder("a.ods")) == nil)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder("a.ods")))
        for length in 4..<bytes.count {
            try bytes.prefix(length).write(to: URL(fileURLWithPath: folder("cut.ods")))
            #expect(try error(of: folder("cut.ods")) != nil, "\(length) bytes")
        }
    }

    @Test(arguments: [
        "<customer externalId='3'>", "<customer externalId='3'></customers>", "&nbsp;",
        String(repeating: "<a>", count: 100), "<customer externalId='\u{FFFF}'/>",
    ])
    func rowsBeforeAFaultAreReadOnlyWhereTheyAreWanted(fault: String) throws {
        let path = try folder.write(
            "<customers><customer externalId='1'/><customer><city/></customer><customer externalId='2'/>\(fault)",
            to: "a.xml"
        )
        let refused = #expect(throws: ManifestError.self) { try Manifest.openVerified(path, ManifestOptions()) }
        var options = ManifestOptions()
        options.isPartial = true
        let reader = try Manifest.openVerified(path, options)
        let rows = try (0..<3).map { _ in try reader.next() }
        #expect(rows.map { $0?.cells.first } == ["1", "", "2"])
        #expect(rows.map { $0?.faults.isEmpty } == [true, false, true])
        let error = #expect(throws: ManifestError.self) { while try reader.next() != nil {} }
        #expect(error == refused)
    }
}
