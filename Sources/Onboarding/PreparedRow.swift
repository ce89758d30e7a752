/// What a record came to: mapped, normalised and checked.
package struct PreparedRow: Hashable, Sendable {
    /// The domain as the manifest has it, without outer spaces; empty where there is none.
    package var domain: String
    /// The company's name as the manifest has it, without outer spaces.
    package var companyName: String
    /// Whose row it is; nil where it names nobody.
    package var identity: CustomerIdentity?
    /// All that was found, errors and warnings, in the columns' order.
    package var findings: [Finding]
    package var verdict: Verdict

    /// What is to be done with it.
    package enum Verdict: Hashable, Sendable {
        /// At least one finding is an error.
        case invalid
        /// The `customerId` cell names a customer that exists.
        case existing(customerId: String)
        /// It asks for a customer: the canonical JSON and its SHA-256.
        case request(payload: [UInt8], digest: [UInt8])
    }

    package init(
        domain: String,
        companyName: String,
        identity: CustomerIdentity?,
        findings: [Finding],
        verdict: Verdict
    ) {
        self.domain = domain
        self.companyName = companyName
        self.identity = identity
        self.findings = findings
        self.verdict = verdict
    }
}

/// Whose row it is: its `externalId`, else its domain (contract, section 5).
package struct CustomerIdentity: Hashable, Sendable {
    package var name: String
    /// The domain in lower-case A-label form, where the row has a valid one.
    package var domain: String?

    package init(name: String, domain: String?) {
        self.name = name
        self.domain = domain
    }
}

/// One thing that a rule found in a row.
package struct Finding: Hashable, Sendable {
    /// Whether it keeps the row from being sent.
    package enum Severity: String, Hashable, Sendable {
        case error, warning
    }

    package var severity: Severity
    /// The rule's stable name: `postalCode.pattern`.
    package var rule: String
    /// The column's title as the manifest has it; the canonical name where the manifest lacks the column; empty where
    /// the finding is about the whole record.
    package var column: String
    /// The cell's text; empty where the finding is about the whole record.
    package var value: String
    /// What is wrong and what would be right, one sentence.
    package var message: String
    /// What to type instead, where it is known.
    package var suggestion: String?

    package init(
        _ severity: Severity,
        rule: String,
        column: String,
        value: String,
        message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.rule = rule
        self.column = column
        self.value = value
        self.message = message
        self.suggestion = suggestion
    }
}
