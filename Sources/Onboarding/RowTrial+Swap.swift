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
        let text = cells[position].text
        // What a spreadsheet made of a value belongs nowhere.
        if SpreadsheetValue.isError(text) || column != .phoneNumber && SpreadsheetDate(text) != nil { return false }
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
        let isVouched = isOfCountry && statePosition.map { $0 == first || $0 == second } == true && isVouched(country)
        if gains.0 <= 0 || gains.1 <= 0, !isVouched {
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
        return cells.indices.reduce(isVouched ? CellFit.doubtful : 0) { $0 + gain($1) }
    }

    /// Whether the country in the state's place is the culture's, too, and no state of the country in its own place.
    private func isVouched(_ country: Country?) -> Bool {
        guard let country, let statePosition, self.country == nil || misfits[statePosition] > CellFit.fits else {
            return false
        }
        return row.culture?.isForAll == false && row.culture?.region == country.code
    }

    /// The country of which the rest of the row is, the columns that tell it, and what it takes off the misfit.
    func bestCountry() -> (country: Country, evidence: [Column], gain: Int, isAll: Bool)? {
        // Who types a country's name or code means it, unless all the rest tells of another.
        guard let country, let countryPosition,
            !cells[countryPosition].kinds.isDisjoint(with: [.countryCode, .countryName])
        else { return nil }
        var candidates = cells.compactMap { $0.region.flatMap(Country.find) }
        if let statePosition { candidates += cells[statePosition].ownersOfCode + cells[statePosition].ownersOfName }
        var best: (country: Country, evidence: [Column], gain: Int, isAll: Bool)?
        for candidate in candidates where candidate !== country && candidate !== best?.country {
            let changed = misfits(by: 0, in: candidate)
            let gains = cells.indices.map { $0 == countryPosition ? 0 : misfits[$0] - changed[$0] }
            let evidence = cells.indices.filter { gains[$0] > 0 }.compactMap { columns[$0] }
            // A company may have its telephone and its language abroad, but not its address.
            let isOfAddress = evidence.contains { $0 == .state || $0 == .postalCode }
            let gain = gains.reduce(0, +)
            guard evidence.count > 1, gain > best?.gain ?? 0, isOfAddress || isWhole(in: candidate, changed) else {
                continue
            }
            best = (candidate, evidence, gain, gains.allSatisfy { $0 >= 0 } && candidate.isContent(with: row.filled))
        }
        return best
    }

    /// Whether culture and telephone, which a company may have abroad, tell of another country all the same: the row
    /// would be right there as a whole, down to its postal code, and its own country has no such code for itself.
    private func isWhole(in candidate: Country, _ changed: [Int]) -> Bool {
        guard let culture = row.culture, culture.region == candidate.code, !culture.isForAll,
            candidate.isComplete(with: row.filled), let country, !country.isAlone(with: row[.postalCode]),
            country.postalPattern != nil || candidate.isAlone(with: row[.postalCode]),
            columns.contains(.postalCode), columns.contains(.phoneNumber)
        else { return false }
        return columns.indices.allSatisfy { position in
            switch columns[position] {
            case .postalCode: !cells[position].isEmpty && changed[position] == CellFit.fits
            case .phoneNumber: changed[position] == CellFit.fits && misfits[position] > CellFit.fits
            default: changed[position] <= misfits[position]
            }
        }
    }
}
