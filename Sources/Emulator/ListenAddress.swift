internal import CMicroHTTPD

/// An IPv4 or IPv6 address to listen on.
package struct ListenAddress: Hashable, Sendable {
    /// The address as it was given.
    package let text: String
    private let isVersion6: Bool

    /// The address that only this machine reaches.
    package static let loopback = ListenAddress(text: "127.0.0.1", isVersion6: false)

    private init(text: String, isVersion6: Bool) {
        self.text = text
        self.isVersion6 = isVersion6
    }

    /// Reads an address; nil where it is none.
    ///
    /// - Parameter text: `127.0.0.1`, `::1`, `0.0.0.0`; a name is none.
    package init?(_ text: String) {
        switch unsafe purser_address_family(text) {
        case AF_INET: self.init(text: text, isVersion6: false)
        case AF_INET6: self.init(text: text, isVersion6: true)
        default: return nil
        }
    }

    /// Whether only this machine reaches it.
    package var isLoopback: Bool { unsafe purser_is_loopback(text) }

    /// The address as a URL has it: one of IPv6 stands in brackets.
    var inURL: String { isVersion6 ? "[\(text)]" : text }
}
