/// The cells of a row of which enough is said, and where: what a later rule finds there only follows from it.
///
/// A reader's fault is such a cause, and so is a finding of a rule that explains cells. Where the country's cell is at
/// fault, whatever is judged by the country follows from that.
struct Causes {
    /// Where a cause is told.
    struct Cause {
        /// Its place among the findings; nil for a reader's fault, which is an error as it is.
        let place: Int?
    }

    private var explained = ColumnSet()
    private var places: [(cells: ColumnSet, place: Int)] = []
    /// What the rule that is being applied explains: its own findings do not follow from one another.
    private var held: [(cells: ColumnSet, place: Int)] = []

    /// Adds a cell that its reader told of.
    ///
    /// - Parameter column: the cell's column.
    mutating func add(_ column: Column) { explained.insert(column) }

    /// Adds what a finding explains, for the rules after its own.
    ///
    /// - Parameters:
    ///   - cells: the cells of which it says enough.
    ///   - place: the finding's place.
    mutating func hold(_ cells: ColumnSet, at place: Int) { held.append((cells, place)) }

    /// Ends a rule.
    mutating func settle() {
        for cause in held { explained.formUnion(cause.cells) }
        places += held
        held.removeAll()
    }

    /// What a problem follows from.
    ///
    /// - Parameters:
    ///   - problem: the problem.
    ///   - rule: the rule that it breaks.
    /// - Returns: its cause; nil where it is news.
    func cause(of problem: Problems.Problem, by rule: Rule) -> Cause? {
        for column in [problem.column, .country] where explained.contains(column) {
            guard column == problem.column || rule.judgesByCountry else { continue }
            return Cause(place: places.last { $0.cells.contains(column) }?.place)
        }
        return nil
    }
}
