internal import Manifests

/// A row's cells by column, as the rules see them: one run of UTF-8, and where in it each of them stands.
///
/// The bytes are the record's own, and are copied only where a cell came out otherwise than it was typed. A text is
/// made of a cell only for a rule that asks for one: of nearly every row none does.
struct RowCells {
    /// What the cells stand in; `cells.bytes.span.extracting(cells[at: .city])` is a cell.
    private(set) var bytes: [UInt8]
    /// As many as there are columns; in the row itself, as memory of their own would cost as much as a rule.
    private var places = InlineArray<26, Place>(repeating: Place())

    /// Where a cell stands.
    private struct Place {
        var start: UInt32 = 0
        var end: UInt32 = 0
    }

    /// Begins with the cells of a record, none of which has a column yet.
    ///
    /// - Parameter cells: the record's.
    init(_ cells: RecordCells) { bytes = cells.bytes }

    /// Where a column's cell stands in the bytes; an empty range where there is none.
    subscript(at column: Column) -> Range<Int> {
        get {
            let place = places[column.rawValue]
            return Int(place.start)..<Int(place.end)
        }
        set { places[column.rawValue] = Place(start: UInt32(newValue.lowerBound), end: UInt32(newValue.upperBound)) }
    }

    /// The text of a column's cell; empty where there is none.
    subscript(column: Column) -> String {
        get { bytes.span.extracting(self[at: column]).validText }
        set {
            let start = bytes.count
            bytes.append(contentsOf: newValue.utf8)
            self[at: column] = start..<bytes.count
        }
    }

    /// Makes capitals of a cell's small ASCII letters, where it has any.
    ///
    /// - Parameters:
    ///   - column: the cell's column.
    ///   - isMeant: whether that is what was meant.
    mutating func capitalise(_ column: Column, where isMeant: (String) -> Bool) {
        guard bytes.span.extracting(self[at: column]).hasLetter(from: UInt8(ascii: "a")) else { return }
        let capitals = self[column].uppercasedASCII
        if isMeant(capitals) { self[column] = capitals }
    }
}
