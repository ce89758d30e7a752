/// Some of the columns, as one bit each.
struct ColumnSet: Sendable {
    private var bits: UInt32 = 0

    /// Makes a set.
    ///
    /// - Parameter columns: what is in it.
    init(_ columns: [Column] = []) {
        for column in columns { insert(column) }
    }

    /// Puts a column into the set.
    ///
    /// - Parameter column: the column.
    mutating func insert(_ column: Column) { bits |= 1 << UInt32(column.rawValue) }

    /// Puts all columns of another set into this one.
    ///
    /// - Parameter other: the other set.
    mutating func formUnion(_ other: ColumnSet) { bits |= other.bits }

    /// Whether the set has a column.
    ///
    /// - Parameter column: the column.
    /// - Returns: whether it does.
    func contains(_ column: Column) -> Bool { bits & (1 << UInt32(column.rawValue)) != 0 }

    /// Whether no column is in both sets.
    ///
    /// - Parameter other: the other set.
    /// - Returns: whether they share nothing.
    func isDisjoint(with other: ColumnSet) -> Bool { bits & other.bits == 0 }

    /// Whether all columns of another set are in this one.
    ///
    /// - Parameter other: the other set.
    /// - Returns: whether they are.
    func isSuperset(of other: ColumnSet) -> Bool { other.bits & ~bits == 0 }

    /// The columns in it, in their order.
    var columns: Columns { Columns(rest: bits) }

    /// Takes the columns out of a set, one by one.
    struct Columns: Sequence, IteratorProtocol {
        fileprivate var rest: UInt32

        mutating func next() -> Column? {
            guard rest != 0 else { return nil }
            let column = Column(rawValue: rest.trailingZeroBitCount)
            rest &= rest - 1
            return column
        }
    }

    /// Whether nothing is in it.
    var isEmpty: Bool { bits == 0 }
}
