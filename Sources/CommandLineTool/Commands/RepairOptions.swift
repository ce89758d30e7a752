internal import Onboarding
internal import Platform

/// The options of what to do with rows that are at fault.
enum RepairOptions {
    typealias Option = CommandSpecification.Option

    static let specification = [
        Option("accept-repairs", "LIST|all", "type what these rules suggest; validate --list-rules names them"),
        Option("strict", nil, "take warnings for errors"),
    ]

    /// Puts what the options say into settings.
    ///
    /// - Parameters:
    ///   - arguments: the command's arguments.
    ///   - settings: the settings.
    ///   - command: the command that was typed.
    /// - Throws: `UsageError` for a rule that there is not, with the nearest name, or one that repairs nothing.
    static func apply(
        _ arguments: Arguments,
        to settings: inout OnboardingSettings,
        command: String
    ) throws(UsageError) {
        settings.isStrict = arguments.flag("strict")
        guard let list = arguments.value("accept-repairs") else { return }
        let repairable = RuleDescription.repairable
        guard list != "all" else {
            settings.acceptedRepairs = Set(repairable)
            return
        }
        for part in list.split(separator: ",", omittingEmptySubsequences: false) {
            let name = String(part.drop { $0 == " " })
            guard !repairable.contains(name) else {
                settings.acceptedRepairs.insert(name)
                continue
            }
            throw refusal(of: name, command)
        }
    }

    private static func refusal(of name: String, _ command: String) -> UsageError {
        guard RuleDescription.all.contains(where: { $0.name == name }) else {
            return UsageError(
                unknown: "rule",
                name,
                names: RuleDescription.all.map(\.name) + ["all"],
                command: command
            )
        }
        return UsageError("--accept-repairs: \(name) suggests nothing that is safe; see purser validate --list-rules")
    }
}
