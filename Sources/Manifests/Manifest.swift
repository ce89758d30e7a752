internal import Platform

/// The door to manifests of every format.
package enum Manifest {
    /// Opens a manifest as what its content says it is.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - options: what is known of it beyond its bytes.
    /// - Returns: a reader that has read the header.
    /// - Throws: `ManifestError` where there is no such file, or it holds something that can't be read as a manifest.
    package static func open(
        _ path: String,
        _ options: ManifestOptions = ManifestOptions()
    ) throws(ManifestError) -> any ManifestReader {
        let source = try FileSource(path)
        let head = try Head(of: source)
        if Workbook.isArchive(head.bytes) {
            try options.refuse(ManifestOptions.Statement.ofTexts, "a workbook", path)
            try requireFile(path)
            return try Workbook.openArchive(path, options)
        }
        if CompoundFile.isOne(head.bytes) { throw try CompoundFile.refusal(path, head, source) }
        let text = try XMLText(path: path, head: head, source: source, encoding: options.encoding)
        if let text, let root = try XMLRoot(text, path: path) {
            guard let kind = WorkbookDocument(root) else {
                let reader = try openXML(path, root, text)
                try options.refuse([.delimiter, .quote, .headerRow, .sheet], "an XML manifest", path)
                return reader
            }
            try options.refuse([.delimiter, .quote], "a workbook", path)
            try requireFile(path)
            return try Workbook.openDocument(kind, path, options)
        }
        if let format = UnreadableFormat(head.bytes, isEncodingSaid: options.encoding != nil) {
            throw ManifestError(.malformed, path: path, message: format.advice)
        }
        try options.refuse([.sheet], "a CSV text", path)
        return try CSVReader(path: path, head: head, source: source, options: options)
    }

    /// Opens a manifest once it is sure that it can be read to its end as what it is, as far as that takes reading it.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - options: what is known of it beyond its bytes.
    /// - Returns: a reader that has read the header.
    /// - Throws: `ManifestError` as `open`, and where an XML document is not well-formed or a workbook is damaged, unless
    ///   the rows before the fault are wanted.
    package static func openVerified(
        _ path: String,
        _ options: ManifestOptions
    ) throws(ManifestError) -> any ManifestReader {
        let canReadTwice = Folder.isRegularFile(path)
        if canReadTwice, !options.isPartial { try verify(path, options) }
        let reader = try open(path, options)
        guard canReadTwice || options.isPartial || !(reader is XMLManifestReader) else {
            let message =
                "an XML manifest is read to its end before anything is sent, which a pipe does not allow; "
                + "save it in a file first"
            throw ManifestError(.malformed, path: path, message: message)
        }
        return reader
    }

    private static func verify(_ path: String, _ options: ManifestOptions) throws(ManifestError) {
        let source = try FileSource(path)
        let head = try Head(of: source)
        if Workbook.isArchive(head.bytes) {
            try options.refuse(ManifestOptions.Statement.ofTexts, "a workbook", path)
            let reader = try Workbook.openArchive(path, options)
            while try reader.next() != nil {}
        }
        let text = try XMLText(path: path, head: head, source: source, encoding: options.encoding)
        guard let text, try XMLRoot(text, path: path) != nil else { return }
        let stream = XMLStream<XMLManifest.Name>(path: path, prefixes: [:], isUTF8: text.isUTF8) {
            buffer throws(ManifestError) in try text.read(into: &buffer)
        }
        while try stream.next() != nil {}
    }

    /// Makes sure that a path leads to a file, in which a reader can go back and forth.
    private static func requireFile(_ path: String) throws(ManifestError) {
        guard !Folder.isRegularFile(path) else { return }
        let message = "a workbook can't be read from a pipe; save it in a file first"
        throw ManifestError(.malformed, path: path, message: message)
    }
}
