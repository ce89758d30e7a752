internal import PartnerCenter

/// The shapes of the bodies that errors come with.
enum FaultBody: String, CaseIterable {
    /// The service's own: code, description, data, source.
    case fault
    /// The newer one: errorName, isRetryable and so on.
    case extended
    /// The gateway's: statusCode and message.
    case gateway
    /// The service's own, with JSON in its description.
    case nested
    case text
    case html
    case empty

    /// An answer of the shape.
    ///
    /// - Parameters:
    ///   - status: the HTTP status.
    ///   - code: the service's code; nil is 800003, an unexpected error.
    ///   - description: what it says; nil is something that fits.
    ///   - name: the error's name, where the shape has one.
    /// - Returns: the answer.
    func answer(status: Int, code: Int?, description: String?, name: String = "UnexpectedError") -> ServerAnswer {
        let code = code ?? 800_003
        let text = description ?? "An unexpected error occurred."
        switch self {
        case .empty: return ServerAnswer(status: status)
        case .text: return Self.make(status, "text/plain; charset=utf-8", Array(text.utf8))
        case .html:
            let page = "<html><head><title>\(text)</title></head><body><h1>\(status)</h1></body></html>"
            return Self.make(status, "text/html; charset=utf-8", Array(page.utf8))
        case .fault: return Self.json(status, Self.fault(code, text))
        case .nested:
            let inner: JSONValue = .object([
                JSONMember(name: "code", value: .string(String(code))),
                JSONMember(name: "reason", value: .string(text)),
            ])
            return Self.json(status, Self.fault(code, String(decoding: JSONWire.write(inner), as: UTF8.self)))
        case .gateway:
            return Self.json(status, ["statusCode": .number(String(status)), "message": .string(text)])
        case .extended:
            return Self.json(
                status,
                [
                    "code": .number(String(code)), "message": .string(text), "description": .string(text),
                    "errorName": .string(name), "isRetryable": .bool(status >= 500),
                    "parameters": .object([]), "errorMessageExtended": .string("InternalErrorCode=\(code)"),
                ]
            )
        }
    }

    private static func fault(_ code: Int, _ description: String) -> [String: JSONValue] {
        [
            "code": .number(String(code)), "description": .string(description), "data": .array([]),
            "source": .string("PartnerFD"),
        ]
    }

    private static func json(_ status: Int, _ members: [String: JSONValue]) -> ServerAnswer {
        let value = JSONValue.object(members.map { JSONMember(name: $0.key, value: $0.value) })
        return make(status, "application/json; charset=utf-8", JSONWire.write(value))
    }

    private static func make(_ status: Int, _ type: String, _ body: [UInt8]) -> ServerAnswer {
        ServerAnswer(status: status, headers: [KeyValuePair(key: "Content-Type", value: type)], body: body)
    }
}
