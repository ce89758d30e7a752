internal import Manifests

/// The manifest of a round, as a team would keep it: it is sorted, extended and edited while runs come and go.
struct TestManifest: Hashable, Sendable {
    /// One row.
    struct Row: Hashable, Sendable {
        /// What a row is like.
        enum Kind: Hashable, Sendable {
            case good
            /// A cell that must not be empty is.
            case faulty
            /// It has the domain of another row.
            case copy(of: String)
        }

        let kind: Kind
        let name: String
        var companyName: String
        var domain: String
        var email: String

        /// The name of the customer that it asks for.
        var customer: String { if case .copy(let name) = kind { name } else { name } }

        /// Its cells in the order of `header`.
        var cells: [String] {
            [
                name, companyName, domain, email, "Ada", "Moore", "en-US", "en", "1 Mill Road, \"Old Barn\"", "Seattle",
                "WA", "98101", "US", "206-555-0100",
            ]
        }
    }

    static let header = [
        "externalId", "companyName", "domain", "email", "firstName", "lastName", "culture", "language", "addressLine1",
        "city", "state", "postalCode", "country", "phoneNumber",
    ]

    /// The rows that are in it now, in their order.
    private(set) var rows: [Row]
    /// Those that it is still to be extended by.
    private var later: ArraySlice<Row>
    /// Every domain that a customer's row ever had.
    private(set) var domains: [String: Set<String>] = [:]
    /// The customers whose row was edited.
    private(set) var edited: Set<String> = []

    /// Makes a manifest that begins with a part of its rows.
    ///
    /// - Parameters:
    ///   - count: how many rows it has in the end.
    ///   - generator: the round's random source.
    init(count: Int, using generator: inout some RandomNumberGenerator) {
        var all: [Row] = []
        for number in 1...max(1, count) {
            let good = all.filter { $0.kind == .good }
            if let model = good.randomElement(using: &generator), number % 23 == 0 {
                var copy = Row(
                    kind: .copy(of: model.name),
                    name: "copy-\(number)",
                    companyName: "",
                    domain: "",
                    email: ""
                )
                (copy.companyName, copy.domain, copy.email) = (model.companyName, model.domain, model.email)
                all.append(copy)
            } else {
                let row = Row(
                    kind: number % 17 == 0 ? .faulty : .good,
                    name: "row-\(number)",
                    companyName: "Brightwater Farms \(number)",
                    domain: "brightwater\(number).onmicrosoft.com",
                    email: number % 17 == 0 ? "" : "office@farm\(number).example.com"
                )
                domains[row.name] = [row.domain]
                all.append(row)
            }
        }
        let first = Int.random(in: (count + 1) / 2...max(1, count), using: &generator)
        rows = Array(all.prefix(first))
        later = all.dropFirst(first)
    }

    /// Whether it has all its rows.
    var isWhole: Bool { later.isEmpty }

    /// The manifest as CSV.
    var csv: [UInt8] { Self.csv([Self.header] + rows.map(\.cells)) }

    /// Records as CSV.
    ///
    /// - Parameter records: the records.
    /// - Returns: the file's bytes.
    static func csv(_ records: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for record in records { CSVWriter.append(record, guarded: false, to: &bytes) }
        return bytes
    }

    /// Puts the rows into another order.
    mutating func sort(using generator: inout some RandomNumberGenerator) { rows.shuffle(using: &generator) }

    /// Adds some of the rows that are still to come.
    ///
    /// - Parameter count: how many at most.
    mutating func extend(by count: Int) {
        rows += later.prefix(count)
        later = later.dropFirst(count)
    }

    /// Changes a cell of a good row that no other row is a copy of: its company's name or its domain.
    mutating func edit(using generator: inout some RandomNumberGenerator) {
        let models = Set((rows + later).compactMap { if case .copy(let name) = $0.kind { name } else { nil } })
        let candidates = rows.indices.filter { rows[$0].kind == .good && !models.contains(rows[$0].name) }
        guard let index = candidates.randomElement(using: &generator) else { return }
        edited.insert(rows[index].name)
        if Bool.random(using: &generator) {
            rows[index].companyName += " Ltd"
        } else {
            rows[index].domain = "new-\(rows[index].domain)"
            domains[rows[index].name, default: []].insert(rows[index].domain)
        }
    }
}
