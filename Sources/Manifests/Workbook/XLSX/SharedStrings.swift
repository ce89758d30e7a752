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
                let whole = text.finish()
                append(whole.span)
                ends.append(UInt32(clamping: bytes.count))
                guard bytes.count + ends.count * 4 <= limit else { throw Self.tooMuch(archive, limit) }
            default:
                text.take(event, stream)
                try stream.checkCell(text.bytes.count, limit: archive.limits.cell)
            }
        }
    }

    /// Checks a text here, once, as a sheet asks for millions.
    private mutating func append(_ text: Span<UInt8>) {
        if text.isASCII || text.isUTF8 {
            unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        } else {
            bytes.append(contentsOf: text.text.utf8)
        }
    }

    /// Adds the text at a position to a row.
    ///
    /// - Parameters:
    ///   - position: the position.
    ///   - row: the row.
    ///   - column: the cell's column, from 0.
    ///   - limit: the longest row, in bytes.
    /// - Returns: whether there is such a text.
    func append(_ position: Int, to row: inout SheetRow, column: Int, limit: Int) -> Bool {
        guard ends.indices.contains(position) else { return false }
        let start = position == 0 ? 0 : Int(ends[position - 1])
        row.append(valid: bytes.span.extracting(start..<Int(ends[position])), column: column, limit: limit)
        return true
    }

    private static func tooMuch(_ archive: ZipArchive, _ limit: Int) -> ManifestError {
        archive.error(
            "the texts of the workbook unpack to more than \(limit >> 20) MiB; split it, or save the sheet as \"CSV UTF-8\""
        )
    }
}
