/// The arguments of a command, checked against its specification.
struct Arguments: Sendable {
    /// What is given besides options, in order.
    private(set) var operands: [String] = []
    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    /// Whether help is asked for.
    private(set) var wantsHelp = false

    /// Whether the operands are what the job's patterns stand for, rather than typed.
    private(set) var takesFromJob = false

    /// The job file that says what the command line leaves out.
    private(set) var job: JobFile?

    /// Reads arguments; `--name value`, `--name=value`, flags, and `--` before operands that begin with a hyphen.
    ///
    /// - Parameters:
    ///   - arguments: what follows the command's name.
    ///   - specification: what the command takes.
    /// With `--job` the operands may be missing: `adopt` counts them.
    ///
    /// - Throws: `UsageError` for an unknown option (with the nearest name), a missing or needless value, an option
    ///   given twice, or too few or many operands.
    init(_ arguments: some Sequence<String>, for specification: CommandSpecification) throws(UsageError) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                break
            }
            if argument == "--help" || argument == "-h" {
                wantsHelp = true
                return
            }
            if argument.hasPrefix("-"), argument.count > 1 {
                try readOption(argument, &rest, specification)
            } else {
                operands.append(argument)
            }
        }
        if values[CommonOptions.job.name] == nil { try checkOperands(specification) }
    }

    /// Makes the arguments that give one option.
    ///
    /// - Parameters:
    ///   - option: the option's name.
    ///   - value: its value; none for a flag.
    ///   - isFlag: whether it is a flag.
    init(option: String, value: String, isFlag: Bool) {
        if isFlag { flags = [option] } else { values = [option: value] }
    }

    /// Takes from a job file what the command line leaves out.
    ///
    /// - Parameters:
    ///   - job: the job file.
    ///   - specification: what the command takes; what it does not take is passed over.
    /// - Throws: `UsageError` where there are too few operands with the job's, too.
    mutating func adopt(_ job: JobFile, for specification: CommandSpecification) throws(UsageError) {
        self.job = job
        for option in specification.options where values[option.name] == nil {
            if option.value == nil {
                if job.values[option.name] != nil { flags.insert(option.name) }
            } else {
                values[option.name] = job.values[option.name]
            }
        }
        // A job has one checkpoint, wherever it is started from.
        for (name, path) in CommonOptions.standardPaths where values[name] == nil {
            values[name] = job.standardPath(path)
        }
        guard operands.isEmpty, specification.operandCount.upperBound == .max, job.manifests != nil else {
            return try checkOperands(specification)
        }
        operands = job.findManifests()
        takesFromJob = true
    }

    /// What to say where a job has no manifest to read now; nil where it has.
    var idleNotice: String? {
        guard operands.isEmpty, let patterns = job?.manifests else { return nil }
        return "no manifest fits \(patterns.joined(separator: ", ")); nothing to do"
    }

    private mutating func readOption(
        _ argument: String,
        _ rest: inout ArraySlice<String>,
        _ specification: CommandSpecification
    ) throws(UsageError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = specification.options.first(where: { "--\($0.name)" == parts[0] }) else {
            let names = specification.options.map { "--\($0.name)" } + ["--help"]
            throw UsageError(unknown: "option", parts[0], names: names, command: specification.name)
        }
        guard values[option.name] == nil || option.isRepeatable, !flags.contains(option.name) else {
            throw UsageError("--\(option.name) is given twice; give it once", command: specification.name)
        }
        guard let valueName = option.value else {
            guard parts.count == 1 else {
                throw UsageError("--\(option.name) takes no value", command: specification.name)
            }
            flags.insert(option.name)
            return
        }
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
            throw UsageError("--\(option.name) needs a value: \(option.usage)", command: specification.name)
        }
        guard !value.isEmpty else {
            throw UsageError("--\(option.name) needs a \(valueName) that is not empty", command: specification.name)
        }
        values[option.name] = values[option.name].map { "\($0),\(value)" } ?? value
    }

    private func checkOperands(_ specification: CommandSpecification) throws(UsageError) {
        if operands.count < specification.operandCount.lowerBound {
            throw UsageError("\(specification.operands) is missing", command: specification.name)
        }
        if operands.count > specification.operandCount.upperBound {
            let first = operands[specification.operandCount.upperBound]
            throw UsageError("'\(first)' is more than the command takes", command: specification.name)
        }
    }

    /// Whether a flag is given.
    func flag(_ name: String) -> Bool { flags.contains(name) }

    /// An option's value, where it is given.
    func value(_ name: String) -> String? { values[name] }

    /// An option's whole number.
    ///
    /// - Throws: `UsageError` where it is none, or out of its range.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let limit = range.upperBound == .max ? "or more" : "to \(range.upperBound)"
            throw UsageError("--\(name) takes a whole number, \(range.lowerBound) \(limit), not '\(text)'")
        }
        return number
    }

    /// An option's duration: `90s`, `45m`, `2h`, or seconds alone where a plain number is allowed.
    ///
    /// - Throws: `UsageError` where it is none.
    func duration(_ name: String, plainSeconds: Bool = false) throws(UsageError) -> Duration? {
        guard let text = values[name] else { return nil }
        let units = ["s": 1, "m": 60, "h": 3600]
        let unit = text.last.flatMap { units[String($0)] }
        let digits = unit == nil ? text[...] : text.dropLast()
        guard unit != nil || plainSeconds, let number = Int(digits), (1...1_000_000).contains(number) else {
            let form = plainSeconds ? "a number of seconds" : "a duration such as 90s, 45m or 2h"
            throw UsageError("--\(name) takes \(form), not '\(text)'")
        }
        return .seconds(number * (unit ?? 1))
    }

    /// An option's choice among some words.
    ///
    /// - Throws: `UsageError` where it is none of them.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        _: Choice.Type = Choice.self
    ) throws(UsageError) -> Choice? where Choice.RawValue == String {
        guard let text = values[name] else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue)
            throw UsageError("--\(name) takes \(names.joined(separator: ", ")), not '\(text)'")
        }
        return choice
    }
}
