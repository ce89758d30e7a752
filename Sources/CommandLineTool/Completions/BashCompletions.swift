/// The completions for bash: a function that needs nothing beside it.
enum BashCompletions {
    static func text(_ commands: [CommandSpecification]) -> String {
        let names = commands.map(\.name)
        return """
            _purser() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
                local kind='' words='' operand='' options=''
                COMPREPLY=()
                # bash takes --name=value apart at the equals sign.
                if [[ $current == '=' ]]; then
                    current=''
                elif [[ $previous == '=' ]]; then
                    previous=${COMP_WORDS[COMP_CWORD - 2]}
                fi
                if ((COMP_CWORD == 1)); then
                    words=\(Shell.quoted((names + ["help", "--help", "--version"]).joined(separator: " ")))
                    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
                    return
                fi
                case ${COMP_WORDS[1]} in
            \(commands.map(arm).joined(separator: "\n"))
                    help) operand=words words=\(Shell.quoted(names.joined(separator: " "))) ;;
                esac
                if [[ -z $kind && $current == -* ]]; then
                    kind=words words=$options
                fi
                case ${kind:-$operand} in
                    file)
                        compopt -o filenames 2>/dev/null
                        mapfile -t COMPREPLY < <(compgen -f -- "$current")
                        ;;
                    folder)
                        compopt -o filenames 2>/dev/null
                        mapfile -t COMPREPLY < <(compgen -d -- "$current")
                        ;;
                    words) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current") ;;
                esac
            }
            complete -F _purser purser

            """
    }

    /// The arm of a command: what comes after which option, and what else there is.
    private static func arm(_ command: CommandSpecification) -> String {
        var names: [ValueKind: [String]] = [:]
        for option in command.options {
            if let kind = option.valueKind { names[kind, default: []].append("--\(option.name)") }
        }
        // A dictionary has no order of its own.
        let arms = names.sorted { $0.value[0] < $1.value[0] }.map { kind, names in
            "                \(names.joined(separator: " | "))) \(assignment("kind", kind)) ;;"
        }
        let operand = command.operandKind.map { "            \(assignment("operand", $0))\n" } ?? ""
        let options = (command.options.map { "--\($0.name)" } + ["--help"]).joined(separator: " ")
        let cases =
            arms.isEmpty ? "" : "            case $previous in\n\(arms.joined(separator: "\n"))\n            esac\n"
        return
            "        \(command.name))\n\(operand)\(cases)            options=\(Shell.quoted(options))\n            ;;"
    }

    private static func assignment(_ name: String, _ kind: ValueKind) -> String {
        switch kind {
        case .file: "\(name)=file"
        case .folder: "\(name)=folder"
        case .words(let words): "\(name)=words words=\(Shell.quoted(words.joined(separator: " ")))"
        case .other: "\(name)=other"
        }
    }
}
