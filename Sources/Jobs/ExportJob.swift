internal import PartnerCenter
package import PartnerCenterClient
package import Platform

/// Writes every customer of the partner to a file, page after page, with the details that the list leaves out.
///
/// What was fetched is kept beside the target until the file is whole, so that a killed export goes on where it was.
/// The file appears only when it is whole.
package struct ExportJob: Sendable {
    /// What the export came to.
    package struct Summary: Hashable, Sendable {
        /// Customers written.
        package var customers = 0
        /// How many of them a killed export had fetched.
        package var resumed = 0
        /// Why what a killed export had fetched was of no use; nil where it was, or where there was none.
        package var restart: String?
        /// What is to be told of customers: the first of them.
        package var notes: [ExportNote] = []
        /// How many such customers there are.
        package var noteCount = 0
    }

    private let directory: any CustomerDirectory
    private let target: String
    private let format: CustomerFileFormat
    private let parameters: ExportParameters
    private let maxInFlight: Int
    private let stop: StopRequest
    private let clock: @Sendable () -> Timestamp

    /// How many pages in a row may have no new customer: a service may filter page by page.
    private static let mostPagesWithoutNews = 10
    /// How many customers are refused before that is taken for a refusal of all.
    private static let mostRefusals = 3
    /// How many customers' notes are told.
    private static let mostNotes = 20

    /// Makes an export.
    ///
    /// - Parameters:
    ///   - directory: where the customers are.
    ///   - target: the file to write.
    ///   - format: its format.
    ///   - parameters: what is exported.
    ///   - maxInFlight: how many details are asked for at once, at most.
    ///   - stop: asks the export to stop; it can be run again.
    ///   - clock: tells the time.
    package init(
        directory: any CustomerDirectory,
        target: String,
        format: CustomerFileFormat,
        parameters: ExportParameters,
        maxInFlight: Int,
        stop: StopRequest,
        clock: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.directory = directory
        self.target = target
        self.format = format
        self.parameters = parameters
        self.maxInFlight = maxInFlight
        self.stop = stop
        self.clock = clock
    }

    /// Runs the export.
    ///
    /// - Returns: what it came to.
    /// - Throws: `ServiceError` where the service fails or a stop was asked for, `SystemError` or `ExportError` where the
    ///   file can't be written; the target is then as it was.
    package func run() async throws -> Summary {
        do {
            return try await stop.cuttingOff(close: { directory.close() }) { try await export() }
        } catch {
            guard let reason = stop.reason else { throw error }
            let message = "the export was stopped before it was whole, since \(reason); run it again to go on"
            throw ServiceError(.closed, message: message)
        }
    }

    private func export() async throws -> Summary {
        let file = CustomerFile(format, target)
        try file.check()
        let spool = ExportSpool(for: target, parameters: parameters)
        do {
            var summary = Summary(restart: try await spool.open(clock()))
            summary.resumed = try await spool.count()
            try await fetch(into: spool, &summary)
            try await file.write(from: spool)
            summary.customers = try await spool.count()
            (summary.notes, summary.noteCount) = try await spool.notes(limit: Self.mostNotes)
            try await spool.close(keeps: false)
            return summary
        } catch {
            let count = (try? await spool.count()) ?? 0  // The error that ended the export is the one to tell.
            try await spool.close(keeps: count > 0 && !(error is EndlessList))
            throw (error as? EndlessList)?.error ?? error
        }
    }

    /// A list that goes on with nothing new: what was fetched of it is of no use to the next export.
    private struct EndlessList: Error {
        let error: ServiceError
    }

    private func fetch(into spool: ExportSpool, _ summary: inout Summary) async throws {
        var pagesWithoutNews = 0
        var isOfThisRun = summary.resumed == 0
        var hasDetails = summary.resumed > 0
        while case .listing(let cursor) = try await spool.progress() {
            let page = try await directory.page(of: parameters.search, after: cursor)
            guard case .page(let listed, let next) = page else {
                // A place in the list does not keep for ever; one that this run got does.
                guard case .outdated(let reason) = page, !isOfThisRun else { throw Self.brokenList(cursor, page) }
                summary.restart = reason
                summary.resumed = 0
                (isOfThisRun, hasDetails) = (true, false)
                try await spool.startOver(clock())
                continue
            }
            isOfThisRun = true
            let news = try await news(in: listed, spool)
            pagesWithoutNews = news.isEmpty ? pagesWithoutNews + 1 : 0
            guard next == nil || next != cursor && pagesWithoutNews < Self.mostPagesWithoutNews else {
                let message =
                    "the service's list of customers goes on for ever: its last pages had nothing new; "
                    + "run the export again later"
                throw EndlessList(error: ServiceError(.unavailable, message: message))
            }
            let whole = try await whole(news, hasDetails: &hasDetails)
            try await spool.add(whole, next: next, now: clock())
        }
    }

    private static func brokenList(_ cursor: PageCursor?, _ page: CustomerPage) -> ServiceError {
        guard case .outdated(let reason) = page else {
            return ServiceError(.unavailable, message: "the list broke off")
        }
        let message = "\(cursor?.url ?? "the list"): the service does not go on with its list: \(reason); run it again"
        return ServiceError(.unavailable, message: message)
    }

    /// A customer of a page that was not on an earlier one.
    private struct News {
        /// Lower-cased; nil where the list names none.
        let id: String?
        let listed: Customer
    }

    private func news(in listed: [Customer], _ spool: ExportSpool) async throws -> [News] {
        let ids = listed.map { ($0.id ?? $0.companyProfile?.tenantId)?.lowercased() }
        var unknown = try await spool.unknown(of: ids.compactMap { $0 })
        return zip(ids, listed).compactMap { id, customer in
            guard let id else { return News(id: nil, listed: customer) }
            return unknown.remove(id) == nil ? nil : News(id: id, listed: customer)
        }
    }

    /// The page as it is written: with details, and what is to be told.
    private func whole(_ news: [News], hasDetails: inout Bool) async throws -> ExportSpool.Page {
        var page = ExportSpool.Page()
        let answers = try await answers(for: news)
        for (news, answer) in zip(news, answers) {
            guard let id = news.id else {
                let name = news.listed.companyProfile?.domain ?? "without a domain"
                page.notes.append(ExportNote(.nameless, customer: name))
                continue
            }
            switch answer {
            case nil: page.customers.append((id, news.listed))
            case .found(let customer):
                hasDetails = true
                page.customers.append((id, customer))
            case .absent: page.notes.append(ExportNote(.vanished, customer: id))
            case .refused(let fault):
                page.customers.append((id, news.listed))
                page.notes.append(ExportNote(.refused, customer: id, message: fault.message))
            }
        }
        let refusals = page.notes.filter { $0.kind == .refused }
        guard hasDetails || refusals.count < Self.mostRefusals else {
            let message =
                "the service refuses the details of every customer: \(refusals[0].message); "
                + "check what the account may read, or give --details off"
            throw ServiceError(.unauthorized, message: message)
        }
        return page
    }

    /// Asks for the details of a page's customers, a few at a time, and keeps the page's order.
    private func answers(for news: [News]) async throws -> [CustomerLookUp?] {
        guard parameters.hasDetails else { return [CustomerLookUp?](repeating: nil, count: news.count) }
        return try await BoundedConcurrency.map(news, atMost: maxInFlight) { news in
            guard let id = news.id else { return nil }
            return try await directory.lookUp(id)
        }
    }
}
