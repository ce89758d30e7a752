internal import HTTP
internal import PartnerCenter

/// Finds out who has a domain: the customer of this row, another one, or nobody that the partner can see.
struct Settlement: Sendable {
    /// Who has the domain.
    enum Finding: Hashable, Sendable {
        /// The customer that this row describes.
        case ours(id: String)
        /// A customer of the partner that is another one, or is spelled otherwise, by what differs.
        case another(id: String, difference: Difference)
        /// None of the partner's customers.
        case nobodys
        /// It could not be asked.
        case unknown(String)
    }

    /// A member in which a customer is not what the row would have created.
    struct Difference: Hashable, Sendable, CustomStringConvertible {
        let member: String
        /// What the service shows.
        let shown: String
        /// What the row has.
        let own: String

        var description: String { "\(member) is another (\"\(shown)\", and \"\(own)\" in the row)" }
    }

    private let connection: ServiceConnection
    private let reads: ReadOperation
    private let order: CreateOrder

    private static let firstPause = Duration.seconds(2)
    private static let longestPause = Duration.seconds(15)

    /// Makes a settlement.
    ///
    /// - Parameters:
    ///   - connection: what every request shares.
    ///   - order: the order to settle.
    ///   - trace: that of the order's requests.
    ///   - attempts: the most attempts of each request; nil for as many as any request has.
    init(_ connection: ServiceConnection, _ order: CreateOrder, _ trace: RequestTrace, attempts: Int? = nil) {
        self.connection = connection
        self.order = order
        reads = ReadOperation(connection, trace, attempts: attempts)
    }

    /// Whether a tenant has the domain, whosoever it is.
    ///
    /// - Returns: false only where the service knows no such domain.
    /// - Throws: `ServiceError` where it can't be asked.
    func isDomainTaken() async throws(ServiceError) -> Bool {
        try await reads.isTaken(domain: order.domain)
    }

    /// Looks until somebody is found.
    ///
    /// - Parameter patience: how long to look: the service shows a new customer late.
    /// - Returns: who has the domain; nobody only where a look that began when the patience was over says so.
    func find(patience: Duration) async -> Finding {
        let deadline = connection.stopwatch.elapsed + patience
        var pause = Self.firstPause
        while true {
            let began = connection.stopwatch.elapsed
            let finding: Finding
            do {
                let (found, isWhole) = try await look()
                if isWhole { return found }
                finding = found
            } catch {
                return .unknown(error.message)
            }
            // An answer can be minutes on its way, and tells what was there when it left.
            if began >= deadline { return finding }
            let left = max(.zero, deadline - connection.stopwatch.elapsed)
            guard await connection.sleep(min(pause, left)) else { return .unknown("the run was stopped") }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// Looks once; not whole where the service may show more later.
    private func look() async throws(ServiceError) -> (Finding, isWhole: Bool) {
        guard let listed = try await reads.customer(withDomain: order.domain) else { return (.nobodys, false) }
        guard let id = (listed.id ?? listed.companyProfile?.tenantId).flatMap(GivenIdentifiers.normalized) else {
            return (.unknown("the list shows the domain without its customer's identifier"), false)
        }
        let whole = try await reads.customer(id: id, domain: order.domain)
        return (compare(whole ?? listed, id: id), whole != nil)
    }

    /// Compares a customer with what this row would have created, by the members that both have.
    private func compare(_ customer: Customer, id: String) -> Finding {
        let sent: Customer
        do {
            sent = try JSONWire.decode(Customer.self, from: order.payload)
        } catch {
            return .unknown("the row's own payload can't be read: \(error)")
        }
        let ours = Self.members(of: sent).reduce(into: [:]) { $0[$1.0] = $1.1 }
        for (member, theirs) in Self.members(of: customer) {
            guard let own = ours[member], let theirs, !theirs.isEmpty else { continue }
            let isSame =
                member == "companyName" ? Self.name(own) == Self.name(theirs) : Self.folded(own) == Self.folded(theirs)
            if !isSame {
                return .another(id: id, difference: Difference(member: member, shown: theirs, own: own))
            }
        }
        return .ours(id: id)
    }

    /// The members that the service keeps as they were sent; a state may come back as a region, so it is not here.
    private static func members(of customer: Customer) -> [(String, String?)] {
        let billing = customer.billingProfile
        let address = billing?.defaultAddress
        return [
            ("companyName", customer.companyProfile?.companyName ?? billing?.companyName),
            ("email", billing?.email),
            ("country", address?.country),
            ("city", address?.city),
            ("postalCode", address?.postalCode),
            ("addressLine1", address?.addressLine1),
        ]
    }

    /// A name's letters and digits: punctuation comes back as an entity, in another shape, or not at all.
    private static func name(_ text: String) -> String {
        let entity = #/&(?:#[0-9]+|#x[0-9a-f]+|amp|quot|apos|lt|gt|nbsp);/#
        let letters = text.lowercased().replacing(entity, with: "").filter { $0.isLetter || $0.isNumber }
        return letters.isEmpty ? folded(text) : letters
    }

    /// Case and white space do not make another customer.
    private static func folded(_ text: String) -> String {
        text.lowercased().filter { !$0.isWhitespace }
    }
}
