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
        if let root = try XMLRoot(head.bytes, path: path) { return try openXML(path, root, head, source) }
        if let format = UnreadableFormat(head.bytes) {
            throw ManifestError(.malformed, path: path, message: format.advice)
        }
        return try CSVReader(path: path, head: head, source: source, options: options)
    }

    /// Makes sure that a manifest can be read to its end as what it is, as far as that takes reading it.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - options: what is known of it beyond its bytes.
    /// - Throws: `ManifestError` where an XML document is not well-formed, unless the rows before the fault are wanted.
    package static func verify(_ path: String, _ options: ManifestOptions) throws(ManifestError) {
        guard !options.isPartial, try XMLRoot(Head(of: FileSource(path)).bytes, path: path) != nil else { return }
        let source = try FileSource(path)
        let stream = XMLStream<XMLManifest.Name>(path: path, prefixes: [:]) { buffer throws(ManifestError) in
            try source.read(into: &buffer)
        }
        while try stream.next() != nil {}
    }
}
