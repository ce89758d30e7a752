package import Manifests
internal import Platform

/// Which cell of a record is which column, as the header tells it.
package final class ColumnMap: Sendable {
    /// What the header left to say: titles that no column has.
    package let notices: [ManifestNotice]
    /// The columns that the rules look at, with their cells' positions.
    let known: [(column: Column, position: Int)]
    private let titles: [String]
    private let positions: [Int?]
    private let names: ColumnNames

    /// Reads a header.
    ///
    /// - Parameters:
    ///   - header: the titles as the manifest has them.
    ///   - path: the manifest's path, for errors.
    ///   - headerLine: the line where the header stands, from 1.
    ///   - settings: further aliases, and the defaults that stand in for a column.
    /// - Throws: `ManifestError` where a required column is missing, or a column stands there twice.
    package init(
        header: [String],
        path: String,
        headerLine: Int = 1,
        settings: OnboardingSettings = OnboardingSettings()
    ) throws(ManifestError) {
        let names = ColumnNames(aliases: settings.aliases)
        var positions = [Int?](repeating: nil, count: Column.allCases.count)
        var unknown: [String] = []
        titles = header.map { Text.normalised($0) }
        let exact = Set(titles.compactMap { names.exactColumn(titled: $0) })
        for (position, title) in titles.enumerated() where !title.isEmpty {
            // Beside "Email", "Email (old)" is another column.
            guard let column = names.column(titled: title),
                names.exactColumn(titled: title) != nil || !exact.contains(column)
            else {
                unknown.append(title)
                continue
            }
            if let first = positions[column.rawValue] {
                throw ManifestError(
                    .malformed,
                    path: path,
                    line: headerLine,
                    message: "\(Text.quoted(titles[first])) (column \(first + 1)) and \(Text.quoted(title)) "
                        + "(column \(position + 1)) both mean \(column.name); remove or rename one of them"
                )
            }
            positions[column.rawValue] = position
        }
        let missing = Column.allCases.filter {
            $0.isRequired && positions[$0.rawValue] == nil && settings.defaults[$0, default: ""].isEmpty
        }
        guard missing.isEmpty else {
            let message = ColumnMap.complaint(missing: missing, unknown: unknown, titles: titles, names: names)
            throw ManifestError(.malformed, path: path, line: headerLine, message: message)
        }
        self.positions = positions
        self.names = names
        known = Column.allCases.compactMap { column in
            guard column.rawValue <= Column.customerId.rawValue else { return nil }
            return positions[column.rawValue].map { (column, $0) }
        }
        notices = ColumnMap.notices(unknown, headerLine, names)
    }

    /// How many unknown titles are told one by one, with what may have been meant.
    private static let mostUnknown = 20

    private static func notices(_ unknown: [String], _ line: Int, _ names: ColumnNames) -> [ManifestNotice] {
        var messages = unknown.prefix(mostUnknown).map { title in
            let nearest = names.nearest(to: title).map { "; did you mean \($0.name)?" } ?? ""
            return "the column \(Text.quoted(title)) is not known and is passed over\(nearest)"
        }
        if unknown.count > mostUnknown {
            messages.append("and \(unknown.count - mostUnknown) more columns are not known and are passed over")
        }
        return messages.map { ManifestNotice(line: line, message: $0) }
    }

    /// How many cells a record has.
    var width: Int { titles.count }

    /// Where a column's cell stands in a record.
    ///
    /// - Parameter column: the column.
    /// - Returns: its position, from 0; nil where the manifest lacks the column.
    package func position(of column: Column) -> Int? { positions[column.rawValue] }

    /// The column whose cell stands at a position.
    ///
    /// - Parameter position: the position, from 0.
    /// - Returns: the column; nil where none that the rules look at is there.
    func column(at position: Int) -> Column? { known.first { $0.position == position }?.column }

    /// What the manifest calls a column.
    ///
    /// - Parameter column: the column.
    /// - Returns: its title; its canonical name where the manifest lacks it.
    package func title(of column: Column) -> String { positions[column.rawValue].map { titles[$0] } ?? column.name }

    /// What the manifest calls the cell at a position.
    ///
    /// - Parameter position: the position, from 0.
    /// - Returns: the title; empty where the header has none there.
    func title(at position: Int) -> String { titles.indices.contains(position) ? titles[position] : "" }

    /// Whether cells are titles of columns rather than a row's: at least two, and more than half of what is there.
    ///
    /// - Parameter cells: a record's cells.
    /// - Returns: whether they say a header again.
    func areTitles(_ cells: RecordCells) -> Bool {
        let filled = cells.filter { !$0.isEmpty }
        let known = filled.count { names.column(titled: $0) != nil }
        return known >= 2 && known * 2 > filled.count
    }

    private static func complaint(
        missing: [Column],
        unknown: [String],
        titles: [String],
        names: ColumnNames
    ) -> String {
        if unknown.count == titles.count {
            return "no column of this header is known; the first line must name the columns, "
                + "among them \(missing.map(\.name).joined(separator: ", "))"
        }
        let advice = missing.compactMap { column in
            unknown.prefix(mostUnknown * 10).first { names.nearest(to: $0, among: [column]) != nil }
                .map { "; is \(Text.quoted($0)) meant as \(column.name)?" }
        }
        let noun = missing.count == 1 ? "the required column" : "the required columns"
        let verb = missing.count == 1 ? "is" : "are"
        return "\(noun) \(missing.map(\.name).joined(separator: ", ")) \(verb) missing; add what is missing or rename "
            + "the column that holds it" + advice.joined()
    }
}

/// What the columns are called.
struct ColumnNames: Sendable {
    private var columns: [String: Column] = [:]
    /// The names in an order that never changes, for suggestions.
    private var sorted: [(name: String, column: Column)] = []

    /// Those without a job's own; to fold them all takes longer than to read a small manifest.
    private static let standard = ColumnNames()

    private init() {
        for row in Resource.columnAliases {
            guard let column = Column(name: String(row[0])) else { continue }
            for alias in row.dropFirst().flatMap(\.names) { columns[Text.folded(alias)] = column }
        }
        for column in Column.allCases {
            for name in [column.name] + column.paths { columns[Text.folded(name)] = column }
        }
        sort()
    }

    /// Collects the names: a job's own win over the canonical ones, and those over the built-in aliases.
    init(aliases: [String: Column]) {
        self = Self.standard
        guard !aliases.isEmpty else { return }
        for (alias, column) in aliases { columns[Text.folded(alias)] = column }
        sort()
    }

    private mutating func sort() {
        sorted = columns.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
    }

    /// The column that a title means, by its whole text, else without what only explains it.
    func column(titled title: String) -> Column? {
        if let column = exactColumn(titled: title) { return column }
        guard let (rest, hints) = Text.partedFromHints(title), let column = exactColumn(titled: rest) else {
            return nil
        }
        return hints.contains { namesOther(than: column, $0) } ? nil : column
    }

    /// The column that a title means by its whole text, or by each of the names that slashes part in it.
    func exactColumn(titled title: String) -> Column? {
        if let column = columns[Text.folded(title)] { return column }
        guard title.utf8.contains(UInt8(ascii: "/")) else { return nil }
        let meant = Set(title.split(separator: "/").map { columns[Text.folded(String($0))] })
        return meant.count == 1 ? meant.first ?? nil : nil
    }

    /// The column whose name takes the fewest slips to come from a title.
    func nearest(to title: String, among candidates: [Column] = Column.requests) -> Column? {
        let names = sorted.lazy.filter { candidates.contains($0.column) }
        return NearestName.find(Text.folded(title), among: names, spelt: \.name)?.column
    }

    /// Whether a hint in a title says that a cell below it is something else: `Phone (fax)`, `Company (domain)`.
    private func namesOther(than column: Column, _ hint: String) -> Bool {
        if let named = exactColumn(titled: hint) {
            return !Self.related.contains { $0.contains(named) && $0.contains(column) } && named != column
        }
        return hint.split { !$0.isLetter }.contains { Self.others.contains(Text.folded(String($0))) }
    }

    /// Columns that explain one another: `Country (region)`.
    private static let related: [Set<Column>] = [[.country, .region, .state], [.culture, .language]]

    /// Words for what no column has, and for what was or is besides, folded.
    private static let others = Set(
        [
            "fax", "telefax", "faxnummer", "télécopie", "télécopieur", "팩스",
            "old", "former", "previous", "alt", "ancien", "ancienne", "oud", "oude", "anterior", "antiguo", "이전",
            "shipping", "delivery", "livraison", "entrega", "Lieferung", "Versand", "levering",
        ].map(Text.folded)
    )
}
