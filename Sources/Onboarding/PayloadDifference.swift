/// What differs between two requests for the same customer.
package enum PayloadDifference {
    /// Names the columns whose values differ, for a row whose customer was created from another payload.
    ///
    /// - Parameters:
    ///   - created: the canonical JSON that the customer was created from.
    ///   - present: the canonical JSON of the row as it is now.
    ///   - title: what the row's manifest calls a column.
    /// - Returns: the columns' titles, separated by commas, and a sentence with both values of each.
    package static func describe(
        created: [UInt8],
        present: [UInt8],
        title: (Column) -> String
    ) -> (field: String, message: String, parts: [(title: String, text: String)]) {
        guard let before = SentRequest(payload: created), let now = SentRequest(payload: present) else {
            return ("", "the customer was created from another payload, which can't be read any more", [])
        }
        let changes = Column.requests.compactMap { column -> (title: String, text: String)? in
            let values = (before.value(of: column), now.value(of: column))
            guard values.0 != values.1 else { return nil }
            let title = title(column)
            return (title, "\(title) was \(shown(values.0)) and is now \(shown(values.1))")
        }
        guard !changes.isEmpty else {
            return ("", "the customer was created from another payload, which differs in no column that is known", [])
        }
        let details = changes.map(\.text).joined(separator: "; ")
        let message = "the customer was created from other values: \(details)"
        return (changes.map(\.title).joined(separator: ", "), message, changes)
    }

    /// What can't be seen is shown by its number: it may be all that differs.
    private static func shown(_ value: String?) -> String {
        value.map { "'\(Text.visible($0, limit: 40))'" } ?? "empty"
    }
}
