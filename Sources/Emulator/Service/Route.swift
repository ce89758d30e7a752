/// What a request's method and path ask for.
enum Route: Hashable, Sendable {
    case createCustomer
    case listCustomers
    case customer(id: String)
    case deleteCustomer(id: String)
    case companyProfile(id: String)
    case billingProfile(id: String)
    case replaceBillingProfile(id: String)
    case agreements
    case customerAgreements(id: String)
    case confirmAgreement(id: String)
    case auditRecords
    case domain(String)
    case addressValidation
    case countryValidationRules(country: String)
    /// The token endpoint of a tenant; the second version's answers have numbers where the first one's have texts.
    case token(isSecondVersion: Bool)
    case control([String])
    case notAllowed(allowed: String)
    case unknown

    /// Reads a request's line.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - hasControl: whether there is anything under `/control`.
    init(_ request: ServerRequest, hasControl: Bool) {
        // By bytes: telling the characters of a path apart would be a tenth of a read's work.
        let path = request.path.utf8
        let parts = path.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        guard path.first == UInt8(ascii: "/"), let first = parts.first else {
            self = .unknown
            return
        }
        // Paths match without regard to case, as everywhere in ASP.NET.
        let names = parts.map { $0.lowercased() }
        if hasControl, names[0] == "control" {
            self = .control(Array(names.dropFirst()))
        } else if names.dropFirst() == ["oauth2", "token"] {
            self = Self.choose(request.method, ("POST", .token(isSecondVersion: false)))
        } else if names.dropFirst() == ["oauth2", "v2.0", "token"] {
            self = Self.choose(request.method, ("POST", .token(isSecondVersion: true)))
        } else if Self.isVersion(first) {
            self = Self.resource(request.method, parts, names)
        } else {
            self = .unknown
        }
    }

    private static func resource(_ method: String, _ parts: [String], _ names: [String]) -> Route {
        let id = parts.count > 2 ? parts[2] : ""
        switch (parts.count, names.count > 1 ? names[1] : "") {
        case (2, "customers"): return choose(method, ("GET", .listCustomers), ("POST", .createCustomer))
        case (2, "agreements"): return choose(method, ("GET", .agreements))
        case (2, "auditrecords"): return choose(method, ("GET", .auditRecords))
        case (3, "domains"): return choose(method, ("HEAD", .domain(id)))
        case (3, "validations") where names[2] == "address": return choose(method, ("POST", .addressValidation))
        case (3, "countryvalidationrules"): return choose(method, ("GET", .countryValidationRules(country: id)))
        case (3, "customers"): return choose(method, ("GET", .customer(id: id)), ("DELETE", .deleteCustomer(id: id)))
        case (4..., "customers"): return part(method, names[3...].joined(separator: "/"), ofCustomer: id)
        default: return .unknown
        }
    }

    private static func part(_ method: String, _ name: String, ofCustomer id: String) -> Route {
        switch name {
        case "profiles/company": choose(method, ("GET", .companyProfile(id: id)))
        case "profiles/billing":
            choose(method, ("GET", .billingProfile(id: id)), ("PUT", .replaceBillingProfile(id: id)))
        case "agreements": choose(method, ("GET", .customerAgreements(id: id)), ("POST", .confirmAgreement(id: id)))
        default: .unknown
        }
    }

    private static func choose(_ method: String, _ routes: (method: String, route: Route)...) -> Route {
        if let found = routes.first(where: { $0.method == method }) { return found.route }
        return .notAllowed(allowed: routes.map(\.method).sorted().joined(separator: ", "))
    }

    /// `v1`, and whatever else a client's setting may say.
    private static func isVersion(_ part: String) -> Bool {
        guard part != "v1" else { return true }
        return part.first?.lowercased() == "v" && part.dropFirst().first?.isNumber == true
            && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." }
    }

    /// What a scenario may look at.
    var facts: RequestFacts {
        switch self {
        case .createCustomer: RequestFacts(operation: .create)
        case .listCustomers: RequestFacts(operation: .list)
        case .customer: RequestFacts(operation: .get)
        case .domain(let domain): RequestFacts(operation: .domainCheck, domain: domain.lowercased())
        case .token: RequestFacts(operation: .token)
        default: RequestFacts(operation: .other)
        }
    }

    /// The customer that it is about.
    var customerId: String? {
        switch self {
        case .customer(let id), .deleteCustomer(let id), .companyProfile(let id), .billingProfile(let id),
            .replaceBillingProfile(let id), .customerAgreements(let id), .confirmAgreement(let id):
            id
        default: nil
        }
    }

    /// What its answer can be had as: collections only as JSON.
    var answerTypes: [AnswerType] {
        switch self {
        case .listCustomers, .agreements, .customerAgreements, .auditRecords: [.json, .textJSON]
        default: AnswerType.allCases
        }
    }
}
