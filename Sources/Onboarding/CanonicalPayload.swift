/// The body of a create-customer request as canonical JSON (contract, section 5): members sorted by name at every
/// level, absent ones left out, no white space, and no escapes that JSON does not require.
struct CanonicalPayload: Sendable {
    /// The request's members, sorted, as the columns' paths name them.
    private static let root = object(Column.requests.flatMap { column in column.paths.map { (path($0), column) } })

    private indirect enum Member: Sendable {
        /// The bytes before the value, and where the value comes from.
        case value(opening: [UInt8], Column)
        case object(opening: [UInt8], [Member])
    }

    /// Writes a row's request.
    ///
    /// - Parameter row: the row, normalised.
    /// - Returns: its canonical JSON.
    static func bytes(of row: CheckedRow) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1024)
        output.append(UInt8(ascii: "{"))
        _ = write(root, of: row, to: &output)
        output.append(UInt8(ascii: "}"))
        return output
    }

    /// Writes the members that the row has, and says whether there was one.
    private static func write(_ members: [Member], of row: CheckedRow, to output: inout [UInt8]) -> Bool {
        var isEmpty = true
        for member in members {
            let start = output.count
            if !isEmpty { output.append(UInt8(ascii: ",")) }
            switch member {
            case .value(let opening, let column):
                let text = row[column]
                guard !text.isEmpty else {
                    output.removeLast(output.count - start)
                    continue
                }
                output.append(contentsOf: opening)
                write(text, isPlain: row.isPlain(column), to: &output)
                output.append(UInt8(ascii: "\""))
            case .object(let opening, let members):
                output.append(contentsOf: opening)
                guard write(members, of: row, to: &output) else {
                    output.removeLast(output.count - start)
                    continue
                }
                output.append(UInt8(ascii: "}"))
            }
            isEmpty = false
        }
        return !isEmpty
    }

    /// Writes a string's inside; a plain one can need an escape for `"` and `\` only.
    private static func write(_ text: String, isPlain: Bool, to output: inout [UInt8]) {
        let bytes = text.utf8Span.span
        for index in bytes.indices where needsEscape(bytes[index]) {
            for byte in text.utf8 { writeEscaped(byte, to: &output) }
            return
        }
        output.append(contentsOf: text.utf8)
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

    /// Sorts members by their paths and nests them.
    private static func object(_ members: [(path: [Substring], column: Column)]) -> [Member] {
        let byName = Dictionary(grouping: members) { $0.path[0] }
        return byName.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }.map { name, inner in
            if inner.count == 1, inner[0].path.count == 1 {
                return .value(opening: Array("\"\(name)\":\"".utf8), inner[0].column)
            }
            let nested = inner.map { (path: Array($0.path.dropFirst()), column: $0.column) }
            return .object(opening: Array("\"\(name)\":{".utf8), object(nested))
        }
    }

    private static func path(_ text: String) -> [Substring] { text.split(separator: ".") }
}

extension Sequence<UInt8> {
    /// The bytes as lower-case hexadecimal digits, in ASCII.
    var hexadecimal: [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
}
