import Foundation
import TestSupport

/// What an import left in its folder, read back.
struct Results {
    let summary: Summary
    let rows: [[String: String]]

    /// The parts of `summary.json` that tests look at.
    struct Summary: Decodable {
        let rows: Int
        let counts: [String: Int]
        let exitCode: Int32
        let attempts: Int
    }

    /// Reads the reports of a manifest.
    init(of manifest: String, in folder: TemporaryFolder) throws {
        let data = Data(try folder.read("reports/summary.json").utf8)
        summary = try JSONDecoder().decode(Summary.self, from: data)
        rows = try Self.table(try folder.read("reports/\(manifest).results.csv"))
    }

    /// How many rows have a status.
    func count(_ status: String) -> Int { rows.count { $0["status"] == status } }

    /// A CSV text as rows by column name; for texts with no line break in a cell.
    static func table(_ text: String) throws -> [[String: String]] {
        var lines = text.split(whereSeparator: \.isNewline).map { cells(String($0)) }[...]
        guard let header = lines.popFirst() else { return [] }
        return lines.map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    private static func cells(_ line: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
