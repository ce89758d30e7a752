/// What a person can know of a rule: its name, and what it asks for.
package struct RuleDescription: Hashable, Sendable {
    /// The stable name: `postalCode.pattern`.
    package let name: String
    package let severity: Finding.Severity
    /// Whether what it suggests can be accepted as a repair.
    package let isRepairable: Bool
    /// What it asks for, one line.
    package let summary: String

    /// Describes a rule.
    ///
    /// - Parameters:
    ///   - name: the stable name.
    ///   - severity: what breaking it means.
    ///   - summary: what it asks for, one line.
    package init(_ name: String, _ severity: Finding.Severity, _ summary: String) {
        self.init(name, severity, isRepairable: false, summary)
    }

    private init(_ name: String, _ severity: Finding.Severity, isRepairable: Bool, _ summary: String) {
        self.name = name
        self.severity = severity
        self.isRepairable = isRepairable
        self.summary = summary
    }

    fileprivate init(_ rule: Rule) {
        self.init(rule.name, rule.severity, isRepairable: rule.isRepairable, rule.summary)
    }

    /// The rules of cells, in the order in which they are applied, then those of whole rows, then those of
    /// reading and those that only the service knows.
    package static let all: [RuleDescription] =
        (Rule.all + Rule.ofExistingCustomers).map(RuleDescription.init) + ofRows + ofReading + preflight

    /// The names of the rules whose suggestions can be accepted as repairs.
    package static var repairable: [String] { all.filter(\.isRepairable).map(\.name) }

    /// The name of the rule of two cells that have changed places; it has a finding for each.
    package static let swappedCells = Rule.damageSwappedCells.name
    /// The name of the rule of cells that stand one column beside theirs.
    package static let shiftedCells = Rule.damageShiftedCells.name

    /// No other tenant has the domain; only the service knows.
    package static let domainTaken = RuleDescription(
        "domain.taken",
        .error,
        "No tenant has the domain yet (with --preflight)."
    )

    /// The service's own rules of a country.
    package static let countryServiceRules = RuleDescription(
        "country.serviceRules",
        .warning,
        "A row keeps the service's own rules of its country (with --preflight)."
    )

    /// What the service thinks of an address.
    package static let addressUnverified = RuleDescription(
        "address.unverified",
        .warning,
        "The service can verify the address (with --preflight)."
    )

    /// What the service is asked about before a row is sent, where the person wants that.
    private static let preflight = [domainTaken, countryServiceRules, addressUnverified]

    private static let ofRows = [
        RowPreparer.repeatedHeader,
        RuleDescription("identity.duplicate", .error, "A customer stands in one row of the run only."),
    ]

    /// What the readers of the formats find.
    private static let ofReading = [
        RuleDescription("csv.tooManyCells", .error, "A row has no more cells than the header."),
        RuleDescription("csv.unclosedQuote", .error, "A quote before a cell is closed after it."),
        RuleDescription("csv.textAfterQuote", .error, "Nothing follows a closing quote but the delimiter."),
        RuleDescription("csv.encoding", .error, "A cell's bytes are text in the file's encoding."),
        RuleDescription("csv.foreignEncoding", .warning, "A cell is in the same encoding as the rest of the file."),
        RuleDescription("csv.nul", .error, "A cell has no NUL character."),
        RuleDescription("csv.cellTooLong", .error, "A cell has 1 MiB at most."),
        RuleDescription("csv.recordTooLong", .error, "A row has 16 MiB at most."),
        RuleDescription("workbook.date", .error, "A date in a cell is one that can be shown."),
        RuleDescription("workbook.errorValue", .error, "A cell holds no error such as #N/A."),
        RuleDescription("workbook.formula", .error, "A formula comes with its result."),
        RuleDescription("workbook.number", .error, "A cell that says it is a number is one."),
        RuleDescription("workbook.sharedText", .error, "A cell's shared text is in the workbook."),
        RuleDescription("workbook.rowTooLong", .error, "A row has 16 MiB at most."),
        RuleDescription("xml.schema", .error, "A customer is as the schema has it."),
        RuleDescription("xml.conflict", .error, "What a customer says twice, it says alike."),
    ]
}

extension RowPreparer {
    /// The rule of rows that say the header again, as in files that were put one below the other.
    static let repeatedHeader = RuleDescription("row.repeatedHeader", .error, "The header stands once, above the rows.")
}
