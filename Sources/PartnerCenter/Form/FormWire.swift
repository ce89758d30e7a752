/// Form-encoded bodies, as the service's framework binds them: `billingProfile.defaultAddress.city=Seattle`.
package enum FormWire {
    /// Reads the fields of a form in order.
    ///
    /// - Parameter bytes: the form, percent-encoded.
    /// - Returns: names and values, decoded; nil where it is not UTF-8 or a percent escape is broken.
    package static func fields(_ bytes: [UInt8]) -> [KeyValuePair]? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var fields: [KeyValuePair] = []
        for part in text.split(separator: "&") {
            let pieces = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decoded)
            guard let name = pieces[0], let value = pieces.count > 1 ? pieces[1] : "" else { return nil }
            fields.append(KeyValuePair(key: name, value: value))
        }
        return fields
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let high = hexDigit(rest.removeFirst()), let low = hexDigit(rest.removeFirst())
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }

    /// Reads a value from a form whose names are paths, with dots or brackets between their parts.
    ///
    /// - Parameters:
    ///   - type: what to read.
    ///   - bytes: the form, percent-encoded.
    /// - Returns: the value; nil where the form can't be read.
    /// - Throws: `DecodingError` where it is not of that type.
    package static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T? {
        guard let fields = fields(bytes) else { return nil }
        var root = FormNode()
        for field in fields { root.add(field.value, at: path(field.key)[...]) }
        return try T(from: LenientDecoder(value: root.value, codingPath: []))
    }

    /// `a.b`, `a[b]` and `a[0]` have two parts each; deeper than any resource is cut off.
    private static func path(_ name: String) -> [String] {
        Array(name.split { $0 == "." || $0 == "[" || $0 == "]" }.map(String.init).prefix(16))
    }
}

/// The fields of a form whose paths begin alike.
private struct FormNode {
    private var texts: [String] = []
    private var children: [String: FormNode] = [:]
    private var names: [String] = []

    mutating func add(_ text: String, at path: ArraySlice<String>) {
        guard let name = path.first else { return texts.append(text) }
        let key = name.lowercased()
        if children[key] == nil { names.append(name) }
        children[key, default: FormNode()].add(text, at: path.dropFirst())
    }

    var value: JSONValue {
        if names.isEmpty, texts.count > 1 { return .array(texts.map(JSONValue.string)) }
        let indices = names.compactMap(Int.init)
        if !names.isEmpty, indices.count == names.count {
            return .array(indices.sorted().compactMap { children[String($0)]?.value })
        }
        let members = names.compactMap { name in
            children[name.lowercased()].map { JSONMember(name: name, value: $0.value) }
        }
        return .element(members, text: texts.last ?? "")
    }
}
