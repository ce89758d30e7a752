internal import Jobs
internal import Manifests
internal import Onboarding
internal import Platform
internal import Reports

/// Options that several commands share, with the defaults that the contract gives them.
enum CommonOptions {
    typealias Option = CommandSpecification.Option

    static let job = Option("job", "FILE", "a job file: what the command line leaves out, and where tokens come from")
    static let checkpoint = Option("checkpoint", "FILE", "the checkpoint", standard: standardCheckpoint)
    static let reports = Option("reports", "DIR", "where the reports go; made if missing", standard: standardReports)
    static let reportFormats = Option(
        "report-formats",
        "LIST",
        "what the results are written as, of csv, jsonl, xml, xlsx and html",
        standard: "csv,html"
    )
    static let quiet = Option("quiet", nil, "write nothing at all where all is well (exit code 0)")
    private static let standardCheckpoint = "purser.checkpoint"
    private static let standardReports = "reports"
    /// What stands beside a job file where it does not say otherwise, by option.
    static let standardPaths = ["checkpoint": standardCheckpoint, "reports": standardReports]
    static let reading = [
        Option("encoding", "NAME", "the character encoding of a CSV manifest", standard: "found from the content"),
        Option("delimiter", "CHARACTER", "its delimiter, or the word tab", standard: "found from the content"),
        Option("quote", "CHARACTER", "its quote, \" or '", standard: "found from the content"),
        Option("header-row", "N", "the line, or the sheet's row, of the header", standard: "found from the content"),
        Option("sheet", "NAME", "the sheet of a workbook", standard: "the first with a known header"),
    ]
    static let onboarding =
        [
            Option(
                "domain-suffix",
                "SUFFIX",
                "what every domain ends with",
                standard: OnboardingSettings().domainSuffix
            )
        ] + reading

    /// Where the checkpoint is.
    static func checkpointPath(_ arguments: Arguments) -> String {
        arguments.value("checkpoint") ?? standardCheckpoint
    }

    /// Where the embedded Partner Center keeps its data, beside a checkpoint.
    static func embeddedStore(of checkpoint: String) -> String { "\(checkpoint).partner-center" }

    /// The files that a checkpoint consists of, or that stand beside it.
    static func checkpointFiles(_ path: String) -> [String] {
        let databases = [path, embeddedStore(of: path)].flatMap { file in ["", "-wal", "-shm"].map { file + $0 } }
        return databases + ["\(path).lock", "\(path).new", ManifestArchive.journal(of: path)]
    }

    /// Where the reports go.
    static func reportsFolder(_ arguments: Arguments) -> String {
        arguments.value("reports") ?? standardReports
    }

    /// What the results are written as.
    static func reportFormats(_ arguments: Arguments) throws(UsageError) -> Set<ReportFormat> {
        guard let list = arguments.value("report-formats") else { return [.csv, .html] }
        var formats: Set<ReportFormat> = []
        for name in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let format = ReportFormat(rawValue: String(name)) else {
                let names = ReportFormat.allCases.map(\.rawValue)
                throw UsageError("--report-formats takes a list of \(names.joined(separator: ", ")), not '\(name)'")
            }
            formats.insert(format)
        }
        return formats
    }

    /// The manifests, each once, in the order they are given.
    static func manifests(_ arguments: Arguments, _ console: Console) -> [String] {
        var seen: Set<String> = []
        return arguments.operands.filter { path in
            let isNew = seen.insert(Folder.absolute(path)).inserted
            // A job's patterns may overlap, which is nobody's mistake.
            if !isNew, !arguments.takesFromJob {
                console.report("\(path): given more than once; it is read once")
            }
            return isNew
        }
    }

    /// How rows are mapped and checked.
    static func onboardingSettings(_ arguments: Arguments) throws(UsageError) -> OnboardingSettings {
        var settings = OnboardingSettings(
            aliases: arguments.job?.columns ?? [:],
            defaults: arguments.job?.defaults ?? [:]
        )
        if let suffix = arguments.value("domain-suffix") {
            settings.domainSuffix = suffix.hasPrefix(".") ? String(suffix.dropFirst()) : suffix
        }
        settings.reading.encoding = try encoding(arguments)
        settings.reading.delimiter = try character("delimiter", arguments)
        settings.reading.quote = try character("quote", arguments)
        settings.reading.headerRow = try arguments.integer("header-row", in: 1...Int.max)
        settings.reading.sheet = arguments.value("sheet")
        return settings
    }

    /// The encoding that is said, once it is sure that there is such a one.
    private static func encoding(_ arguments: Arguments) throws(UsageError) -> String? {
        guard let name = arguments.value("encoding"), !EncodingNames.isKnown(name) else {
            return arguments.value("encoding")
        }
        let nearest = EncodingNames.nearest(to: name)
        let hint =
            nearest.isEmpty
            ? "; use a name such as UTF-8, windows-1252 or Shift_JIS"
            : "; did you mean \(nearest.joined(separator: ", "))?"
        throw UsageError("--encoding does not know '\(name)'\(hint)")
    }

    /// An option's one character; a tab is also called by its name.
    private static func character(_ name: String, _ arguments: Arguments) throws(UsageError) -> Character? {
        guard let text = arguments.value(name) else { return nil }
        if ["tab", "\\t"].contains(text.lowercased()) { return "\t" }
        guard let character = text.first, text.count == 1, character.isASCII else {
            throw UsageError("--\(name) takes one character, not '\(text)'")
        }
        if name == "quote", character != "\"", character != "'" {
            throw UsageError("--quote takes \" or ', not '\(text)'")
        }
        if name == "delimiter", character.isLetter || character.isNumber || character == "\"" {
            throw UsageError("--delimiter takes a character such as , ; | or the word tab, not '\(text)'")
        }
        return character
    }
}
