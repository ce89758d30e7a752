/// A text whose encoding is known: its first bytes as the records are found in them, and where the rest comes from.
struct OpenedText {
    let head: Head
    let source: any ByteSource
    let decoder: CellDecoder
    let trait: ManifestTrait
    /// What a person should look at where the encoding is a guess that may be wrong.
    let notice: ManifestNotice?
    /// The length of a byte-order mark that the head still begins with.
    let markLength: Int

    /// Finds a text's encoding, unless it is said, and opens it in it.
    ///
    /// - Throws: `ManifestError` where the encoding that is said is not known.
    init(path: String, head: Head, source: any ByteSource, encoding name: String?) throws(ManifestError) {
        var found = EncodingFinder.find(in: head.bytes, isWhole: head.isWhole)
        if let name {
            let given = try Self.encoding(name, head: head, path: path)
            let marked = EncodingFinder.marked(head.bytes)
            let markLength = marked.map { $0.encoding == given ? $0.markLength : 0 } ?? 0
            found = EncodingFinder.Finding(encoding: given, markLength: markLength, reason: "it is said by --encoding")
        }
        notice = found.doubt.map { ManifestNotice(line: $0.line, message: $0.message) }
        trait = ManifestTrait("encoding", found.encoding.name, reason: found.reason)
        if case .whole(let unit) = found.encoding.form {
            guard let converter = Converter(from: found.encoding.converterName) else {
                throw Self.unknown(found.encoding.name, path: path)
            }
            let rest = head.bytes[found.markLength...]
            let converted = TranscodingSource(
                source,
                head: rest,
                converter: converter,
                unit: unit,
                pasted: PastedUTF8(in: found.encoding)
            )
            self.head = try Head(of: converted)
            self.source = converted
            decoder = CellDecoder(found.encoding)
            markLength = self.head.bytes.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
        } else {
            self.head = head
            self.source = source
            decoder = CellDecoder(found.encoding, fallbacks: Self.fallbacks(found.encoding, head))
            markLength = found.markLength
        }
    }

    /// The encoding of a name that the user says.
    ///
    /// - Throws: `ManifestError` where it is not known.
    static func encoding(_ name: String, head: Head, path: String) throws(ManifestError) -> TextEncoding {
        // Which of the two it is, the text says.
        if EncodingNames.isWide(name) {
            let found = EncodingFinder.marked(head.bytes) ?? EncodingFinder.wide(head.bytes)
            if let found, found.encoding.name.hasPrefix("UTF-") { return found.encoding }
            return name.hasSuffix("32") ? .utf32BigEndian : .utf16BigEndian
        }
        guard let encoding = TextEncoding.named(name), Converter(from: encoding.converterName) != nil else {
            throw unknown(name, path: path)
        }
        return encoding
    }

    private static func unknown(_ name: String, path: String) -> ManifestError {
        let message = "the encoding '\(name)' is not known; use a name such as UTF-8, windows-1252 or Shift_JIS"
        return ManifestError(.malformed, path: path, message: message)
    }

    /// What the cells of a text in UTF-8 that are none are likeliest to be in: what the text's own letters are in
    /// where they are not Unicode.
    private static func fallbacks(_ encoding: TextEncoding, _ head: Head) -> [TextEncoding] {
        guard encoding == .utf8 else { return [] }
        let text = String(decoding: EncodingFinder.foreignLines(head.bytes), as: UTF8.self)
        var counts: [String: Int] = [:]
        for scalar in text.unicodeScalars {
            let name: String? =
                switch scalar.value {
                case 0x370...0x3FF: "windows-1253"
                case 0x400...0x4FF: "windows-1251"
                case 0x590...0x5FF: "windows-1255"
                case 0x600...0x6FF: "windows-1256"
                case 0x3041...0x30FF: "Shift_JIS"
                case 0xAC00...0xD7A3: "EUC-KR"
                case 0x4E00...0x9FFF: "GB18030"
                case 0x104...0x107, 0x10C...0x10F, 0x118...0x11B, 0x139...0x148, 0x150...0x151, 0x158...0x17E:
                    "windows-1250"
                case 0x11E...0x11F, 0x130...0x131: "windows-1254"
                default: nil
                }
            if let name { counts[name, default: 0] += 1 }
        }
        // Japanese has more Chinese characters than its own, but no Chinese text has those.
        if let kana = counts["Shift_JIS"], kana * 20 >= counts["GB18030", default: 0] {
            counts["Shift_JIS"] = kana + (counts.removeValue(forKey: "GB18030") ?? 0)
        }
        // A single name from elsewhere says nothing of the rest.
        let likeliest = counts.filter { $0.value >= 4 }.max { ($0.value, $1.key) < ($1.value, $0.key) }
        let names =
            switch likeliest?.key {
            case "Shift_JIS": ["Shift_JIS", "EUC-JP"]
            case "GB18030": chinese(text)
            case let name?: [name]
            case nil: [TextEncoding.western.name]
            }
        return names.compactMap(TextEncoding.named)
    }

    /// The encodings of Chinese, that of the characters of a text first.
    private static func chinese(_ text: String) -> [String] {
        let names = ["GB18030", "Big5"]
        let sets = names.compactMap(TextEncoding.named).compactMap(PastedUTF8.init)
        guard sets.count == 2, sets[1].count(in: text, without: sets[0]) > sets[0].count(in: text, without: sets[1])
        else { return names }
        return names.reversed()
    }
}
