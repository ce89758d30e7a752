internal import CLibXML2

/// A compiled schema, against which documents are checked while they are read.
@safe final class XMLSchema {
    fileprivate let pointer: xmlSchemaPtr

    /// Compiles a schema; nil where the text is none.
    init?(_ text: String) {
        var text = text
        let compiled: xmlSchemaPtr? = text.withUTF8 { bytes in
            let size = Int32(clamping: bytes.count)
            let start = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            guard let parser = unsafe xmlSchemaNewMemParserCtxt(start, size) else { return nil }
            defer { unsafe xmlSchemaFreeParserCtxt(parser) }
            return unsafe xmlSchemaParse(parser)
        }
        guard let compiled = unsafe compiled else { return nil }
        unsafe pointer = compiled
    }

    deinit { unsafe xmlSchemaFree(pointer) }
}

/// A document's check against a schema, plugged between a parser and its handlers.
@safe final class XMLSchemaCheck {
    private let schema: XMLSchema
    private let context: xmlSchemaValidCtxtPtr
    private let plug: xmlSchemaSAXPlugPtr

    /// Plugs a check into a parser, whose user data is a queue; nil where memory is short.
    init?(_ schema: XMLSchema, parser: xmlParserCtxtPtr, queue: UnsafeMutablePointer<XMLEventQueue>) {
        guard let context = unsafe xmlSchemaNewValidCtxt(schema.pointer) else { return nil }
        unsafe xmlSchemaSetValidStructuredErrors(
            context,
            { queue, error in
                guard let queue = unsafe queue, let error = unsafe error else { return }
                unsafe queue.assumingMemoryBound(to: XMLEventQueue.self).pointee.breach(XMLParser.text(error))
            },
            queue
        )
        guard let plug = unsafe xmlSchemaSAXPlug(context, &parser.pointee.sax, &parser.pointee.userData) else {
            unsafe xmlSchemaFreeValidCtxt(context)
            return nil
        }
        self.schema = schema
        unsafe self.context = context
        unsafe self.plug = plug
    }

    /// Gives the parser its own handlers back.
    func unplug() { unsafe xmlSchemaSAXUnplug(plug) }

    deinit { unsafe xmlSchemaFreeValidCtxt(context) }
}
