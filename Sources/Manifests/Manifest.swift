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
        if Workbook.isArchive(head.bytes) { return try Workbook.openArchive(path, options) }
        if CompoundFile.isOne(head.bytes) { throw try CompoundFile.refusal(path, head, source) }
        if let root = try XMLRoot(head.bytes, path: path) { return try openXML(path, root, options, head, source) }
        if let format = UnreadableFormat(head.bytes) {
            throw ManifestError(.malformed, path: path, message: format.advice)
        }
        return try CSVReader(path: path, head: head, source: source)
    }

    /// Makes sure that a manifest can be read to its end as what it is, as far as that takes reading it.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - options: what is known of it beyond its bytes.
    /// - Throws: `ManifestError` where an XML document is not well-formed or a workbook is damaged, unless the rows before the fault are wanted.
    package static func verify(_ path: String, _ options: ManifestOptions) throws(ManifestError) {
        guard !options.isPartial else { return }
        let source = try FileSource(path)
        let head = try Head(of: source).bytes
        if Workbook.isArchive(head) {
            let reader = try Workbook.openArchive(path, options)
            while try reader.next() != nil {}
        }
        guard try XMLRoot(head, path: path) != nil else { return }
        let start = try FileSource(path)
        let stream = XMLStream<XMLManifest.Name>(path: path, prefixes: [:]) { buffer throws(ManifestError) in
            try start.read(into: &buffer)
        }
        while try stream.next() != nil {}
    }

    private static func openXML(
        _ path: String,
        _ root: XMLRoot,
        _ options: ManifestOptions,
        _ head: Head,
        _ source: FileSource
    ) throws(ManifestError) -> any ManifestReader {
        if let kind = WorkbookDocument(root) { return try Workbook.openDocument(kind, path, options) }
        guard root.name == XMLManifest.Name.customers.rawValue,
            root.namespace.isEmpty || root.namespace == XMLManifest.namespace
        else {
            let namespace = root.namespace.isEmpty ? "" : " of the namespace \(root.namespace)"
            let message =
                "the root element is '\(root.name)'\(namespace), not the 'customers' of a manifest; "
                + "see purser template --format xml"
            throw ManifestError(.malformed, path: path, message: message)
        }
        return try XMLManifestReader(path: path, isQualified: !root.namespace.isEmpty, head: head, source: source)
    }
}
