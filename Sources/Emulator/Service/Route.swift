/// What a request's method and path ask for.
enum Route: Hashable, Sendable {
    case createCustomer
    case listCustomers
    case customer(id: String)
    case domain(String)
    case addressValidation
    case countryValidationRules(country: String)
    case notAllowed(allowed: String)
    case unknown

    init(_ request: ServerRequest) {
        let parts = request.path.split(separator: "/").map(String.init)
        guard request.path.hasPrefix("/"), let version = parts.first, Self.isVersion(version) else {
            self = .unknown
            return
        }
        // Paths match without regard to case, as everywhere in ASP.NET.
        switch (parts.count, parts.dropFirst().first?.lowercased()) {
        case (2, "customers"):
            self = Self.choose(request.method, ["GET": .listCustomers, "POST": .createCustomer])
        case (3, "customers"): self = Self.choose(request.method, ["GET": .customer(id: parts[2])])
        case (3, "domains"): self = Self.choose(request.method, ["HEAD": .domain(parts[2])])
        case (3, "validations") where parts[2].lowercased() == "address":
            self = Self.choose(request.method, ["POST": .addressValidation])
        case (3, "countryvalidationrules"):
            self = Self.choose(request.method, ["GET": .countryValidationRules(country: parts[2])])
        default: self = .unknown
        }
    }

    private static func choose(_ method: String, _ routes: [String: Route]) -> Route {
        routes[method] ?? .notAllowed(allowed: routes.keys.sorted().joined(separator: ", "))
    }

    /// `v1`, and whatever else a client's setting may say.
    private static func isVersion(_ part: String) -> Bool {
        part.first?.lowercased() == "v" && part.dropFirst().first?.isNumber == true
    }

    /// What a scenario may look at.
    var facts: RequestFacts {
        switch self {
        case .createCustomer: RequestFacts(operation: .create)
        case .listCustomers: RequestFacts(operation: .list)
        case .customer: RequestFacts(operation: .get)
        case .domain(let domain): RequestFacts(operation: .domainCheck, domain: domain.lowercased())
        case .addressValidation, .countryValidationRules, .notAllowed, .unknown: RequestFacts(operation: .other)
        }
    }
}
