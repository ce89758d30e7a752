/// The first records of a table, by which its header is told from what stands above it.
struct HeaderSearch {
    /// The shape that makes most of the records a table: as many as can be, and as wide.
    struct Shape {
        var width = 1
        var count = 0
        var firstLine: Int?
        /// How many records are alike, times the delimiters in each, less for every record that is not.
        var score = 0
    }

    private(set) var records = 0
    /// How many titles of the header mean a column.
    private(set) var knownTitles = 0
    private var titledLine: Int?
    private var titledWidth = 0
    /// Whether more than half of that line's cells are known titles, or enough of them and a row stands below it.
    private var isCertain = false
    private var shapes: [Int: Shape] = [:]
    private var firstWidth: Int?

    /// Takes the next record, which has so many cells and known titles.
    mutating func add(line: Int, width: Int, knownTitles known: Int) {
        records += 1
        firstWidth = firstWidth ?? width
        var shape = shapes[width] ?? Shape(width: width, firstLine: line)
        shape.count += 1
        shapes[width] = shape
        // Below a header stand rows, even where one of them is another header: none of them is passed over.
        if knownTitles >= 3, known == 0, width == titledWidth { isCertain = true }
        if known > knownTitles, !isCertain {
            knownTitles = known
            titledLine = line
            titledWidth = width
            isCertain = known >= 2 && known * 2 > width
        }
    }

    /// The shape with the best score, the wider one of equals.
    var shape: Shape {
        var best = Shape()
        for var shape in shapes.values {
            // A record below the first that is alone in its width says little: a long text has many commas.
            let isAlone = shape.count == 1 && records > 1 && shape.width != firstWidth
            shape.score = isAlone ? shape.width - 1 : 100 * shape.count * shape.count * (shape.width - 1) / records
            if (shape.score, shape.width) > (best.score, best.width) { best = shape }
        }
        return best
    }

    /// The line where the header is; nil for that of the first record.
    var line: Int? {
        // One word alone may stand anywhere; a header of one column is the first record.
        guard knownTitles < 2 else { return titledLine }
        // A line of text above a table is no header of one column.
        let shape = shape
        let isTitled = knownTitles == 0 && firstWidth == 1 && shape.count >= 2 && shape.count * 2 > records
        return isTitled ? shape.firstLine : nil
    }
}
