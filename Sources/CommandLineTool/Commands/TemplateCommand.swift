internal import Onboarding
internal import Platform

/// `purser template`: writes an empty manifest.
struct TemplateCommand: Command {
    static let specification = CommandSpecification(
        name: "template",
        summary: "Write an empty manifest to fill in, or the schema of XML manifests.",
        discussion: """
            The workbook has drop-down lists for country, culture and language, and a sheet that explains each column.
            """,
        options: [
            Option("format", "csv|xlsx|xml|xsd", "what to write", standard: "csv"),
            Option("to", "FILE", "where to write it", standard: "standard output"),
        ]
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let format = try arguments.choice("format", Template.self) ?? .csv
        guard let target = arguments.value("to") else {
            guard format != .xlsx || !StandardStream.output.isTerminal else {
                throw UsageError("a workbook is nothing for a terminal; give --to FILE", command: "template")
            }
            console.write(try format.bytes())
            return .success
        }
        var file = try ReplacementFile(target)
        try file.write(try format.bytes())
        try file.commit()
        return .success
    }
}
