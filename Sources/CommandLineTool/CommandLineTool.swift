internal import Platform

/// The tool: finds the command, runs it, and turns what comes of it into an exit code and at most one line of error.
package enum CommandLineTool {
    /// The version, as `purser --version` and the `User-Agent` tell it.
    package static let version = "0.1.0"

    private static let commands: [any Command.Type] = [
        ImportCommand.self, ValidateCommand.self, ExportCommand.self, VerifyCommand.self, StatusCommand.self,
        ReportCommand.self,
        ExplainCommand.self, ReadCommand.self, TemplateCommand.self, EmulatorCommand.self, SelfTestCommand.self,
        CompletionsCommand.self, ManualCommand.self,
    ]

    /// What Purser is for, in a line.
    static let purpose = "Purser turns spreadsheets of new customers into Partner Center customers, and back."

    /// What the commands are called and take, in the order that help tells them.
    static var specifications: [CommandSpecification] { commands.map { $0.specification } }

    /// Runs the tool.
    ///
    /// - Parameter arguments: the command line without the program's name.
    /// - Returns: the process's exit code.
    @concurrent
    package static func run(_ arguments: [String]) async -> Int32 {
        Signals.ignoreThoseThatNeedNoStop()
        ProcessLimits.openStandardStreams()
        ProcessLimits.raiseOpenFiles()
        let console = Console()
        let code = await run(arguments, console)
        StandardStream.release(isShown: code != .success)
        guard let failure = console.failure else { return code.rawValue }
        console.report("purser: \(failure)")
        return ExitCode.unwritableOutput.rawValue
    }

    private static func run(_ arguments: [String], _ console: Console) async -> ExitCode {
        do {
            guard let name = arguments.first else { throw UsageError("a command is missing; see purser --help") }
            switch name {
            case "--help", "-h", "help":
                console.write(try help(for: arguments.dropFirst().first))
                return .success
            case "--version":
                console.print("purser \(version)")
                return .success
            default:
                return try await run(try command(name), arguments.dropFirst(), console)
            }
        } catch {
            // One line, whatever a library put into its message.
            console.report(
                "purser: \(String(describing: error).split(whereSeparator: \.isNewline).joined(separator: " "))"
            )
            return ExitCode(for: error)
        }
    }

    private static func run(
        _ command: any Command.Type,
        _ arguments: ArraySlice<String>,
        _ console: Console
    ) async throws -> ExitCode {
        var arguments = try Arguments(arguments, for: command.specification)
        guard !arguments.wantsHelp else {
            console.write(command.specification.help)
            return .success
        }
        var record = RunRecord(of: command.specification.name)
        let code: ExitCode
        do {
            try await record.open(arguments)
            if let path = arguments.value(CommonOptions.job.name) {
                try arguments.adopt(try JobFile(path), for: command.specification)
                try await record.open(arguments)
            }
            if arguments.flag(CommonOptions.quiet.name) { StandardStream.hold() }
            let command = command.init(arguments: arguments)
            record.tally = command.tally
            code = try await command.run(console)
        } catch {
            // What ended the run is thrown, whatever becomes of its metrics.
            do { try await record.close(ExitCode(for: error)) } catch { console.report("purser: \(error)") }
            throw error
        }
        try await record.close(console.failure == nil ? code : .unwritableOutput)
        return code
    }

    private static func command(_ name: String) throws -> any Command.Type {
        for command in commands where command.specification.name == name { return command }
        let kind = name.hasPrefix("-") ? "option" : "command"
        throw UsageError(unknown: kind, name, names: commands.map { $0.specification.name } + ["--help", "--version"])
    }

    private static func help(for name: String?) throws -> String {
        if let name { return try command(name).specification.help }
        let width = (commands.map { $0.specification.name.count }.max() ?? 0) + 2
        let list = commands.map { command in
            let name = command.specification.name
            return "  \(name)\(String(repeating: " ", count: width - name.count))\(command.specification.summary)"
        }
        return """
            \(purpose)

            usage: purser COMMAND [options]

            commands:
            \(list.joined(separator: "\n"))

            purser COMMAND --help tells more of a command; purser --version the version.

            """
    }
}
