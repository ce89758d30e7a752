internal import Manifests
internal import Platform

/// A line of a results file.
struct ResultLine: Hashable {
    let row: Int
    let status: String
    let customerId: String
    let domain: String
    let companyName: String
    let key: String
    let code: String
    let message: String
}

/// Reads what the runs have written, by other means than the runs' own.
enum ReportFiles {
    /// The records of a CSV file, its header included; none where there is no file.
    static func records(_ path: String) throws -> [[String]] {
        guard Folder.exists(path) else { return [] }
        let file = try File(path, .read)
        let bytes = try file.read(atMost: try file.size())
        var records: [[String]] = []
        var record: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        func endCell() {
            record.append(FormulaGuard.release(String(decoding: cell, as: UTF8.self)))
            cell = []
        }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "\""):
                if !isQuoted, index > 0, bytes[index - 1] == byte { cell.append(byte) }
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: endCell()
            case UInt8(ascii: "\n") where !isQuoted:
                endCell()
                records.append(record)
                record = []
            case UInt8(ascii: "\r") where !isQuoted: break
            default: cell.append(byte)
            }
        }
        if records.first?.first?.hasPrefix("\u{FEFF}") == true { records[0][0].removeFirst() }
        return records
    }

    /// The lines of a results file.
    static func results(_ path: String) throws -> [ResultLine] {
        try records(path).dropFirst().map { cells in
            ResultLine(
                row: Int(cells[0]) ?? 0,
                status: cells[2],
                customerId: cells[3],
                domain: cells[4],
                companyName: cells[5],
                key: cells[6],
                code: cells[9],
                message: cells[11]
            )
        }
    }
}
