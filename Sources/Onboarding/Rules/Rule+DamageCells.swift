/// Cells that stand in a wrong column.
extension Rule {
    static let damageShiftedCells = Rule(
        "damage.shiftedCells",
        .error,
        when: .shape,
        "A row's cells are not one column further left or right.",
        explainsCells: true
    ) { row, problems in
        guard case .shifted(let shift) = row.shape, let first = shift.evidence.first else { return }
        let moved = shift.astray.filter(row.filled.contains)
        guard let start = shift.astray.first, let end = moved.last else { return }
        let (place, cause) = shift.isRight ? ("right", "one too many") : ("left", "one too few")
        var message =
            "is what belongs to \(row.columns.title(of: first.owner)): from \(row.columns.title(of: start)) to "
            + "\(row.columns.title(of: end)) the cells stand one column too far to the \(place), as if there were "
            + "\(cause) before them"
        if shift.hasSurplus { message += ", and the row has more cells than the header" }
        // Two more are enough to see it.
        for (found, owner) in shift.evidence.dropFirst().prefix(2) {
            let noun = owner.nounOfCell.map { ", which is \($0)" } ?? ""
            message += "; \(row.columns.title(of: found)) holds \(Text.quoted(row[found]))\(noun)"
        }
        problems.note(first.found, message, about: ColumnSet(shift.astray))
    }

    static let damageSwappedCells = Rule(
        "damage.swappedCells",
        .error,
        when: .shape,
        "Two cells of a row have not changed places.",
        explainsCells: true
    ) { row, problems in
        guard case .swapped(let first, let second) = row.shape else { return }
        for (column, other) in [(first, second), (second, first)] {
            problems.note(
                column,
                "looks like what belongs to \(row.columns.title(of: other)), and the other way round",
                suggestion: suggestion(row[other], for: column, in: other == .country ? row[column] : row[.country])
            )
        }
    }

    /// What to type into a cell that gets another's text: the country and the state by their codes.
    private static func suggestion(_ text: String, for column: Column, in name: String) -> String {
        func country(_ name: String) -> Country? { Country.find(name) ?? Country.called(Text.folded(name)) }
        switch column {
        case .country: return country(text)?.code ?? text
        case .state:
            guard let country = country(name), country.state == .listed, let state = country.subdivision(text),
                state.isExact
            else { return text }
            return state.subdivision.code
        default: return text
        }
    }

    static let countryElsewhere = Rule(
        "country.elsewhere",
        .warning,
        when: .shape,
        "A country is the one that the rest of the row tells of.",
        explainsCells: true
    ) { row, problems in
        guard case .elsewhere(let country, let evidence, let isAll) = row.shape else { return }
        let told = evidence.filter(row.filled.contains).map { "\(row.columns.title(of: $0)) \(Text.quoted(row[$0]))" }
            .joined(separator: ", ")
        problems.note(
            .country,
            "does not fit the rest of the row, which is of \(country.name): \(told)",
            suggestion: country.code,
            isGuess: true,
            about: isAll ? nil : ColumnSet()
        )
    }
}

extension Column {
    /// What its cell is, where that can be seen of it.
    fileprivate var nounOfCell: String? {
        switch self {
        case .domain: "a domain"
        case .email: "an e-mail address"
        case .culture: "a culture"
        case .language: "a language"
        case .city: "a city"
        case .state: "a state"
        case .postalCode: "a postal code"
        case .country: "a country"
        case .phoneNumber: "a phone number"
        default: nil
        }
    }
}
