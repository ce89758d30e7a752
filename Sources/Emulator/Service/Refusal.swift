internal import PartnerCenter

/// A service fault: the body of an answer that refuses a request.
struct Refusal: Error, Hashable, Sendable, Encodable {
    var code: Int
    var description: String
    var data: [String] = []
    var source = "PartnerFD"
    /// The HTTP status; it is no member of the body.
    var status = 400

    private enum CodingKeys: String, CodingKey {
        case code, description, data, source
    }

    /// The fault as it is sent.
    var answer: StoredAnswer {
        // A value of two texts, a number and a list can always be written.
        let body = (try? JSONWire.encode(self)) ?? []
        return StoredAnswer(status: status, body: body)
    }

    /// A malformed parameter, header or body.
    static func malformed(_ description: String, _ data: String...) -> Refusal {
        Refusal(code: 2000, description: description, data: data)
    }

    /// A member whose value can't be.
    static func invalid(_ path: String, _ reason: String) -> Refusal {
        Refusal(code: 27002, description: "A property has invalid data.", data: [path, "\(path): \(reason)"])
    }

    static let unauthorized = Refusal(code: 401, description: "The bearer token is missing or not valid.", status: 401)
    static let noSuchRoute = Refusal(code: 404, description: "There is no such resource.", status: 404)
    static let notAllowed = Refusal(code: 405, description: "The resource does not have this method.", status: 405)
    static let tooLarge = Refusal(code: 413, description: "The request's body is too large.", status: 413)
    static let noRoom = Refusal(code: 503, description: "Too many large requests at once; try later.", status: 503)
    static let mediaType = Refusal(
        code: 415,
        description: "The body's media type is not supported; send JSON, XML or a form, in UTF-8.",
        status: 415
    )
    static let notAcceptable = Refusal(
        code: 406,
        description: "The resource can't be had in a media type that the request accepts.",
        status: 406
    )
    static let notSandbox = Refusal(code: 600_006, description: "The requested action is not allowed", status: 403)
    static let sandboxFull = Refusal(code: 3000, description: "A sandbox has room for 75 customers.")
    static let staleTag = Refusal(
        code: 2055,
        description: "The billing profile was changed since it was read.",
        data: ["If-Match"]
    )
    static let noSuchCompany = Refusal(
        code: 60003,
        description: "No company was found to be associated with tenant Id.",
        status: 404
    )
    static let failed = Refusal(code: 800003, description: "The store failed; nothing was created.", status: 500)

    static func noSuchCustomer(_ id: String) -> Refusal {
        Refusal(code: 60003, description: "The customer with the tenant Id \(id) was not found.", status: 404)
    }
}

extension StoredAnswer {
    /// The number of this code is documented nowhere.
    static func domainTaken(_ domain: String) -> StoredAnswer {
        let description = "The domain \(domain) is already used by another tenant."
        return Refusal(code: 409, description: description, data: ["companyProfile.domain"], status: 409).answer
    }

    /// What comes after the tenant was made: the address is refused, and the domain used up.
    static let addressRefused = Refusal(
        code: 27002,
        description: "A property has invalid data.",
        data: ["billingProfile.email", "NotificationEmailAddress: the address is invalid"]
    ).answer

    /// An agreement that the same contact confirmed before.
    static let agreementExists = StoredAnswer(
        status: 400,
        body: FaultBody.extended.answer(
            status: 400,
            code: 600_061,
            description: "The agreement is already confirmed by this contact.",
            name: "PartnerConfirmedAgreementAlreadyExists"
        ).body
    )

    /// The same answer without a one-time password.
    var withoutPassword: StoredAnswer {
        // Only the answer to a create that succeeded has one, and that can always be read again.
        guard status == 201, var customer = try? JSONWire.decode(Customer.self, from: body) else { return self }
        customer.userCredentials = nil
        return StoredAnswer(status: status, body: (try? JSONWire.encode(customer)) ?? body)
    }

    /// What the live service does here is documented nowhere; a client that comes here has a bug to be told of.
    static let requestIdReused = Refusal.malformed(
        "The MS-RequestId was used before with another request body; use a new one.",
        "MS-RequestId"
    ).answer
}
