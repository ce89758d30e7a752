internal import Onboarding
internal import Platform
internal import Reports

/// `purser template`: writes an empty manifest.
struct TemplateCommand: Command {
    static let specification = CommandSpecification(
        name: "template",
        summary: "Write an empty manifest to fill in, or the schema of XML manifests.",
        discussion: """
            The workbook has drop-down lists for country, culture and language, and a sheet that explains each column.
            A file that is there already, and may have been filled in, is left as it is.
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
        if Folder.isRegularFile(target), try File(target, .read).size() > 0 {
            let message = "is there already and may have been filled in; give another name, or remove it first"
            throw ReportError(path: target, message: message)
        }
        var file = try ReplacementFile(target)
        try file.write(try format.bytes())
        try file.commit()
        return .success
    }
}
