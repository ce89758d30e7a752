/// The names that an OpenDocument spreadsheet uses, as far as they matter here.
enum OpenDocumentName: String, CaseIterable {
    case style = "style:style"
    case styleName = "style:name"
    case tableProperties = "style:table-properties"
    case display = "table:display"

    case table = "table:table"
    case name = "table:name"
    case tableStyle = "table:style-name"
    case source = "table:table-source"
    case column = "table:table-column"
    case row = "table:table-row"
    case cell = "table:table-cell"
    case coveredCell = "table:covered-table-cell"
    case visibility = "table:visibility"
    case rowsRepeated = "table:number-rows-repeated"
    case columnsRepeated = "table:number-columns-repeated"
    case rowsSpanned = "table:number-rows-spanned"
    case formula = "table:formula"

    case valueType = "office:value-type"
    case extendedType = "calcext:value-type"
    case value = "office:value"
    case dateValue = "office:date-value"
    case timeValue = "office:time-value"
    case booleanValue = "office:boolean-value"
    case stringValue = "office:string-value"

    case paragraph = "text:p"
    case spaces = "text:s"
    case count = "text:c"
    case tab = "text:tab"
    case lineBreak = "text:line-break"

    // What holds text that is no cell's.
    case annotation = "office:annotation"
    case note = "text:note"
    case phonetic = "text:ruby-text"
    case shapes = "table:shapes"
    case forms = "office:forms"
    case trackedChanges = "table:tracked-changes"

    case encryption = "manifest:encryption-data"

    static let prefixes = [
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
        "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
        "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
    ]
}

/// A part of an OpenDocument spreadsheet, event by event.
typealias OpenDocumentStream = XMLStream<OpenDocumentName>

extension OpenDocumentStream {
    /// Reads a spreadsheet from a part of an archive, or from a file of its own.
    convenience init(path: String, part: String? = nil, source: any ByteSource, isUTF8: Bool = false) {
        self.init(path: path, part: part, prefixes: OpenDocumentName.prefixes, isUTF8: isUTF8) {
            buffer throws(ManifestError) in
            try source.read(into: &buffer)
        }
    }

    /// A number that counts from 1; 1 where there is none.
    func count(_ name: OpenDocumentName) -> Int { attribute(name).flatMap { Int($0) }.map { max($0, 1) } ?? 1 }

    /// How often an element stands there; once where it does not say.
    ///
    /// - Throws: `ManifestError` where what it says is no such number.
    func repeats(_ name: OpenDocumentName) throws(ManifestError) -> Int {
        guard let said = attribute(name) else { return 1 }
        guard let count = Int(said), count > 0 else {
            let message =
                "a row or cell is repeated \(said.quoted) times, which is no number of times; "
                + "open the workbook in a spreadsheet program, check it and save it again"
            throw error(message, line)
        }
        return count
    }
}
