internal import HTTP
internal import PartnerCenter
internal import Platform

/// Reads from the service: repeats what failed, and says why where it gives up.
struct ReadOperation: Sendable {
    private let connection: ServiceConnection
    private let trace: RequestTrace
    private let requestId: String

    /// The most customers that a page may hold.
    private static let pageSize = 500

    /// Makes an operation.
    ///
    /// - Parameters:
    ///   - connection: what every request shares.
    ///   - trace: that of the operation that it belongs to; nil for none.
    init(_ connection: ServiceConnection, _ trace: RequestTrace? = nil) {
        self.connection = connection
        self.trace = trace ?? connection.sharedTrace
        requestId = connection.random.uuid()
    }

    /// A page of the partner's customers.
    ///
    /// - Parameter cursor: where the page before said to go on; nil for the first page.
    /// - Returns: the page's customers, and where to go on, or nil at the end.
    /// - Throws: `ServiceError` where the page can't be had.
    func page(_ cursor: PageCursor?) async throws(ServiceError) -> (customers: [Customer], next: PageCursor?) {
        let address = connection.settings.address
        let url = cursor?.url ?? "\(address.customers)?size=\(Self.pageSize)"
        guard let page = try await collection(url, headers: cursor?.headers ?? []) else {
            throw ServiceError(
                .unavailable,
                message: "\(url): there is no such list; check the endpoint and the version"
            )
        }
        let next = try address.next(after: page)
        if let next, next == cursor {
            throw ServiceError(.unavailable, message: "\(url): the page leads back to itself; the list can't be read")
        }
        return (page.items, next)
    }

    /// The partner's customers whose domain starts with a text.
    ///
    /// - Parameter domain: the text.
    /// - Returns: the first page of them; no customer where the service knows no such list.
    /// - Throws: `ServiceError` where it can't be had.
    func customers(withDomain domain: String) async throws(ServiceError) -> [Customer] {
        let url = connection.settings.address.customers(withDomain: domain)
        return try await collection(url, headers: connection.consistencyHeaders(of: domain))?.items ?? []
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
        return try await get(connection.settings.address.customer(id), headers: headers) { response in
            WireAnswer.decode(Customer.self, response).flatMap { $0.id == nil ? nil : $0 }
        }
    }

    private func collection(
        _ url: String,
        headers: [KeyValuePair]
    ) async throws(ServiceError) -> ResourceCollection<Customer>? {
        try await get(url, headers: headers) { WireAnswer.decode(ResourceCollection<Customer>.self, $0) }
    }

    /// Reads what is at an address; nil where nothing is.
    private func get<Value: Sendable>(
        _ url: String,
        headers: [KeyValuePair],
        read: @Sendable (HTTPResponse) -> Value?
    ) async throws(ServiceError) -> Value? {
        let call = ServiceCall(method: "GET", url: url, requestId: requestId, trace: trace, headers: headers)
        let most = connection.settings.attempts
        let attempt = await connection.repeated(call, atMost: most, read: read)
        switch attempt?.outcome {
        case .done(let value): return value
        case .refused where attempt?.status == 404: return nil
        case .open(let fault, _): connection.exhausted(fault.message)
        case .refused, .cancelled, .notSent, nil: break
        }
        throw connection.error(of: attempt, url, atMost: most)
    }
}
