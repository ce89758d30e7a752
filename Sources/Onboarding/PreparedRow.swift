/// What a record came to: mapped, normalised and checked.
package struct PreparedRow: Hashable, Sendable {
    /// The domain as the manifest has it, without outer spaces; empty where there is none.
    package var domain: String
    /// The company's name as the manifest has it, without outer spaces.
    package var companyName: String
    /// Whose row it is; nil where it names nobody.
    package var identity: CustomerIdentity?
    /// All that was found and repaired, in the columns' order.
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

/// What a check of a record came to.
package struct RowCheck: Sendable {
    /// Whose row it is; nil where it names nobody.
    package let identity: CustomerIdentity?
    /// All that was found and repaired, in the columns' order.
    package let findings: [Finding]
    /// Whether it asks for a customer, and nothing is wrong with it.
    package let isRequest: Bool
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
