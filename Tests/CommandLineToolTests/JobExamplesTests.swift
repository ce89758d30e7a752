import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

/// The examples of `jobs/`, some of which the Debian package ships as they are.
struct JobExamplesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "jobs")
    private static let systemdAnalyze = "/usr/bin/systemd-analyze"

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    }

    private static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func eachExampleBeginsWithThreeLinesOfComment() throws {
        for name in try Self.names() where !["README.md", "job.schema.json"].contains(name) {
            let lines = try text(name).split(separator: "\n", omittingEmptySubsequences: false)
            let isJob = name.hasSuffix(".json")
            let comments = lines.dropFirst(isJob ? 1 : 0).prefix { $0.drop { $0 == " " }.hasPrefix(isJob ? "//" : "#") }
            #expect(comments.count == 3, "\(name)")
        }
    }

    @Test func theListNamesEachFile() throws {
        let list = try text("README.md")
        for name in try Self.names() where name != "README.md" { #expect(list.contains("`\(name)`"), "\(name)") }
    }

    @Test func theNightlyJobIsRead() throws {
        let job = try JobFile(Self.folder.appending(path: "nightly.json").path)
        #expect(job.name == "nightly")
        #expect(job.values["endpoint"] == "https://api.partnercenter.microsoft.com")
        #expect(job.values["checkpoint"] == "/var/lib/purser/nightly/purser.checkpoint")
    }

    /// By what stands before the arguments, and what after them.
    @Test(arguments: [
        ("purser@.service", "ExecStart=/usr/bin/purser ", "\n"), ("purser.cron", " /usr/bin/purser ", " 2>&1"),
        ("Containerfile", "CMD [", "]"),
    ])
    func whatIsStartedIsWhatPurserTakes(name: String, start: String, end: String) throws {
        let rest = try #require(try text(name).components(separatedBy: start).dropFirst().first)
        let words = rest.components(separatedBy: end)[0].split { ", \"".contains($0) }.map(String.init)
        #expect(words.first == "import")
        let arguments = try Arguments(words.dropFirst(), for: ImportCommand.specification)
        #expect(arguments.value("job")?.hasPrefix("/etc/purser/") == true)
    }

    @Test func theCronLineHasATimeAndAUser() throws {
        let lines = try text("purser.cron").split(separator: "\n").filter { $0.first?.isNumber == true }
        #expect(lines.count == 1)
        #expect(try #/\d+ \d+ \* \* \* purser .*/#.wholeMatch(in: lines[0]) != nil)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: systemdAnalyze), "needs systemd-analyze"))
    func systemdFindsNothingWrongWithTheUnits() throws {
        let folder = try TemporaryFolder()
        let units = ["purser@.service", "purser@.timer"]
        for unit in units {
            // It asks whether the program is there, and on this machine it may not be installed.
            _ = try folder.write(try text(unit).replacing("/usr/bin/purser", with: "/bin/true"), to: unit)
        }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: Self.systemdAnalyze)
        process.arguments = ["verify", "--man=no"] + units.map { folder($0) }
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(said.isEmpty, "\(said)")
    }
}
