/// Writes CSV as RFC 4180 has it: UTF-8 without a byte-order mark, commas, CRLF line ends, quotes where they are needed.
///
/// The line ends are CRLF because the RFC says so and every spreadsheet program reads them alike.
package enum CSVWriter {
    /// Appends one record.
    ///
    /// What is written reads back as the same cells, whichever they are.
    ///
    /// - Parameters:
    ///   - cells: the record's cells.
    ///   - guarded: whether cells that a spreadsheet would run as formulas are kept from that; see `FormulaGuard`.
    ///   - bytes: what the record is appended to.
    package static func append(_ cells: [String], guarded: Bool, to bytes: inout [UInt8]) {
        // A line of nothing but delimiters and blanks would be read as no record at all.
        let isBlank = cells.allSatisfy { $0.utf8.allSatisfy(\.isBlank) }
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if cell.isEmpty, !isBlank { continue }
            let isGuarded = guarded && FormulaGuard.covers(cell)
            append(cell, isGuarded: isGuarded, isQuoted: index == 0 && isBlank, to: &bytes)
        }
        bytes.append(.carriageReturn)
        bytes.append(.lineFeed)
    }

    private static func append(_ cell: String, isGuarded: Bool, isQuoted: Bool, to bytes: inout [UInt8]) {
        let span = cell.utf8Span.span
        guard isQuoted || needsQuotes(span) else {
            if isGuarded { bytes.append(FormulaGuard.mark) }
            unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
            return
        }
        bytes.append(.quote)
        if isGuarded { bytes.append(FormulaGuard.mark) }
        var start = 0
        for index in span.indices where span[index] == .quote {
            // Up to the quote and with it; the next piece begins with it once more.
            append(span.extracting(start..<index + 1), to: &bytes)
            start = index
        }
        append(span.extracting(start..<span.count), to: &bytes)
        bytes.append(.quote)
    }

    private static func append(_ piece: Span<UInt8>, to bytes: inout [UInt8]) {
        unsafe piece.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Whether a cell holds what would end it, what another program may take for the delimiter, or a byte-order mark.
    private static func needsQuotes(_ cell: Span<UInt8>) -> Bool {
        for index in cell.indices {
            let byte = cell[index]
            if byte < 64 ? quotedBytes >> UInt64(byte) & 1 == 1 : byte == UInt8(ascii: "|") { return true }
        }
        guard cell.count >= 3, cell[0] == ByteOrderMark.utf8[0] else { return false }
        return cell[1] == ByteOrderMark.utf8[1] && cell[2] == ByteOrderMark.utf8[2]
    }

    /// The bytes below 64 for which a cell needs quotes, a bit for each: tab, LF, CR, `"`, `,` and `;`.
    private static let quotedBytes: UInt64 = 1 << 9 | 1 << 10 | 1 << 13 | 1 << 34 | 1 << 44 | 1 << 59
}
