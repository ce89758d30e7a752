/// One of the tool's commands.
protocol Command: Sendable {
    /// What it is called and what it takes.
    static var specification: CommandSpecification { get }

    /// Makes the command of its arguments, which were checked against the specification.
    init(arguments: Arguments)

    /// What it counts for the metrics of its run; nil where it has none.
    var tally: RunTally? { get }

    /// Does the command's work.
    ///
    /// - Parameter console: where it writes.
    /// - Returns: the process's exit code.
    /// - Throws: any error that `ExitCode(for:)` knows; its description is the line that the person reads.
    func run(_ console: Console) async throws -> ExitCode
}

extension Command {
    typealias Option = CommandSpecification.Option

    var tally: RunTally? { nil }
}
