internal import Onboarding
internal import PartnerCenter

/// What the service's answers mean for one row, in the manifest's own terms.
struct PreflightJudgement: Sendable {
    let customer: Customer
    let preparer: RowPreparer
    let isStrict: Bool

    /// The domain to ask about.
    var domain: String? { customer.companyProfile?.domain?.lowercased() }

    /// The finding of a domain that somebody has.
    var domainTaken: Finding {
        finding(
            .domainTaken,
            .domain,
            customer.companyProfile?.domain,
            "is taken: a tenant has this domain already; choose another"
        )
    }

    /// What the service has against an address.
    ///
    /// - Parameter validation: its answer.
    /// - Returns: a finding where it could not verify the address.
    func findings(of validation: AddressValidation) -> [Finding] {
        let doubts = ["interactionrequired", "streetpartial", "premisespartial", "multiple", "none"]
        guard let status = validation.status, doubts.contains(status.lowercased()) else { return [] }
        var message = "begins an address that the service can't verify (\(Text.visible(status, limit: 40)))"
        if let reason = validation.validationMessage, !reason.isEmpty {
            message += ": \(Text.visible(reason, limit: 200))"
        }
        if let meant = validation.suggestedAddresses?.first?.line { message += "; it may be meant as \(meant)" }
        return [
            finding(.addressUnverified, .addressLine1, customer.billingProfile?.defaultAddress?.addressLine1, message)
        ]
    }

    /// What the country's rules have against a row.
    ///
    /// - Parameter rules: what the service says of the country.
    /// - Returns: the cells that break them.
    func findings(by rules: CountryValidationRules) -> [Finding] {
        let address = customer.billingProfile?.defaultAddress
        let states = rules.supportedStatesList ?? []
        var findings: [Finding] = []
        func note(_ column: Column, _ value: String?, _ message: String) {
            findings.append(finding(.countryServiceRules, column, value, message))
        }
        let state = address?.state ?? ""
        if rules.isStateRequired == true, state.isEmpty {
            note(.state, nil, "is empty, and the service asks for it in this country")
        } else if !state.isEmpty, !states.isEmpty, !states.contains(where: { $0.lowercased() == state.lowercased() }) {
            let example = Text.visible(states[0], limit: 40)
            note(.state, state, "is none of the \(states.count) states that the service lists, such as \(example)")
        }
        let postalCode = address?.postalCode ?? ""
        if rules.isPostalCodeRequired == true, postalCode.isEmpty {
            note(.postalCode, nil, "is empty, and the service asks for it in this country")
        } else if !postalCode.isEmpty, !fits(postalCode, rules.postalCodeRegex) {
            note(.postalCode, postalCode, "does not have the form that the service asks for in this country")
        }
        if let phone = address?.phoneNumber, !phone.hasPrefix("+"), !fits(phone, rules.phoneNumberRegex) {
            note(.phoneNumber, phone, "does not have the form that the service asks for in this country")
        }
        findings += missing(rules)
        return findings + listed(rules)
    }

    private func missing(_ rules: CountryValidationRules) -> [Finding] {
        let number = customer.companyProfile?.organizationRegistrationNumber
        let phone = customer.billingProfile?.defaultAddress?.phoneNumber
        let message = "is empty, and the service asks for it of companies in this country"
        var findings: [Finding] = []
        if rules.customerOrganizationRegistrationNumberRequired == true, number == nil {
            findings.append(finding(.countryServiceRules, .organizationRegistrationNumber, nil, message))
        }
        if rules.customerOrganizationPhoneNumberRequired == true, phone == nil {
            findings.append(finding(.countryServiceRules, .phoneNumber, nil, message))
        }
        return findings
    }

    private func listed(_ rules: CountryValidationRules) -> [Finding] {
        let cells: [(Column, String?, [String]?)] = [
            (.culture, customer.billingProfile?.culture, rules.supportedCulturesList),
            // The service writes zh-CHS where a manifest has zh.
            (
                .language,
                customer.billingProfile?.language.map { String($0.prefix { $0 != "-" }) },
                rules.supportedLanguagesList?.map { String($0.prefix { $0 != "-" }) }
            ),
        ]
        return cells.compactMap { column, value, list in
            guard let value, let list, !list.isEmpty, !list.contains(where: { $0.lowercased() == value.lowercased() })
            else { return nil }
            let names = list.prefix(4).map { Text.visible($0, limit: 20) }.joined(separator: ", ")
            return finding(
                .countryServiceRules,
                column,
                value,
                "is none that the service lists for this country: \(names)"
            )
        }
    }

    /// Whether a text fits a pattern; one that can't be matched here says nothing.
    private func fits(_ text: String, _ expression: String?) -> Bool {
        expression.flatMap(ServicePattern.init)?.matches(text) ?? true
    }

    private func finding(_ rule: RuleDescription, _ column: Column, _ value: String?, _ message: String) -> Finding {
        Finding(
            isStrict ? .error : rule.severity,
            rule: rule.name,
            column: preparer.title(of: column),
            value: value ?? "",
            message: message
        )
    }
}

extension Address {
    /// The address on one line.
    fileprivate var line: String? {
        let parts = [addressLine1, addressLine2, city, state ?? region, postalCode, country]
        let line = parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
        return line.isEmpty ? nil : Text.visible(line, limit: 200)
    }
}
