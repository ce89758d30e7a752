/// The completions for fish: a line for each thing that can be typed.
enum FishCompletions {
    static func text(_ commands: [CommandSpecification]) -> String {
        let names = commands.map(\.name).joined(separator: " ")
        var lines = [
            "complete -c purser -f",
            "complete -c purser -n __fish_use_subcommand -l help -s h -d 'Tell what there is'",
            "complete -c purser -n __fish_use_subcommand -l version -d 'Tell the version'",
            "complete -c purser -n __fish_use_subcommand -a help -d 'Tell what a command does, and its options'",
            "complete -c purser -n '__fish_seen_subcommand_from help' -a '\(names)'",
        ]
        for command in commands {
            lines.append(
                "complete -c purser -n __fish_use_subcommand -a \(command.name) -d \(quoted(command.summary))"
            )
            let start = "complete -c purser -n '__fish_seen_subcommand_from \(command.name)'"
            if let kind = command.operandKind, kind != .other { lines.append(start + values(kind, isRequired: false)) }
            lines += command.options.map { option in
                let offer = option.valueKind.map { values($0, isRequired: true) } ?? ""
                return "\(start) -l \(option.name)\(offer) -d \(quoted(option.meaning))"
            }
            lines.append("\(start) -l help -s h -d 'Tell what it does, and its options'")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What to offer as a value, which an option needs.
    private static func values(_ kind: ValueKind, isRequired: Bool) -> String {
        switch kind {
        case .file: isRequired ? " -r -F" : " -F"
        case .folder: " -x -a '(__fish_complete_directories)'"
        case .words(let words): " \(isRequired ? "-x " : "")-a \(quoted(words.joined(separator: " ")))"
        case .other: " -x"
        }
    }

    /// A text between single quotes, within which fish reads two escapes.
    private static func quoted(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
}
