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
        if let format = UnreadableFormat(head.bytes) {
            throw ManifestError(.malformed, path: path, message: format.advice)
        }
        return try CSVReader(path: path, head: head, source: source)
    }
}
