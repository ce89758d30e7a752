internal import Platform

/// The manual page, made from the tables that help prints.
struct ManualPage: Sendable {
    let commands: [CommandSpecification]
    let version: String
    let date: Timestamp

    /// The page in roff, with the macros of man(7).
    var text: String {
        """
        .TH PURSER 1 \(date.description.prefix(10)) "Purser \(version)" "User Commands"
        .SH NAME
        purser \\- turn spreadsheets of new customers into Partner Center customers, and back
        .SH SYNOPSIS
        .B purser
        .I COMMAND
        .RI [ options ]
        .br
        .B purser
        .RB [ COMMAND ]
        .B \\-\\-help
        .br
        .B purser \\-\\-version
        .SH DESCRIPTION
        \(Self.paragraphs(CommandLineTool.purpose))
        .PP
        Options are
        .BI \\-\\-name \\~value
        or
        .BI \\-\\-name= value\\fR.
        An option on the command line overrides the job file, which overrides the default.
        .SH COMMANDS
        \(commands.map(Self.section).joined(separator: "\n"))
        .SH EXIT STATUS
        \(ExitCode.allCases.map { Self.item("\($0.rawValue)", $0.meaning) }.joined(separator: "\n"))
        .SH ENVIRONMENT
        \(Self.variables.map(Self.item).joined(separator: "\n"))

        """
    }

    private static let variables = [
        ("PURSER_TOKEN", "The bearer token, where neither an option nor a job file says where it comes from."),
        ("PURSER_CLIENT_SECRET", "The client secret, where a job file signs in as an application and names no file."),
        ("https_proxy, http_proxy, no_proxy", "The proxies on the way to the service, as libcurl reads them."),
        ("SOURCE_DATE_EPOCH", "The date of the page that the command manual writes."),
    ]

    private static func section(_ command: CommandSpecification) -> String {
        let usage = [
            "\\fBpurser \(escaped(command.name))\\fR",
            command.operands.isEmpty ? "" : "\\fI\(escaped(command.operands))\\fR",
            command.options.isEmpty ? "" : "[\\fIoptions\\fR]",
        ]
        let lines =
            [".SS \(usage.filter { !$0.isEmpty }.joined(separator: " "))", paragraphs(command.summary)]
            + (command.discussion.isEmpty ? [] : [".PP", paragraphs(command.discussion)])
            + command.options.map(option)
        return lines.joined(separator: "\n")
    }

    private static func option(_ option: CommandSpecification.Option) -> String {
        let value = option.value.map { " \\fI\(escaped($0))\\fR" } ?? ""
        let standard = option.standard.map { " (default: \($0))" } ?? ""
        return ".TP\n\\fB\(escaped("--\(option.name)"))\\fR\(value)\n\(line("\(option.meaning)\(standard)"))"
    }

    private static func item(_ name: String, _ meaning: String) -> String {
        ".TP\n\\fB\(escaped(name))\\fR\n\(line(meaning))"
    }

    /// Whole lines, which are filled anew; an empty one ends a paragraph.
    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? ".PP" : line(String($0)) }.joined(separator: "\n")
    }

    /// A line of text: no dot or quote at its start is a request.
    private static func line(_ text: String) -> String {
        let text = escaped(text)
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&\(text)" : text
    }

    /// Text that roff prints as it is: the hyphens are those of options, to be copied and searched for.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
            .replacing("\"", with: "\\(dq").replacing("~", with: "\\(ti").replacing("^", with: "\\(ha")
    }
}
