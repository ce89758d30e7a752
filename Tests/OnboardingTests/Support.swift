import Manifests

@testable import Onboarding

/// A row in which nothing is wrong.
let goodRow: [Column: String] = [
    .externalId: "crm-1", .companyName: "Alder & Finch Ltd", .domain: "alderfinch.onmicrosoft.com",
    .email: "office@alderfinch.example.com", .firstName: "Mara", .lastName: "Finch", .culture: "en-US", .language: "en",
    .addressLine1: "400 Pine Street", .city: "Seattle", .state: "WA", .postalCode: "98101", .country: "US",
    .phoneNumber: "+1 206 555 0100",
]

/// A good row somewhere else.
func goodRow(in country: String, _ changes: [Column: String] = [:]) -> [Column: String] {
    let elsewhere: [Column: String] = [.country: country, .state: "", .postalCode: "", .culture: "en-US"]
    return elsewhere.merging(changes) { $1 }
}

/// Prepares a row that has a cell for each of the canonical columns.
func prepare(
    _ changes: [Column: String] = [:],
    settings: OnboardingSettings = OnboardingSettings()
) throws -> PreparedRow {
    let columns = Column.allCases
    let preparer = try RowPreparer(header: columns.map(\.name), path: "m.csv", settings: settings)
    let cells = goodRow.merging(changes) { $1 }
    return preparer.prepare(Record(cells: columns.map { cells[$0, default: ""] }, row: 1, line: 2))
}

extension PreparedRow {
    /// The canonical JSON of its request; empty where it asks for none.
    var payload: String {
        guard case .request(let payload, _) = verdict else { return "" }
        return String(decoding: payload, as: UTF8.self)
    }
}
