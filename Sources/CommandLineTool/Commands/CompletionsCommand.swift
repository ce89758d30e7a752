/// `purser completions`: writes what a shell needs to complete Purser's commands and options.
struct CompletionsCommand: Command {
    static let specification = CommandSpecification(
        name: "completions",
        summary: "Write the script by which a shell completes commands and options.",
        operands: Shell.allCases.map(\.rawValue).joined(separator: "|"),
        operandCount: 1...1,
        discussion: """
            The Debian package brings these files along. For the present bash or zsh: source <(purser completions bash);
            for fish: purser completions fish | source.
            """
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let name = arguments.operands[0]
        guard let shell = Shell(rawValue: name) else {
            throw UsageError(
                unknown: "shell",
                name,
                names: Shell.allCases.map(\.rawValue),
                command: Self.specification.name
            )
        }
        console.write(shell.completions(of: CommandLineTool.specifications))
        return .success
    }
}
