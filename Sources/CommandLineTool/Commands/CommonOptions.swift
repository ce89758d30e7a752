internal import Onboarding
internal import Platform

/// Options that several commands share, with the defaults that the contract gives them.
enum CommonOptions {
    typealias Option = CommandSpecification.Option

    static let checkpoint = Option("checkpoint", "FILE", "the checkpoint", standard: "purser.checkpoint")
    static let reports = Option("reports", "DIR", "where the reports go; made if missing", standard: "reports")
    static let onboarding = [
        Option("domain-suffix", "SUFFIX", "what every domain ends with", standard: OnboardingSettings().domainSuffix)
    ]

    /// Where the checkpoint is.
    static func checkpointPath(_ arguments: Arguments) -> String {
        arguments.value("checkpoint") ?? "purser.checkpoint"
    }

    /// Where the reports go.
    static func reportsFolder(_ arguments: Arguments) -> String {
        arguments.value("reports") ?? "reports"
    }

    /// The manifests, each once, in the order they are given.
    static func manifests(_ arguments: Arguments, _ console: Console) -> [String] {
        var seen: Set<String> = []
        return arguments.operands.filter { path in
            let isNew = seen.insert(Folder.absolute(path)).inserted
            if !isNew { console.report("\(path): given more than once; it is read once") }
            return isNew
        }
    }

    /// How rows are mapped and checked.
    static func onboardingSettings(_ arguments: Arguments) throws(UsageError) -> OnboardingSettings {
        var settings = OnboardingSettings()
        if let suffix = arguments.value("domain-suffix") {
            settings.domainSuffix = suffix.hasPrefix(".") ? String(suffix.dropFirst()) : suffix
        }
        return settings
    }
}
