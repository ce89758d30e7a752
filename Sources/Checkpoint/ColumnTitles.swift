/// What a manifest calls its columns.
package struct ColumnTitles: Hashable, Sendable {
    private let titles: [String: String]

    /// Collects the titles of a manifest.
    ///
    /// - Parameter titles: the title of each column that the manifest has, by its canonical name.
    package init(_ titles: [String: String] = [:]) {
        self.titles = Dictionary(titles.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
    }

    /// The title of what a problem is about.
    ///
    /// - Parameter field: a column's canonical name, or the service's member that its cell goes to, whose path ends
    ///   with that name: `billingProfile.defaultAddress.city`.
    /// - Returns: the manifest's title; the field as it is where the manifest has no such column.
    package subscript(_ field: String) -> String {
        guard !titles.isEmpty, let name = field.split(separator: ".").last else { return field }
        return titles[name.lowercased()] ?? field
    }
}

extension Problem {
    /// The problem in a manifest's own terms.
    ///
    /// - Parameter titles: what the manifest calls its columns.
    /// - Returns: the same, its field by its title.
    func named(by titles: ColumnTitles) -> Problem {
        var problem = self
        problem.field = titles[field]
        problem.parts = parts.map { Problem.Part(field: titles[$0.field], message: $0.message) }
        return problem
    }
}
