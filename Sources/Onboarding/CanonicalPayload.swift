/// The body of a create-customer request as canonical JSON (contract, section 5): members sorted by name at every
/// level, absent ones left out, no white space, and no escapes that JSON does not require.
struct CanonicalPayload: Sendable {
    /// What is written for a row, in order; laid out once from the columns' paths.
    private static let plan = Plan()

    /// Writes a row's request.
    ///
    /// - Parameter row: the row, normalised.
    /// - Returns: its canonical JSON.
    static func bytes(of row: CheckedRow) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1024)
        let cells = row.cells.bytes
        output.append(UInt8(ascii: "{"))
        for step in plan.steps where !row.filled.isDisjoint(with: step.columns) {
            guard let opening = step.opening else {
                output.append(UInt8(ascii: "}"))
                continue
            }
            if let last = output.last, last != UInt8(ascii: "{") { output.append(UInt8(ascii: ",")) }
            output.append(contentsOf: plan.openings[opening])
            guard let column = step.column else { continue }
            write(cells.span.extracting(row.cells[at: column]), to: &output)
            output.append(UInt8(ascii: "\""))
        }
        output.append(UInt8(ascii: "}"))
        return output
    }

    /// Writes a string's inside.
    private static func write(_ text: Span<UInt8>, to output: inout [UInt8]) {
        for index in text.indices where needsEscape(text[index]) {
            for index in text.indices { writeEscaped(text[index], to: &output) }
            return
        }
        unsafe text.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func writeEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): output.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): output.append(contentsOf: #"\\"#.utf8)
        case 0x08: output.append(contentsOf: #"\b"#.utf8)
        case 0x09: output.append(contentsOf: #"\t"#.utf8)
        case 0x0A: output.append(contentsOf: #"\n"#.utf8)
        case 0x0C: output.append(contentsOf: #"\f"#.utf8)
        case 0x0D: output.append(contentsOf: #"\r"#.utf8)
        case 0..<0x20:
            output.append(contentsOf: #"\u00"#.utf8)
            output.append(contentsOf: [byte].hexadecimal)
        default: output.append(byte)
        }
    }
}

/// The members of a request in their sorted order, as a flat list of what is to be written.
private struct Plan: Sendable {
    /// One thing to write, where at least one of its columns has a cell.
    struct Step: Sendable {
        /// Where its bytes stand in `openings`; nil for the end of an object.
        let opening: Range<Int>?
        /// Whose cell is written after them; nil for an object.
        let column: Column?
        let columns: ColumnSet
    }

    private(set) var steps: [Step] = []
    /// The bytes before each value and each object's first member.
    private(set) var openings: [UInt8] = []

    init() {
        add(Column.requests.flatMap { column in column.paths.map { ($0.split(separator: "."), column) } })
    }

    /// Sorts members by name and nests them.
    private mutating func add(_ members: [(path: [Substring], column: Column)]) {
        let byName = Dictionary(grouping: members) { $0.path[0] }
        for (name, inner) in byName.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let start = openings.count
            let columns = ColumnSet(inner.map(\.column))
            let isValue = inner.count == 1 && inner[0].path.count == 1
            openings += (isValue ? "\"\(name)\":\"" : "\"\(name)\":{").utf8
            let column = isValue ? inner[0].column : nil
            steps.append(Step(opening: start..<openings.count, column: column, columns: columns))
            guard !isValue else { continue }
            add(inner.map { (path: Array($0.path.dropFirst()), column: $0.column) })
            steps.append(Step(opening: nil, column: nil, columns: columns))
        }
    }
}

extension Collection<UInt8> {
    /// The bytes as lower-case hexadecimal digits, in ASCII.
    package var hexadecimal: [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(count * 2)
        for byte in self { digits.appendHexadecimal(byte) }
        return digits
    }
}

extension [UInt8] {
    /// Appends a byte as two lower-case hexadecimal digits: computed, for every row's key has a hundred of them.
    ///
    /// - Parameter byte: the byte.
    mutating func appendHexadecimal(_ byte: UInt8) {
        append(Self.digit(byte >> 4))
        append(Self.digit(byte & 15))
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
