/// What a command is called, what it takes, and how its help says so.
struct CommandSpecification: Sendable {
    /// The command's name as typed.
    let name: String
    /// What it does, in one line.
    let summary: String
    /// What it takes besides options, as the usage line shows it: `MANIFEST...`.
    var operands = ""
    /// How many operands it takes.
    var operandCount = 0...0
    /// More to know, in whole lines.
    var discussion = ""
    var options: [Option] = []

    /// One option of a command.
    struct Option: Sendable {
        /// The name without its hyphens.
        let name: String
        /// What its value is called; nil for a flag.
        let value: String?
        /// What it means, in one line.
        let meaning: String
        /// What holds where it is not given, as help shows it.
        let standard: String?
        /// Whether it may be given several times, which is the same as a list with commas.
        let isRepeatable: Bool

        init(
            _ name: String,
            _ value: String? = nil,
            _ meaning: String,
            standard: String? = nil,
            isRepeatable: Bool = false
        ) {
            self.name = name
            self.value = value
            self.meaning = meaning
            self.standard = standard
            self.isRepeatable = isRepeatable
        }

        /// As typed: `--max-in-flight N`.
        var usage: String { value.map { "--\(name) \($0)" } ?? "--\(name)" }
    }

    /// The command's help.
    var help: String {
        let line = ["usage: purser \(name)", operands, options.isEmpty ? "" : "[options]"]
        var text = "\(summary)\n\n\(line.filter { !$0.isEmpty }.joined(separator: " "))\n"
        if !discussion.isEmpty { text += "\n\(discussion)\n" }
        if !options.isEmpty { text += "\noptions:\n\(optionTable)" }
        return text
    }

    private var optionTable: String {
        let width = (options.map(\.usage.count).max() ?? 0) + 2
        return options.map { option in
            let standard = option.standard.map { " (default: \($0))" } ?? ""
            let padding = String(repeating: " ", count: width - option.usage.count)
            return "  \(option.usage)\(padding)\(option.meaning)\(standard)\n"
        }.joined()
    }
}
