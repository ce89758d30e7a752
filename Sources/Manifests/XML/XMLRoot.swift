/// The root element of an XML text, told from its first bytes.
struct XMLRoot: Hashable {
    /// Its name, without a prefix.
    let name: String
    /// Its namespace; empty for none.
    let namespace: String

    private enum NoName: String, CaseIterable {
        case none = " "
    }

    /// Reads up to the root element; nil where the text is no XML.
    ///
    /// - Throws: `ManifestError` where the text begins as XML does, but is not well-formed up to there.
    init?(_ head: [UInt8], path: String) throws(ManifestError) {
        guard Self.begins(head) else { return nil }
        var rest = head[...]
        let stream = XMLStream<NoName>(path: path, prefixes: [:]) { buffer throws(ManifestError) in
            buffer.fill(from: &rest)
        }
        while let event = try stream.next() {
            guard case .start = event else { continue }
            let parts = stream.unknownName.split(separator: "}", maxSplits: 1)
            name = String(parts.last ?? "")
            namespace = parts.count == 2 ? String(parts[0].dropFirst()) : ""
            return
        }
        return nil
    }

    /// Whether a text begins as XML does, in whatever encoding, and not as HTML does.
    private static func begins(_ head: [UInt8]) -> Bool {
        // What is left of UTF-16 and UTF-32 without zeros is enough to tell.
        let start = head.prefix(1024).filter { $0 != 0 }
        let marks = [ByteOrderMark.utf8, ByteOrderMark.utf16LittleEndian, ByteOrderMark.utf16BigEndian]
        let length = marks.first(where: start.starts(with:))?.count ?? 0
        return UnreadableFormat.markup([UInt8](start.dropFirst(length))) == .xml
    }
}

extension [UInt8] {
    /// Takes as many bytes from the start of others as there is room for.
    ///
    /// - Returns: how many these are.
    mutating func fill(from rest: inout ArraySlice<UInt8>) -> Int {
        let next = rest.prefix(count)
        replaceSubrange(..<next.count, with: next)
        rest = rest.dropFirst(next.count)
        return next.count
    }
}
