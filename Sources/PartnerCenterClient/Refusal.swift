internal import PartnerCenter
internal import Platform

/// A definite refusal to create a customer, and what it means once it is known who has the domain.
struct Refusal: Hashable, Sendable {
    /// What the service said, and what it does not say itself.
    private(set) var fault: ServiceFault
    /// What the service said, without the advice that holds only once nothing is open.
    private let said: ServiceFault
    /// Whether the reason is that some customer has the domain.
    let isDomainTaken: Bool
    /// Whether the reason is the payload itself, so that no attempt with it should have created the customer.
    let isOfContent: Bool

    /// Whether the service made a tenant before it refused, which now has the domain and is nobody's customer.
    let leavesTenant: Bool

    /// Whether the reason is what the account may do, whatever is asked for.
    let isOfAccount: Bool

    /// The codes of a 403 for an account of the wrong kind, or one without the right.
    private static let accountCodes: Set<String> = ["1002", "10001", "600006", "900329", "900420", "401", "403"]

    /// The codes of a 400 for what is missing, malformed or not valid in a payload; with them, 600000 to 600099.
    private static let contentCodes: Set<String> = ["2000", "2001", "27002"]

    /// Reads a refusal.
    ///
    /// - Parameters:
    ///   - fault: what the service said.
    ///   - status: the answer's status.
    init(_ fault: ServiceFault, status: Int?) {
        self.fault = fault
        isDomainTaken = status == 409 || status == 400 && Self.saysDomainIsTaken(fault.message)
        // A sentence without a code is what the service has for a missing right, or a missing second factor.
        isOfAccount = status == 403 && (fault.code.isEmpty || Self.accountCodes.contains(fault.code))
        // The service checks this address only after it has made the tenant, which then keeps the domain.
        let isLate = (fault.message + fault.field).lowercased().contains("notificationemailaddress")
        leavesTenant = status == 400 && isLate
        let isContentCode =
            Self.contentCodes.contains(fault.code) || fault.code.count == 6 && fault.code.hasPrefix("6000")
        // A late one is about the content, too, though it leaves a tenant that has the domain.
        isOfContent = status == 400 && (isContentCode || isLate) && !isDomainTaken
        said = fault
        if isLate {
            if fault.field.isEmpty { self.fault.field = "billingProfile.email" }
            add("the domain is used up by this attempt: correct the e-mail address and choose another domain")
        }
    }

    /// Decides, once it is known who has the domain.
    ///
    /// - Parameters:
    ///   - finding: who has it.
    ///   - mayExist: whether an earlier attempt may have created the customer.
    ///   - domain: the domain.
    /// - Returns: the verdict.
    func verdict(_ finding: Settlement.Finding, mayExist: Bool, domain: String) -> CreateResult.Verdict {
        switch finding {
        case .ours(let id) where mayExist:
            return .created(customerId: id, credentials: nil, note: .passwordNeverReceived(domain: domain))
        case .ours(let id):
            return rejected(
                "your customer \(id) has the domain; write that id into the row's customerId if it is the one"
            )
        // Nobody but the partner has its customers, and a name can be changed: this may be what the row has created.
        case .another(let id, let difference) where mayExist:
            return unsettled(
                "your customer \(id) has the domain, and its \(difference); if it is this row's, write that id into the "
                    + "row's customerId; if it is surely not, give the row another domain, and another externalId if it "
                    + "has one"
            )
        case .another(let id, let difference):
            return rejected("your customer \(id) has the domain, and its \(difference); choose another domain")
        case .nobodys where mayExist && isDomainTaken:
            return .failed(.takenAndNotVisible(self.fault), mayExist: true)
        case .nobodys where mayExist:
            return unsettled("none of your customers has the domain")
        case .nobodys:
            return isDomainTaken
                ? rejected("none of your customers has the domain; choose another one") : .rejected(fault)
        case .unknown(let reason) where mayExist:
            return unsettled(reason)
        case .unknown:
            return .rejected(fault)
        }
    }

    /// The verdict where an earlier attempt is open, and somebody has the domain that nobody can be seen to have.
    var verdictWhenTakenAndNotVisible: CreateResult.Verdict {
        var open = ServiceFault.takenAndNotVisible(fault)
        open.message += "; the service's last answer: \(said.message)"
        return .failed(open, mayExist: true)
    }

    private func unsettled(_ reason: String) -> CreateResult.Verdict {
        let message =
            "whether it was created could not be settled: \(reason); the service's last answer: \(said.message)"
        return .failed(ServiceFault(code: fault.code, field: fault.field, message: message), mayExist: true)
    }

    private func rejected(_ hint: String) -> CreateResult.Verdict {
        var refusal = self
        refusal.add(hint)
        return .rejected(refusal.fault)
    }

    private mutating func add(_ hint: String) {
        let sentence = fault.message.hasSuffix(".") ? String(fault.message.dropLast()) : fault.message
        fault.message = "\(sentence); \(hint)"
    }

    /// Whether a description of a 400 says that the domain is taken, rather than that it is wrong.
    private static func saysDomainIsTaken(_ message: String) -> Bool {
        let text = message.lowercased()
        let words = ["already", "in use", "is taken", "not available", "unavailable", "another tenant"]
        return text.contains("domain") && words.contains { text.contains($0) }
    }
}

extension CreateResult.Verdict {
    /// The verdict of an answer that holds the customer.
    ///
    /// - Parameter customer: the customer.
    /// - Returns: `created`; without credentials where the service did not send the password.
    static func created(_ customer: CreatedCustomer) -> CreateResult.Verdict {
        if let credentials = customer.credentials, credentials.password?.reveal().isEmpty == false {
            return .created(customerId: customer.id, credentials: credentials, note: nil)
        }
        let note = String.passwordNeverReceived(domain: customer.domain)
        return .created(customerId: customer.id, credentials: nil, note: note)
    }
}

extension ServiceFault {
    /// What the person can do where a domain is taken, perhaps by an earlier attempt, and nobody can be seen to have
    /// it.
    ///
    /// - Parameter fault: what the service said; nil where it only shows that the domain is taken.
    /// - Returns: the row's problem.
    static func takenAndNotVisible(_ fault: ServiceFault?) -> ServiceFault {
        let message =
            "the domain is taken, perhaps by an earlier attempt of this row, and the customer is not visible yet; run "
            + "again later; where Partner Center shows the customer, write its id into the row's customerId; where it is "
            + "surely not yours, give the row another domain, and another externalId if it has one"
        return ServiceFault(code: fault?.code ?? "", field: fault?.field ?? "", message: message)
    }
}

extension String {
    /// What the person must know who waits for a password.
    static func passwordNeverReceived(domain: String) -> String {
        "the one-time password of admin@\(domain) was never received; reset it in Partner Center"
    }
}
