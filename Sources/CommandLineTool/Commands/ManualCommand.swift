internal import FoundationEssentials
internal import Platform

/// `purser manual`: writes the manual page.
struct ManualCommand: Command {
    static let specification = CommandSpecification(
        name: "manual",
        summary: "Write the manual page, as man reads it.",
        discussion: """
            The Debian package brings it along: man purser. Without the package: purser manual | man -l -. The page is
            dated today, or with the time that SOURCE_DATE_EPOCH says.
            """
    )

    let arguments: Arguments

    func run(_ console: Console) async throws -> ExitCode {
        let seconds = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int64.init)
        let time = seconds.map { Timestamp(milliseconds: $0 &* 1000) } ?? Timestamp.now()
        let page = ManualPage(commands: CommandLineTool.specifications, version: CommandLineTool.version, date: time)
        console.write(page.text)
        return .success
    }
}
