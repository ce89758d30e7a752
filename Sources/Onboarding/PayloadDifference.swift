internal import PartnerCenter

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
    ) -> (field: String, message: String) {
        let (before, now): (PayloadMember, PayloadMember)
        do {
            before = try JSONWire.decode(PayloadMember.self, from: created)
            now = try JSONWire.decode(PayloadMember.self, from: present)
        } catch {
            return ("", "the customer was created from another payload, which can't be read any more")
        }
        let changes = Column.requests.compactMap { column -> (title: String, text: String)? in
            guard let path = column.paths.first?.split(separator: ".") else { return nil }
            let values = (before.value(at: path[...]), now.value(at: path[...]))
            guard values.0 != values.1 else { return nil }
            let title = title(column)
            return (title, "\(title) was \(shown(values.0)) and is now \(shown(values.1))")
        }
        guard !changes.isEmpty else {
            return ("", "the customer was created from another payload, which differs in no column that is known")
        }
        let details = changes.map(\.text).joined(separator: "; ")
        return (changes.map(\.title).joined(separator: ", "), "the customer was created from other values: \(details)")
    }

    /// What can't be seen is shown by its number: it may be all that differs.
    private static func shown(_ value: String?) -> String {
        value.map { "'\(Text.visible($0, limit: 40))'" } ?? "empty"
    }
}

/// A value of a payload: a string or an object of such.
private indirect enum PayloadMember: Decodable {
    case string(String)
    case object([String: PayloadMember])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = .string(try container.decode(String.self))
        } catch DecodingError.typeMismatch {
            self = .object(try container.decode([String: PayloadMember].self))
        }
    }

    func value(at path: ArraySlice<Substring>) -> String? {
        switch self {
        case .string(let text): path.isEmpty ? text : nil
        case .object(let members): path.first.flatMap { members[String($0)]?.value(at: path.dropFirst()) }
        }
    }
}
