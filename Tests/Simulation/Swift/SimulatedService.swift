internal import HTTP
internal import PartnerCenter
internal import Platform

/// Partner Center as its reference describes it, faults included; it lives on when the process that asks it dies.
final class SimulatedService: @unchecked Sendable {
    /// A tenant that has a domain.
    struct Tenant {
        let id: String
        let domain: String
        /// As it was asked for; nil for one that is somebody else's.
        let customer: Customer?
        let password: String
        /// The request that made it.
        let key: String
        /// Whether the partner's list has it: not where it was left over by a request that was refused in the end.
        let isListed: Bool
        let visibleAt: Int64
    }

    private struct Kept {
        let response: HTTPResponse
        let tenant: Int?
        let time: Int64
    }

    var nature: ServiceNature
    var generator: SeededGenerator
    private(set) var tenants: [Tenant] = []
    private var byDomain: [String: Int] = [:]
    private var kept: [String: Kept] = [:]
    private var token = 1
    private var tokenEnd: Int64?
    private var scheduler: Scheduler { .shared }

    init(_ nature: ServiceNature, seed: UInt64) {
        self.nature = nature
        generator = SeededGenerator(seed: seed)
    }

    /// The customers that requests have made.
    var customers: [Tenant] { tenants.filter { $0.isListed && !$0.key.isEmpty } }

    /// Whether a domain belongs to a tenant that the partner will never see.
    func isTakenBySomebodyElse(_ domain: String) -> Bool {
        byDomain[domain].map { !tenants[$0].isListed || tenants[$0].key.isEmpty } ?? false
    }

    /// Whether something happens that has a chance.
    func chance(_ probability: Double) -> Bool {
        probability > 0 && Double.random(in: 0..<1, using: &generator) < probability
    }

    /// How long something takes.
    func latency() -> Int64 {
        chance(nature.slowChance)
            ? Int64.random(in: 0...9_000_000_000, using: &generator)
            : Int64.random(in: nature.latency, using: &generator)
    }

    /// Whether the service is down.
    var isDown: Bool {
        let isDown = nature.outages.contains { $0.contains(scheduler.now) }
        if isDown, nature.forgetsInOutage { kept = [:] }
        return isDown
    }

    /// What befalls a request.
    func fault(isCreate: Bool) -> ServiceNature.Fault? {
        nature.chances.first { chance($0.chance) }?.fault
    }

    // MARK: - Tokens

    /// The token that the service takes now.
    func currentToken() -> String {
        if let life = nature.tokenLife, scheduler.now >= tokenEnd ?? life {
            token += 1
            tokenEnd = scheduler.now + life
        }
        return "token-\(token)"
    }

    // MARK: - Answers

    /// Does what a request asks for.
    func answer(_ request: HTTPRequest) -> HTTPResponse {
        var response = act(on: request)
        if request.method == "HEAD" { response.body = [] }
        return response
    }

    private func act(on request: HTTPRequest) -> HTTPResponse {
        guard request.headers["Authorization"] == "Bearer \(currentToken())" else {
            return fault(401, "900420", "The token has expired.")
        }
        let path = request.url.split(separator: "/v1/", maxSplits: 1).last.map(String.init) ?? ""
        if request.method == "POST", path == "customers" { return create(request) }
        if request.method == "HEAD", path.hasPrefix("domains/") {
            return HTTPResponse(status: byDomain[path.dropFirst(8).lowercased()] == nil ? 404 : 200)
        }
        if path.hasPrefix("customers?filter=") { return list(path) }
        if path.hasPrefix("customers/") { return customer(String(path.dropFirst(10))) }
        if path == "validations/address" { return HTTPResponse(status: 200) }
        return fault(404, "1000", "Resource not found.")
    }

    private func create(_ request: HTTPRequest) -> HTTPResponse {
        let key = request.headers["MS-RequestId"] ?? ""
        if let replay = replay(key) { return replay }
        let (response, tenant) = createNow(request, key)
        kept[key] = Kept(response: response, tenant: tenant, time: scheduler.now)
        return response
    }

    private func replay(_ key: String) -> HTTPResponse? {
        guard let before = kept[key] else { return nil }
        switch nature.replay {
        case .whole: return before.response
        case .withoutPassword: return before.tenant.map { created(tenants[$0], withPassword: false) } ?? before.response
        case .none: return nil
        case .forgetful: return scheduler.now - before.time < 60_000_000_000 ? before.response : nil
        }
    }

    private func createNow(_ request: HTTPRequest, _ key: String) -> (HTTPResponse, tenant: Int?) {
        let payload = request.body
        let customer: Customer
        do {
            customer = try JSONWire.decode(Customer.self, from: payload)
        } catch {
            return (fault(400, "2001", "Customer details are missing"), nil)
        }
        let domain = customer.companyProfile?.domain?.lowercased() ?? ""
        if nature.verdict(on: payload, 1) < nature.refusalChance { return (refusal(payload), nil) }
        takeDomain(domain)
        guard byDomain[domain] == nil else { return (domainTaken(domain), nil) }
        let isLate = nature.verdict(on: payload, 2) < nature.lateRefusalChance
        let tenant = add(domain, customer, key, isListed: !isLate)
        if isLate {
            let data = "NotificationEmailAddress: \(customer.billingProfile?.email ?? "") is invalid"
            return (fault(400, "27002", "A property has invalid data.", data: data), nil)
        }
        return (created(tenants[tenant], withPassword: true), tenant)
    }

    /// Now and then a domain was somebody's before anyone asked for it.
    private func takeDomain(_ domain: String) {
        guard byDomain[domain] == nil else { return }
        let verdict = nature.verdict(on: domain.utf8, 3)
        guard verdict < nature.takenChance else { return }
        guard verdict < nature.takenChance / 2 else { return _ = add(domain, nil, "", isListed: false) }
        var other = Customer()
        other.companyProfile = CustomerCompanyProfile()
        other.companyProfile?.companyName = "Somebody Else Inc"
        _ = add(domain, other, "", isListed: true)
    }

    private func add(_ domain: String, _ customer: Customer?, _ key: String, isListed: Bool) -> Int {
        let password = ["Xy7\(tenants.count)q!", "=1+\(tenants.count)", "a\"b,\(tenants.count)", "'-\(tenants.count)"]
        tenants.append(
            Tenant(
                id: RandomSource(SeededGenerator(seed: generator.next())).uuid(),
                domain: domain,
                customer: customer,
                password: password.randomElement(using: &generator) ?? "",
                key: key,
                isListed: isListed,
                visibleAt: scheduler.now + Int64.random(in: 0...nature.longestLag, using: &generator)
            )
        )
        byDomain[domain] = tenants.count - 1
        scheduler.note("service: \(domain) is \(tenants[tenants.count - 1].id)\(isListed ? "" : ", unlisted")")
        return tenants.count - 1
    }

    private func refusal(_ payload: [UInt8]) -> HTTPResponse {
        switch Int(nature.verdict(on: payload, 4) * 4) {
        case 0: fault(400, "27002", "A property has invalid data.", data: "property_name:  StateInvalid - Details")
        case 1: fault(400, "2001", "Customer details are missing", data: "billingProfile.defaultAddress.addressLine1")
        case 2: fault(400, "600050", "The number does not match {^[0-9]{7}$}")
        default: fault(400, "600002", "The number is not supported for that country")
        }
    }

    private func domainTaken(_ domain: String) -> HTTPResponse {
        nature.verdict(on: domain.utf8, 5) < 0.7
            ? fault(409, "3009", "The domain \(domain) is used by another tenant")
            : fault(400, "3009", "The domain \(domain) is already in use")
    }

    /// A domain that a search of the list is for.
    static func domain(ofSearch url: String) -> String {
        url.split(separator: "%22Value%22%3A%22").last?.split(separator: "%22").first.map(String.init) ?? ""
    }

    private func list(_ path: String) -> HTTPResponse {
        let domain = Self.domain(ofSearch: path).lowercased()
        let visible = tenants.filter { $0.isListed && $0.visibleAt <= scheduler.now }
        guard let size = nature.pageSize else {
            return success(200, ResourceCollection(items: items(visible.filter { $0.domain.hasPrefix(domain) })))
        }
        let start = path.split(separator: "&page=").dropFirst().first.flatMap { Int($0) } ?? 0
        var page = ResourceCollection(items: items(visible.dropFirst(start).prefix(size)))
        let hasMore = visible.count > start + size
        if hasMore {
            page.links = ResourceLinks()
            page.links?.next = Link()
            page.links?.next?.uri = "/\(path.split(separator: "&page=")[0])&page=\(start + size)"
        }
        var response = success(200, page)
        let isFound = page.items.contains { $0.companyProfile?.domain == domain }
        if hasMore, !isFound { response.headers[Self.more] = "1" }
        return response
    }

    /// The header of a page that neither ends the list nor shows who is searched for.
    static let more = "X-More"

    private func items(_ tenants: some Sequence<Tenant>) -> [Customer] {
        tenants.map { tenant in
            var item = Customer()
            item.id = tenant.id
            item.companyProfile = CustomerCompanyProfile()
            item.companyProfile?.tenantId = tenant.id
            item.companyProfile?.domain = tenant.domain
            item.companyProfile?.companyName = tenant.customer?.companyProfile?.companyName
            return item
        }
    }

    private func customer(_ id: String) -> HTTPResponse {
        guard let tenant = tenants.first(where: { $0.id == id && $0.isListed }) else {
            return fault(404, "1000", "Not found.")
        }
        // It shows in the list a while before it can be read.
        let rest = tenant.visibleAt + nature.longestLag / 10 - scheduler.now
        guard rest <= 0 else {
            return rest > 5_000_000_000
                ? fault(404, "1000", "customer with the tenant Id \(id) was not found")
                : fault(404, "60003", "No company was found to be associated with tenant Id")
        }
        return success(200, whole(tenant, withPassword: nil))
    }

    private func created(_ tenant: Tenant, withPassword: Bool) -> HTTPResponse {
        var response = success(201, whole(tenant, withPassword: withPassword))
        if !nature.sendsMark { response.status = 200 }
        return response
    }

    private func whole(_ tenant: Tenant, withPassword: Bool?) -> Customer {
        var customer = tenant.customer ?? Customer()
        customer.id = tenant.id
        customer.companyProfile = customer.companyProfile ?? CustomerCompanyProfile()
        customer.companyProfile?.tenantId = tenant.id
        customer.companyProfile?.domain = tenant.domain
        if let withPassword {
            customer.userCredentials = UserCredentials(
                userName: "admin",
                password: withPassword ? Secret(tenant.password) : nil
            )
        }
        return customer
    }

    private func success(_ status: Int, _ body: some Encodable) -> HTTPResponse {
        do {
            let mark: [UInt8] = nature.sendsMark ? [0xEF, 0xBB, 0xBF] : []
            return HTTPResponse(status: status, body: mark + (try JSONWire.encode(body)))
        } catch {
            return fault(500, "", "\(error)")
        }
    }

    /// An error in one of the shapes that occur.
    func fault(_ status: Int, _ code: String, _ text: String, data: String? = nil) -> HTTPResponse {
        let body =
            code.isEmpty
            ? "{\"statusCode\":\(status),\"message\":\"\(text)\"}"
            : "{\"code\":\(code),\"description\":\"\(text)\",\"data\":[\(data.map { "\"\($0)\"" } ?? "")],"
                + "\"source\":\"PartnerFD\"}"
        return HTTPResponse(status: status, body: Array(body.utf8))
    }

    /// A refusal for no reason; that of a domain's `HEAD` never looks as if the domain were free.
    func refusal(atRandomOf request: HTTPRequest) -> HTTPResponse {
        let isHead = request.method == "HEAD"
        // To a create, a status that is about the address is a gateway's word.
        let others = request.method == "POST" ? [403, 417] : [405, isHead ? 403 : 404]
        let status = ([403, 412, 417] + others).randomElement(using: &generator) ?? 403
        var response = fault(status, "3000", "Not now.")
        if isHead { response.body = [] }
        return response
    }

    /// A page for people from what is in front of the service.
    func page(insteadOf request: HTTPRequest) -> HTTPResponse {
        let status = [403, 404, 405].randomElement(using: &generator) ?? 404
        let body = request.method == "HEAD" ? "" : "<html><title>Not here</title></html>"
        return HTTPResponse(status: status, headers: ["Content-Type": "text/html"], body: Array(body.utf8))
    }

    /// An answer that says when to come back, in any of the ways.
    func busy(_ status: Int) -> HTTPResponse {
        var response = fault(status, "", "Rate limit is exceeded. Try again later.")
        let seconds = Int.random(in: 0...60, using: &generator)
        switch Int.random(in: 0...6, using: &generator) {
        case 0: break
        case 1: response.headers["Retry-After"] = "soon"
        case 2: response.headers["Retry-After"] = "-5"
        case 3: response.headers["Retry-After"] = "900"
        case 4: response.headers["Retry-After"] = Self.date(SimulatedClock.civil.milliseconds + Int64(seconds) * 1000)
        default: response.headers["Retry-After"] = "\(seconds)"
        }
        return response
    }

    private static func date(_ milliseconds: Int64) -> String {
        let text = "\(Timestamp(milliseconds: milliseconds))"
        let parts = text.split { "-T:.Z".contains($0) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "Fri, \(parts[2]) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }
}
