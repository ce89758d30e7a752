internal import HTTP
internal import PartnerCenter
internal import Platform

/// The customer of an answer to a create, once it is known to be the order's.
struct CreatedCustomer: Hashable, Sendable {
    /// The identifier as the service writes it.
    let id: String
    /// The order's domain.
    let domain: String
    /// The first administrator's credentials; nil where the service did not send them.
    let credentials: UserCredentials?
}

/// What is looked at of the customer that an answer to a create holds.
///
/// The rest is passed over: to decode it costs as much as to send the request, and nobody asks for it.
struct CustomerInAnswer {
    /// The identifier as the service writes it; nil where there is none.
    let identifier: String?
    /// The domain; nil where the answer does not name it.
    let domain: String?
    let userCredentials: UserCredentials?

    private static let names: JSONNames = [
        "id", "companyProfile", "tenantId", "domain", "userCredentials", "userName", "password",
    ]

    /// Reads an answer; nil where its body holds no customer, or a member of another kind than it should be.
    init?(_ response: HTTPResponse) {
        guard let tree = WireAnswer.tree(response, of: Self.names), tree.members != nil else { return nil }
        do {
            let company = try tree.object("companyProfile")
            let id = try tree.text("id")
            let tenant = try company?.text("tenantId")
            identifier = (id ?? tenant).flatMap(GivenIdentifiers.normalized)
            domain = try company?.text("domain")
            userCredentials = try tree.object("userCredentials").map { credentials in
                UserCredentials(
                    userName: try credentials.text("userName"),
                    password: try credentials.text("password").map { Secret($0) }
                )
            }
        } catch {
            return nil
        }
    }
}

/// A member is of another kind than it should be.
private struct WrongKind: Error {}

extension JSONValue {
    /// A member that is a text, or may stand for one; nil where there is none.
    fileprivate func text(_ name: String) throws(WrongKind) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.text else { throw WrongKind() }
        return text
    }

    /// A member that has members of its own; nil where there is none.
    fileprivate func object(_ name: String) throws(WrongKind) -> JSONValue? {
        guard let value = self[name] else { return nil }
        guard value.members != nil else { throw WrongKind() }
        return value
    }
}
