/// A shell that completes what is typed, by a script that is made from the tables that help prints.
enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    /// The script.
    ///
    /// - Parameter commands: the commands to complete.
    /// - Returns: the script's text.
    func completions(of commands: [CommandSpecification]) -> String {
        let note = "# Completes purser's commands and options; made by: purser completions \(rawValue)\n"
        return switch self {
        case .bash: note + BashCompletions.text(commands)
        // zsh looks for the first line.
        case .zsh: "#compdef purser\n" + note + ZshCompletions.text(commands)
        case .fish: note + FishCompletions.text(commands)
        }
    }

    /// A text between single quotes, as bash and zsh read it.
    static func quoted(_ text: String) -> String {
        "'\(text.replacing("'", with: "'\\''"))'"
    }
}
