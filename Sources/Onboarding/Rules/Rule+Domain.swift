internal import Platform

/// What holds for the customer's domain.
extension Rule {
    static let domainSyntax = Rule(
        "domain.syntax",
        .error,
        when: .domain,
        "A domain's prefix is letters, digits and inner hyphens."
    ) {
        guard $0.disguise == nil else { return }
        let text = $0[.domain]
        switch $0.domain {
        case .strangeCharacter(let scalar):
            let suggestion = plainDomain(from: text, suffix: $0.domainSuffix)
            let found =
                scalar == "."
                ? "has a dot inside the prefix" : scalar == " " ? "has a space" : "has \(Text.quoted(String(scalar)))"
            $1.note(
                .domain,
                "\(found); only letters and digits stand before .\($0.domainSuffix)",
                suggestion: suggestion
            )
        case .edgeHyphen:
            let suggestion = plainDomain(from: text, suffix: $0.domainSuffix)
            $1.note(.domain, "has a hyphen at the prefix's start or end; remove it", suggestion: suggestion)
        default: break
        }
    }

    static let domainIDN = Rule("domain.idn", .error, when: .domain, "A domain has no letters beyond a to z.") {
        guard $0.disguise == nil, case .internationalized = $0.domain else { return }
        $1.note(.domain, "has letters beyond a to z or their encoding, and a tenant's first domain can't have them")
    }

    static let domainHomoglyph = Rule(
        "domain.homoglyph",
        .error,
        when: .domain,
        "A domain has no letters of another script that look like a to z."
    ) {
        guard case .homoglyph(let letter, let place, let ascii) = $0.disguise else { return }
        $1.note(.domain, letter.description(at: place), suggestion: ascii)
    }

    static let domainSuffix = Rule(
        "domain.suffix",
        .error,
        when: .domain,
        "A domain ends with the suffix that the service gives."
    ) {
        guard case .otherSuffix = $0.domain else { return }
        $1.note(
            .domain,
            "does not end with .\($0.domainSuffix), as every new tenant's first domain does",
            suggestion: suffixed($0[.domain], suffix: $0.domainSuffix)
        )
    }

    static let domainLength = Rule("domain.length", .error, when: .domain, "A domain's prefix has 1 to 27 characters.")
    {
        guard case .prefixLength(let count) = $0.domain else { return }
        $1.note(
            .domain,
            count == 0
                ? "has nothing before .\($0.domainSuffix)"
                : "has \(count) characters before .\($0.domainSuffix), and the service takes 27 at most"
        )
    }

    static let domainHyphen = Rule(
        "domain.hyphen",
        .warning,
        when: .domain,
        "A domain's prefix has letters and digits only."
    ) {
        guard case .valid(hasHyphen: true) = $0.domain else { return }
        $1.note(.domain, "has a hyphen, which the service may refuse; letters and digits are sure")
    }

    /// The domain in a web address or e-mail address, or without what does not belong into a prefix.
    private static func plainDomain(from text: String, suffix: String) -> String? {
        // Three dots are where a name was cut, and a web page's signs stand for others.
        guard !text.contains(where: { "…&".contains($0) }), !text.contains("..."), !Names.isPlaceholder(domain: text)
        else { return nil }
        var rest = Substring(text.lowercased().filter { !$0.isWhitespace })
        let whole = rest
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        if let path = rest.firstIndex(where: { "/?#".contains($0) }) { rest = rest[..<path] }
        if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
        let count = rest.utf8.count
        while rest.hasSuffix("." + suffix.lowercased()) { rest = rest.dropLast(suffix.count + 1) }
        // Another host's name is no part of a domain here.
        if rest.utf8.count == count, count < whole.utf8.count, rest.contains(".") { return nil }
        let prefix = rest.utf8.filter { $0.isASCIILetter || $0.isASCIIDigit }
        let name = String(decoding: prefix, as: UTF8.self)
        // What is left of a broken suffix belongs into no prefix.
        guard !name.contains(suffix.lowercased().prefix { $0 != "." }) else { return nil }
        let domain = name + "." + suffix
        guard case .valid = DomainName.form(of: domain.utf8Span.span, suffix: suffix) else { return nil }
        return domain
    }

    /// A prefix with the right suffix: where there is none, or where what is there looks like a misspelt one.
    private static func suffixed(_ text: String, suffix: String) -> String? {
        guard let dot = text.firstIndex(of: ".") else { return plainDomain(from: text, suffix: suffix) }
        let found = String(text[text.index(after: dot)...]).lowercased()
        let isMeant = suffix.hasPrefix(found) || NearestName.find(found, among: [suffix], spelt: \.self) != nil
        return isMeant ? plainDomain(from: String(text[..<dot]), suffix: suffix) : nil
    }
}
