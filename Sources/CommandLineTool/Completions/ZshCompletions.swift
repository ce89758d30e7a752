/// The completions for zsh, for its `_arguments`.
enum ZshCompletions {
    static func text(_ commands: [CommandSpecification]) -> String {
        let list = commands.map { Shell.quoted("\(escaped($0.name, ":")):\($0.summary)") }
        return """
            _purser() {
                local curcontext=$curcontext state line
                local -A opt_args
                local -a commands=(
                    \(list.joined(separator: "\n        "))
                    'help:Tell what a command does, and its options.'
                )
                _arguments -C '(- *)'{-h,--help}'[tell what there is]' '(- *)--version[tell the version]' \\
                    '1: :->command' '*:: :->arguments'
                case $state in
                    command) _describe -t commands command commands ;;
                    arguments)
                        case $words[1] in
            \(commands.map(arm).joined(separator: "\n"))
                            help) _describe -t commands command commands ;;
                        esac
                        ;;
                esac
            }
            if [[ $funcstack[1] == _purser ]]; then
                _purser "$@"
            else
                compdef _purser purser
            fi

            """
    }

    private static func arm(_ command: CommandSpecification) -> String {
        var words = command.options.map(option)
        if let kind = command.operandKind {
            let many = command.operandCount.upperBound > 1 ? "*" : "1"
            words.append(Shell.quoted("\(many):\(escaped(command.operands, ":")):\(action(kind))"))
        }
        words.append("'(- *)--help[tell what it does, and its options]'")
        let lines = words.map { "                        \($0)" }.joined(separator: " \\\n")
        return "                \(command.name))\n                    _arguments \\\n\(lines)\n                    ;;"
    }

    private static func option(_ option: CommandSpecification.Option) -> String {
        let meaning = "[\(escaped(option.meaning, "[]"))]"
        guard let name = option.value, let kind = option.valueKind else {
            return Shell.quoted("--\(option.name)\(meaning)")
        }
        let repeats = option.isRepeatable ? "*" : ""
        return Shell.quoted("\(repeats)--\(option.name)=\(meaning):\(escaped(name, ":")):\(action(kind))")
    }

    private static func action(_ kind: ValueKind) -> String {
        switch kind {
        case .file: "_files"
        case .folder: "_files -/"
        case .words(let words): "(\(words.joined(separator: " ")))"
        // A space: a value, with nothing to offer.
        case .other: " "
        }
    }

    /// Puts a backslash before what `_arguments` takes for its own.
    private static func escaped(_ text: String, _ special: String) -> String {
        String(text.flatMap { special.contains($0) || $0 == "\\" ? ["\\", $0] : [$0] })
    }
}
