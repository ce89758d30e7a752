internal import PartnerCenter
internal import Platform

extension PartnerCenterService {
    private static let templates: [AgreementMetadata] = [
        template("117a77b0-9360-443b-8795-c6dedc750cf9", "MicrosoftCustomerAgreement", 0),
        template("998b88de-aa99-4388-a42c-1b3517d49490", "MicrosoftCloudAgreement", 0),
    ]

    private static func template(_ id: String, _ type: String, _ rank: Int) -> AgreementMetadata {
        var template = AgreementMetadata()
        template.templateId = id
        template.agreementType = type
        template.agreementLink = "https://aka.ms/customeragreement"
        template.versionRank = rank
        return template
    }

    /// The type asked for: nil for `*`, which is all; the usual one where nothing is said.
    private static func type(_ call: Call, usual: String?) throws(Refusal) -> String? {
        guard let text = call.request.parameter("agreementtype") else { return usual }
        if text == "*" { return nil }
        guard let type = templates.compactMap(\.agreementType).first(where: { $0.lowercased() == text.lowercased() })
        else { throw .malformed("The agreement type is not supported.", "agreementType") }
        return type
    }

    private static func page<Item: Codable & Hashable & Sendable>(_ items: [Item]) throws -> ServerAnswer {
        var page = ResourceCollection(items: items)
        page.attributes = ResourceAttributes(objectType: "Collection")
        return .json(StoredAnswer(status: 200, body: try JSONWire.encode(page)))
    }

    /// Lists the agreements that customers can consent to.
    func listAgreements(_ call: Call) {
        do throws(Refusal) {
            let type = try Self.type(call, usual: "MicrosoftCloudAgreement")
            read(call) { _ in try Self.page(Self.templates.filter { type == nil || $0.agreementType == type }) }
        } catch {
            refuse(error, call)
        }
    }

    /// Lists what a customer consented to.
    func listAgreements(of id: String, _ call: Call) {
        do throws(Refusal) {
            let type = try Self.type(call, usual: nil)
            read(call) { store in
                guard try store.customer(id: id) != nil else { return .json(Refusal.noSuchCustomer(id).answer) }
                return try Self.page(try store.agreements(of: id).filter { type == nil || $0.type == type })
            }
        } catch {
            refuse(error, call)
        }
    }

    /// Records a customer's consent.
    func confirmAgreement(_ id: String, _ call: Call) {
        var agreement: Agreement
        do throws(Refusal) {
            agreement = try RequestBody.read(Agreement.self, of: call.request)
            if let refusal = Self.refusal(of: agreement) { throw refusal }
        } catch {
            return refuse(error, call)
        }
        agreement.userId = configuration.random.uuid()
        let contact = [
            agreement.templateId, agreement.primaryContact?.firstName, agreement.primaryContact?.lastName,
            agreement.primaryContact?.email,
        ]
        let key = contact.map { ($0 ?? "").lowercased() }.joined(separator: "\n")
        change(call) { [agreement] store in
            guard try store.customer(id: id) != nil else { return Refusal.noSuchCustomer(id).answer }
            guard try store.confirm(agreement, contact: key, of: id) else { return .agreementExists }
            return StoredAnswer(status: 201, body: try JSONWire.encode(agreement))
        }
    }

    private static func refusal(of agreement: Agreement) -> Refusal? {
        let contact = agreement.primaryContact
        let required = [
            ("primaryContact.firstName", contact?.firstName), ("primaryContact.lastName", contact?.lastName),
            ("primaryContact.email", contact?.email), ("templateId", agreement.templateId),
            ("dateAgreed", agreement.dateAgreed), ("type", agreement.type),
        ]
        let missing = required.filter { $0.1?.allSatisfy(\.isWhitespace) ?? true }.map(\.0)
        guard missing.isEmpty else {
            return Refusal(code: 2001, description: "Agreement details are missing", data: missing)
        }
        guard agreement.dateAgreed.flatMap(Timestamp.init(queryDate:)) != nil else {
            return .invalid("dateAgreed", "not a date")
        }
        guard let template = templates.first(where: { $0.templateId == agreement.templateId?.lowercased() }) else {
            return Refusal(code: 3000, description: "The agreement template does not exist.", data: ["templateId"])
        }
        return template.agreementType == agreement.type ? nil : .invalid("type", "not the template's type")
    }
}
