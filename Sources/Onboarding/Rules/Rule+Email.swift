/// What holds for the customer's e-mail address. The service finds some of this only after it made the tenant, and then
/// the domain is lost.
extension Rule {
    static let emailSyntax = Rule(
        "email.syntax",
        .error,
        when: .email,
        "An e-mail address is one that mail systems accept."
    ) {
        guard case .malformed(let reason) = $0.email else { return }
        $1.note(.email, "is no e-mail address: it \(reason)", suggestion: EmailAddress.suggestion(for: $0[.email]))
    }

    static let emailHomoglyph = Rule(
        "email.homoglyph",
        .error,
        when: .email,
        "An e-mail address has no letters of another script that look like a to z."
    ) {
        guard case .homoglyph(let letter, let place, let ascii) = $0.email else { return }
        $1.note(.email, letter.description(at: place), suggestion: EmailAddress.suggestion(for: ascii) ?? ascii)
    }

    static let emailTopLevelDomain = Rule(
        "email.topLevelDomain",
        .error,
        when: .email,
        "An e-mail address ends with a top-level domain that exists."
    ) {
        guard case .valid(let domain, _) = $0.email else { return }
        let label = EmailAddress.topLevel(of: domain)
        guard !TopLevelDomains.all.contains(label) else { return }
        let text = $0[.email]
        let suggestion = TopLevelDomains.suggestion(for: label).map { String(text.dropLast(label.count)) + $0 }
        $1.note(.email, "ends with .\(label), a top-level domain that does not exist", suggestion: suggestion)
    }

    static let emailMicrosoft = Rule(
        "email.microsoft",
        .error,
        when: .email,
        "An e-mail address is not Microsoft's own."
    ) {
        guard case .valid("microsoft.com", _) = $0.email else { return }
        $1.note(.email, "is an address at microsoft.com, which the service refuses; give the customer's own")
    }

    static let emailUnusual = Rule(
        "email.unusual",
        .warning,
        when: .email,
        "An e-mail address is one that any mail system takes."
    ) {
        guard case .valid(_, let oddity?) = $0.email else { return }
        $1.note(.email, oddity)
    }
}
