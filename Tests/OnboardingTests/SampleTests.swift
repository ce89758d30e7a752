import Foundation
import Manifests
import Testing

@testable import Onboarding

/// `samples/customers.csv`: made-up customers of many countries, and the mistakes that people make.
@Suite struct SampleTests {
    /// What is wrong, by row: the rules that find it.
    static let mistakes: [Int: Set<String>] = [
        38: ["country.code"], 41: ["postalCode.pattern"], 58: ["field.required"], 60: ["registrationNumber.refused"],
        71: ["postalCode.leadingZero"], 76: ["registrationNumber.required"], 93: ["domain.syntax"],
        113: ["domain.suffix"],
        121: ["domain.syntax"], 133: ["field.length"], 137: ["field.required"], 144: ["email.topLevelDomain"],
        161: ["personName.content"], 187: ["csv.tooManyCells"], 205: ["phoneNumber.required"], 217: ["country.code"],
        226: ["state.required"], 228: ["email.syntax"], 234: ["state.code"], 245: ["text.characters"],
        262: ["culture.syntax"], 269: ["state.code"], 296: ["region.unitedStates"],
        307: ["email.syntax", "domain.idn"],
    ]

    /// Rows that stand for the customer of an earlier row.
    static let duplicates = [180: 46, 232: 107, 323: 154]

    static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../samples/customers.csv").standardized.path

    func rows() throws -> [(record: Record, prepared: PreparedRow)] {
        let reader = try Manifest.open(Self.path)
        let preparer = try RowPreparer(header: reader.header, path: Self.path)
        #expect(reader.notices.isEmpty && preparer.notices.isEmpty)
        var rows: [(Record, PreparedRow)] = []
        while let record = try reader.next() { rows.append((record, preparer.prepare(record))) }
        return rows
    }

    @Test func exactlyTheIntendedRowsAreInvalid() throws {
        var found: [Int: Set<String>] = [:]
        for (record, prepared) in try rows() {
            let errors = prepared.findings.filter { $0.severity == .error }
            if !errors.isEmpty { found[record.row] = Set(errors.map(\.rule)) }
        }
        #expect(found == Self.mistakes)
    }

    @Test func exactlyTheIntendedRowsAreDuplicates() throws {
        var names: [String: Int] = [:]
        var domains: [String: Int] = [:]
        var found: [Int: Int] = [:]
        for (record, prepared) in try rows() where prepared.verdict != .invalid {
            guard let identity = prepared.identity, let domain = identity.domain else { continue }
            if let first = names[identity.name] ?? domains[domain] {
                found[record.row] = first
            } else {
                names[identity.name] = record.row
                domains[domain] = record.row
            }
        }
        #expect(found == Self.duplicates)
    }

    @Test func warningsAreFew() throws {
        let warnings = try rows().flatMap { row in row.prepared.findings.map { (row.record.row, $0) } }
            .filter { $0.1.severity == .warning }
        #expect(
            warnings.map { "\($0.0) \($0.1.rule)" } == [
                "19 domain.hyphen", "33 domain.hyphen",
                // Numbers that films use are numbers, but Hong Kong has none for them.
                "196 phoneNumber.country", "275 phoneNumber.country",
            ]
        )
    }

    @Test func itHasManyCountriesAndScripts() throws {
        let rows = try rows()
        #expect(rows.count >= 300)
        #expect(Set(rows.map { $0.record.cells[18] }).count >= 30)
        #expect(rows.contains { $0.record.cells[11].contains("\n") })
        #expect(rows.allSatisfy { $0.prepared.identity != nil })
    }
}
