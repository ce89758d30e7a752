/// A CSV as RFC 4180 has it, read on its own terms: what checks a reader's work must not share its leniency.
struct CSVTable: Hashable, Sendable {
    var header: [String]
    /// The records below the header.
    var records: [[String]]

    /// Reads a table.
    ///
    /// - Parameter bytes: all of it, in UTF-8.
    init(_ bytes: [UInt8]) {
        var lines: [[String]] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        for byte in bytes {
            switch byte {
            // A quote inside quotes is doubled, so that the second one opens them again.
            case UInt8(ascii: "\""):
                if !isQuoted, cell.last == 0 { cell[cell.count - 1] = byte }
                if isQuoted { cell.append(0) }
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
                cells.append(Self.text(cell))
                cell = []
                guard byte == UInt8(ascii: "\n") else { continue }
                lines.append(cells)
                cells = []
            default: cell.append(byte)
            }
        }
        if !cells.isEmpty || !cell.isEmpty { lines.append(cells + [Self.text(cell)]) }
        header = lines.first ?? []
        records = Array(lines.dropFirst())
    }

    /// The records with their cells by column.
    func named() -> [[String: String]] {
        records.map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    /// A cell's text, without the mark of its closing quote and the line's CR.
    private static func text(_ cell: [UInt8]) -> String {
        var cell = cell[...]
        if cell.last == UInt8(ascii: "\r") { cell.removeLast() }
        if cell.last == 0 { cell.removeLast() }
        return String(decoding: cell, as: UTF8.self)
    }
}
