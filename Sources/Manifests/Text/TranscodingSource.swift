/// The bytes of a text made UTF-8 on the way; what can't be decoded is one `Converter.damage` byte.
final class TranscodingSource: ByteSource {
    private let source: any ByteSource
    private let converter: Converter
    private let unit: Int
    /// What is read but not converted: the head at first, later the start of a character.
    private var pending: [UInt8]
    private var chunk = [UInt8](repeating: 0, count: 1 << 17)
    private var output: [UInt8] = []
    private var given = 0
    private var isFinished = false

    /// Makes a source of a text whose first bytes are read already.
    init(_ source: any ByteSource, head: ArraySlice<UInt8>, converter: Converter, unit: Int) {
        self.source = source
        self.converter = converter
        self.unit = unit
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
        let done = converter.convertAll(pending.span, unit: unit, isEnd: isFinished, to: &output)
        pending.removeSubrange(..<done)
    }
}
