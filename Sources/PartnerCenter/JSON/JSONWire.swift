/// The service's JSON wire form: strict in what is sent, lenient in what is read.
package enum JSONWire {
    /// Reads a value from JSON as the service and its clients write it.
    ///
    /// A byte-order mark is skipped, member names match without regard to case, unknown members are passed over,
    /// a comma may follow the last element, and a number may stand as text or a text as a number.
    ///
    /// - Parameters:
    ///   - type: what to read.
    ///   - bytes: the JSON text in UTF-8, or in UTF-16 with its byte-order mark.
    /// - Returns: the value.
    /// - Throws: `JSONSyntaxError` where it is not JSON; `DecodingError` where it is not of that type.
    package static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try T(from: LenientDecoder(value: JSONParser.parse(bytes), codingPath: []))
    }

    /// Reads a JSON text as the tree that it is.
    ///
    /// - Parameters:
    ///   - bytes: the JSON text in UTF-8, or in UTF-16 with its byte-order mark.
    ///   - allowsComments: whether `//` and `/* */` comments are passed over.
    ///   - wanted: the members to take, wherever they stand; of the others only the ends are looked for. Nil for all.
    /// - Returns: the tree.
    /// - Throws: `JSONSyntaxError` where it is not JSON.
    package static func parse(
        _ bytes: [UInt8],
        allowsComments: Bool = false,
        wanted: JSONNames? = nil
    ) throws(JSONSyntaxError) -> JSONValue {
        try JSONParser.parse(bytes, allowsComments: allowsComments, wanted: wanted)
    }

    /// Writes a value as compact JSON in UTF-8: camelCase, no nulls, members in name order.
    ///
    /// - Parameter value: what to write.
    /// - Returns: the JSON text, without a byte-order mark.
    /// - Throws: `EncodingError` where the value can't be written, such as a number that is not finite.
    package static func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        JSONWriter.write(try WireEncoder.tree(of: value))
    }

    /// Writes a tree as compact JSON in UTF-8, members in name order.
    ///
    /// - Parameter value: the tree.
    /// - Returns: the JSON text, without a byte-order mark.
    package static func write(_ value: JSONValue) -> [UInt8] { JSONWriter.write(value) }
}
