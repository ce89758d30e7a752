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
    /// What tells whose row it is; nil where it names nobody.
    package let identity: IdentityHashes?
    /// All that was found and repaired, in the columns' order.
    package let findings: [Finding]
    /// Whether it asks for a customer, and nothing is wrong with it.
    package let isRequest: Bool
}

/// An identity's parts, each as a hash that only this process understands.
package struct IdentityHashes: Sendable {
    package let name: Int
    package let domain: Int?

    /// Whether the name is the domain.
    package var isDomain: Bool { name == domain }

    init(_ identity: CustomerIdentity) {
        name = Self.hash(of: identity.name.utf8Span.span)
        domain = identity.domain.map { Self.hash(of: $0.utf8Span.span) }
    }

    init(name: Span<UInt8>, domain: Span<UInt8>) {
        self.domain = Self.hash(of: domain)
        self.name = Self.hash(of: name)
    }

    /// The hash of a text in NFC, of which the same texts have the same bytes.
    private static func hash(of text: Span<UInt8>) -> Int {
        var hasher = Hasher()
        unsafe text.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return hasher.finalize()
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
