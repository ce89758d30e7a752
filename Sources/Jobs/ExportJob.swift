internal import PartnerCenter
package import PartnerCenterClient
internal import Platform

/// Writes every customer of the partner to a file, page after page, with the details that the list leaves out.
///
/// The file appears only when it is whole.
package struct ExportJob: Sendable {
    /// What the export came to.
    package struct Summary: Hashable, Sendable {
        /// Customers written.
        package var customers = 0
        /// Customers that the list named and that were gone when their details were asked for: left out.
        package var vanished: [String] = []
    }

    private let service: any CustomerService
    private let target: String
    private let format: CustomerFileFormat
    private let maxInFlight: Int
    private let stop: StopRequest

    /// Makes an export.
    ///
    /// - Parameters:
    ///   - service: where the customers are.
    ///   - target: the file to write.
    ///   - format: its format.
    ///   - maxInFlight: how many details are asked for at once, at most.
    ///   - stop: asks the export to stop; it can be run again.
    package init(
        service: any CustomerService,
        target: String,
        format: CustomerFileFormat,
        maxInFlight: Int,
        stop: StopRequest
    ) {
        self.service = service
        self.target = target
        self.format = format
        self.maxInFlight = maxInFlight
        self.stop = stop
    }

    /// What the export's tasks come back with.
    private enum Event: Sendable {
        case ended(Result<Summary, any Error>)
        case stopRequested
        case watcherEnded
    }

    /// Runs the export.
    ///
    /// - Returns: what it came to.
    /// - Throws: `ServiceError` where the service fails or a stop was asked for, `SystemError` where the file can't be
    ///   written; the target is then as it was.
    package func run() async throws -> Summary {
        let result = await withTaskGroup(of: Event.self) { group in
            group.addTask { .ended(await ended()) }
            group.addTask { await nextStop() }
            while let event = await group.next() {
                switch event {
                case .ended(let result):
                    group.cancelAll()
                    return result
                case .stopRequested:
                    // Nothing is lost by cutting off what only reads.
                    service.close()
                    group.cancelAll()
                case .watcherEnded: break
                }
            }
            return .failure(CancellationError())
        }
        return try result.get()
    }

    private func nextStop() async -> Event {
        for await _ in stop.requests { return .stopRequested }
        return .watcherEnded
    }

    private func ended() async -> Result<Summary, any Error> {
        do {
            return .success(try await export())
        } catch {
            guard let reason = stop.reason else { return .failure(error) }
            let message = "the export was stopped before it was whole, since \(reason); run it again"
            return .failure(ServiceError(.closed, message: message))
        }
    }

    private func export() async throws -> Summary {
        let file = CustomerFile(format)
        try await file.open(target)
        var summary = Summary()
        var cursor: PageCursor?
        var seen: Set<PageCursor> = []
        repeat {
            let page = try await service.customers(after: cursor)
            let details = try await details(of: page.customers)
            for (listed, customer) in zip(page.customers, details) where customer == nil {
                summary.vanished.append(listed.id ?? "")
            }
            let found = details.compactMap { $0 }
            try await file.write(found)
            summary.customers += found.count
            cursor = page.next
            if let cursor, !seen.insert(cursor).inserted {
                throw ServiceError(.unavailable, message: "the service's list of customers leads back to \(cursor.url)")
            }
        } while cursor != nil
        try await file.commit()
        return summary
    }

    /// Asks for the details of a page's customers, a few at a time, and keeps the page's order.
    private func details(of customers: [Customer]) async throws -> [Customer?] {
        var details = [Customer?](repeating: nil, count: customers.count)
        try await withThrowingTaskGroup(of: (Int, Customer?).self) { group in
            var next = customers.indices.makeIterator()
            func add(_ group: inout ThrowingTaskGroup<(Int, Customer?), any Error>) {
                guard let index = next.next() else { return }
                let customer = customers[index]
                group.addTask { (index, try await detail(of: customer)) }
            }
            for _ in 0..<maxInFlight { add(&group) }
            while let (index, customer) = try await group.next() {
                details[index] = customer
                add(&group)
            }
        }
        return details
    }

    private func detail(of customer: Customer) async throws -> Customer? {
        guard let id = customer.id else { return customer }
        return try await service.customer(id: id)
    }
}
