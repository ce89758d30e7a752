/// The bytes of a text made UTF-8 on the way; what can't be decoded is one `Converter.damage` byte.
final class TranscodingSource: ByteSource {
    /// What stands before bytes that were UTF-8 already: a byte that no UTF-8 has, so that their cell is told.
    static let pastedMark: UInt8 = 0xFE

    private let source: any ByteSource
    private let converter: Converter
    private let unit: Int
    private let pasted: PastedUTF8?
    /// What is read but not converted: the head at first, later the start of a character.
    private var pending: [UInt8]
    private var chunk = [UInt8](repeating: 0, count: 1 << 17)
    private var output: [UInt8] = []
    private var given = 0
    private var isFinished = false

    /// Makes a source of a text whose first bytes are read already.
    init(_ source: any ByteSource, head: ArraySlice<UInt8>, converter: Converter, unit: Int, pasted: PastedUTF8?) {
        self.source = source
        self.converter = converter
        self.unit = unit
        self.pasted = pasted
        pending = Array(head)
    }

    func read(into buffer: inout [UInt8]) throws(ManifestError) -> Int {
        while given == output.count {
            guard !isFinished else { return 0 }
            try fill()
        }
        let count = min(buffer.count, output.count - given)
        buffer.replaceSubrange(..<count, with: output[given..<given + count])
        given += count
        return count
    }

    private func fill() throws(ManifestError) {
        output.removeAll(keepingCapacity: true)
        given = 0
        if pending.count < chunk.count {
            let count = try source.read(into: &chunk)
            pending.append(contentsOf: chunk[..<count])
            isFinished = count == 0
        }
        // A line break or an end-of-file mark that a program for bytes put at the end of a text in wider units.
        if isFinished, unit > 1, pending.count == 1, pending[0] < 0x20 { pending = [] }
        let done =
            if let pasted {
                convertCells(pasted)
            } else {
                converter.convertAll(pending.span, unit: unit, isEnd: isFinished, to: &output)
            }
        pending.removeSubrange(..<done)
    }

    /// Converts what is pending but the cells that are UTF-8 already.
    ///
    /// No byte of a character of several bytes in these encodings looks like what stands between cells, but for a
    /// vertical bar; with that for a delimiter a whole line counts as one cell.
    ///
    /// - Returns: how many bytes are done with.
    private func convertCells(_ pasted: PastedUTF8) -> Int {
        var done = 0
        var start = 0
        while true {
            let end = endOfCell(from: start)
            let isCut = end == pending.count && !isFinished
            // A cell that is longer is no use to anybody and goes the usual way.
            if isCut, start > 0 || pending.count < chunk.count { break }
            if !isCut, isPasted(pasted, start, end) {
                convert(from: done, to: start)
                output.append(Self.pastedMark)
                output.append(contentsOf: pending[start..<end])
                done = end
            }
            start = min(end + 1, pending.count)
            if end == pending.count { break }
        }
        if start == pending.count, !isFinished {
            let rest = pending[done...]
            return done + converter.convertAll(rest.span, unit: unit, isEnd: false, to: &output)
        }
        convert(from: done, to: start)
        return start
    }

    private func convert(from start: Int, to end: Int) {
        let cells = pending[start..<end]
        _ = converter.convertAll(cells.span, unit: unit, isEnd: true, to: &output)
        converter.reset()
    }

    private func endOfCell(from start: Int) -> Int {
        var index = start
        while index < pending.count, !Self.endsCell(pending[index]) { index += 1 }
        return index
    }

    private static func endsCell(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), .quote, .lineFeed, .carriageReturn: true
        default: false
        }
    }

    private func isPasted(_ pasted: PastedUTF8, _ start: Int, _ end: Int) -> Bool {
        let cell = pending[start..<end]
        guard !cell.span.isASCII, let text = CellDecoder.utf8(cell.span) else { return false }
        let own = CellDecoder.text(cell.span, converter)
        converter.reset()
        return pasted.isLikelier(text, than: own)
    }
}
