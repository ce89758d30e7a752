internal import PartnerCenter
internal import Platform
internal import Synchronization

/// The credentials of answers that do not seem to be a row's own, kept until a look-up tells whose they are.
final class StrayCredentials: Sendable {
    private let kept = Mutex<[String: UserCredentials]>([:])

    /// Keeps what came with an answer, where a password is in it.
    ///
    /// - Parameters:
    ///   - credentials: the credentials; nil where none came.
    ///   - id: the identifier of the customer that the answer names.
    func keep(_ credentials: UserCredentials?, of id: String) {
        guard let credentials, credentials.password?.reveal().isEmpty == false else { return }
        kept.withLock { $0[id] = credentials }
    }

    /// The credentials that came with a customer.
    ///
    /// - Parameter id: the customer's identifier.
    /// - Returns: the credentials; nil where none came.
    func credentials(of id: String) -> UserCredentials? {
        kept.withLock { $0[id] }
    }
}

/// Tells whether two spellings are of one domain.
enum SameDomain {
    /// Whether two texts name one domain, whatever their case, and even if one is the prefix alone, without its suffix.
    static func isSame(_ one: String, _ other: String) -> Bool {
        // Each answer to a create is asked, and nearly all of them spell the domain as it was sent.
        if one == other { return true }
        let (one, other) = (labels(one), labels(other))
        return one == other || one.first == other.first && min(one.count, other.count) == 1
    }

    /// Whether two texts name one domain, suffix and all.
    static func isWhole(_ one: String, _ other: String) -> Bool { labels(one) == labels(other) }

    private static func labels(_ domain: String) -> [Substring] {
        domain.lowercased().filter { !$0.isWhitespace }.split(separator: ".")
    }
}
