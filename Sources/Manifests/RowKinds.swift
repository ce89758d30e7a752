/// Tells a row of totals, which stands last and is no customer.
enum TotalRow {
    private static let labels: Set<String> = [
        "total", "totals", "grand total", "subtotal", "sum", "count", "summe", "gesamt", "gesamtsumme", "anzahl",
        "totaal",
        "aantal", "somme", "nombre", "totale", "suma", "total general", "total général", "합계", "총계", "총합", "계",
    ]

    /// Whether a row begins with a word for a total, is mostly empty, and holds nothing else but numbers.
    static func matches(_ cells: RecordCells) -> Bool {
        // The commonest row by far is told by how much it holds.
        guard cells.count > 2, cells.emptyCount * 2 >= cells.count,
            let label = label(of: cells), isLabel(label)
        else { return false }
        return cells.drop(while: \.isEmpty).dropFirst().allSatisfy { cell in
            cell.unicodeScalars.allSatisfy {
                $0.properties.numericType != nil || " .,-+%\u{A0}\u{202F}€$£'".unicodeScalars.contains($0)
            }
        }
    }

    /// What a row begins with.
    static func label(of cells: RecordCells) -> String? {
        cells.indices.first { !cells.isEmpty(at: $0) }.map { cells[$0] }
    }

    private static func isLabel(_ cell: String) -> Bool {
        guard cell.utf8.count <= 24 else { return false }
        return labels.contains(
            String(cell.lowercased().drop(while: \.isWhitespace).prefix { $0 != ":" && $0 != "(" })
                .trimmingTrailingSpace
        )
    }
}

/// Tells a second row of titles below the header.
enum SecondHeader {
    private static let words: Set<String> = [
        "required", "mandatory", "optional", "text", "string", "number", "numeric", "date", "yes", "no", "varchar",
        "pflicht",
        "pflichtfeld", "optionales feld", "obligatoire", "facultatif", "verplicht", "optioneel", "obligatorio",
        "opcional",
        "필수", "선택", "erforderlich", "requis", "vereist", "requerido",
    ]

    /// Whether a row's cells are titles themselves, or hints as in `(required)`.
    static func matches(_ cells: RecordCells, _ isKnownTitle: (String) -> Bool) -> Bool {
        let filled = cells.filter { !$0.isEmpty }
        guard filled.count >= 2 else { return false }
        let known = filled.count(where: isKnownTitle)
        let hints = filled.count(where: isHint)
        return known >= 2 && known * 2 > filled.count || (hints + known) == filled.count
    }

    private static func isHint(_ cell: String) -> Bool {
        let text = cell.lowercased().trimmingTrailingSpace
        if text.hasPrefix("(") && text.hasSuffix(")") || text.hasPrefix("[") && text.hasSuffix("]") { return true }
        return words.contains(text)
    }
}

extension String {
    /// The text without white space at its end.
    fileprivate var trimmingTrailingSpace: String {
        guard let end = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[...end])
    }
}
