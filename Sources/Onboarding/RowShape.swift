/// How a row's cells stand to its columns, by the cheapest explanation of what is found in them.
///
/// Every cell has a misfit to every column (`CellFit`). A row is explained as it stands, or as one whose cells stand one
/// column beside theirs from some column on, or as one where two cells have changed places, or as one whose country
/// alone is wrong: by whatever leaves the least misfit, if that is less by far.
enum RowShape: Sendable {
    case asItStands
    case shifted(Shift)
    case swapped(Column, Column)
    /// The row is of another country, as these cells tell; whether nothing is wrong there that is not here, so that it
    /// is the cause of all.
    case elsewhere(Country, evidence: [Column], isAll: Bool)

    /// A run of cells that stand beside their columns.
    struct Shift: Sendable {
        /// The cells that tell it: what each is in the manifest, and the column that it belongs to.
        let evidence: [(found: Column, owner: Column)]
        /// Whether the cells stand too far to the right.
        let isRight: Bool
        /// The columns that have another's cell, in the manifest's order.
        let astray: [Column]
        /// Whether the row has more cells than the header.
        let hasSurplus: Bool
    }

    /// What an explanation must take off the row's misfit, and what it costs beside the others: the more cells it
    /// moves, the less likely it is.
    private static let leastGain = (swap: 4, country: 4, shift: 6)
    private static let price = (swap: 1, country: 2, shift: 3)
    /// How many cells must tell of a shift by themselves; one is enough where the row has too many cells.
    private static let leastEvidence = 2

    /// Explains a row.
    ///
    /// - Parameter row: the row.
    /// - Returns: the cheapest explanation.
    static func explanation(of row: CheckedRow) -> RowShape {
        let trial = RowTrial(row)
        guard trial.misfit >= leastGain.swap else { return .asItStands }
        var best = (gain: 0, shape: RowShape.asItStands)
        if let swap = trial.bestSwap(), swap.gain >= leastGain.swap, swap.gain - price.swap > best.gain {
            best = (swap.gain - price.swap, .swapped(swap.first, swap.second))
        }
        if let found = trial.bestCountry(), found.gain >= leastGain.country, found.gain - price.country > best.gain {
            best = (found.gain - price.country, .elsewhere(found.country, evidence: found.evidence, isAll: found.isAll))
        }
        if let shift = trial.bestShift(), shift.gain >= leastGain.shift, shift.gain - price.shift > best.gain {
            let told = shift.shift.evidence.count
            if told >= leastEvidence || told > 0 && shift.shift.hasSurplus { return .shifted(shift.shift) }
        }
        return best.shape
    }
}

/// A row with the misfit of each of its cells, in which cells can be moved to see what that does.
struct RowTrial {
    let row: CheckedRow
    /// The column of each position; nil where none is known.
    let columns: [Column?]
    let cells: [CellReading]
    let country: Country?
    /// Where the country and the state stand.
    let countryPosition, statePosition: Int?
    /// Each cell's misfit as the row stands.
    private(set) var misfits: [Int] = []

    /// The misfit of the row as it stands.
    var misfit: Int { misfits.reduce(0, +) }

    /// Reads all cells of a row.
    init(_ row: CheckedRow) {
        self.row = row
        let texts = row.texts
        let columns = texts.indices.map { row.columns.column(at: $0) }
        let cells = texts.map { CellReading($0, domainSuffix: row.domainSuffix) }
        (self.columns, self.cells) = (columns, cells)
        let countryPosition = columns.firstIndex(of: .country)
        self.countryPosition = countryPosition
        statePosition = columns.firstIndex(of: .state)
        country = countryPosition.map { cells[$0].country } ?? row.country
        misfits = misfits(by: 0, in: country)
    }

    /// The misfit of a position with a cell in it.
    func misfit(_ cell: CellReading, at position: Int, in country: Country?, state: CellReading) -> Int {
        guard let column = columns[position] else {
            // What stands behind the last column of the header is one cell too many.
            return position >= row.columns.width && !cell.isEmpty ? CellFit.poor : CellFit.fits
        }
        return CellFit.misfit(cell, column, in: country, state: state)
    }

    /// The misfits where every position has the cell that stands some further to the right.
    func misfits(by step: Int, in country: Country?) -> [Int] {
        let state = statePosition.map { cell(at: $0 + step) } ?? .empty
        return columns.indices.map { misfit(cell(at: $0 + step), at: $0, in: country, state: state) }
    }

    /// The cell at a position; an empty one beyond the row's ends.
    func cell(at position: Int) -> CellReading { cells.indices.contains(position) ? cells[position] : .empty }
}
