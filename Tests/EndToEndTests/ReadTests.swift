import Foundation
import TestSupport
import Testing

/// What `purser read` shows of a manifest.
struct ReadTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write("Firma *;Domain (ohne www);E-Mail\r\nA;\"a;b\";\r\nB;b.example;x@b\r\n", to: "a.csv")
    }

    @Test func recordsAreArraysWithTheHeaderFirst() throws {
        let result = try PurserProcess.run(["read", "a.csv"], in: folder.path)
        #expect(result.exitCode == 0)
        #expect(
            result.output == """
                ["Firma *","Domain (ohne www)","E-Mail"]
                ["A","a;b",""]
                ["B","b.example","x@b"]

                """
        )
    }

    @Test func theLimitAndTheFormatAreFollowed() throws {
        let result = try PurserProcess.run(["read", "a.csv", "--as", "csv", "--limit", "1"], in: folder.path)
        #expect(result.output == "Firma *,Domain (ohne www),E-Mail\r\nA,\"a;b\",\r\n")
    }

    @Test func aFaultIsOneLineWhateverTheFileIsCalled() throws {
        _ = try folder.write("a,b\nx,y,z\n", to: "new\nline.csv")
        let result = try PurserProcess.run(["read", "new\nline.csv"], in: folder.path)
        #expect(result.errors.hasPrefix("new line.csv:2: error: "))
        #expect(result.errors.count(where: \.isNewline) == 1)
    }

    @Test func itIsSaidHowTheFileWasRead() throws {
        let result = try PurserProcess.run(["read", "a.csv", "--explain"], in: folder.path)
        #expect(result.output.contains("encoding: UTF-8 ("))
        #expect(result.output.contains("delimiter: \";\" (3 titles"))
        #expect(result.output.contains("line ends: CRLF ("))
    }

    @Test(arguments: [
        (["--encoding", "klingon"], "--encoding does not know 'klingon'; use a name such as UTF-8"),
        (["--encoding", "win1252"], "--encoding does not know 'win1252'; did you mean windows-1252"),
        (["--as", "xml"], "--as takes jsonl, csv, not 'xml'"),
        (["--limit", "-1"], "--limit takes a whole number"),
        (["--limit", "many"], "--limit takes a whole number"),
        (["--delimiter", "||"], "--delimiter takes one character"),
        (["--delimiter", "a"], "--delimiter takes a character such as , ; | or the word tab, not 'a'"),
        (["--quote", "x"], "--quote takes \" or ', not 'x'"),
        (["--header-row", "0"], "--header-row takes a whole number"),
        (["b.csv"], "'b.csv' is more than the command takes"),
    ])
    func aWrongOptionIsAUsageError(arguments: [String], message: String) throws {
        let result = try PurserProcess.run(["read", "a.csv"] + arguments, in: folder.path)
        #expect(result.exitCode == 64)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test(arguments: [
        ("a.csv", ["--sheet", "Data"], "a.csv: --sheet is for workbooks, but this is a CSV text; leave it out"),
        ("m.xml", ["--sheet", "Data"], "m.xml: --sheet is for workbooks, but this is an XML manifest"),
        ("m.xml", ["--delimiter", ";"], "m.xml: --delimiter is for CSV texts, but this is an XML manifest"),
        ("m.xml", ["--header-row", "2"], "m.xml: --header-row is for tables, but this is an XML manifest"),
        ("w.xml", ["--quote", "'"], "w.xml: --quote is for CSV texts, but this is a workbook"),
        ("t.xlsx", ["--delimiter", ","], "t.xlsx: --delimiter is for CSV texts, but this is a workbook"),
        ("t.xlsx", ["--encoding", "UTF-8"], "t.xlsx: --encoding is for texts, but this is a workbook"),
    ])
    func anOptionThatTheFileHasNoUseForIsAUsageError(name: String, arguments: [String], message: String) throws {
        _ = try folder.write("<customers><customer><domain>x</domain></customer></customers>", to: "m.xml")
        let workbook = "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>"
        _ = try folder.write(workbook, to: "w.xml")
        let template = try PurserProcess.run(["template", "--format", "xlsx", "--to", "t.xlsx"], in: folder.path)
        #expect(template.exitCode == 0)
        for command in ["read", "validate"] {
            let result = try PurserProcess.run([command, name] + arguments, in: folder.path)
            #expect(result.exitCode == 64, "\(command)")
            #expect(result.errors.contains(message), "\(result.errors)")
            #expect(result.output.isEmpty)
        }
        let started = ["import", name, "--dry-run"] + arguments
        #expect(try PurserProcess.run(started, in: folder.path).exitCode == 64)
    }

    @Test func aRowAtFaultIsShownAndTold() throws {
        _ = try folder.write("a,b\n1,2,3\n", to: "b.csv")
        let result = try PurserProcess.run(["read", "b.csv"], in: folder.path)
        #expect(result.exitCode == 1)
        #expect(result.errors.contains("b.csv:2: error: "))
    }
}
