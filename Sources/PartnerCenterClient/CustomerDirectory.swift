internal import HTTP
package import PartnerCenter
internal import Platform

/// What a job reads of the partner's customers: the seam between the jobs that only read and the client.
package protocol CustomerDirectory: Sendable {
    /// The next page of the partner's customers, as the list gives them.
    ///
    /// - Parameters:
    ///   - search: which customers; nil for all.
    ///   - cursor: where the page before said to go on; nil for the first page.
    /// - Returns: the page.
    /// - Throws: `ServiceError` where the page can't be had.
    func page(of search: CustomerSearch?, after cursor: PageCursor?) async throws(ServiceError) -> CustomerPage

    /// Looks a customer up, with all its details.
    ///
    /// - Parameter id: the customer's tenant identifier.
    /// - Returns: what the service has to say of it.
    /// - Throws: `ServiceError` where it has no answer that is of use.
    func lookUp(_ id: String) async throws(ServiceError) -> CustomerLookUp

    /// Lets no further request begin.
    func close()
}

/// Which customers a list is to have.
package struct CustomerSearch: Hashable, Sendable {
    /// What is compared.
    package enum Field: String, Sendable {
        case companyName = "CompanyName"
        case domain = "Domain"
    }

    /// What is compared.
    package let field: Field
    /// What it starts with, whatever its case.
    package let prefix: String

    /// Makes a search.
    ///
    /// - Parameters:
    ///   - field: what is compared.
    ///   - prefix: what it starts with, whatever its case.
    package init(_ field: Field, startsWith prefix: String) {
        self.field = field
        self.prefix = prefix
    }
}

/// A page of the list of customers.
package enum CustomerPage: Hashable, Sendable {
    /// The page's customers, and where the list goes on; nil at its end.
    case page([Customer], next: PageCursor?)
    /// The service does not go on from there any more; the sentence tells why.
    case outdated(String)
}

/// What the service has to say of one customer.
package enum CustomerLookUp: Hashable, Sendable {
    case found(Customer)
    /// There is none of that identifier, or none any more.
    case absent
    /// It won't show this one.
    case refused(ServiceFault)
}

extension PartnerCenterClient: CustomerDirectory {
    package func page(
        of search: CustomerSearch?,
        after cursor: PageCursor?
    ) async throws(ServiceError) -> CustomerPage {
        try await DirectoryOperation(connection).page(of: search, after: cursor)
    }

    package func lookUp(_ id: String) async throws(ServiceError) -> CustomerLookUp {
        try await DirectoryOperation(connection).lookUp(id)
    }
}

/// One read of the directory: repeats what failed, and tells a refusal of one thing from that of all.
private struct DirectoryOperation {
    private let connection: ServiceConnection
    private let requestId: String

    /// The most customers that a page may hold.
    private static let pageSize = 500

    init(_ connection: ServiceConnection) {
        self.connection = connection
        requestId = connection.random.uuid()
    }

    func page(of search: CustomerSearch?, after cursor: PageCursor?) async throws(ServiceError) -> CustomerPage {
        let address = connection.settings.address
        let url = cursor?.url ?? address.customers(search, pageSize: Self.pageSize)
        let attempt = await ask(url, cursor?.headers ?? [], mostBytes: ReadOperation.mostPageBytes) {
            WireAnswer.decode(ResourceCollection<Customer>.self, $0)
        }
        switch attempt?.outcome {
        case .done(let page):
            return .page(page.items, next: try address.next(after: page))
        // Without a status it is an address that can't be asked for.
        case .refused(let fault) where cursor != nil && [nil, 400, 404, 410].contains(attempt?.status):
            return .outdated(fault.message)
        case .refused where attempt?.status == 404:
            let message = "\(url): there is no such list; check the endpoint and the version"
            throw ServiceError(.unavailable, message: message)
        default: throw connection.error(of: attempt, url, atMost: connection.settings.attempts)
        }
    }

    func lookUp(_ id: String) async throws(ServiceError) -> CustomerLookUp {
        let url = connection.settings.address.customer(id)
        let attempt = await ask(url, connection.consistencyHeaders(of: id)) { response -> Customer? in
            // The answer must be about the customer that was asked for.
            guard let customer = WireAnswer.decode(Customer.self, response),
                customer.id?.lowercased() == id.lowercased()
            else { return nil }
            return customer
        }
        switch attempt?.outcome {
        case .done(let customer): return .found(customer)
        case .refused where attempt?.status == 404: return .absent
        case .refused(let fault) where attempt?.status != nil: return .refused(fault)
        default: throw connection.error(of: attempt, url, atMost: connection.settings.attempts)
        }
    }

    private func ask<Value: Sendable>(
        _ url: String,
        _ headers: [KeyValuePair],
        mostBytes: Int = 1 << 20,
        read: @Sendable (HTTPResponse) -> Value?
    ) async -> Attempt<Value>? {
        var call = ServiceCall(
            method: "GET",
            url: url,
            requestId: requestId,
            trace: connection.sharedTrace,
            headers: headers
        )
        call.maximumAnswerBytes = mostBytes
        let attempt = await connection.repeated(call, atMost: connection.settings.attempts, read: read)
        if case .open(let fault, _) = attempt?.outcome { connection.exhausted(fault.message) }
        return attempt
    }
}

extension ServiceAddress {
    /// The first page of the list of customers.
    ///
    /// - Parameters:
    ///   - search: which customers; nil for all.
    ///   - pageSize: the most customers that a page may hold.
    /// - Returns: its address.
    fileprivate func customers(_ search: CustomerSearch?, pageSize: Int) -> String {
        let list = "\(customers)?size=\(pageSize)"
        guard let search else { return list }
        let value = String(decoding: JSONWire.write(.string(search.prefix)), as: UTF8.self)
        // The service's own tools write the members in this order.
        let filter = "{\"Field\":\"\(search.field.rawValue)\",\"Value\":\(value),\"Operator\":\"starts_with\"}"
        return "\(list)&filter=\(Self.percentEncoded(filter))"
    }
}
