/// The service's XML wire form: elements named as its pages name the members.
package enum XMLWire {
    /// Reads a value from XML, whatever its namespaces, the order and the case of its elements.
    ///
    /// A list may stand as elements within one of its name, or as siblings of that name.
    ///
    /// - Parameters:
    ///   - type: what to read.
    ///   - bytes: the document, in whatever encoding it declares.
    /// - Returns: the value.
    /// - Throws: `XMLSyntaxError` where it is not well-formed, or has a document type; `DecodingError` where it is not
    ///   of that type.
    package static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try T(from: LenientDecoder(value: XMLReader.read(bytes), codingPath: []))
    }

    /// Reads a document as the tree that it is.
    ///
    /// - Parameter bytes: the document, in whatever encoding it declares.
    /// - Returns: the root element.
    /// - Throws: `XMLSyntaxError` where it is not well-formed, or has a document type.
    package static func parse(_ bytes: [UInt8]) throws -> JSONValue { try XMLReader.read(bytes) }

    /// Writes a value as XML in UTF-8: camelCase, no nulls, elements in name order.
    ///
    /// - Parameters:
    ///   - value: what to write.
    ///   - root: the root element's name: `Customer`.
    /// - Returns: the document.
    /// - Throws: `EncodingError` where the value can't be written.
    package static func encode<T: Encodable>(_ value: T, root: String) throws -> [UInt8] {
        XMLWriter.write(try WireEncoder.tree(of: value), root: root)
    }

    /// Writes a tree as XML in UTF-8.
    ///
    /// - Parameters:
    ///   - value: the tree.
    ///   - root: the root element's name.
    /// - Returns: the document.
    package static func write(_ value: JSONValue, root: String) -> [UInt8] { XMLWriter.write(value, root: root) }

    /// A text as an element's content.
    ///
    /// - Parameter text: the text; a character that XML 1.0 has no way to say becomes U+FFFD.
    /// - Returns: the content.
    package static func text(_ text: String) -> String { XMLWriter.escaped(text) }

    /// A text as an attribute's value between double quotes.
    ///
    /// - Parameter text: the text; a character that XML 1.0 has no way to say becomes U+FFFD.
    /// - Returns: the value.
    package static func attribute(_ text: String) -> String {
        XMLWriter.escaped(text)
            .replacing("\"", with: "&quot;").replacing("\t", with: "&#9;").replacing("\n", with: "&#10;")
    }
}
