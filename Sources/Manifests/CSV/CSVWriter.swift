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
            let isGuarded = guarded && FormulaGuard.covers(cell)
            append(cell, isGuarded: isGuarded, isQuoted: (index == 0 && isBlank) || needsQuotes(cell), to: &bytes)
        }
        bytes.append(.carriageReturn)
        bytes.append(.lineFeed)
    }

    private static func append(_ cell: String, isGuarded: Bool, isQuoted: Bool, to bytes: inout [UInt8]) {
        if isQuoted { bytes.append(.quote) }
        if isGuarded { bytes.append(FormulaGuard.mark) }
        if isQuoted {
            for byte in cell.utf8 {
                if byte == .quote { bytes.append(.quote) }
                bytes.append(byte)
            }
            bytes.append(.quote)
        } else {
            bytes.append(contentsOf: cell.utf8)
        }
    }

    /// Whether a cell holds what would end it, what another program may take for the delimiter, or a byte-order mark.
    private static func needsQuotes(_ cell: String) -> Bool {
        cell.utf8.contains { byte in
            switch byte {
            case .quote, .lineFeed, .carriageReturn, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"),
                UInt8(ascii: "|"):
                true
            default: false
            }
        }
            || cell.utf8.starts(with: ByteOrderMark.utf8)
    }
}
