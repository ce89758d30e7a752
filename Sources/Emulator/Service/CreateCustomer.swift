internal import PartnerCenter
internal import Platform

/// Reads a create request, checks it, and makes the customer that will be stored if its domain is free.
struct CreateCustomer {
    private let random: RandomSource
    private let rules: CreateRules
    private let now: @Sendable () -> Timestamp

    init(_ configuration: EmulatorConfiguration) {
        random = configuration.random
        now = configuration.now
        rules = CreateRules(refusesNeedlessRegistrationNumber: configuration.refusesNeedlessRegistrationNumber)
    }

    /// Brings a request to what the store needs.
    ///
    /// - Parameter request: the request, its token permitted.
    /// - Returns: the create, with what the checks said of it.
    /// - Throws: `Refusal` where the request can't even be read; such an answer is not kept for a replay.
    func prepare(_ request: ServerRequest) throws(Refusal) -> PreparedCreate {
        let asked = try RequestBody.read(Customer.self, of: request)
        return PreparedCreate(
            requestId: request.headers["ms-requestid"].flatMap { $0.isEmpty ? nil : $0.lowercased() },
            fingerprint: Self.fingerprint(of: request.body),
            verdict: verdict(asked, correlationId: request.headers["ms-correlationid"] ?? random.uuid())
        )
    }

    private func verdict(_ asked: Customer, correlationId: String) -> PreparedCreate.Verdict {
        if let refusal = rules.refusal(of: asked) { return .refused(refusal.answer) }
        let customer = provision(asked)
        var created = customer
        created.links = nil
        created.customDomains = nil
        created.companyProfile?.address = nil
        created.companyProfile?.email = nil
        created.billingProfile?.links = nil
        created.userCredentials = UserCredentials(userName: "admin", password: Secret(random.password()))
        return .accepted(
            NewCustomer(
                id: customer.id ?? "",
                domain: customer.companyProfile?.domain ?? "",
                companyName: customer.companyProfile?.companyName ?? "",
                relationshipToPartner: customer.relationshipToPartner ?? "",
                reseller: customer.associatedPartnerId ?? "",
                created: now().milliseconds,
                correlationId: correlationId,
                isOrphan: !rules.acceptsLate(asked),
                resource: CustomerText.write(customer),
                answer: CustomerText.write(created)
            )
        )
    }

    /// FNV-1a, for it must be the same after a restart.
    static func fingerprint(of body: [UInt8]) -> Int64 {
        let hash = body.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return Int64(bitPattern: hash)
    }
}

extension CreateCustomer {
    /// A customer with another billing profile, and why that is refused; nil where it is not.
    func replacing(_ asked: CustomerBillingProfile, of customer: Customer) -> (Customer, Refusal?) {
        var changed = customer
        changed.billingProfile = asked
        let refusal = rules.refusal(of: changed)
        let id = customer.id ?? ""
        changed.companyProfile = companyProfile(of: changed, id: id)
        changed.billingProfile = billingProfile(of: changed, id: id)
        changed.billingProfile?.id = customer.billingProfile?.id
        return (changed, refusal)
    }

    /// The customer as a get by id shows it.
    private func provision(_ asked: Customer) -> Customer {
        let id = random.uuid()
        var customer = Customer()
        customer.id = id
        customer.commerceId = random.uuid()
        customer.companyProfile = companyProfile(of: asked, id: id)
        customer.billingProfile = billingProfile(of: asked, id: id)
        customer.relationshipToPartner = "reseller"
        customer.allowDelegatedAccess = true
        customer.associatedPartnerId = asked.associatedPartnerId
        customer.customDomains = asked.companyProfile?.domain.map { [$0] }
        customer.links = .to("/customers/\(id)")
        customer.attributes = ResourceAttributes(objectType: "Customer")
        return customer
    }

    private func companyProfile(of asked: Customer, id: String) -> CustomerCompanyProfile {
        var profile = CustomerCompanyProfile()
        profile.tenantId = id
        profile.domain = asked.companyProfile?.domain
        // What the company profile says of the name does not count.
        profile.companyName = asked.billingProfile?.companyName
        profile.organizationRegistrationNumber = asked.companyProfile?.organizationRegistrationNumber
        profile.email = asked.billingProfile?.email
        var address = asked.billingProfile?.defaultAddress
        // This one address names the state as the region.
        if let state = address?.state { address?.region = state }
        address?.state = nil
        profile.address = address
        profile.links = .to("/customers/\(id)/profiles/company")
        profile.attributes = ResourceAttributes(objectType: "CustomerCompanyProfile")
        return profile
    }

    private func billingProfile(of asked: Customer, id: String) -> CustomerBillingProfile? {
        var profile = asked.billingProfile
        var address = profile?.defaultAddress
        address?.id = nil
        address?.country = profile?.defaultAddress?.country?.uppercased()
        // A blank one is shown, unlike other blank members.
        address?.phoneNumber = profile?.defaultAddress?.phoneNumber ?? ""
        profile?.defaultAddress = address
        profile?.id = random.uuid()
        profile?.culture = asked.billingProfile?.culture.map(Self.normalised(culture:))
        profile?.links = .to("/customers/\(id)/profiles/billing")
        profile?.attributes = ResourceAttributes(objectType: "CustomerBillingProfile", etag: random.entityTag())
        return profile
    }

    /// `EN-us` becomes `en-US`; the language alone stays as it was sent.
    private static func normalised(culture: String) -> String {
        let parts = culture.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2 else { return culture }
        return "\(parts[0].lowercased())-\(parts[1].uppercased())"
    }
}

extension ResourceLinks {
    /// The link of a resource to itself.
    static func to(_ uri: String) -> ResourceLinks {
        var links = ResourceLinks()
        links.`self` = Link(uri: uri)
        return links
    }
}

extension Link {
    /// A link to be followed with GET.
    init(uri: String, headers: [KeyValuePair] = []) {
        self.init()
        self.uri = uri
        method = "GET"
        self.headers = headers
    }
}
