internal import HTTP
internal import PartnerCenter
internal import Platform

/// Reads from the service: repeats what failed, and says why where it gives up.
struct ReadOperation: Sendable {
    private let connection: ServiceConnection
    private let trace: RequestTrace
    private let requestId: String

    /// How often a request may be sent.
    private let attempts: Int

    /// The most bytes that a page may have: a customer as the list shows it has less than 2,000.
    static let mostPageBytes = 16 << 20
    /// How far a list is read in which one customer is looked for.
    private static let mostPages = 200

    /// Makes an operation.
    ///
    /// - Parameters:
    ///   - connection: what every request shares.
    ///   - trace: that of the operation that it belongs to; nil for none.
    ///   - attempts: the most attempts of each request; nil for as many as any request has.
    init(_ connection: ServiceConnection, _ trace: RequestTrace? = nil, attempts: Int? = nil) {
        self.connection = connection
        self.attempts = attempts ?? connection.settings.attempts
        self.trace = trace ?? connection.sharedTrace
        requestId = connection.random.uuid()
    }

    /// The partner's customer that has a domain.
    ///
    /// The service may show it on a later page than the first: it may ignore the filter, or filter page by page.
    ///
    /// - Parameter domain: the domain.
    /// - Returns: the customer as the list shows it; nil where the list ends without it.
    /// - Throws: `ServiceError` where the list can't be had, or can't be read to its end.
    func customer(withDomain domain: String) async throws(ServiceError) -> Customer? {
        let address = connection.settings.address
        var cursor = PageCursor(
            url: address.customers(withDomain: domain),
            headers: connection.consistencyHeaders(of: domain)
        )
        var seen: Set<PageCursor> = []
        while seen.count < Self.mostPages, seen.insert(cursor).inserted {
            guard let page = try await collection(cursor.url, headers: cursor.headers) else {
                throw ServiceError(.unavailable, message: "\(address.customers): there is no such list")
            }
            let found = page.items.first { item in
                item.companyProfile?.domain.map { SameDomain.isWhole($0, domain) } ?? false
            }
            if let found { return found }
            guard let next = try address.next(after: page) else { return nil }
            cursor = next
        }
        throw ServiceError(
            .unavailable,
            message: "\(address.customers): the list does not end after \(seen.count) pages"
        )
    }

    /// Whether a tenant has a domain, whosoever it is.
    ///
    /// - Parameter domain: the domain.
    /// - Returns: false only where the service knows no such domain.
    /// - Throws: `ServiceError` where it can't be asked.
    func isTaken(domain: String) async throws(ServiceError) -> Bool {
        try await get("HEAD", connection.settings.address.domain(domain), headers: []) { _ in true } ?? false
    }

    /// A customer with all its details.
    ///
    /// - Parameters:
    ///   - id: the customer's identifier.
    ///   - domain: its domain, where a token may have been kept by that.
    /// - Returns: the customer; nil where there is none.
    /// - Throws: `ServiceError` where it can't be had.
    func customer(id: String, domain: String? = nil) async throws(ServiceError) -> Customer? {
        let byId = connection.consistencyHeaders(of: id)
        let headers = byId.isEmpty ? domain.map(connection.consistencyHeaders) ?? [] : byId
        return try await get("GET", connection.settings.address.customer(id), headers: headers) { response in
            WireAnswer.decode(Customer.self, response).flatMap { $0.id == nil ? nil : $0 }
        }
    }

    private func collection(
        _ url: String,
        headers: [KeyValuePair]
    ) async throws(ServiceError) -> ResourceCollection<Customer>? {
        try await get("GET", url, headers: headers, maximumBytes: Self.mostPageBytes) {
            WireAnswer.decode(ResourceCollection<Customer>.self, $0)
        }
    }

    /// Reads what is at an address; nil where nothing is.
    private func get<Value: Sendable>(
        _ method: String,
        _ url: String,
        headers: [KeyValuePair],
        maximumBytes: Int = 1 << 20,
        read: @Sendable (HTTPResponse) -> Value?
    ) async throws(ServiceError) -> Value? {
        var call = ServiceCall(method: method, url: url, requestId: requestId, trace: trace, headers: headers)
        call.maximumAnswerBytes = maximumBytes
        let attempt = await connection.repeated(call, atMost: attempts, read: read)
        switch attempt?.outcome {
        case .done(let value): return value
        case .refused where attempt?.status == 404: return nil
        // One look among others is not what a service's health is measured by.
        case .open(let fault, _) where attempts > 1: connection.exhausted(fault.message)
        case .refused, .open, .cancelled, .notSent, nil: break
        }
        throw connection.error(of: attempt, url, atMost: attempts)
    }
}
