import Foundation
import Platform
import TestSupport
import Testing

@testable import CommandLineTool

/// The completions and the manual page: what help knows, they know.
struct CompletionsTests {
    private static let commands = CommandLineTool.specifications

    /// Everything that can be typed: each command with each of its options.
    private static let typed = commands.flatMap { command in command.options.map { (command.name, $0) } }

    @Test(arguments: [
        ("FILE", ValueKind.file), ("FILE,...", .file), ("MANIFEST...", .file), ("DIR", .folder),
        ("json|xml", .words(["json", "xml"])), ("LIST|all", .other), ("N", .other), ("CHARACTER", .other),
    ])
    func aValueIsToldByItsName(name: String, kind: ValueKind) {
        #expect(ValueKind(named: name) == kind)
    }

    @Test func everyOptionStandsInTheManual() {
        let page = ManualPage(commands: Self.commands, version: "1", date: .now()).text
        let sections = page.components(separatedBy: "\n.SS ").dropFirst()
        #expect(sections.count == Self.commands.count)
        for (command, section) in zip(Self.commands, sections) {
            for option in command.options {
                #expect(section.contains("\\fB\\-\\-\(option.name.replacing("-", with: "\\-"))\\fR"))
            }
        }
    }

    @Test(arguments: [
        ("purser ", ["import", "validate", "completions", "--version"]), ("purser imp", ["import"]),
        ("purser import --dr", ["--dry-run"]), ("purser import --wire ", ["json", "xml"]),
        ("purser import --wire x", ["xml"]), ("purser import --wire = j", ["json"]),
        ("purser import --wire =", ["json", "xml"]), ("purser import --checkpoint c", ["customers.csv"]),
        ("purser import cu", ["customers.csv"]), ("purser import --reports ", ["outbox"]),
        ("purser import --max-in-flight ", []), ("purser emulator --wi", []), ("purser status cu", []),
        ("purser completions ", ["bash", "zsh", "fish"]), ("purser completions", ["completions"]),
        ("purser help ver", ["verify"]), ("purser import --dry-run a.csv --log-f", ["--log-format"]),
    ])
    func bashCompletes(line: String, expected: [String]) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Shell.bash.completions(of: Self.commands), to: "purser.bash")
        _ = try folder.write("", to: "customers.csv")
        try FileManager.default.createDirectory(atPath: folder("outbox"), withIntermediateDirectories: true)
        // What bash itself does with a line, where the cursor stands at its end.
        let script = """
            source ./purser.bash && complete -p purser >/dev/null && rm purser.bash
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _purser && printf '%s\\n' "${COMPREPLY[@]}"
            """
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let found = try Self.run("bash", ["-c", script, "bash"] + words, in: folder.path)
        #expect(found.status == 0 && found.errors.isEmpty, "\(found.errors)")
        let offered = found.output.split(separator: "\n").map(String.init)
        #expect(line == "purser " ? Set(offered).isSuperset(of: expected) : offered == expected, "\(offered)")
    }

    @Test func bashKnowsEveryOption() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Shell.bash.completions(of: Self.commands), to: "purser.bash")
        let script = """
            source ./purser.bash
            while read -r command option; do
                COMP_WORDS=(purser "$command" "$option") COMP_CWORD=2
                _purser
                [[ " ${COMPREPLY[*]} " == *" $option "* ]] || echo "$command $option"
            done
            """
        let lines = Self.typed.map { "\($0) --\($1.name)\n" }.joined()
        let missing = try Self.run("bash", ["-c", script], in: folder.path, input: lines)
        #expect(missing.output.isEmpty && missing.errors.isEmpty, "\(missing)")
    }

    @Test(arguments: [("bash", ["-n"], Shell.bash), ("zsh", ["-n"], .zsh), ("fish", ["--no-execute"], .fish)])
    func aShellReadsItsCompletionsWhereItIsInstalled(program: String, options: [String], shell: Shell) throws {
        guard Self.isInstalled(program) else { try Test.cancel("needs \(program)") }
        let folder = try TemporaryFolder()
        let path = try folder.write(shell.completions(of: Self.commands), to: "purser")
        let result = try Self.run(program, options + [path], in: folder.path)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    }

    @Test(
        .enabled(if: isInstalled("fish"), "needs fish"),
        arguments: [
            ("purser im", ["import"]), ("purser import --dr", ["--dry-run"]), ("purser import --wire x", ["xml"]),
            ("purser import --wire=x", ["--wire=xml"]), ("purser import cu", ["customers.csv"]),
            ("purser import --checkpoint cu", ["customers.csv"]), ("purser import --reports ou", ["outbox/"]),
            ("purser status cu", []), ("purser completions f", ["fish"]), ("purser help ver", ["verify"]),
        ]
    )
    func fishCompletes(line: String, expected: [String]) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Shell.fish.completions(of: Self.commands), to: "purser.fish")
        _ = try folder.write("", to: "customers.csv")
        try FileManager.default.createDirectory(atPath: folder("outbox"), withIntermediateDirectories: true)
        let script = "source purser.fish; rm purser.fish; complete -C '\(line)'"
        let result = try Self.run("fish", ["--no-config", "-c", script], in: folder.path)
        #expect(result.output.split(separator: "\n").map { $0.split(separator: "\t")[0] } == expected.map { $0[...] })
    }

    @Test(arguments: [
        ("man", ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]), ("groff", ["-ww", "-man", "-Tutf8", "-z"]),
        ("mandoc", ["-Tlint", "-Wwarning"]),
    ])
    func theManualIsCleanRoffWhereItCanBeChecked(program: String, options: [String]) throws {
        guard Self.isInstalled(program) else { try Test.cancel("needs \(program)") }
        let folder = try TemporaryFolder()
        let page = ManualPage(commands: Self.commands, version: CommandLineTool.version, date: .now()).text
        let path = try folder.write(page, to: "purser.1")
        let result = try Self.run(program, options + [path], in: folder.path)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        if program == "mandoc" { #expect(result.output.isEmpty, "\(result.output)") }
    }

    private static func isInstalled(_ program: String) -> Bool {
        ["/bin", "/usr/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    private static func run(
        _ program: String,
        _ arguments: [String],
        in folder: String,
        input: String = ""
    ) throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        let standard = (input: URL(filePath: "\(folder)/.in"), output: Pipe(), errors: URL(filePath: "\(folder)/.err"))
        try Data(input.utf8).write(to: standard.input)
        try Data().write(to: standard.errors)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder, "TERM": "dumb"]
        process.standardInput = try FileHandle(forReadingFrom: standard.input)
        process.standardOutput = standard.output
        process.standardError = try FileHandle(forWritingTo: standard.errors)
        try process.run()
        let output = String(decoding: standard.output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output, try String(contentsOf: standard.errors, encoding: .utf8))
    }
}
