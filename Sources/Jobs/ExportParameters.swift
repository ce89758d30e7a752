internal import PartnerCenter
package import PartnerCenterClient

/// What is exported from where: an unfinished export is gone on with only by one of the same parameters.
package struct ExportParameters: Hashable, Sendable {
    /// The service's base URL, and the version.
    package let service: String
    /// Whose customers they are, as far as that can be known; never a token.
    package let account: String
    /// Which customers; nil for all.
    package var search: CustomerSearch?
    /// Whether what takes a request for each customer is asked for.
    package var hasDetails = true

    /// Makes parameters for all customers with all details.
    ///
    /// - Parameters:
    ///   - service: the service's base URL, and the version.
    ///   - account: whose customers they are, as far as that can be known; never a token.
    package init(service: String, account: String) {
        self.service = service
        self.account = account
    }

    /// The parameters as one text.
    var text: String {
        let members = [
            ("account", account), ("details", "\(hasDetails)"), ("field", search?.field.rawValue ?? ""),
            ("prefix", search?.prefix ?? ""), ("service", service), ("version", "1"),
        ]
        let object = JSONValue.object(members.map { JSONMember(name: $0.0, value: .string($0.1)) })
        return String(decoding: JSONWire.write(object), as: UTF8.self)
    }
}

/// What the person must know of one customer of an export.
package struct ExportNote: Hashable, Sendable {
    /// What befell it.
    package enum Kind: String, Sendable {
        /// It was listed, and gone when its details were asked for: left out.
        case vanished
        /// Its details were refused: written as the list has it.
        case refused
        /// It was listed without an identifier: left out.
        case nameless
    }

    package let kind: Kind
    /// The customer's identifier, or what else it is known by.
    package let customer: String
    /// What the service said; empty where it said nothing.
    package let message: String

    init(_ kind: Kind, customer: String, message: String = "") {
        self.kind = kind
        self.customer = customer
        self.message = message
    }
}

/// Why an export can't be written: exit 73.
package struct ExportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file at fault.
    package let path: String
    /// What is wrong and what to do, one sentence.
    package let message: String

    package var description: String { "\(path): \(message)" }
}
