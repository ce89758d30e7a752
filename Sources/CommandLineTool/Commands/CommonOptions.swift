internal import Onboarding
internal import Platform

/// Options that several commands share, with the defaults that the contract gives them.
enum CommonOptions {
    typealias Option = CommandSpecification.Option

    static let checkpoint = Option("checkpoint", "FILE", "the checkpoint", standard: "purser.checkpoint")
    static let reports = Option("reports", "DIR", "where the reports go; made if missing", standard: "reports")
    static let reportFormats = Option("report-formats", "LIST", "of csv, jsonl", standard: "csv")

    static let service = [
        Option("endpoint", "URL", "the service's base URL without the version", standard: "embedded"),
        Option("api-version", "V", "the version segment of the service's addresses", standard: "v1"),
        Option("token-file", "FILE", "the bearer token; read again when it is refused", standard: "env PURSER_TOKEN"),
        Option("max-in-flight", "N", "most requests under way at once, 1 to 1024", standard: "8"),
        Option("requests-per-minute", "N", "the throttle to stay under; 0 is no limit", standard: "500; embedded: 0"),
        Option("attempts", "N", "most attempts for one row in one run", standard: "6"),
        Option("timeout", "SECONDS", "one request, connection included", standard: "180"),
    ]

    static let onboarding = [
        Option("domain-suffix", "SUFFIX", "what every domain ends with", standard: OnboardingSettings().domainSuffix)
    ]

    static let logging = [
        Option("log-format", "text|json", "how log lines are written to standard error", standard: "text"),
        Option("log-level", "LEVEL", "debug, info, warning or error: the least that is logged", standard: "info"),
    ]

    /// Where the checkpoint is.
    static func checkpointPath(_ arguments: Arguments) -> String {
        arguments.value("checkpoint") ?? "purser.checkpoint"
    }

    /// Where the reports go.
    static func reportsFolder(_ arguments: Arguments) -> String {
        arguments.value("reports") ?? "reports"
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
