/// Cells that stand one column beside their own.
extension RowTrial {
    /// The run of cells whose move by one takes most off the misfit, and how much; nil where none takes anything.
    func bestShift() -> (shift: RowShape.Shift, gain: Int)? {
        var best: (run: ClosedRange<Int>, step: Int, gain: Int)?
        for step in [1, -1] {
            let shiftedCountry = countryPosition.map { cell(at: $0 + step).country } ?? country
            // The misfits outside the run and inside it hang on the country, which may be part of the run or not.
            for isWithin in [true, false] {
                let meant = isWithin ? shiftedCountry : country
                let still = isWithin ? misfits(by: 0, in: meant) : misfits
                let sums = Sums(still: still, moved: misfits(by: step, in: meant))
                let nothing = columns.indices.map { misfit(.empty, at: $0, in: meant, state: .empty) }
                for start in cells.indices {
                    for end in cells.indices[(start + 1)...] {
                        let run = start...end
                        let vacant = step > 0 ? end : start
                        guard vacant != countryPosition, isWithin == (countryPosition.map(run.contains) ?? false)
                        else { continue }
                        let gain =
                            misfit - sums.total(run, vacant: vacant) - loss(of: run, step)
                            - (step > 0 ? nothing[vacant] : min(nothing[vacant], CellFit.odd))
                        guard gain > 0, gain >= best?.gain ?? 0 else { continue }
                        // Of runs that explain as much, the shortest; of those, the one that begins last.
                        if let best, best.gain == gain, best.run.count < run.count { continue }
                        best = (run, step, gain)
                    }
                }
            }
        }
        return best.map { (shift($0.run, $0.step), $0.gain) }
    }

    /// What speaks against a run: the cell that falls out of it.
    private func loss(of run: ClosedRange<Int>, _ step: Int) -> Int {
        let lost = cells[step > 0 ? run.lowerBound : run.upperBound]
        guard !lost.isEmpty else { return 0 }
        // What is one cell too many before the run is a part of a text that was cut at a comma.
        let isCode = lost.text.contains(".") && !lost.text.contains(" ") && lost.text.last != "."
        let isText = lost.kinds.isDisjoint(with: [.email, .host, .culture, .countryCode, .phoneNumber]) && !isCode
        return isText && step > 0 ? CellFit.odd : CellFit.impossible
    }

    private func shift(_ run: ClosedRange<Int>, _ step: Int) -> RowShape.Shift {
        let moved = step > 0 ? run.dropLast() : run.dropFirst()
        let meant = countryPosition.map { run.contains($0) ? cell(at: $0 + step).country : country } ?? country
        let state = statePosition.map { cell(at: run.contains($0) ? $0 + step : $0) } ?? .empty
        let evidence = moved.compactMap { position -> (found: Column, owner: Column)? in
            let cell = cell(at: position + step)
            guard !cell.isEmpty, let owner = columns[position], let found = columns[position + step] else { return nil }
            // Both the cell in its present place and what stands in its own tell of it.
            let isAstray = misfits[position + step] >= CellFit.poor || misfits[position] >= CellFit.poor
            guard isAstray, Self.isTold(owner), misfit(cell, at: position, in: meant, state: state) <= CellFit.odd
            else {
                return nil
            }
            return (found, owner)
        }
        let astray = run.compactMap { columns[$0] }
        let surplus = cells.indices.contains(row.columns.width) && run.contains(row.columns.width)
        return RowShape.Shift(evidence: evidence, isRight: step > 0, astray: astray, hasSurplus: surplus)
    }

    /// Whether a column's cells can be told from words of any kind.
    private static func isTold(_ column: Column) -> Bool {
        switch column {
        case .domain, .email, .culture, .language, .city, .state, .postalCode, .country, .phoneNumber: true
        default: false
        }
    }

    /// Sums of misfits up to each position, so that a run's is one subtraction.
    private struct Sums {
        private var still = [0], moved = [0]
        private let each: [Int]

        init(still: [Int], moved: [Int]) {
            each = moved
            for value in still { self.still.append(self.still[self.still.count - 1] + value) }
            for value in moved { self.moved.append(self.moved[self.moved.count - 1] + value) }
        }

        /// The misfit of a row in which a run has moved, without the place that it left vacant.
        func total(_ run: ClosedRange<Int>, vacant: Int) -> Int {
            let outside = still[run.lowerBound] + still[still.count - 1] - still[run.upperBound + 1]
            return outside + moved[run.upperBound + 1] - moved[run.lowerBound] - each[vacant]
        }
    }
}
