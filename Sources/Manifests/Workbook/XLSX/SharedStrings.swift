/// The texts of an XLSX workbook that its cells share: all of them in one run of bytes, and where each ends.
struct SharedStrings {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    /// No texts, for a workbook that has none.
    init() {}

    /// Reads the part that has them.
    ///
    /// - Throws: `ManifestError` where it is damaged, or has more text than belongs into memory.
    init(_ archive: ZipArchive, part: String) throws(ManifestError) {
        let packed = archive.packedSize(of: part)
        let limit = min(archive.limits.sharedText + packed * archive.limits.sharedTextRatio, Int(Int32.max))
        // Memory that is asked for but never touched costs nothing; growing step by step would cost twice the texts.
        bytes.reserveCapacity(min(archive.unpackedSize(of: part), limit))
        let stream = try XLSXStream(archive, part: part)
        var text = RichText()
        while let event = try stream.next() {
            switch event {
            case .start(.sharedStrings):
                ends.reserveCapacity(min(max(0, stream.attribute(.uniqueCount).flatMap { Int($0) } ?? 0), limit / 4))
            case .start(.item): text.removeAll()
            case .end(.item):
                bytes.append(contentsOf: text.finish())
                ends.append(UInt32(clamping: bytes.count))
                guard bytes.count + ends.count * 4 <= limit else { throw Self.tooMuch(archive, limit) }
            default:
                text.take(event, stream)
                try stream.checkCell(text.bytes.count, limit: archive.limits.cell)
            }
        }
    }

    /// The text at a position; nil where there is none.
    subscript(position: Int) -> String? {
        guard ends.indices.contains(position) else { return nil }
        let start = position == 0 ? 0 : Int(ends[position - 1])
        let end = Int(ends[position])
        // Nearly every text: a sheet asks for millions, and ASCII needs no second check of what the parser checked.
        if let text = bytes.span.extracting(start..<end).textOfASCII { return text }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private static func tooMuch(_ archive: ZipArchive, _ limit: Int) -> ManifestError {
        archive.error(
            "the texts of the workbook unpack to more than \(limit >> 20) MiB; split it, or save the sheet as \"CSV UTF-8\""
        )
    }
}
