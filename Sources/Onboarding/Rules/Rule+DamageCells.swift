/// Cells that stand in a wrong column.
extension Rule {
    static let damageShiftedCells = Rule(
        "damage.shiftedCells",
        .error,
        when: .ofDoubtfulCells,
        "A row's cells are not one column further left or right.",
        explainsCells: true
    ) {
        guard let shift = CellFit.shift(of: $0), let first = shift.astray.first,
            let last = shift.astray.last(where: $0.filled.contains)
        else { return }
        let (place, cause) = shift.isRight ? ("right", "one too many") : ("left", "one too few")
        $1.note(
            shift.found,
            "is what belongs to \($0.columns.title(of: shift.owner)): from \($0.columns.title(of: first)) to "
                + "\($0.columns.title(of: last)) the cells stand one column too far to the \(place), as if there were "
                + "\(cause) before them",
            about: ColumnSet(shift.astray)
        )
    }

    static let damageSwappedCells = Rule(
        "damage.swappedCells",
        .error,
        when: .ofDoubtfulCells,
        "Two cells of a row have not changed places.",
        explainsCells: true
    ) {
        guard let (first, second) = CellFit.swap(of: $0) else { return }
        for (column, other) in [(first, second), (second, first)] {
            $1.note(
                column,
                "looks like what belongs to \($0.columns.title(of: other)), and the other way round",
                suggestion: $0[other]
            )
        }
    }
}

/// Whether a text is one that a column has, by its form alone.
private enum CellFit {
    /// The columns whose cells can be told from all others.
    private static let telling: [Column] = [.domain, .email, .culture, .country]

    /// The pairs that people mix up and that can be told apart.
    private static let pairs: [(Column, Column)] = [
        (.city, .postalCode), (.domain, .email), (.culture, .language), (.state, .city), (.email, .phoneNumber),
        (.culture, .country), (.firstName, .email), (.lastName, .email), (.companyName, .domain),
        (.companyName, .email), (.postalCode, .phoneNumber),
    ]

    /// A run of cells that stand beside their columns.
    struct Shift {
        /// The first cell that surely is another column's, and that column.
        let found, owner: Column
        /// Whether the cells stand too far to the right.
        let isRight: Bool
        /// The columns that have another's cell, in the manifest's order.
        let astray: [Column]
    }

    /// Where a row's cells stand beside their columns: at least two that can be told from all others do.
    static func shift(of row: CheckedRow) -> Shift? {
        guard isDoubtful(row) else { return nil }
        let places = telling.compactMap { column in row.columns.position(of: column).map { (column, $0) } }
            .sorted { $0.1 < $1.1 }
        let astray = places.filter { !fits($0.0, row[$0.0], in: row) }
        guard astray.count > 1 else { return nil }
        for step in [1, -1] {
            let moved = astray.filter { column, position in
                row.text(at: position + step).map { fits(column, $0, in: row) } ?? false
            }
            guard moved.count > 1, let found = row.columns.column(at: moved[0].1 + step) else { continue }
            // The cells are in their places again before the next one that can be told and is.
            let end = places.contains { $0.1 > moved[moved.count - 1].1 && fits($0.0, row[$0.0], in: row) }
            let start = min(moved[0].1, moved[0].1 + step)
            let stop = end ? max(moved[moved.count - 1].1, moved[moved.count - 1].1 + step) : .max
            let run = row.columns.known.filter { start...stop ~= $0.position }.sorted { $0.position < $1.position }
            return Shift(found: found, owner: moved[0].0, isRight: step > 0, astray: run.map(\.column))
        }
        return nil
    }

    /// Two columns each of whose cells fits the other's column and not its own.
    static func swap(of row: CheckedRow) -> (Column, Column)? {
        guard isDoubtful(row) else { return nil }
        return pairs.first { first, second in
            !fits(first, row[first], in: row) && fits(first, row[second], in: row)
                && !fits(second, row[second], in: row)
                && fits(second, row[first], in: row)
        }
    }

    /// Whether a cell that can be told from others is not what its column has; in nearly all rows, none is.
    private static func isDoubtful(_ row: CheckedRow) -> Bool {
        guard case .valid = row.domain, case .valid = row.email, case .right = row.postalCode,
            let country = row.country,
            row.culture?.region != nil
        else { return true }
        return country.state == .listed && !country.subdivisionCodes.contains(row[.state])
    }

    private static func fits(_ column: Column, _ text: String, in row: CheckedRow) -> Bool {
        guard !text.isEmpty else { return false }
        switch column {
        case .domain:
            if case .valid = DomainName.form(of: text, suffix: row.domainSuffix) { return true }
            return DomainName.isHostName(text.utf8Span.span)
        case .email: return text.utf8.contains(UInt8(ascii: "@"))
        case .culture: return LanguageTag(text)?.region != nil
        case .language:
            return LanguageTag(text).map { $0.region == nil && Languages.codes.contains($0.language[...]) } ?? false
        case .country: return Country.find(text) != nil
        case .state: return row.country?.subdivisionCodes.contains(text) ?? false
        case .postalCode: return row.country?.postalPattern?.matches(text) ?? false
        case .phoneNumber: return isPhoneNumber(text)
        case .city: return text.utf8.count > 2 && !text.utf8.contains { $0.isASCIIDigit || $0 == UInt8(ascii: "@") }
        default: return !text.utf8.contains(UInt8(ascii: "@")) && !DomainName.isHostName(text.utf8Span.span)
        }
    }

    private static func isPhoneNumber(_ text: String) -> Bool {
        text.utf8.count { $0.isASCIIDigit } > 6
            && text.utf8.allSatisfy { $0.isASCIIDigit || "+-() ./".utf8.contains($0) }
    }
}
