internal import PartnerCenter
internal import Platform

/// What an answer wears: the form that the client asked for, the service's way of spelling, the tracing headers.
struct AnswerDress {
    private let behaviour: ServiceBehaviour
    private let random: RandomSource
    private let serverId: String

    init(_ behaviour: ServiceBehaviour, _ random: RandomSource, serverId: String) {
        self.behaviour = behaviour
        self.random = random
        self.serverId = serverId
    }

    func dress(_ answer: ServerAnswer, for call: Call) -> ServerAnswer {
        var answer = answer
        let types = call.route.answerTypes
        // What can't be had in any form that the client takes is refused, and a refusal comes as JSON.
        var type = AnswerType.choose(accept: call.request.headers["accept"], of: types)
        if type == nil, answer.status < 300, !answer.body.isEmpty {
            answer = .json(Refusal.notAcceptable.answer)
            type = .json
        }
        if answer.isJSON { write(&answer, as: type ?? .json, for: call) }
        if call.route == .createCustomer, answer.status == 201 { answer.status = behaviour.createStatus }
        addTracing(of: call.request, to: &answer.headers)
        return answer
    }

    private func write(_ answer: inout ServerAnswer, as type: AnswerType, for call: Call) {
        let isPlain = behaviour.style == JSONStyle() && behaviour.links == .relative && !type.isXML
        // What the service wrote itself can always be read again.
        if !isPlain, let value = try? JSONWire.parse(answer.body) {
            let spelt = behaviour.style.applied(to: linked(value, call.request))
            answer.body =
                type.isXML ? XMLWire.write(spelt, root: root(value, answer, call.route)) : JSONWire.write(spelt)
        }
        answer.headers.removeAll { $0.key == "Content-Type" }
        answer.headers.append(KeyValuePair(key: "Content-Type", value: "\(type.rawValue); charset=utf-8"))
        if behaviour.sendsByteOrderMark, !type.isXML { answer.body = [0xEF, 0xBB, 0xBF] + answer.body }
    }

    /// The name of an XML document's root: the resource's own.
    private func root(_ value: JSONValue, _ answer: ServerAnswer, _ route: Route) -> String {
        if answer.status >= 400 { return "ServiceFault" }
        // Agreements and validated addresses do not say what they are.
        let usual = route == .addressValidation ? "AddressValidation" : "Agreement"
        return value["attributes"]?["objectType"]?.text ?? usual
    }

    private func linked(_ value: JSONValue, _ request: ServerRequest) -> JSONValue {
        let version = request.path.split(separator: "/").first.map { "/\($0)" } ?? ""
        let prefix =
            switch behaviour.links {
            case .relative: ""
            case .version: version
            case .absolute: "http://\(request.headers["host"] ?? "127.0.0.1")\(version)"
            }
        return prefix.isEmpty ? value : prefixed(value, prefix)
    }

    private func prefixed(_ value: JSONValue, _ prefix: String) -> JSONValue {
        switch value {
        case .array(let elements): .array(elements.map { prefixed($0, prefix) })
        case .object(let members):
            .object(
                members.map { member in
                    if member.name == "uri", case .string(let uri) = member.value, uri.hasPrefix("/") {
                        return JSONMember(name: "uri", value: .string(prefix + uri))
                    }
                    return JSONMember(name: member.name, value: prefixed(member.value, prefix))
                }
            )
        default: value
        }
    }

    private func addTracing(of request: ServerRequest, to headers: inout [KeyValuePair]) {
        headers += [
            KeyValuePair(key: "MS-RequestId", value: request.headers["ms-requestid"] ?? random.uuid()),
            KeyValuePair(key: "MS-CorrelationId", value: request.headers["ms-correlationid"] ?? random.uuid()),
            KeyValuePair(key: "MS-CV", value: request.headers["ms-cv"] ?? random.correlationVector()),
            KeyValuePair(key: "MS-ServerId", value: serverId),
            KeyValuePair(key: "X-Locale", value: "en-US,en-US"),
        ]
    }
}

extension ServerAnswer {
    private static let jsonType = "application/json; charset=utf-8"

    /// An answer of the service's own, as JSON.
    static func json(_ stored: StoredAnswer) -> ServerAnswer {
        // No content has no type either.
        let type = stored.body.isEmpty ? [] : [KeyValuePair(key: "Content-Type", value: jsonType)]
        return ServerAnswer(status: stored.status, headers: type, body: stored.body)
    }

    fileprivate var isJSON: Bool { headers.contains { $0.key == "Content-Type" && $0.value == Self.jsonType } }
}
