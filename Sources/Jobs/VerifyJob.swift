package import Checkpoint
internal import PartnerCenter
package import PartnerCenterClient
package import Platform

/// Compares the customers that the checkpoint has as created with what the service holds now.
package struct VerifyJob: Sendable {
    /// What can be set.
    package struct Settings: Hashable, Sendable {
        /// The service's base URL, as the checkpoint has it.
        let endpoint: String
        /// Its version.
        let apiVersion: String
        /// The report's path.
        let target: String
        /// Whether customers of the service are told, too, that the checkpoint does not know.
        package var tellsOthers = false
        /// How many customers are asked for at once, at most.
        package var maxInFlight = 8
        /// How long a customer may exist before the service shows it.
        package var visibleWithin = Duration.seconds(120)

        /// Makes settings.
        ///
        /// - Parameters:
        ///   - endpoint: the service's base URL, as the checkpoint has it.
        ///   - apiVersion: its version.
        ///   - target: the report's path.
        package init(endpoint: String, apiVersion: String, target: String) {
            self.endpoint = endpoint
            self.apiVersion = apiVersion
            self.target = target
        }
    }

    /// What the comparison came to.
    package struct Summary: Hashable, Sendable {
        /// The customers by what was found.
        package var counts: [VerifiedCustomer.Status: Int] = [:]
        /// Where there was nothing to compare: the services that the checkpoint has customers of.
        package var otherServices: [String] = []

        /// How many customers of the checkpoint were compared.
        package var customers: Int { counts.filter { $0.key != .notOurs }.values.reduce(0, +) }
        /// Whether a person is needed.
        package var needsAttention: Bool { counts.contains { $0.key.needsAttention && $0.value > 0 } }
    }

    private let settings: Settings
    private let checkpoint: CheckpointReader
    private let directory: any CustomerDirectory
    private let stop: StopRequest
    private let clock: @Sendable () -> Timestamp

    /// How many customers are in memory at once.
    private static let pageSize = 500
    /// How many pages in a row may have no customer that was not on an earlier one.
    private static let mostPagesWithoutNews = 10

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - settings: what can be set.
    ///   - checkpoint: what was created; a run may hold it.
    ///   - directory: what the service holds.
    ///   - stop: asks the job to stop; it can be run again.
    ///   - clock: tells the time.
    package init(
        _ settings: Settings,
        checkpoint: CheckpointReader,
        directory: any CustomerDirectory,
        stop: StopRequest,
        clock: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.settings = settings
        self.checkpoint = checkpoint
        self.directory = directory
        self.stop = stop
        self.clock = clock
    }

    /// Compares, and writes the report.
    ///
    /// - Returns: what it came to.
    /// - Throws: `ServiceError` where the service fails or a stop was asked for, `CheckpointError` where the checkpoint
    ///   can't be read, `SystemError` where the report can't be written; an earlier report is then as it was.
    package func run() async throws -> Summary {
        do {
            return try await stop.cuttingOff(close: { directory.close() }) { try await verify() }
        } catch {
            guard let reason = stop.reason else { throw error }
            throw ServiceError(.closed, message: "nothing was reported, since \(reason); run it again")
        }
    }

    private func verify() async throws -> Summary {
        let report = VerificationReport()
        try await report.open(settings.target)
        var summary = Summary()
        try await compareAll(report, &summary)
        if summary.customers == 0 { summary.otherServices = try await otherServices() }
        if settings.tellsOthers { try await tellOthers(report, &summary) }
        try await report.commit()
        return summary
    }

    private func otherServices() async throws -> [String] {
        let present = "\(settings.endpoint)/\(settings.apiVersion)"
        return try await checkpoint.services().filter { $0 != present }
    }

    private func compareAll(_ report: VerificationReport, _ summary: inout Summary) async throws {
        var number: Int64 = 0
        while true {
            let page = try await checkpoint.created(
                at: settings.endpoint,
                settings.apiVersion,
                after: number,
                limit: Self.pageSize
            )
            guard let last = page.last else { return }
            number = last.number
            let verified = try await BoundedConcurrency.map(page, atMost: settings.maxInFlight) { created in
                try await compare(created)
            }
            try await report.add(verified, remembering: settings.tellsOthers)
            for customer in verified { summary.counts[customer.status, default: 0] += 1 }
        }
    }

    private func compare(_ created: CreatedCustomer) async throws -> VerifiedCustomer {
        switch try await directory.lookUp(created.customerId) {
        case .found(let customer): return VerifiedCustomer(created, found: customer)
        case .absent:
            let age = Duration.milliseconds(clock().milliseconds - (created.sentAt?.milliseconds ?? 0))
            return VerifiedCustomer(created, isNew: (.zero..<settings.visibleWithin).contains(age))
        case .refused(let fault): return VerifiedCustomer(created, refusal: fault.message)
        }
    }

    private func tellOthers(_ report: VerificationReport, _ summary: inout Summary) async throws {
        var cursor: PageCursor?
        var pagesWithoutNews = 0
        repeat {
            guard case .page(let listed, let next) = try await directory.page(of: nil, after: cursor) else {
                throw ServiceError(.unavailable, message: "the service does not go on with its list; run it again")
            }
            let news = try await report.add(listed)
            summary.counts[.notOurs, default: 0] += news.others
            pagesWithoutNews = news.customers == 0 ? pagesWithoutNews + 1 : 0
            guard next == nil || pagesWithoutNews < Self.mostPagesWithoutNews else {
                let message = "the service's list of customers goes on for ever with nothing new; run it again later"
                throw ServiceError(.unavailable, message: message)
            }
            cursor = next
        } while cursor != nil
    }
}
