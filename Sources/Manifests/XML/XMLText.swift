#if canImport(Glibc)
    internal import Glibc
#endif

/// The bytes of a file that holds XML, as the parser is to get them.
///
/// The parser takes the document's word for its encoding. Only two things are put right before: a text in wide characters
/// or in an encoding that the user says is made UTF-8; and a lone carriage return is made a line feed, which comes to the
/// same in XML, but the parser counts lines by line feeds.
@safe final class XMLText: ByteSource {
    /// The first bytes.
    let head: Head
    /// Whether it is UTF-8, whatever the document says.
    let isUTF8: Bool
    /// How the encoding is known; nil where the document says it.
    let trait: ManifestTrait?

    private var rest: ArraySlice<UInt8>
    private let source: any ByteSource
    /// Whether the last byte was a carriage return, which a line feed may follow.
    private var endsInReturn = false

    /// Takes a text whose first bytes are read already; nil where it does not begin as XML does.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - head: its first bytes.
    ///   - source: the rest.
    ///   - name: the encoding that the user says.
    /// - Throws: `ManifestError` where that encoding is not known, or the file can't be read.
    init?(path: String, head: Head, source: any ByteSource, encoding name: String?) throws(ManifestError) {
        guard XMLRoot.begins(head.bytes) else { return nil }
        let wide = Self.wideEncoding(head.bytes)
        let said = try name.map { name throws(ManifestError) in
            try OpenedText.encoding(name, head: head, path: path)
        }
        guard let encoding = said ?? wide?.encoding else {
            (self.head, self.source, isUTF8, trait) = (head, source, false, nil)
            rest = head.bytes[...]
            return
        }
        let reason = said != nil ? "it is said by --encoding" : "the first bytes say so"
        trait = ManifestTrait("encoding", encoding.name, reason: reason)
        isUTF8 = true
        if encoding != .utf8, let converter = Converter(from: encoding.converterName) {
            let mark = wide?.encoding == encoding ? wide?.markLength ?? 0 : 0
            let unit = if case .whole(let unit) = encoding.form { unit } else { 1 }
            let bytes = head.bytes.dropFirst(mark)
            self.source = TranscodingSource(source, head: bytes, converter: converter, unit: unit, pasted: nil)
            self.head = try Head(of: self.source)
        } else {
            (self.head, self.source) = (head, source)
        }
        rest = self.head.bytes[...]
    }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        while true {
            let count = rest.isEmpty ? try source.read(into: &buffer) : buffer.fill(from: &rest)
            guard count > 0 else { return 0 }
            let left = endLines(&buffer, count)
            if left > 0 { return left }
        }
    }

    /// Makes line feeds of the carriage returns that none follows.
    ///
    /// - Returns: how many bytes there are then.
    private func endLines(_ buffer: inout [UInt8], _ count: Int) -> Int {
        var count = count
        // The carriage return before was made a line feed already.
        if endsInReturn, buffer[0] == .lineFeed {
            buffer.removeFirst()
            buffer.append(0)
            count -= 1
        }
        endsInReturn = count > 0 && buffer[count - 1] == .carriageReturn
        unsafe buffer.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            var index = 0
            // Most texts have none, and the system looks through those faster than a loop.
            while index < count, let found = unsafe memchr(start + index, Int32(UInt8.carriageReturn), count - index) {
                index = unsafe UnsafeRawPointer(start).distance(to: found)
                let isLone = unsafe index + 1 == count || bytes[index + 1] != .lineFeed
                if isLone { unsafe bytes[index] = .lineFeed }
                index += 1
            }
        }
        return count
    }

    /// The encoding of a text whose characters are wide, by its byte-order mark or its first character, which is `<`.
    private static func wideEncoding(_ head: [UInt8]) -> (encoding: TextEncoding, markLength: Int)? {
        if let marked = EncodingFinder.marked(head) {
            let isWide = [.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian]
                .contains(marked.encoding)
            return isWide ? (marked.encoding, marked.markLength) : nil
        }
        let starts: [([UInt8], TextEncoding)] = [
            ([0x3C, 0, 0, 0], .utf32LittleEndian), ([0, 0, 0, 0x3C], .utf32BigEndian), ([0x3C, 0], .utf16LittleEndian),
            ([0, 0x3C], .utf16BigEndian),
        ]
        return starts.first { head.starts(with: $0.0) }.map { ($0.1, 0) }
    }
}

extension XMLText {
    /// Opens a file that is known to hold XML.
    ///
    /// - Throws: `ManifestError` where it can't be read.
    convenience init?(path: String, encoding: String?) throws(ManifestError) {
        let source = try FileSource(path)
        try self.init(path: path, head: Head(of: source), source: source, encoding: encoding)
    }
}
