extension Manifest {
    /// Opens an XML document by its root element.
    ///
    /// - Throws: `ManifestError` where it is no manifest.
    static func openXML(
        _ path: String,
        _ root: XMLRoot,
        _ text: XMLText
    ) throws(ManifestError) -> any ManifestReader {
        guard root.name == XMLManifest.Name.customers.rawValue,
            root.namespace.isEmpty || root.namespace == XMLManifest.namespace
        else {
            let namespace = root.namespace.isEmpty ? "" : " of the namespace \(root.namespace)"
            let message =
                "the root element is '\(root.name)'\(namespace), not the 'customers' of a manifest; "
                + "see purser template --format xml"
            throw ManifestError(.malformed, path: path, message: message)
        }
        return try XMLManifestReader(path: path, isQualified: !root.namespace.isEmpty, text: text)
    }
}
