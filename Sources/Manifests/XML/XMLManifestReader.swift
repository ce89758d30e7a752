/// Reads a manifest in Purser's own XML form.
final class XMLManifestReader: ManifestReader {
    /// The canonical columns, and that of the customers' identifiers where the first customer has one.
    private(set) var header = XMLManifest.Name.columns
    private(set) var headerLine = 1
    private(set) var traits: [ManifestTrait] = []
    private(set) var notices: [ManifestNotice] = []

    private let stream: XMLStream<XMLManifest.Name>
    /// The first event below the root, which the header was told by.
    private var first: Result<XMLStream<XMLManifest.Name>.Event?, ManifestError>?
    private var row = 0
    /// The longest cell, in bytes.
    private let cellLimit = XMLLimits().text
    private let faultLimit = 8
    private let columns = XMLManifest.Name.columnPositions
    /// Whether text between customers was told of, more pieces of which may follow.
    private var isInStrayText = false

    /// Opens a document whose root element is `customers`.
    ///
    /// - Throws: `ManifestError` where it can't be read.
    init(path: String, isQualified: Bool, text: XMLText) throws(ManifestError) {
        guard let schema = XMLSchema(XMLManifest.checkingSchema(isQualified: isQualified)) else {
            throw ManifestError(.malformed, path: path, message: "memory is too short to read it")
        }
        stream = XMLStream(path: path, prefixes: XMLManifest.prefixes, schema: schema, isUTF8: text.isUTF8) {
            buffer throws(ManifestError) in try text.read(into: &buffer)
        }
        let reason = isQualified ? "the root element is in it" : "the root element has none"
        traits = [
            ManifestTrait("format", "XML", reason: "the text begins as XML does"),
            ManifestTrait("namespace", isQualified ? XMLManifest.namespace : "none", reason: reason),
        ]
        if let encoding = text.trait { traits.append(encoding) }
        try readRoot()
        lookAhead()
    }

    /// Reads up to the first customer, to know whether the document has identifiers; a fault is told in its turn.
    private func lookAhead() {
        do {
            var event = try stream.next()
            while case .text = event, stream.isBlankText { event = try stream.next() }
            if case .start(.customer) = event, stream.attribute(.customerId) != nil {
                header.append(XMLManifest.Name.customerId.rawValue)
            }
            first = .success(event)
        } catch {
            first = .failure(error)
        }
    }

    /// The next event, the one that was looked at first.
    private func nextEvent() throws(ManifestError) -> XMLStream<XMLManifest.Name>.Event? {
        guard let first else { return try stream.next() }
        self.first = nil
        return try first.get()
    }

    func next() throws(ManifestError) -> Record? {
        while let event = try nextEvent() {
            switch event {
            case .start(let name):
                isInStrayText = false
                return try readRecord(name)
            case .text where !isInStrayText && !stream.isBlankText:
                isInStrayText = true
                let message = "there is text between the customers; remove it, or put it into a customer's element"
                return finish(
                    row: Draft(line: stream.line, columns: header.count, faults: [fault(message, stream.line)])
                )
            default: break
            }
        }
        return nil
    }

    /// A record that is being read.
    private struct Draft {
        let line: Int
        var cells: RecordCells
        var faults: [RecordFault] = []
        /// How many faults there were when the last element ended.
        var faultsBefore = 0

        init(line: Int, columns: Int, faults: [RecordFault] = []) {
            self.line = line
            self.faults = faults
            cells = RecordCells(empty: columns)
        }
    }

    private func readRoot() throws(ManifestError) {
        guard try stream.next() != nil else { return }
        headerLine = stream.line
        // These may stand on any element, as the one that says where the schema is.
        let common = "{http://www.w3.org/2001/XMLSchema-instance}"
        for name in stream.rootAttributes where !name.hasPrefix(common) {
            let message = Self.explained("the root element's attribute '\(name)' has no meaning here")
            notices.append(ManifestNotice(line: headerLine, message: message))
        }
    }

    /// Reads an element below the root, to its end.
    private func readRecord(_ name: XMLManifest.Name?) throws(ManifestError) -> Record {
        var draft = Draft(line: stream.line, columns: header.count)
        if name == .customer {
            if let id = stream.attribute(.externalId) { draft.cells[0] = id }
            if let id = stream.attribute(.customerId) { setIdentifier(id, &draft) }
        } else {
            let found = name?.rawValue ?? stream.unknownName
            draft.faults.append(
                fault("expected the element 'customer', found '\(found)'; rename or remove it", draft.line)
            )
        }
        var depth = 1
        var value: (column: Int, depth: Int)?
        var bytes = PlainList<UInt8>()
        while depth > 0, let event = try stream.next() {
            switch event {
            case .start:
                depth += 1
                if value == nil, let column = stream.namePosition.flatMap({ columns[$0] }) {
                    value = (column, depth)
                    bytes.removeAll()
                }
            case .text:
                if value?.depth == depth, bytes.count < cellLimit {
                    stream.appendText(to: &bytes)
                }
            case .end:
                if let whole = value, whole.depth == depth {
                    bytes.with(0..<bytes.count) { set($0, column: whole.column, &draft) }
                    value = nil
                }
                draft.faultsBefore = draft.faults.count
                depth -= 1
            case .breach:
                guard name == .customer else { break }
                add(
                    RecordFault(rule: "xml.schema", message: "line \(stream.line): \(Self.explained(stream.text))"),
                    &draft
                )
            }
        }
        return finish(row: draft)
    }

    private func finish(row draft: Draft) -> Record {
        row += 1
        return Record(cells: draft.cells, row: row, line: draft.line, faults: draft.faults)
    }

    /// Puts a value into its cell; one that stands in several elements must be the same in all.
    private func set(_ bytes: Span<UInt8>, column: Int, _ draft: inout Draft) {
        guard !draft.cells.isBlank(at: column) else { return draft.cells.set(column, to: bytes) }
        let (former, value) = (draft.cells[column], bytes.text)
        if !value.isBlank, value != former {
            let message =
                "\(header[column]) is '\(former.prefix(80))' in one element and '\(value.prefix(80))' in another; "
                + "write the same into both, or leave one out"
            // The schema says of the same element only that it is one too many.
            draft.faults.removeSubrange(draft.faultsBefore...)
            add(RecordFault(rule: "xml.conflict", column: column, message: message), &draft)
        }
    }

    /// Puts a customer's identifier into the column that the first customer's made.
    private func setIdentifier(_ id: String, _ draft: inout Draft) {
        if header.count > XMLManifest.Name.columns.count {
            draft.cells[header.count - 1] = id
        } else {
            let message =
                "the customer has a customerId, and the first one of the document has none; "
                + "put those with a customerId into a document of their own"
            add(fault(message, draft.line), &draft)
        }
    }

    private func add(_ fault: RecordFault, _ draft: inout Draft) {
        if draft.faults.count < faultLimit { draft.faults.append(fault) }
    }

    private func fault(_ message: String, _ line: Int) -> RecordFault {
        RecordFault(rule: "xml.schema", message: "line \(line): \(message)")
    }

    /// What the schema has against the document, and where to find the schema.
    private static func explained(_ message: String) -> String {
        "\(message) (purser template --format xsd prints what is expected)"
    }
}

extension XMLStream {
    /// Whether a text event is white space alone.
    fileprivate var isBlankText: Bool {
        withText { text in
            text.indices.allSatisfy { text[$0] == UInt8(ascii: " ") || (9...13).contains(text[$0]) }
        }
    }
}
