internal import CLibXML2

/// Parses XML piece by piece into a queue of events: libxml2's push parser, with no tree and no entities.
///
/// The text reader of libxml2 would be told of a document type only after its declarations were read, and reports what
/// a schema finds apart from the elements that it finds it in; the push parser does neither.
@safe final class XMLParser {
    private let queue: UnsafeMutablePointer<XMLEventQueue>
    private let context: xmlParserCtxtPtr
    private let check: XMLSchemaCheck?
    private let limits: XMLLimits

    /// Makes a parser; nil where memory is short.
    ///
    /// - Parameters:
    ///   - start: the document's first four bytes, which tell the encoding.
    ///   - queue: where the events go; it must outlive the parser.
    ///   - schema: what the document is checked against.
    ///   - isUTF8: whether the bytes are UTF-8, whatever the document says.
    ///   - limits: how much is held at once.
    init?(
        _ start: some Collection<UInt8>,
        queue: UnsafeMutablePointer<XMLEventQueue>,
        schema: XMLSchema?,
        isUTF8: Bool,
        limits: XMLLimits
    ) {
        var handler = unsafe Self.handler
        let start = start.map { CChar(bitPattern: $0) }
        guard
            let context = unsafe xmlCreatePushParserCtxt(
                &handler,
                queue,
                start,
                Int32(clamping: start.count),
                nil
            )
        else { return nil }
        unsafe self.queue = queue
        unsafe self.context = context
        self.limits = limits
        unsafe context.pointee._private = UnsafeMutableRawPointer(queue)
        unsafe queue.pointee.parser = context
        let options = isUTF8 ? Self.options + [XML_PARSE_IGNORE_ENC] : Self.options
        unsafe xmlCtxtUseOptions(context, Int32(clamping: options.reduce(0) { $0 | $1.rawValue }))
        check = schema.flatMap { unsafe XMLSchemaCheck($0, parser: context, queue: queue) }
        unsafe purser_xml_catch_errors(context) { _, error in unsafe XMLParser.took(error) }
        if schema != nil, check == nil { return nil }
    }

    /// The parser leaves an `&amp;` in an attribute as `&#38;` unless it is told to replace entities; there are none but
    /// the five, since a document type is refused.
    private static let options = [XML_PARSE_NONET, XML_PARSE_BIG_LINES, XML_PARSE_NOENT]

    deinit {
        unsafe queue.pointee.parser = nil
        check?.unplug()
        unsafe xmlFreeParserCtxt(context)
    }

    /// Parses the next piece.
    func parse(_ piece: ArraySlice<UInt8>, isLast: Bool) {
        unsafe queue.pointee.isAtEnd = isLast
        unsafe piece.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            // What fails outside of any document, such as a conversion, is told by the result alone.
            unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
            let code = unsafe xmlParseChunk(context, start, Int32(clamping: bytes.count), isLast ? 1 : 0)
            guard code != 0, unsafe context.pointee.disableSAX != 0, unsafe queue.pointee.failure == nil else { return }
            unsafe queue.pointee.failConversion()
        }
        if unsafe purser_xml_pending(context) > limits.markup {
            unsafe queue.pointee.refuse(.markupTooLong(limits.markup))
        }
    }

    /// The message of an error, on one line and without the namespace of every name in it.
    static func text(_ error: UnsafeMutablePointer<xmlError>) -> String {
        guard let message = unsafe error.pointee.message else { return "unknown trouble" }
        return unsafe String(cString: message)
            .split(whereSeparator: \.isNewline).joined(separator: " ")
            .replacing("{\(XMLManifest.namespace)}", with: "")
    }

    /// Takes an error of the parser's own, which its context leads to the queue of.
    private static func took(_ error: UnsafeMutablePointer<xmlError>?) {
        guard let error = unsafe error, unsafe error.pointee.level == XML_ERR_FATAL || isNamespaceError(error),
            let parser = unsafe error.pointee.ctxt?.assumingMemoryBound(to: xmlParserCtxt.self),
            let queue = unsafe queue(parser.pointee._private)
        else { return }
        unsafe queue.pointee.fail(
            cut(parser, error) ?? "this is not well-formed XML: \(text(error))",
            line: Int(error.pointee.line),
            column: Int(error.pointee.int2)
        )
    }

    /// What is wrong with a document that ends within an element; nil where the error lies before its end.
    private static func cut(_ parser: xmlParserCtxtPtr, _ error: UnsafeMutablePointer<xmlError>) -> String? {
        guard let input = unsafe parser.pointee.input, unsafe parser.pointee.nameNr > 0,
            let name = unsafe parser.pointee.name
        else { return nil }
        let isAtEnd = unsafe queue(parser.pointee._private)?.pointee.isAtEnd ?? false
        let isLeftOver = unsafe input.pointee.cur < input.pointee.end
        guard isAtEnd, unsafe !isLeftOver || error.pointee.code == Int32(XML_ERR_DOCUMENT_END.rawValue) else {
            return nil
        }
        return
            "the document ends before </\(unsafe String(cString: name))>: it was cut off on its way here; get the whole file"
    }

    /// Whether an error is of a kind that the parser goes on after, though the document breaks the rules of namespaces.
    private static func isNamespaceError(_ error: UnsafeMutablePointer<xmlError>) -> Bool {
        unsafe error.pointee.domain == Int32(XML_FROM_NAMESPACE.rawValue) && error.pointee.level == XML_ERR_ERROR
    }
}

// MARK: - Handlers

extension XMLParser {
    /// What the parser calls; its user data is the queue.
    private static var handler: xmlSAXHandler {
        var handler = unsafe xmlSAXHandler()
        unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
        unsafe handler.internalSubset = { queue, _, _, _ in
            unsafe XMLParser.queue(queue)?.pointee.refuse(.documentType)
        }
        unsafe handler.startElementNs = { queue, local, _, namespace, _, _, count, _, attributes in
            guard let local = unsafe local else { return }
            unsafe XMLParser.queue(queue)?.pointee.start(local, namespace, attributes, count: Int(count))
        }
        unsafe handler.endElementNs = { queue, local, _, namespace in
            guard let local = unsafe local else { return }
            unsafe XMLParser.queue(queue)?.pointee.end(local, namespace)
        }
        let text: charactersSAXFunc = { queue, start, count in
            unsafe XMLParser.queue(queue)?.pointee.text(UnsafeBufferPointer(start: start, count: Int(count)))
        }
        unsafe handler.characters = text
        unsafe handler.ignorableWhitespace = text
        unsafe handler.cdataBlock = text
        return unsafe handler
    }

    private static func queue(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLEventQueue>? {
        unsafe pointer?.assumingMemoryBound(to: XMLEventQueue.self)
    }
}
