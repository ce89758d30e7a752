internal import Checkpoint
internal import Onboarding
internal import PartnerCenter

/// A customer, and what the comparison of checkpoint and service found: a line of the report.
package struct VerifiedCustomer: Hashable, Sendable {
    /// What can be found.
    package enum Status: String, CaseIterable, Sendable {
        /// The service has it as it was created.
        case present
        /// The service has it, and something is another than it was created with.
        case different
        /// The service has none of that identifier.
        case missing
        /// The service won't show it.
        case refused
        /// The service has none of that identifier, and may not show it yet.
        case new
        /// The service has it, and the checkpoint does not know it.
        case notOurs = "not ours"

        /// Whether a person should look into it.
        var needsAttention: Bool { self == .different || self == .missing || self == .refused }
    }

    let status: Status
    let customerId: String
    let identity: String
    let domain: String
    let companyName: String
    /// The columns that differ.
    var field = ""
    var message = ""

    /// The report's header.
    static let header = ["status", "customerId", "identity", "domain", "companyName", "field", "message"]

    /// The line's cells.
    var cells: [String] { [status.rawValue, customerId, identity, domain, companyName, field, message] }

    private init(_ status: Status, _ created: CreatedCustomer, _ sent: SentRequest?) {
        self.status = status
        customerId = created.customerId
        identity = created.identity
        domain = sent?.value(of: .domain) ?? ""
        companyName = sent?.value(of: .companyName) ?? ""
    }

    /// A customer that the service has.
    ///
    /// - Parameters:
    ///   - created: as it was created.
    ///   - customer: as it is now.
    init(_ created: CreatedCustomer, found customer: Customer) {
        let sent = SentRequest(payload: created.payload)
        let changes = CustomerColumns.columns.compactMap { column -> (name: String, text: String)? in
            // The service does not tell all that it was told, nor only that: what both name is compared.
            guard let before = sent?.value(of: column), let now = Self.value(of: column, in: customer),
                Self.folded(before) != Self.folded(now)
            else { return nil }
            return (column.name, "\(column.name) was '\(before)' and is now '\(now)'")
        }
        self.init(changes.isEmpty ? .present : .different, created, sent)
        field = changes.map(\.name).joined(separator: ", ")
        message = changes.map(\.text).joined(separator: "; ")
    }

    /// A customer that the service does not have.
    ///
    /// - Parameters:
    ///   - created: as it was created.
    ///   - isNew: whether it was created so lately that the service may not show it yet.
    init(_ created: CreatedCustomer, isNew: Bool) {
        self.init(isNew ? .new : .missing, created, SentRequest(payload: created.payload))
        message =
            isNew
            ? "created less than two minutes ago, and not visible yet; verify again later"
            : "the service has no customer of this identifier any more"
    }

    /// A customer that the service won't show.
    ///
    /// - Parameters:
    ///   - created: as it was created.
    ///   - refusal: what the service said.
    init(_ created: CreatedCustomer, refusal: String) {
        self.init(.refused, created, SentRequest(payload: created.payload))
        message = "the service refuses to show it: \(refusal)"
    }

    /// A customer that the checkpoint does not know.
    ///
    /// - Parameters:
    ///   - id: its identifier.
    ///   - listed: as the list shows it.
    init(notOurs id: String, _ listed: Customer) {
        status = .notOurs
        customerId = id
        identity = ""
        domain = listed.companyProfile?.domain ?? ""
        companyName = listed.companyProfile?.companyName ?? ""
    }

    /// A state may come back as a region.
    private static func value(of column: Column, in customer: Customer) -> String? {
        let value = CustomerColumns.value(of: column, in: customer)
        return column == .state ? value ?? CustomerColumns.value(of: .region, in: customer) : value
    }

    /// The service spells some values in its own way: case and white space make no difference.
    private static func folded(_ text: String) -> String {
        text.lowercased().filter { !$0.isWhitespace }
    }
}
