internal import PartnerCenter

/// A request for a page of customers, read and checked.
struct CustomerList {
    private static let sizeLimit = 500

    private let query: PageQuery
    private let linkPrefix: String

    /// Reads the query and the headers.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - linksCarryVersion: whether the page's links carry the version.
    /// - Throws: `Refusal` for a field that can't be understood.
    init(_ request: ServerRequest, linksCarryVersion: Bool) throws(Refusal) {
        let token = try Self.token(request)
        var query = PageQuery(size: try Self.size(request) ?? token?.size ?? Self.sizeLimit)
        query.position = try Self.position(request, token)
        if let filter = request.parameter("filter") {
            (query.field, query.prefix) = try CustomerFilter.read(filter)
        } else if let token, let field = token.field.flatMap(PageQuery.Field.init(rawValue:)) {
            (query.field, query.prefix) = (field, token.prefix ?? "")
        }
        self.query = query
        let version = request.path.split(separator: "/").first.map { "/\($0)" } ?? ""
        linkPrefix = linksCarryVersion ? version : ""
    }

    /// nil where none is given or it is 0; too large a one is capped without a word.
    private static func size(_ request: ServerRequest) throws(Refusal) -> Int? {
        guard let text = request.parameter("size") else { return nil }
        guard let size = Int(text), size >= 0 else { throw .malformed("The size must be a number from 0.", "size") }
        return size == 0 ? nil : min(size, sizeLimit)
    }

    private static func token(_ request: ServerRequest) throws(Refusal) -> ContinuationToken? {
        guard let text = request.headers["ms-continuationtoken"] ?? request.parameter("seek"), !text.isEmpty else {
            return nil
        }
        guard let token = ContinuationToken.read(text), (1...sizeLimit).contains(token.size) else {
            throw .malformed("The continuation token is not valid.", "MS-ContinuationToken")
        }
        return token
    }

    private static func position(
        _ request: ServerRequest,
        _ token: ContinuationToken?
    ) throws(Refusal) -> PageQuery.Position {
        let operation = request.parameter("seekoperation")?.lowercased()
        switch (operation, token) {
        case ("first", _), ("2", _), (nil, nil): return .first
        case ("last", _), ("3", _): return .last
        case ("next", let token?), ("0", let token?), (nil, let token?): return .after(token.last)
        case ("previous", let token?), ("1", let token?): return .before(token.first)
        case ("next", nil), ("0", nil), ("previous", nil), ("1", nil):
            throw .malformed("The seek operation needs the MS-ContinuationToken header.", "MS-ContinuationToken")
        default: throw .malformed("The seek operation is not supported.", "seekOperation")
        }
    }

    /// Reads the page and writes it.
    ///
    /// - Parameter store: the store.
    /// - Returns: the answer.
    /// - Throws: `SQLiteError` where it can't be read.
    func answer(from store: CustomerStore) throws -> ServerAnswer {
        let (customers, hasMore) = try store.page(query)
        var page = ResourceCollection(items: customers.map(item))
        page.attributes = ResourceAttributes(objectType: "Collection")
        page.links = .to("\(linkPrefix)/customers?size=\(query.size)")
        if let first = customers.first, let last = customers.last {
            let token = try token(first: first.sequence, last: last.sequence)
            if hasNext(hasMore) {
                page.links?.next = link("Next", token)
                page.continuationToken = token
            }
            if hasPrevious(hasMore) { page.links?.previous = link("Previous", token) }
        }
        let type = KeyValuePair(key: "Content-Type", value: "application/json; charset=utf-8")
        return ServerAnswer(status: 200, headers: [type], body: try JSONWire.encode(page))
    }

    /// Forward, what lies beyond is next; backward from a page, that page is next.
    private func hasNext(_ hasMore: Bool) -> Bool {
        switch query.position {
        case .first, .after: hasMore
        case .before: true
        case .last: false
        }
    }

    private func hasPrevious(_ hasMore: Bool) -> Bool {
        switch query.position {
        case .first: false
        case .after: true
        case .before, .last: hasMore
        }
    }

    private func token(first: Int64, last: Int64) throws -> String {
        let prefix = query.field == nil ? nil : query.prefix
        let field = query.field?.rawValue
        return try ContinuationToken(size: query.size, field: field, prefix: prefix, first: first, last: last).text()
    }

    private func link(_ operation: String, _ token: String) -> Link {
        Link(
            uri: "\(linkPrefix)/customers?size=\(query.size)&seekOperation=\(operation)",
            headers: [KeyValuePair(key: "MS-ContinuationToken", value: token)]
        )
    }

    /// A customer as a list shows it: without its billing profile, addresses and identifiers of commerce.
    private func item(_ listed: ListedCustomer) -> Customer {
        var profile = CustomerCompanyProfile()
        profile.tenantId = listed.id
        profile.domain = listed.domain
        profile.companyName = listed.companyName
        profile.links = .to("\(linkPrefix)/customers/\(listed.id)/profiles/company")
        profile.attributes = ResourceAttributes(objectType: "CustomerCompanyProfile")
        var customer = Customer()
        customer.id = listed.id
        customer.companyProfile = profile
        customer.relationshipToPartner = listed.relationshipToPartner
        customer.links = .to("\(linkPrefix)/customers/\(listed.id)")
        customer.attributes = ResourceAttributes(objectType: "Customer")
        return customer
    }
}

/// A list's filter: `{"Field":"CompanyName","Value":"cont","Operator":"starts_with"}`.
private struct CustomerFilter: Decodable {
    var field: String
    var value: String
    /// The name, or its number, 9.
    var `operator`: String

    static func read(_ text: String) throws(Refusal) -> (PageQuery.Field, String) {
        let filter: CustomerFilter
        do {
            filter = try JSONWire.decode(CustomerFilter.self, from: [UInt8](text.utf8))
        } catch {
            throw .malformed("The filter must be JSON with Field, Value and Operator.", "filter")
        }
        guard ["starts_with", "9"].contains(filter.operator.lowercased()) else {
            throw Refusal(code: 3000, description: "The filter knows no operator but starts_with.", data: ["Operator"])
        }
        switch filter.field.lowercased() {
        case "companyname": return (.companyName, filter.value.lowercased())
        case "domain": return (.domain, filter.value.lowercased())
        default: throw Refusal(code: 3000, description: "The filter's field is not supported.", data: ["Field"])
        }
    }
}
