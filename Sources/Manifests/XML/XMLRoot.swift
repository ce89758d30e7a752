/// The root element of an XML text, told from its first bytes.
struct XMLRoot: Hashable {
    /// Its name, without a prefix.
    let name: String
    /// Its namespace; empty for none.
    let namespace: String

    private enum NoName: String, CaseIterable {
        case none = " "
    }

    /// Reads up to the root element; nil where there is none.
    ///
    /// - Throws: `ManifestError` where the text is not well-formed up to there, or there is too much before it.
    init?(_ text: XMLText, path: String) throws(ManifestError) {
        var rest = text.head.bytes[...]
        let isWhole = text.head.isWhole
        let stream = XMLStream<NoName>(path: path, prefixes: [:], isUTF8: text.isUTF8) { buffer throws(ManifestError) in
            guard isWhole || !rest.isEmpty else {
                let message =
                    "the root element does not begin within the first \(Head.length) bytes; "
                    + "shorten the comments before it"
                throw ManifestError(.malformed, path: path, message: message)
            }
            return buffer.fill(from: &rest)
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
    static func begins(_ head: [UInt8]) -> Bool {
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
