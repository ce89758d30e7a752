internal import CLibXML2

/// The events of a piece of XML, in the document's order, from the parser that finds them to the reader that pulls.
///
/// A sheet has millions of events, so that each must cost next to nothing. The queue is therefore a plain value in memory
/// of its own, which parser and reader reach by its address: an object's properties would cost a check of exclusive
/// access at each of several uses an event. And an event holds no text, only where its bytes stand in the one list that
/// all share: most are never made a `String`.
@safe struct XMLEventQueue: ~Copyable {
    /// What an event tells.
    enum Kind: UInt8 {
        case start, text, end, breach
    }

    /// Where something stands in one of the lists.
    struct Place: BitwiseCopyable {
        var start: Int32 = 0
        var end: Int32 = 0

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// One event; its texts stand in `bytes`.
    struct Event: BitwiseCopyable {
        let kind: Kind
        /// The position of the element's name in the vocabulary; -1 where it is not there.
        var name: Int32 = -1
        var line: Int32
        /// Text, a breach's message, or the name of an element that the vocabulary does not have.
        var text = Place()
        var attributes = Place()
    }

    /// An attribute of a start tag.
    struct Attribute: BitwiseCopyable {
        let name: Int32
        let value: Place
    }

    /// Why the parser was stopped, and where.
    struct Failure {
        let line: Int
        let column: Int
        let message: String
    }

    /// The event that is read; before the first one at -1.
    private(set) var position = -1
    private(set) var events = PlainList<Event>()
    /// The attributes of start tags whose names the vocabulary has.
    private(set) var attributes = PlainList<Attribute>()
    private(set) var bytes = PlainList<UInt8>()
    /// The first failure; later ones only follow from it.
    private(set) var failure: Failure?
    private(set) var depth = 0
    /// The names of the root element's attributes: `{namespace}local`.
    private(set) var rootAttributes: [String] = []

    /// Whether the parser has the whole document.
    var isAtEnd = false

    /// The parser that fills the queue, as long as it does.
    var parser: xmlParserCtxtPtr?

    private let vocabulary: XMLVocabulary
    private let limits: XMLLimits
    private var names = [KnownName](repeating: KnownName(), count: 256)
    private var textLength = 0
    /// The line where the last start tag ended.
    private var lastTagLine: Int32 = 0

    /// A name's place in the vocabulary, by its addresses: the parser has each name only once.
    private struct KnownName {
        var local: UInt = 0
        var namespace: UInt = 0
        var index: Int32 = -1
    }

    init(_ vocabulary: XMLVocabulary, _ limits: XMLLimits) {
        self.vocabulary = vocabulary
        self.limits = limits
    }

    /// Goes to the next event.
    ///
    /// - Returns: false where there is none until the parser finds more.
    mutating func advance() -> Bool {
        position += 1
        return position < events.count
    }

    /// The event that is read.
    var event: Event { events[position] }

    /// Forgets what was pulled.
    mutating func removeAll() {
        position = -1
        events.removeAll()
        attributes.removeAll()
        bytes.removeAll()
    }

    /// Keeps a failure, if it is the first.
    mutating func fail(_ message: String, line: Int, column: Int) {
        if failure == nil { failure = Failure(line: line, column: column, message: message) }
    }

    /// Stops the parser, since the document asks for too much.
    mutating func refuse(_ refusal: XMLRefusal) {
        guard let parser = unsafe parser else { return }
        unsafe fail(refusal.message, line: Int(purser_xml_line(parser)), column: Int(purser_xml_column(parser)))
        unsafe xmlStopParser(parser)
    }

    /// Keeps the failure of a parser that stopped without a word.
    mutating func failConversion() {
        let message = "some bytes are no characters of the document's encoding; save it in UTF-8"
        unsafe fail(message, line: Int(line), column: parser.map { unsafe Int(purser_xml_column($0)) } ?? 0)
    }

    /// The line where the tag starts that ends here.
    ///
    /// Where the tag before it ends on the same line, that is the one; else the tag's bytes are looked through for
    /// line breaks. Most sheets have no line break at all.
    private mutating func tagLine() -> Int32 {
        let end = line
        guard end != lastTagLine, let parser = unsafe parser else { return end }
        lastTagLine = end
        return unsafe purser_xml_tag_line(parser)
    }

    private var line: Int32 { unsafe parser.map { unsafe purser_xml_line($0) } ?? 0 }
}

// MARK: - What the parser tells

extension XMLEventQueue {
    typealias Name = UnsafePointer<xmlChar>

    /// Takes a start tag; the attributes come in fives, as SAX2 gives them.
    mutating func start(
        _ local: Name,
        _ namespace: Name?,
        _ fives: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?,
        count: Int
    ) {
        guard failure == nil else { return }
        depth += 1
        textLength = 0
        guard depth <= limits.depth else { return refuse(.tooDeep(limits.depth)) }
        guard count <= limits.attributes else { return refuse(.tooManyAttributes(limits.attributes)) }
        let first = Int32(attributes.count)
        for index in 0..<count {
            guard let fives = unsafe fives, let name = unsafe fives[index * 5], let from = unsafe fives[index * 5 + 3],
                let to = unsafe fives[index * 5 + 4]
            else { continue }
            if depth == 1 { rootAttributes.append(unsafe XMLVocabulary.text(name, fives[index * 5 + 2])) }
            let known = unsafe self.name(name, fives[index * 5 + 2])
            guard known >= 0 else { continue }
            let value = unsafe append(UnsafeBufferPointer(start: from, count: to - from))
            attributes.append(Attribute(name: known, value: value))
        }
        let name = unsafe self.name(local, namespace)
        let text = name < 0 ? append(unsafe XMLVocabulary.text(local, namespace)) : Place()
        events.append(
            Event(
                kind: .start,
                name: name,
                line: tagLine(),
                text: text,
                attributes: Place(start: first, end: Int32(attributes.count))
            )
        )
    }

    /// Takes an end tag.
    mutating func end(_ local: Name, _ namespace: Name?) {
        guard failure == nil else { return }
        depth -= 1
        textLength = 0
        events.append(Event(kind: .end, name: unsafe name(local, namespace), line: line))
    }

    /// Takes a piece of text.
    mutating func text(_ piece: UnsafeBufferPointer<UInt8>) {
        guard failure == nil else { return }
        textLength += piece.count
        guard textLength <= limits.text else { return refuse(.textTooLong(limits.text)) }
        let place = unsafe append(piece)
        let last = events.count - 1
        if last >= 0, events[last].kind == .text {
            events[last].text.end = place.end
        } else {
            events.append(Event(kind: .text, line: line, text: place))
        }
    }

    /// Takes what the schema has against the document.
    mutating func breach(_ message: String) {
        guard failure == nil else { return }
        events.append(Event(kind: .breach, line: line, text: append(message)))
    }

    private mutating func append(_ piece: UnsafeBufferPointer<UInt8>) -> Place {
        let start = Int32(clamping: bytes.count)
        unsafe bytes.append(contentsOf: piece)
        return Place(start: start, end: Int32(clamping: bytes.count))
    }

    private mutating func append(_ text: String) -> Place {
        var text = text
        return text.withUTF8 { unsafe append($0) }
    }

    private mutating func name(_ local: Name, _ namespace: Name?) -> Int32 {
        let addresses = (UInt(bitPattern: local), UInt(bitPattern: namespace))
        // A name that shares its slot with another only costs a look into the vocabulary.
        let slot = Int((addresses.0 ^ addresses.0 >> 8 ^ addresses.1 >> 4) & 0xFF)
        let known = names[slot]
        if known.local == addresses.0, known.namespace == addresses.1 { return known.index }
        let found = unsafe vocabulary.index(local, namespace)
        names[slot] = KnownName(local: addresses.0, namespace: addresses.1, index: found)
        return found
    }
}

/// Why a document is refused that may well be well-formed.
enum XMLRefusal {
    case documentType
    case tooDeep(Int), tooManyAttributes(Int), textTooLong(Int), markupTooLong(Int)

    /// What is wrong and what to do, one sentence.
    var message: String {
        switch self {
        case .documentType: "the document has a document type declaration (<!DOCTYPE>), which is refused; remove it"
        case .tooDeep(let limit): "elements are nested deeper than \(limit); check that this is the right file"
        case .tooManyAttributes(let limit):
            "an element has more than \(limit) attributes; check that this is the right file"
        case .textTooLong(let limit): "a text is longer than \(limit) bytes; shorten it"
        case .markupTooLong(let limit):
            "a tag, comment or processing instruction is longer than \(limit) bytes; shorten it"
        }
    }
}

/// The names that a reader knows, by position.
struct XMLVocabulary {
    private let positions: [String: Int32]
    private let prefixes: [String: String]

    /// Makes a vocabulary.
    ///
    /// - Parameters:
    ///   - names: `local` or `prefix:local`, the prefix being the reader's own.
    ///   - prefixes: the reader's prefix of each namespace; an empty one for none.
    init(_ names: [String], prefixes: [String: String]) {
        positions = Dictionary(names.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
        self.prefixes = prefixes
    }

    /// The position of a name; -1 where it has none.
    func index(_ local: XMLEventQueue.Name, _ namespace: XMLEventQueue.Name?) -> Int32 {
        let local = unsafe String(cString: local)
        guard let namespace = unsafe namespace else { return positions[local] ?? -1 }
        guard let prefix = prefixes[unsafe String(cString: namespace)] else { return -1 }
        return positions[prefix.isEmpty ? local : "\(prefix):\(local)"] ?? -1
    }

    /// A name with its namespace before it, in braces, where it has one.
    static func text(_ local: XMLEventQueue.Name, _ namespace: XMLEventQueue.Name?) -> String {
        let local = unsafe String(cString: local)
        guard let namespace = unsafe namespace else { return local }
        return "{\(unsafe String(cString: namespace))}\(local)"
    }
}
