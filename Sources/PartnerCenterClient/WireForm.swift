internal import HTTP
internal import PartnerCenter

/// The form that request bodies are sent in, and that answers are asked for.
package enum WireForm: String, CaseIterable, Hashable, Sendable {
    case json, xml

    /// The media type of a request's body.
    var contentType: String {
        switch self {
        case .json: "application/json"
        case .xml: "application/xml"
        }
    }

    /// The forms to ask for: the service gives its lists as JSON only, whatever else is asked for.
    var accept: String {
        switch self {
        case .json: "application/json"
        case .xml: "application/xml, application/json;q=0.5"
        }
    }

    /// Brings a payload into this form.
    ///
    /// - Parameters:
    ///   - payload: JSON, which goes out as it is where that is the form.
    ///   - root: what the resource is called: `Customer`.
    /// - Returns: the request's body.
    /// - Throws: `JSONSyntaxError` where the payload is not JSON.
    func body(_ payload: [UInt8], root: String) throws(JSONSyntaxError) -> [UInt8] {
        switch self {
        case .json: payload
        case .xml: XMLWire.write(try JSONWire.parse(payload), root: root)
        }
    }
}

/// Reads answers in whichever form they come.
enum WireAnswer {
    /// Reads the body of a success.
    ///
    /// - Parameters:
    ///   - type: what to read.
    ///   - response: the answer.
    /// - Returns: the value; nil where the body is no such thing, whatever the reason: it is asked for again.
    static func decode<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse) -> Value? {
        do {
            return isXML(response)
                ? try XMLWire.decode(type, from: response.body) : try JSONWire.decode(type, from: response.body)
        } catch {
            return nil
        }
    }

    /// Reads the body of a success as the tree that it is.
    ///
    /// - Parameters:
    ///   - response: the answer.
    ///   - names: the members that are looked at.
    /// - Returns: the tree; nil where the body is none.
    static func tree(_ response: HTTPResponse, of names: JSONNames) -> JSONValue? {
        do {
            return isXML(response)
                ? try XMLWire.parse(response.body) : try JSONWire.parse(response.body, wanted: names)
        } catch {
            return nil
        }
    }

    /// Whether an answer is XML: its first character can't lie, and where that is in another encoding its type says it.
    private static func isXML(_ response: HTTPResponse) -> Bool {
        var body = UnicodeText.utf8(response.body)[...]
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = body.dropFirst(3) }
        let first = body.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        // Nearly every answer begins so, whatever its type is, which is not looked at then.
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return false }
        let type = response.headers["Content-Type"]?.lowercased() ?? ""
        // A page for people can be well-formed, too; it is read as the JSON that it is not.
        guard !type.contains("html") else { return false }
        return first == UInt8(ascii: "<") ? !isPage(body) : type.contains("xml")
    }

    /// Whether a text that begins with a tag is a page, whatever its type says.
    private static func isPage(_ body: ArraySlice<UInt8>) -> Bool {
        let start = String(decoding: body.prefix(64), as: UTF8.self).lowercased()
        return start.contains("<html") || start.contains("<!doctype")
    }
}
