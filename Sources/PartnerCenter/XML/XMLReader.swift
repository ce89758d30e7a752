internal import CLibXML2

/// Reads a small XML text as a tree, names without their namespaces.
enum XMLReader {
    private static let isReady: Void = xmlInitParser()

    /// Reads a whole document, and gives its root.
    ///
    /// - Parameter bytes: the document, in whatever encoding it declares.
    /// - Returns: the root element.
    /// - Throws: `XMLSyntaxError` where it is not well-formed, or declares a document type, which none of the
    ///   service's do.
    static func read(_ bytes: [UInt8]) throws(XMLSyntaxError) -> JSONValue {
        _ = isReady
        guard let context = unsafe xmlNewParserCtxt() else {
            throw XMLSyntaxError(line: 1, column: 1, reason: "no memory")
        }
        defer { unsafe xmlFreeParserCtxt(context) }
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let document = unsafe bytes.withUnsafeBytes { bytes in
            unsafe xmlCtxtReadMemory(
                context,
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(clamping: bytes.count),
                nil,
                nil,
                Int32(clamping: options)
            )
        }
        guard let document = unsafe document else { throw unsafe fault(context.pointee.lastError) }
        defer { unsafe xmlFreeDoc(document) }
        guard unsafe document.pointee.intSubset == nil, let root = unsafe xmlDocGetRootElement(document) else {
            throw XMLSyntaxError(line: 1, column: 1, reason: "a document type declaration is not accepted")
        }
        return unsafe value(of: root)
    }

    private static func fault(_ error: xmlError) -> XMLSyntaxError {
        let message = unsafe error.message.map { unsafe String(cString: $0) } ?? "it is not XML"
        return unsafe XMLSyntaxError(
            line: max(1, Int(error.line)),
            column: max(1, Int(error.int2)),
            reason: OneLine.clean(message, limit: 256)
        )
    }

    /// libxml2 refuses to nest deeper than 256 levels, so that this never exhausts the stack.
    private static func value(of node: xmlNodePtr) -> JSONValue {
        if unsafe isNil(node) { return .null }
        var children: [JSONMember] = []
        var text = ""
        var next = unsafe node.pointee.children
        while let child = unsafe next {
            switch unsafe child.pointee.type {
            case XML_ELEMENT_NODE:
                let name = unsafe child.pointee.name.map { unsafe String(cString: $0) } ?? ""
                children.append(unsafe JSONMember(name: name, value: value(of: child)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if children.isEmpty, let content = unsafe child.pointee.content {
                    text += unsafe String(cString: content)
                }
            default: break
            }
            unsafe next = child.pointee.next
        }
        return .element(children, text: children.isEmpty ? text : "")
    }

    /// Whether the element says `xsi:nil="true"`.
    private static func isNil(_ node: xmlNodePtr) -> Bool {
        let instance = "http://www.w3.org/2001/XMLSchema-instance"
        guard let attribute = unsafe xmlHasNsProp(node, "nil", instance),
            let content = unsafe attribute.pointee.children?.pointee.content
        else { return false }
        return ["true", "1"].contains(unsafe String(cString: content))
    }
}

/// Where a text stops being XML, and why.
package struct XMLSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// From 1.
    package let column: Int
    /// What is wrong there.
    package let reason: String

    package var description: String { "line \(line), column \(column): \(reason)" }
}
