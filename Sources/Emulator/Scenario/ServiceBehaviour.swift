package import PartnerCenter

/// How the service behaves all along, where services differ.
package struct ServiceBehaviour: Hashable, Sendable {
    /// How links are written.
    package enum LinkForm: String, Hashable, Sendable, CaseIterable {
        /// `/customers/…`
        case relative
        /// `/v1/customers/…`
        case version
        /// `http://127.0.0.1:8080/v1/customers/…`
        case absolute
    }

    /// What a create with a request id that was used before is answered with.
    package enum Replays: String, Hashable, Sendable, CaseIterable {
        /// The first answer, byte by byte.
        case whole
        /// The first answer without its one-time password.
        case withoutPassword
        /// As if it were new: 409, for the domain is taken.
        case none
    }

    /// Whether JSON bodies begin with a byte-order mark, as the live service's do.
    package var sendsByteOrderMark = true
    package var style = JSONStyle()
    package var links = LinkForm.relative
    package var replays = Replays.whole
    /// For how long after its creation a customer can't be read yet.
    package var visibleAfter = Duration.zero
    /// For how long an issued token is good.
    package var tokenLifetime = Duration.seconds(3600)
    /// The status of a create: 201 live, 200 by the page.
    package var createStatus = 201

    package init() {}
}
