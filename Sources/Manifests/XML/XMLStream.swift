/// Reads XML event by event, pulled by the caller, in memory that does not grow with the document.
///
/// Elements and attributes are told by the cases of `Name`, whose raw values are `local` or `prefix:local`; `prefixes`
/// gives the prefix that stands for a namespace there, whatever the document calls it. A document type declaration is
/// refused where it begins, so that there are no entities but XML's own five; nothing outside the document is looked at.
@safe final class XMLStream<Name: RawRepresentable<String> & CaseIterable & Hashable> {
    /// What was read.
    enum Event {
        /// An element begins; nil for one that `Name` does not have, see `unknownName`.
        case start(Name?)
        /// Text, or a piece of it: a long text comes in several.
        case text
        /// An element ends.
        case end(Name?)
        /// The schema does not allow what was just read; `text` tells why.
        case breach
    }

    private let path: String
    private let part: String?
    private let limits: XMLLimits
    private let names = Array(Name.allCases)
    private let queue: UnsafeMutablePointer<XMLEventQueue>
    private let pull: (inout [UInt8]) throws(ManifestError) -> Int
    private var parser: XMLParser?
    private let schema: XMLSchema?
    private let isUTF8: Bool
    private var chunk: [UInt8]
    private var isFinished = false

    /// Makes a stream.
    ///
    /// - Parameters:
    ///   - path: the file's path, for errors.
    ///   - part: what part of the file this is, as in a zip archive; nil where it is the file itself.
    ///   - prefixes: the prefix of each namespace in `Name`; an empty one for none.
    ///   - schema: what the document is checked against while it is read.
    ///   - isUTF8: whether the bytes are UTF-8, whatever the document says.
    ///   - limits: how much is held at once.
    ///   - pull: fills a buffer from its start with the next bytes and returns how many; 0 at the end.
    init(
        path: String,
        part: String? = nil,
        prefixes: [String: String],
        schema: XMLSchema? = nil,
        isUTF8: Bool = false,
        limits: XMLLimits = XMLLimits(),
        pull: @escaping (inout [UInt8]) throws(ManifestError) -> Int
    ) {
        self.path = path
        self.part = part
        self.schema = schema
        self.isUTF8 = isUTF8
        self.limits = limits
        self.pull = pull
        unsafe queue = .allocate(capacity: 1)
        unsafe queue.initialize(to: XMLEventQueue(XMLVocabulary(names.map(\.rawValue), prefixes: prefixes), limits))
        chunk = [UInt8](repeating: 0, count: limits.chunk)
    }

    deinit {
        // The parser writes to the queue as long as there is one.
        parser = nil
        unsafe queue.deinitialize(count: 1)
        unsafe queue.deallocate()
    }

    /// Reads the next event.
    ///
    /// - Returns: the event; nil at the document's end.
    /// - Throws: `ManifestError` where the document is not well-formed, asks for too much, or can't be read.
    func next() throws(ManifestError) -> Event? {
        while unsafe !queue.pointee.advance() {
            if let failure = unsafe queue.pointee.failure { throw error(failure.message, failure.line, failure.column) }
            if isFinished { return nil }
            try parseMore()
        }
        let event = unsafe queue.pointee.event
        let name = event.name < 0 ? nil : names[Int(event.name)]
        return switch event.kind {
        case .start: .start(name)
        case .text: .text
        case .end: .end(name)
        case .breach: .breach
        }
    }

    /// The line that the event stands on, from 1; a start tag's first one.
    var line: Int { unsafe Int(queue.pointee.event.line) }

    /// The position in `Name.allCases` of the element that begins or ends; nil for one that `Name` does not have.
    var namePosition: Int? {
        let position = unsafe queue.pointee.event.name
        return position < 0 ? nil : Int(position)
    }

    /// The text of a `text` event, or the message of a `breach`.
    var text: String { unsafe queue.pointee.bytes.text(queue.pointee.event.text.range) }

    /// The name of an element that `Name` does not have: `{namespace}local`.
    var unknownName: String { text }

    /// Looks at the text of a `text` event in UTF-8.
    func withText<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        unsafe queue.pointee.bytes.with(queue.pointee.event.text.range, body)
    }

    /// Adds the text of a `text` event in UTF-8 to what was put together of it.
    func appendText(to whole: inout [UInt8]) {
        unsafe queue.pointee.bytes.copy(queue.pointee.event.text.range, to: &whole)
    }

    /// Adds the text of a `text` event in UTF-8 to what was put together of it.
    func appendText(to whole: inout PlainList<UInt8>) {
        unsafe whole.append(queue.pointee.event.text.range, of: queue.pointee.bytes)
    }

    /// Looks at the attributes of a start tag that `Name` has, in the tag's order, and makes no text of them.
    ///
    /// - Parameter body: takes a name and the value in UTF-8.
    func forEachAttribute(_ body: (Name, Span<UInt8>) -> Void) {
        for index in unsafe queue.pointee.event.attributes.range {
            let attribute = unsafe queue.pointee.attributes[index]
            unsafe queue.pointee.bytes.with(attribute.value.range) { body(names[Int(attribute.name)], $0) }
        }
    }

    /// The names of the root element's attributes: `{namespace}local`.
    var rootAttributes: [String] { unsafe queue.pointee.rootAttributes }

    /// The value of an attribute of a start tag; nil where it has none.
    func attribute(_ name: Name) -> String? {
        for index in unsafe queue.pointee.event.attributes.range {
            let attribute = unsafe queue.pointee.attributes[index]
            guard Self.isSame(names[Int(attribute.name)], name) else { continue }
            return unsafe queue.pointee.bytes.text(attribute.value.range)
        }
        return nil
    }

    /// An error about this document.
    ///
    /// - Parameters:
    ///   - message: what is wrong and what to do.
    ///   - line: where, from 1.
    ///   - column: where, from 1.
    /// - Returns: the error, with its place.
    func error(_ message: String, _ line: Int, _ column: Int? = nil) -> ManifestError {
        guard let part else {
            return ManifestError(.malformed, path: path, line: line, column: column, message: message)
        }
        let place = column.map { "line \(line), column \($0)" } ?? "line \(line)"
        return ManifestError(.malformed, path: path, message: "in \(part), \(place): \(message)")
    }

    /// Whether two names are one, without a look at their texts, which `==` would take between generic ones.
    private static func isSame<Value: Hashable>(_ one: Value, _ other: Value) -> Bool { one == other }

    private func parseMore() throws(ManifestError) {
        unsafe queue.pointee.removeAll()
        let count = try pull(&chunk)
        isFinished = count == 0
        if parser == nil { try start(chunk[..<count]) } else { parser?.parse(chunk[..<count], isLast: isFinished) }
    }

    private func start(_ first: ArraySlice<UInt8>) throws(ManifestError) {
        guard !first.isEmpty else { throw error("the document is empty", 1) }
        guard
            let parser = unsafe XMLParser(first.prefix(4), queue: queue, schema: schema, isUTF8: isUTF8, limits: limits)
        else {
            throw error("memory is too short to read it", 1)
        }
        self.parser = parser
        parser.parse(first.dropFirst(4), isLast: false)
    }
}
