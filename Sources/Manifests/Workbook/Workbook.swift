/// Opens workbooks of every format, and tells what looks like one from what can be read.
enum Workbook {
    /// Whether a file starts as a zip archive does, an empty one too.
    static func isArchive(_ head: [UInt8]) -> Bool {
        head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// Opens a zip archive as the workbook that it holds.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - options: which sheet and which row are meant.
    ///   - limits: how much is unpacked and held.
    /// - Returns: a reader that has read the header.
    /// - Throws: `ManifestError` where the archive is damaged, or holds something else.
    static func openArchive(
        _ path: String,
        _ options: ManifestOptions,
        limits: WorkbookLimits = WorkbookLimits()
    ) throws(ManifestError) -> WorkbookReader {
        let archive = try ZipArchive(path: path, limits: limits)
        switch try ArchiveContent(of: archive) {
        case .excel(let part):
            let workbook = try XLSXWorkbook(archive, part: part)
            return try WorkbookReader(
                path: path,
                format: "XLSX",
                size: archive.size,
                options: options,
                limits: limits
            ) { XLSXCursor(workbook) }
        case .openDocument:
            return try WorkbookReader(
                path: path,
                format: "ODS",
                size: archive.size,
                options: options,
                limits: limits
            ) { () throws(ManifestError) in
                let part = try archive.open(ArchiveContent.openDocumentPart)
                let stream = OpenDocumentStream(path: path, part: part.name, source: part)
                return OpenDocumentCursor(stream, limits: limits)
            }
        case .unreadable(let advice): throw archive.error(advice)
        }
    }

    /// Opens an XML document whose root says that it is a workbook.
    ///
    /// - Parameters:
    ///   - kind: what its root says.
    ///   - path: the file's path.
    ///   - options: which sheet and which row are meant.
    ///   - limits: how much is held.
    /// - Returns: a reader that has read the header.
    /// - Throws: `ManifestError` where it is damaged.
    static func openDocument(
        _ kind: WorkbookDocument,
        _ path: String,
        _ options: ManifestOptions,
        limits: WorkbookLimits = WorkbookLimits()
    ) throws(ManifestError) -> WorkbookReader {
        let hidden = kind == .excel2003 ? try Excel2003HiddenSheets(path, options) : nil
        // The document may be read several times, to find the sheet.
        return try WorkbookReader(
            path: path,
            format: kind.name,
            size: try ZipArchive.size(of: path),
            options: options,
            limits: limits
        ) { () throws(ManifestError) in
            let text = try documentText(path, options)
            guard let hidden else {
                let stream = OpenDocumentStream(path: path, source: text, isUTF8: text.isUTF8)
                return OpenDocumentCursor(stream, limits: limits)
            }
            return Excel2003Cursor(Excel2003Stream(path: path, text: text), hidden: hidden, limits: limits)
        }
    }

    /// Opens an XML document's text, which was seen to be one before.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - options: the encoding, where the user said one.
    /// - Returns: the text from its beginning.
    /// - Throws: `ManifestError` where it is no such text any more.
    static func documentText(_ path: String, _ options: ManifestOptions) throws(ManifestError) -> XMLText {
        guard let text = try XMLText(path: path, encoding: options.encoding) else {
            throw ManifestError(.malformed, path: path, message: "the file changed while it was read")
        }
        return text
    }
}

/// The workbooks that are a single XML document.
enum WorkbookDocument: Hashable {
    case excel2003, flatOpenDocument

    /// Tells one by its root element; nil for another document.
    init?(_ root: XMLRoot) {
        switch (root.namespace, root.name) {
        case ("urn:schemas-microsoft-com:office:spreadsheet", "Workbook"): self = .excel2003
        case ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "document"): self = .flatOpenDocument
        default: return nil
        }
    }

    /// The format's name, for a person.
    var name: String {
        switch self {
        case .excel2003: "Excel 2003 XML"
        case .flatOpenDocument: "flat ODS"
        }
    }
}

/// What a zip archive holds, told by its parts.
enum ArchiveContent {
    /// An XLSX workbook, and the part that it begins with.
    case excel(part: String)
    case openDocument
    /// Something else, and what to do about it.
    case unreadable(String)

    static let openDocumentPart = "content.xml"
    private static let remedy = "open it in a spreadsheet program and save it as .xlsx, or the sheet as \"CSV UTF-8\""

    init(of archive: ZipArchive) throws(ManifestError) {
        if let type = try Self.mediaType(of: archive) {
            self = try Self.openDocument(archive, type)
        } else if Self.isAppleDocument(archive) {
            self = .unreadable(
                "this is a document of Apple's Numbers, Pages or Keynote, which can't be read; "
                    + "in Numbers, export it as Excel or CSV"
            )
        } else if archive.contains("[Content_Types].xml") || archive.contains("_rels/.rels") {
            self = try Self.officeDocument(archive)
        } else if archive.contains(Self.openDocumentPart), archive.contains("META-INF/manifest.xml") {
            self = try Self.openDocument(archive, "")
        } else {
            self = .unreadable(
                "this is a zip archive without a workbook in it; unpack it and give the table that is in it"
            )
        }
    }

    /// Whether it is a document of Apple's office programs, of today or of the years before 2013.
    private static func isAppleDocument(_ archive: ZipArchive) -> Bool {
        if archive.names.contains(where: { $0.hasSuffix(".iwa") || $0.hasSuffix("index.zip") }) { return true }
        // A manifest that was zipped may be called index.xml too, but comes without a preview.
        return archive.names.contains { $0.hasPrefix("quicklook/") }
            && ["index.xml", "index.xml.gz", "index.apxl", "index.apxl.gz"].contains(where: archive.contains)
    }

    /// The media type by which OpenDocument archives tell what they are.
    private static func mediaType(of archive: ZipArchive) throws(ManifestError) -> String? {
        guard archive.contains("mimetype") else { return nil }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = try archive.open("mimetype").read(into: &buffer)
        return String(decoding: buffer[..<count], as: UTF8.self).trimmed
    }

    private static func openDocument(_ archive: ZipArchive, _ type: String) throws(ManifestError) -> ArchiveContent {
        let prefix = "application/vnd.oasis.opendocument."
        guard type.isEmpty || type.hasPrefix("\(prefix)spreadsheet") else {
            return .unreadable("this is a document of the type \(type.quoted), not a spreadsheet; " + remedy)
        }
        if archive.contains("META-INF/manifest.xml") {
            let part = try archive.open("META-INF/manifest.xml")
            let stream = OpenDocumentStream(path: archive.path, part: part.name, source: part)
            while let event = try stream.next() {
                guard case .start(.encryption) = event else { continue }
                return .unreadable("this workbook is encrypted; save it without a password")
            }
        }
        return .openDocument
    }

    private static func officeDocument(_ archive: ZipArchive) throws(ManifestError) -> ArchiveContent {
        let named = try PackageRelationships(archive, of: "").first("officeDocument")
        let usual = ["xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "ppt/presentation.xml"]
        guard let part = ([named].compactMap { $0 } + usual).first(where: archive.contains) else {
            return .unreadable("this zip archive has no workbook in it; " + remedy)
        }
        let name = part.lowercased()
        if name.hasSuffix(".bin") {
            return .unreadable("this is a binary Excel workbook (.xlsb), which can't be read; " + remedy)
        }
        if name.hasPrefix("word/") { return .unreadable("this is a Word document, not a spreadsheet; " + remedy) }
        if name.hasPrefix("ppt/") {
            return .unreadable("this is a PowerPoint presentation, not a spreadsheet; " + remedy)
        }
        return .excel(part: part)
    }
}
