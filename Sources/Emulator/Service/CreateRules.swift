internal import PartnerCenter

/// What a create must hold, in the service's order: what is missing, what is invalid, what the country asks for.
struct CreateRules {
    let refusesNeedlessRegistrationNumber: Bool

    private static let required: [(path: String, value: @Sendable (Customer) -> String?)] = [
        ("companyProfile.domain", { $0.companyProfile?.domain }),
        ("billingProfile.email", { $0.billingProfile?.email }),
        ("billingProfile.culture", { $0.billingProfile?.culture }),
        ("billingProfile.language", { $0.billingProfile?.language }),
        ("billingProfile.companyName", { $0.billingProfile?.companyName }),
        ("billingProfile.defaultAddress.country", { $0.billingProfile?.defaultAddress?.country }),
        ("billingProfile.defaultAddress.city", { $0.billingProfile?.defaultAddress?.city }),
        ("billingProfile.defaultAddress.addressLine1", { $0.billingProfile?.defaultAddress?.addressLine1 }),
    ]

    private static let longest: [(path: String, value: @Sendable (Customer) -> String?, limit: Int)] = [
        ("companyProfile.domain", { $0.companyProfile?.domain }, 253),
        ("billingProfile.companyName", { $0.billingProfile?.companyName }, 255),
        ("billingProfile.firstName", { $0.billingProfile?.firstName }, 50),
        ("billingProfile.lastName", { $0.billingProfile?.lastName }, 50),
        ("billingProfile.defaultAddress.addressLine1", { $0.billingProfile?.defaultAddress?.addressLine1 }, 200),
        ("billingProfile.defaultAddress.addressLine2", { $0.billingProfile?.defaultAddress?.addressLine2 }, 200),
    ]

    /// Why a create is refused; nil where nothing speaks against it but perhaps its domain.
    func refusal(of customer: Customer) -> Refusal? {
        let missing = Self.required.filter { Self.isBlank($0.value(customer)) }.map(\.path)
        guard missing.isEmpty else {
            return Refusal(code: 2001, description: "Customer details are missing", data: missing)
        }
        if customer.userCredentials?.password != nil {
            let description = "The password is chosen by the service and can't be given."
            return Refusal(code: 3000, description: description, data: ["userCredentials.password"])
        }
        for rule in Self.longest where rule.value(customer)?.unicodeScalars.count ?? 0 > rule.limit {
            return .invalid(rule.path, "longer than \(rule.limit) characters")
        }
        guard Self.isDomain(customer.companyProfile?.domain ?? "") else {
            return .invalid("companyProfile.domain", "DomainInvalid - Details")
        }
        return countryRefusal(of: customer)
    }

    /// Whether a create passes the check that the service makes only once the tenant is there: that of the e-mail
    /// address.
    ///
    /// - Parameter customer: what was asked for, with nothing else against it.
    /// - Returns: whether it does; where not, the domain is used up without a customer.
    func acceptsLate(_ customer: Customer) -> Bool {
        let parts = (customer.billingProfile?.email ?? "").split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(where: \.isWhitespace) else { return false }
        return Self.isDomain(String(parts[1])) && parts[1].last?.isNumber == false
    }

    private func countryRefusal(of customer: Customer) -> Refusal? {
        let path = "billingProfile.defaultAddress"
        guard let address = customer.billingProfile?.defaultAddress, let country = address.country?.uppercased(),
            let rules = CountryRules.of(country)
        else { return .invalid("\(path).country", "CountryInvalid - Details") }
        if let states = rules.states, !states.contains(address.state?.uppercased() ?? "") {
            return .invalid("\(path).state", "StateInvalid - Details")
        }
        if let forms = rules.postalForms, !forms.contains(where: { $0.matches(address.postalCode ?? "") }) {
            return .invalid("\(path).postalCode", "ZipInvalid - Details")
        }
        let registration = customer.companyProfile?.organizationRegistrationNumber
        let registrationPath = "companyProfile.organizationRegistrationNumber"
        if rules.asksForRegistration, Self.isBlank(registration) {
            let description = "The organization registration number is missing for \(country)."
            return Refusal(code: 600049, description: description, data: [registrationPath])
        }
        if !rules.asksForRegistration, refusesNeedlessRegistrationNumber, !Self.isBlank(registration) {
            let description = "The organization registration number is not supported for \(country)."
            return Refusal(code: 600002, description: description, data: [registrationPath])
        }
        if rules.asksForRegistration, Self.isBlank(address.phoneNumber) {
            let description = "The phone number is missing for \(country)."
            return Refusal(code: 600051, description: description, data: ["\(path).phoneNumber"])
        }
        return nil
    }

    private static func isBlank(_ text: String?) -> Bool { text?.allSatisfy(\.isWhitespace) ?? true }

    /// At least two labels of letters, digits and hyphens; what else the live service asks of a prefix is not known.
    private static func isDomain(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isHyphen = { (byte: UInt8) in byte == UInt8(ascii: "-") }
        return labels.count >= 2
            && labels.allSatisfy { label in
                guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
                return !isHyphen(first) && !isHyphen(last)
                    && label.allSatisfy { isHyphen($0) || CountryRules.isDigit($0) || CountryRules.isLetter($0) }
            }
    }
}
