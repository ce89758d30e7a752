/// Writes records as JSON Lines: each one array of strings on a line of its own, in UTF-8.
///
/// It is written by hand because an encoder of the library costs ten times as much as all of the reading.
package enum JSONLinesWriter {
    /// Appends one record.
    ///
    /// Nothing is escaped but what RFC 8259 asks for: the quotation mark, the backslash and the control characters
    /// below U+0020.
    ///
    /// - Parameters:
    ///   - cells: the record's cells.
    ///   - bytes: what the record is appended to.
    package static func append(_ cells: [String], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for cell in cells {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes.append(.quote)
            if !cell.isEmpty { append(cell.utf8Span.span, to: &bytes) }
            bytes.append(.quote)
        }
        bytes.append(UInt8(ascii: "]"))
        bytes.append(.lineFeed)
    }

    private static func append(_ cell: Span<UInt8>, to bytes: inout [UInt8]) {
        var start = 0
        for index in cell.indices where cell[index] < 0x20 || cell[index] == .quote || cell[index] == .backslash {
            append(piece: cell.extracting(start..<index), to: &bytes)
            appendEscape(cell[index], to: &bytes)
            start = index + 1
        }
        append(piece: cell.extracting(start..<cell.count), to: &bytes)
    }

    private static func append(piece: Span<UInt8>, to bytes: inout [UInt8]) {
        unsafe piece.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(.backslash)
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case .lineFeed: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case .carriageReturn: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            bytes.append([UInt8]("0123456789abcdef".utf8)[Int(byte & 0x0F)])
        default: bytes.append(byte)
        }
    }
}
