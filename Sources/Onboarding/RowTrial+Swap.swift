/// Two cells that have changed places, and a country that is not the row's.
extension RowTrial {
    /// The two columns whose exchange takes most off the misfit, and how much; nil where none takes anything.
    func bestSwap() -> (first: Column, second: Column, gain: Int)? {
        var best: (first: Column, second: Column, gain: Int)?
        for first in cells.indices where isMovable(first) {
            for second in cells.indices[(first + 1)...] where isMovable(second) {
                let gain = gainOfSwap(first, second)
                guard gain > best?.gain ?? 0, let one = columns[first], let other = columns[second] else { continue }
                best = (one, other, gain)
            }
        }
        return best
    }

    private func isMovable(_ position: Int) -> Bool {
        guard let column = columns[position], !cells[position].isEmpty else { return false }
        return column != .externalId && column.rawValue < Column.customerId.rawValue
    }

    /// What is left at most of a misfit in a cell that has its right place.
    private static let leastFit = CellFit.poor

    private func gainOfSwap(_ first: Int, _ second: Int) -> Int {
        let isOfCountry = first == countryPosition || second == countryPosition
        guard isOfCountry || misfits[first] + misfits[second] > CellFit.poor else { return 0 }
        let other = first == countryPosition ? cells[second] : cells[first]
        let country = isOfCountry ? other.country : country
        guard !isOfCountry || country != nil else { return 0 }
        func moved(_ position: Int) -> CellReading {
            cells[position == first ? second : position == second ? first : position]
        }
        let state = statePosition.map(moved) ?? .empty
        func gain(_ position: Int) -> Int {
            misfits[position] - misfit(moved(position), at: position, in: country, state: state)
        }
        let gains = (gain(first), gain(second))
        guard misfits[first] - gains.0 <= Self.leastFit, misfits[second] - gains.1 <= Self.leastFit else { return 0 }
        if gains.0 <= 0 || gains.1 <= 0 {
            // Both tell of it, but for a company's name, which can be any person's, and codes of both kinds, as US and MA.
            switch (columns[first], columns[second]) {
            case (.companyName, .firstName), (.companyName, .lastName): break
            case (.state, .country), (.country, .state):
                let postalCode = columns.firstIndex(of: .postalCode).map(gain) ?? 0
                let isState = statePosition.map { misfits[$0] == gain($0) } ?? false
                guard isState || postalCode >= CellFit.strange else { return 0 }
            default: return 0
            }
        }
        guard isOfCountry || first == statePosition || second == statePosition else { return gains.0 + gains.1 }
        return cells.indices.reduce(0) { $0 + gain($1) }
    }

    /// The country of which the rest of the row is, the columns that tell it, and what it takes off the misfit.
    func bestCountry() -> (country: Country, evidence: [Column], gain: Int)? {
        // Who types a country's name means it.
        guard let country, let countryPosition, cells[countryPosition].kinds.contains(.countryCode) else { return nil }
        var candidates = cells.compactMap { $0.region.flatMap(Country.find) }
        if let statePosition { candidates += cells[statePosition].ownersOfCode + cells[statePosition].ownersOfName }
        var best: (country: Country, evidence: [Column], gain: Int)?
        for candidate in candidates where candidate !== country && candidate !== best?.country {
            let changed = misfits(by: 0, in: candidate)
            let gains = cells.indices.map { $0 == countryPosition ? 0 : misfits[$0] - changed[$0] }
            let evidence = cells.indices.filter { gains[$0] > 0 }.compactMap { columns[$0] }
            // A company may have its telephone and its language abroad, but not its address.
            let isOfAddress = evidence.contains { $0 == .state || $0 == .postalCode }
            let gain = gains.reduce(0, +)
            guard isOfAddress, evidence.count > 1, gain > best?.gain ?? 0 else { continue }
            best = (candidate, evidence, gain)
        }
        return best
    }
}
