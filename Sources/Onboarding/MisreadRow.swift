/// What a row's misread cells were, judged together: a row is misread as a whole, by one mistake.
struct MisreadRow {
    /// A cell that was misread.
    struct Cell {
        let column: Column
        /// What it was; nil where letters were lost.
        let meant: String?
        /// Whether it may have been something else.
        let isGuess: Bool
    }

    /// In the order of their columns.
    private(set) var cells: [Cell] = []

    /// Reads all cells of a row that may be garbled.
    ///
    /// - Parameter row: the row.
    init(_ row: CheckedRow) {
        let languages = row.meantCountry?.languages ?? []
        var damages: [(column: Column, damage: Mojibake.Damage)] = []
        for column in row.intricate.columns where Mojibake.isLikely(row[column].utf8Span.span) {
            let text = row.endsInNoBreakSpace(column) ? row[column] + "\u{A0}" : row[column]
            guard let damage = Mojibake.damage(of: text, languages: languages) else { continue }
            damages.append((column, damage))
        }
        guard !damages.isEmpty else { return }
        let readings = damages.compactMap { if case .repairable(let readings) = $0.damage { readings } else { nil } }
        // What explains all of them; where nothing does, each cell is judged by itself, and nothing is sure.
        let common = readings.dropFirst().reduce(Set(readings.first?.map(\.mistake) ?? [])) {
            $0.intersection($1.map(\.mistake))
        }
        for (column, damage) in damages { cells.append(Self.cell(column, damage, common)) }
        guard !common.isEmpty else { return }
        // In the rest of the row, the same mistake may have left what could be right by itself.
        for column in row.intricate.columns where !damages.contains(where: { $0.column == column }) {
            let meant = Set(common.map { Mojibake.reading(of: row[column], by: $0) })
            guard meant.count == 1, let text = meant.first ?? nil else { continue }
            cells.append(Cell(column: column, meant: Text.normalised(text), isGuess: false))
        }
    }

    private static func cell(_ column: Column, _ damage: Mojibake.Damage, _ common: Set<Mojibake.Mistake>) -> Cell {
        guard case .repairable(let readings) = damage else { return Cell(column: column, meant: nil, isGuess: false) }
        let shared = readings.filter { common.contains($0.mistake) }
        let left = shared.isEmpty ? readings : shared
        let isGuess = shared.isEmpty || left.contains { $0.meant != left[0].meant } || left[0].isGuess
        return Cell(column: column, meant: Text.normalised(left[0].meant), isGuess: isGuess)
    }
}
