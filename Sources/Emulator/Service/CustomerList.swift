internal import PartnerCenter

/// A request for a page of customers, read and checked.
struct CustomerList {
    private static let sizeLimit = 500

    private let query: PageQuery

    /// Reads the query and the headers.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - limit: the latest moment of creation of a customer that can be seen; nil shows all.
    /// - Throws: `Refusal` for a field that can't be understood.
    init(_ request: ServerRequest, createdBy limit: Int64?) throws(Refusal) {
        let token = try Self.token(request)
        var query = PageQuery(size: try Self.size(request) ?? token?.size ?? Self.sizeLimit)
        query.position = try Self.position(request, token)
        query.createdBy = limit
        if let filter = try CustomerFilter.of(request) {
            (query.field, query.prefix) = filter
        } else if let token, let field = token.field.flatMap(PageQuery.Field.init(rawValue:)) {
            (query.field, query.prefix) = (field, token.prefix ?? "")
        }
        self.query = query
    }

    /// nil where none is given or it is 0; too large a one is capped without a word.
    private static func size(_ request: ServerRequest) throws(Refusal) -> Int? {
        guard let text = request.parameter("size") else { return nil }
        guard let size = Int32(text), size >= 0 else { throw .malformed("The size must be a number from 0.", "size") }
        return size == 0 ? nil : min(Int(size), sizeLimit)
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
        case ("pageindex", _), ("4", _):
            guard let offset = Int(request.parameter("offset") ?? "0"), offset >= 0 else {
                throw .malformed("The offset must be a number from 0.", "offset")
            }
            return .skipping(offset)
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
        page.links = .to("/customers?size=\(query.size)")
        if let first = customers.first, let last = customers.last {
            let token = try token(first: first.sequence, last: last.sequence)
            if hasNext(hasMore) {
                page.links?.next = link("Next", token)
                page.continuationToken = token
            }
            if hasPrevious(hasMore) { page.links?.previous = link("Previous", token) }
        }
        return .json(StoredAnswer(status: 200, body: CustomerText.write(page)))
    }

    /// Forward, what lies beyond is next; backward from a page, that page is next.
    private func hasNext(_ hasMore: Bool) -> Bool {
        switch query.position {
        case .first, .after, .skipping: hasMore
        case .before: true
        case .last: false
        }
    }

    private func hasPrevious(_ hasMore: Bool) -> Bool {
        switch query.position {
        case .first: false
        case .after: true
        case .skipping(let offset): offset > 0
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
            uri: "/customers?size=\(query.size)&seekOperation=\(operation)",
            headers: [KeyValuePair(key: "MS-ContinuationToken", value: token)]
        )
    }

    /// A customer as a list shows it: without its billing profile, addresses and identifiers of commerce.
    private func item(_ listed: ListedCustomer) -> Customer {
        var profile = CustomerCompanyProfile()
        profile.tenantId = listed.id
        profile.domain = listed.domain
        profile.companyName = listed.companyName
        profile.links = .to("/customers/\(listed.id)/profiles/company")
        profile.attributes = ResourceAttributes(objectType: "CustomerCompanyProfile")
        var customer = Customer()
        customer.id = listed.id
        customer.companyProfile = profile
        customer.relationshipToPartner = listed.relationshipToPartner
        customer.links = .to("/customers/\(listed.id)")
        customer.attributes = ResourceAttributes(objectType: "Customer")
        return customer
    }
}
